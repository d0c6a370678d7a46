import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Stage
import groovy.json.JsonSlurper

Stage.judge(context) { stage ->
    def json = new JsonSlurper()
    def runsOnPython = { String python ->
        def bundle = stage.pull().unpack()
        assertThat(bundle.container().user()).isEqualTo('65532:65532')
        try (server = bundle.container().readOnly().serve('UVICORN_PORT')) {
            assertThat(json.parseText(server.get('/greet/World'))).isEqualTo([text: 'Hello, World!', python: python])
        }

        def facts = json.parseText(bundle.container().readOnly().command('python', 'facts.py').run())
        assertThat(facts.remove('certificates')).isGreaterThan(100)
        assertThat(facts).isEqualTo([
                compressed: true, home: '/home/nonroot', libc: 'libc.so.6', library: 'libz.so.1', loaded: true,
                locale: 'C.UTF-8', mimetype: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
                port: 80, service: 443, sql: 'X', summer: '2:00:00', user: 'nonroot', uuid: 5, writing: ['EROFS', 'EROFS']])
    }

    stage.log().hasNoWarnings()
    runsOnPython('3.13')

    stage.maven().with('pycontainer.from.image', 'debian://bookworm').succeeds('deploy').hasNoWarnings()
    runsOnPython('3.11')
}

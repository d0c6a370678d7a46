import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Command
import dev.pycontainer.testkit.Stage
import groovy.json.JsonSlurper

Stage.judge(context) { stage ->
    def libpqIsLoaded = { bundle, int version ->
        try (server = bundle.container().readOnly().serve('PORT')) {
            def answer = new JsonSlurper().parseText(server.get('/database'))
            assertThat(answer.said).contains('port 1 failed: Connection refused')
            assertThat(answer.subMap('wrapper', 'libpq')).isEqualTo([wrapper: 'python', libpq: version])
        }
    }
    stage.log().hasNoWarnings()
    libpqIsLoaded(stage.pull().unpack(), 17)

    // The same upon an image that dpkg has made and whose record it reads: as if it had installed them itself.
    stage.maven().with('pycontainer.from.image', "${stage.registry().host()}/base/python:3.11").succeeds('deploy').hasNoWarnings()
    def bundle = stage.pull().unpack()
    libpqIsLoaded(bundle, 15)
    def admin = bundle.rootfs().resolve('var/lib/dpkg')
    def added = stage.debianPackages().collect { "ii  $it".toString() }
    assertThat(added).anyMatch { it.startsWith('ii  libpq5 ') }
    assertThat(Command.of('dpkg-query', "--admindir=$admin", '--show', '--showformat=${db:Status-Abbrev} ${Package} ${Version}\n').run().readLines())
            .containsAll(added).allMatch { it.startsWith('ii  ') }
    assertThat(Command.of('dpkg', "--admindir=$admin", '--audit').run()).isEmpty()
    assertThat(Command.of('dpkg-query', "--admindir=$admin", '--listfiles', 'libpq5').run()).contains('/libpq.so.5')
}

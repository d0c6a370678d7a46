import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.InstalledWheels
import dev.pycontainer.testkit.Stage
import groovy.json.JsonSlurper

Stage.judge(context) { stage ->
    stage.log().hasNoWarnings()
    def bundle = stage.pull().unpack()

    // It serves as its user who is not root, told its port by the variable that uvicorn reads.
    assertThat(bundle.container().user()).isEqualTo('65532:65532')
    try (server = bundle.container().serve('UVICORN_PORT')) {
        def json = new JsonSlurper()
        assertThat(json.parseText(server.get('/greet/World?times=2'))).isEqualTo([text: 'Hello, World!', times: 2])
        assertThat(server.ask('/greet/World?times=two').statusCode()).isEqualTo(422)
        assertThat(json.parseText(server.get('/about')).subMap('greeter', 'loop', 'user', 'home', 'prefix')).isEqualTo([
                greeter: '1.2.3', loop: 'uvloop', user: '65532:65532', home: '/home/nonroot', prefix: '/opt/venv'])
    }

    // Its dependencies' files are those that uv installs, save the mark that a user asked for them.
    def ours = InstalledWheels.in(bundle.rootfs(), 'greeter')
    def uvs = InstalledWheels.in(stage.installedByUv(), 'greeter')
    assertThat(ours.files()).containsExactlyInAnyOrderEntriesOf(uvs.files())
    assertThat(ours.requested()).isEmpty()
    assertThat(uvs.requested()).isNotEmpty()
}

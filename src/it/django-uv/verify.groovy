import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.InstalledWheels
import dev.pycontainer.testkit.Stage

Stage.judge(context) { stage ->
    stage.log().hasNoWarnings()
    def bundle = stage.pull().unpack()

    assertThat(bundle.container().user()).isEqualTo('65532:65532')
    try (server = bundle.container().serve('PORT')) {
        assertThat(server.get('/price/1999')).contains('1,999 cents')
    }
    assertThat(bundle.container().command('python', 'manage.py', 'check').run()).contains('no issues')

    def ours = InstalledWheels.in(bundle.rootfs(), 'shop')
    def uvs = InstalledWheels.in(stage.installedByUv(), 'shop')
    assertThat(ours.files()).containsExactlyInAnyOrderEntriesOf(uvs.files())
    assertThat(ours.requested()).isEmpty()
    assertThat(uvs.requested()).isNotEmpty()
}

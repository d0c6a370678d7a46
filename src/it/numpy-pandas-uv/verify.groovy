import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.InstalledWheels
import dev.pycontainer.testkit.Stage

Stage.judge(context) { stage ->
    stage.log().hasNoWarnings()
    def bundle = stage.pull().unpack()

    assertThat(bundle.container().user()).isEqualTo('65532:65532')
    assertThat(bundle.container().run().strip()).isEqualTo("{'a': 1.25, 'b': 0.5}")

    def ours = InstalledWheels.in(bundle.rootfs(), 'report')
    def uvs = InstalledWheels.in(stage.installedByUv(), 'report')
    assertThat(ours.files()).containsExactlyInAnyOrderEntriesOf(uvs.files())
    assertThat(ours.requested()).isEmpty()
    assertThat(uvs.requested()).isNotEmpty()

    // The Maven of this machine does the same.
    def digest = stage.digest()
    stage.maven().withTheMachinesOwn().succeeds('deploy').hasNoWarnings()
    assertThat(stage.digest()).isEqualTo(digest)
}

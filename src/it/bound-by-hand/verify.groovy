import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.PulledImage
import dev.pycontainer.testkit.Stage

Stage.judge(context) { stage ->
    stage.log().hasNoWarnings().says('There is no Python project here: nothing to build.', 'There is no Python project here: nothing to push.')
    assertThat(stage.file('target/pycontainer')).doesNotExist()

    def digest = Stage.digest(stage.project().resolve('service'))
    def image = PulledImage.pull("${stage.registry().host()}/it/bound-by-hand", digest, stage.scratch('pulled'))
    assertThat(image.unpack().container().run()).isEqualTo('clock --utc\n')
    assertThat(stage.registry().log()).contains(
            'PUT /v2/it/bound-by-hand/manifests/1.0 201',
            'PUT /v2/it/bound-by-hand/manifests/latest 201',
            'PUT /v2/it/bound-by-hand/manifests/stable 201')
}

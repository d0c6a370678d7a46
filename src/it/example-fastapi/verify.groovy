import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Stage
import groovy.json.JsonSlurper

Stage.judge(context) { stage ->
    stage.log().hasNoWarnings()
    def image = stage.pull()
    def bundle = image.unpack()

    assertThat(stage.registry().log()).contains('PUT /v2/it/example-fastapi/manifests/1.0.0 201')
    assertThat(bundle.container().user()).isEqualTo('65532:65532')
    try (server = bundle.container().serve('UVICORN_PORT')) {
        assertThat(new JsonSlurper().parseText(server.get('/?name=you')))
                .isEqualTo([greeting: 'Hello, you!', version: '1.0.0'])
    }
}

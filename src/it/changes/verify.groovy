import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Stage

Stage.judge(context) { stage ->
    def repository = '/v2/it/changes'
    def uploads = { stage.registry().log().findAll { !(it =~ /^(GET|HEAD) /) } }
    def layers = { stage.image().at('/platforms/0/layers').collect { it.path('digest').asString() } }
    def etag = { server -> server.ask('/static/style.css').headers().firstValue('ETag').get() }
    def first = stage.digest()
    def firstLayers = layers()

    // Nothing changed: no wheel opened, no blob read but the base's configuration, nothing sent.
    stage.registry().clearLog()
    def work = stage.maven().option('-X').succeeds('deploy').work()
    assertThat(stage.digest()).isEqualTo(first)
    assertThat(work).containsEntry('wheels-opened', 0L).containsEntry('files-downloaded', 0L)
            .containsEntry('layers-written', 0L).containsEntry('blobs-read', 1L).containsEntry('blobs-uploaded', 0L)
    assertThat(uploads()).isEmpty()

    // One changed line: one new layer; layer, config and manifest are uploaded, and the tag is put.
    def source = stage.file('site_app.py')
    source.text = source.text.replace('"hello"', '"good morning"')
    stage.registry().clearLog()
    stage.maven().succeeds('deploy')
    assertThat(layers() - firstLayers).hasSize(1)
    assertThat(firstLayers - layers()).hasSize(1)
    assertThat(uploads()).containsExactlyInAnyOrder(
            "POST $repository/blobs/uploads/ 202" as String, "PUT $repository/blobs/uploads/… 201" as String,
            "POST $repository/blobs/uploads/ 202" as String, "PUT $repository/blobs/uploads/… 201" as String,
            "PUT $repository/manifests/${stage.digest()} 201" as String, "PUT $repository/manifests/1.0 201" as String)
    def morning = null
    try (server = stage.pull().unpack().container().serve('UVICORN_PORT')) {
        assertThat(server.get('/')).isEqualTo('good morning')
        morning = etag(server)
    }

    // A static file of another content and equal size: a browser's copy of the former is not taken for it.
    stage.file('static/style.css').text = 'body { color: tan }\n'
    stage.maven().succeeds('deploy')
    try (server = stage.pull().unpack().container().serve('UVICORN_PORT')) {
        assertThat(server.get('/static/style.css')).contains('tan')
        assertThat(etag(server)).isNotEqualTo(morning)
    }
}

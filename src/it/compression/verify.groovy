import static dev.pycontainer.testkit.Timed.timed
import static org.assertj.core.api.Assertions.assertThat
import static org.assertj.core.api.Assertions.assertThatThrownBy

import dev.pycontainer.testkit.Command
import dev.pycontainer.testkit.Containerd
import dev.pycontainer.testkit.DockerDaemon
import dev.pycontainer.testkit.EstargzJudge
import dev.pycontainer.testkit.FileList
import dev.pycontainer.testkit.Repository
import dev.pycontainer.testkit.Stage
import java.nio.file.Path

Stage.judge(context) { stage ->
    def repository = "${stage.registry().host()}/it/compression".toString()
    def output = '{"of":[0,1,2,3,4],"is_":10} by 65532'
    def forms = ['gzip', 'estargz', 'zstd']

    // Each form is an image of its own.
    stage.log().hasNoWarnings()
    def digests = [gzip: stage.digest()]
    forms.drop(1).each { form ->
        def log = timed("mvn deploy of $form") {
            stage.maven().with('pycontainer.layers.compression', form).with('pycontainer.to.image', "$repository:$form").succeeds('deploy')
        }
        form == 'zstd' ? log.says('Older engines cannot read layers that are compressed with zstd.') : log.hasNoWarnings()
        digests[form] = stage.digest()
    }
    assertThat(digests.values()).doesNotHaveDuplicates()
    def pulled = digests.collectEntries { form, digest -> [form, timed("skopeo, $form") { stage.pull(digest) }] }
    def ofBase = stage.image().at('/platforms/0/layers').count { it.path('kind').asString() == 'base' }
    def layers = { form -> pulled[form].manifest().path('layers').drop(ofBase) }
    def tar = 'application/vnd.oci.image.layer.v1.tar'
    assertThat(layers('gzip').collect { it.path('mediaType').asString() }).containsOnly("$tar+gzip".toString())
    assertThat(layers('estargz').collect { it.path('mediaType').asString() }).containsOnly("$tar+gzip".toString())
    assertThat(layers('zstd').collect { it.path('mediaType').asString() }).containsOnly("$tar+zstd".toString())
    assertThat(pulled.zstd.config().at('/rootfs/diff_ids')).isEqualTo(pulled.gzip.config().at('/rootfs/diff_ids'))

    // The Go package reads every file of the eStargz layers through their tables, as the snapshotter would.
    def judge = timed('go build') { EstargzJudge.built(Repository.above(stage.project()), stage.scratch('judge')) }
    def blobs = layers('estargz').collect { pulled.estargz.blob(it.path('digest').asString()) }
    def tables = layers('estargz').collect { it.path('annotations').path('containerd.io/snapshot/stargz/toc.digest').asString() }
    def judged = timed('judge') { judge.of(blobs, tables) }
    println judged.join('\n')
    def diffIds = pulled.estargz.config().at('/rootfs/diff_ids').collect { it.asString() }.drop(ofBase)
    assertThat(judged.collect { "sha256:${it.split(' ')[0]}".toString() }).isEqualTo(diffIds)
    assertThat(judged.join('\n')).as('a file of several chunks').containsPattern('files=([0-9]+) chunks=(?!\\1 )')
    assertThatThrownBy { judge.of(blobs.take(1), tables.drop(1).take(1)) }.hasMessageContaining('invalid TOC JSON')

    // umoci knows gzip alone; runc runs what it has unpacked.
    def trees = [:]
    def times = [:]
    def look = { String form, Path root ->
        trees[form] = FileList.of(root)
        times[form] = Command.of('find', root, '-type', 'f', '-printf', '%P %T@\\n').run().readLines().sort()
    }
    ['gzip', 'estargz'].each { form ->
        def bundle = timed("umoci, $form") { pulled[form].unpack() }
        look("umoci, $form", bundle.rootfs())
        assertThat(bundle.container().run().strip()).as(form).isEqualTo(output)
    }

    // containerd pulls by digest, checks every layer's digest and diff_id, and runs it. Gzip has zstd's diff_ids: what is
    // unpacked of the one would not be unpacked again of the other.
    try (containerd = Containerd.start(stage.scratch('containerd'))) {
        ['zstd', 'estargz'].each { form ->
            def image = "$repository@${digests[form]}".toString()
            timed("containerd, $form") { containerd.pull(image) }
            assertThat(containerd.run(image)).as(form).isEqualTo(output)
            containerd.withFiles(image) { look("containerd, $form", it) }
        }
    }

    // Docker reads eStargz as any gzip layer, and zstd since 23.0: before, it says what the build has warned of.
    try (docker = DockerDaemon.start(stage.scratch('docker'))) {
        def runs = { form ->
            def image = "$repository@${digests[form]}".toString()
            timed("docker, $form") { docker.run('pull', '--quiet', image) }
            assertThat(docker.run('run', '--rm', '--network=none', image)).as(form).isEqualTo(output)
        }
        runs('estargz')
        if (docker.run('version', '--format', '{{.Server.Version}}').tokenize('.')[0].toInteger() >= 23) {
            runs('zstd')
        } else {
            assertThatThrownBy { runs('zstd') }.hasMessageContaining('invalid tar header')
        }
    }

    // All see the same files, of the same times, but for the table and the landmark of eStargz.
    def added = ['.no.prefetch.landmark', 'stargz.index.json']
    trees.each { reader, tree ->
        assertThat(tree.keySet().containsAll(added)).as(reader).isEqualTo(reader.endsWith('estargz'))
        assertThat(tree.findAll { !added.contains(it.key) }).as(reader).isEqualTo(trees['umoci, gzip'])
        assertThat(times[reader].findAll { line -> !added.any { line.startsWith("$it ") } }).as(reader).isEqualTo(times['umoci, gzip'])
    }
}

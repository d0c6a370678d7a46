import static dev.pycontainer.testkit.Timed.timed
import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Command
import dev.pycontainer.testkit.Containerd
import dev.pycontainer.testkit.Go
import dev.pycontainer.testkit.GoldenLayers
import dev.pycontainer.testkit.LayerImages
import dev.pycontainer.testkit.ReadLayer
import dev.pycontainer.testkit.Repository
import dev.pycontainer.testkit.Scratch
import dev.pycontainer.testkit.TestBase
import java.nio.file.Files
import java.nio.file.Path

def scratch = Scratch.of(basedir)
def golden = GoldenLayers.above(scratch.directory(), 'gzip')
def layers = golden.layers()

def wheels = timed('download') { golden.wheels(scratch.at('wheels')) }
assertThat(layers).hasSize(100)

// The same list by the JDK that runs this build, which has the system's zlib where it is Debian's, and by another vendor's.
def debians = Path.of(System.getProperty('java.home'))
def another = Repository.otherJdk()
def english = ['-Duser.language=en', '-Duser.country=US']
def turkish = ['-Duser.language=tr', '-Duser.country=TR', '-Duser.timezone=Asia/Kathmandu']
def thai = ['-Duser.language=th', '-Duser.country=TH', '-Duser.variant=TH', '-Dfile.encoding=ISO-8859-1']
def cache = scratch.at('cache')
[[debians, another], [1, 8], [english, turkish, thai], ['-Xmx64m', '-Xmx2g']].combinations().each { jdk, threads, locale, heap ->
    def options = [*locale, heap, "-XX:ActiveProcessorCount=$threads".toString()]
    def cell = [jdk, threads, *options].join(' ')
    scratch.delete('cache')
    def written = timed(cell) { GoldenLayers.written('gzip', jdk, scratch.at('wheels'), threads, cache, *options) }
    scratch.at('golden-layers.tsv').toFile().text = "# wheel\tsha256\tlayer\tdiff_id\tsize\n" + written.collect { "$it\n" }.join()
    assertThat(written).as(cell).isEqualTo(golden.lines())
}

// No layer costs more than its wheel.
def sizes = wheels.collect { Files.size(it) }
layers.eachWithIndex { layer, i -> assertThat(layer.size() / sizes[i]).as(layer.wheel()).isLessThanOrEqualTo(1.02) }
assertThat(layers.sum { it.size() }).isLessThanOrEqualTo(sizes.sum())

// The page says all of it.
def second = timed('the second writer') { Command.of('python3', golden.oracle('write_layer.py'), '--each', *wheels).run() }
assertThat(second.readLines()).isEqualTo(layers.collect { [it.digest(), it.diffId(), it.size(), it.wheel()].join('\t') })

// Every reader sees the same tar, and the same files in it.
def blobs = golden.blobs(cache)
def read = { String reader, Object... files -> timed(reader) { Command.of('python3', golden.oracle('read_layers.py'), reader, *files).run().readLines() } }
def seen = read('python', *blobs)
def listings = seen.collect { it.split(' ')[1] }
def diffIds = layers.collect { it.diffId().substring('sha256:'.length()) }
assertThat(seen.collect { it.split(' ')[0] }).as('Python').isEqualTo(diffIds)
assertThat(read('gnu', *blobs)).isEqualTo(seen)
assertThat(read('bsdtar', *blobs)).isEqualTo(listings.collect { "- $it".toString() })
assertThat(read('unpigz', *blobs)).isEqualTo(diffIds.collect { "$it -".toString() })
assertThat(timed('go') { Go.run(golden.oracle('read_layers.go'), blobs) }.readLines()).as('Go').isEqualTo(seen)
assertThat(timed('commons-compress') { blobs.parallelStream().map { ReadLayer.of(it) }.toList() }).as('commons-compress').isEqualTo(seen)

// Those that unpack images, of which one holds all layers. What skopeo decompresses it names by its digest.
def images = LayerImages.in(scratch.at('images')).image('all', layers, blobs)
timed('umoci') { images.unpack('all', scratch.at('umoci')) }
assertThat(read('trees', scratch.at('umoci').resolve('rootfs'))).isEqualTo(read('union', *blobs))
scratch.delete('umoci')
timed('skopeo') { Command.of('skopeo', 'copy', '--quiet', '--dest-decompress', "oci:${images.layout()}:all", "dir:${scratch.at('skopeo')}").run() }
assertThat(scratch.at('skopeo').toFile().list()).as('skopeo').contains(*diffIds)
scratch.delete('skopeo')

def single = LayerImages.in(scratch.at('single'))
layers.eachWithIndex { layer, i -> single.image("layer-$i", [layer], [blobs[i]]) }
def daemon = Containerd.start(scratch.at('containerd'))
try {
    timed('containerd') { daemon.load(single, scratch.at('single.tar')) }
    assertThat(read('trees', *daemon.unpacked())).containsExactlyInAnyOrderElementsOf(listings.collect { "- $it".toString() })
} finally {
    daemon.close()
}
scratch.delete('single.tar')

// Run upon a Python: compiled C, compiled Rust, and a program in bin.
def base = TestBase.in(Repository.above(scratch.directory()))
[
        numpy : ['python3', '-c', 'import numpy; print(numpy.arange(4) @ numpy.arange(4))', '14'],
        orjson: ['python3', '-c', 'import orjson; print(orjson.dumps({"a": 1}).decode())', '{"a":1}'],
        ninja : ['/opt/venv/bin/ninja', '--version', '1.'],
].each { name, words ->
    def layer = golden.layer(name)
    def image = LayerImages.in(scratch.at("image-$name")).upon(base, name, layer, blobs[layers.indexOf(layer)])
    def output = image.unpack(name, scratch.at("bundle-$name")).container().command(*words.dropRight(1))
            .with('PYTHONPATH', '/opt/venv/lib/python3.11/site-packages').run()
    assertThat(output).as(name).startsWith(words.last())
}
scratch.deleteDirectories()
null

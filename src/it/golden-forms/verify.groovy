import static dev.pycontainer.testkit.Timed.timed
import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Command
import dev.pycontainer.testkit.EstargzJudge
import dev.pycontainer.testkit.GoldenLayers
import dev.pycontainer.testkit.Repository
import dev.pycontainer.testkit.Scratch
import java.nio.file.Files
import java.nio.file.Path

def scratch = Scratch.of(basedir)
def gzip = GoldenLayers.above(scratch.directory(), 'gzip')
def estargz = GoldenLayers.above(scratch.directory(), 'estargz')
def read = { String reader, List<Path> files -> timed(reader) { Command.of('python3', gzip.oracle('read_layers.py'), reader, *files).run().readLines() } }
def first = { List<String> lines -> lines.collect { it.split(' ')[0] } }
def second = { List<String> lines -> lines.collect { it.split(' ')[1] } }

def wheels = timed('download') { gzip.wheels(scratch.at('wheels')) }
def debians = Path.of(System.getProperty('java.home'))
def another = Repository.otherJdk()
def cache = scratch.at('cache')
def written = { String form, Path jdk, int threads, String... options ->
    scratch.delete('cache')
    timed([form, jdk, threads, *options].join(' ')) { GoldenLayers.written(form, jdk, scratch.at('wheels'), threads, cache, *options) }
}

// The files, as Python's tarfile lists those of gzip.
assertThat(written('gzip', debians, 8)).isEqualTo(gzip.lines())
def listings = second(read('python', gzip.blobs(cache)))

// zstd: the same tars, by libarchive.
def packed = written('zstd', debians, 8).collect { GoldenLayers.Layer.of(it) }
assertThat(packed*.diffId()).isEqualTo(gzip.layers()*.diffId())
def frames = GoldenLayers.blobs(cache, packed)
assertThat(first(read('bsdcat', frames))).isEqualTo(gzip.layers().collect { it.diffId().substring('sha256:'.length()) })
assertThat(packed.sum { it.size() }).isLessThan(gzip.layers().sum { it.size() })

// eStargz: the golden list, whatever the JDK, its locale and its memory.
[
        [debians, 1, '-Duser.language=tr', '-Duser.country=TR', '-Xmx2g'],
        [another, 8, '-Duser.language=th', '-Duser.country=TH', '-Dfile.encoding=ISO-8859-1', '-Xmx64m'],
].each { cell ->
    def lines = written('estargz', *cell)
    scratch.at('golden-estargz.tsv').toFile().text = "# wheel\tsha256\tlayer\tdiff_id\tsize\ttoc\n" + lines.collect { "$it\n" }.join()
    assertThat(lines).as(cell.toString()).isEqualTo(estargz.lines())
}
def layers = estargz.layers()
def blobs = estargz.blobs(cache)
assertThat(layers.sum { it.size() } / wheels.sum { Files.size(it) }).isLessThanOrEqualTo(1.02)

// The page says all of it.
def other = timed('the second writer') { Command.of('python3', estargz.oracle('write_layer.py'), '--form=estargz', '--each', *wheels).run() }
assertThat(other.readLines()).isEqualTo(layers.collect { [it.digest(), it.diffId(), it.size(), it.wheel()].join('\t') })

// As ordinary layers they hold the same files; through their tables the Go package finds in each what the tar has there.
def diffIds = layers.collect { it.diffId().substring('sha256:'.length()) }
def seen = read('python', blobs)
assertThat(first(seen)).isEqualTo(diffIds)
assertThat(second(seen)).isEqualTo(listings)
assertThat(first(read('unpigz', blobs))).isEqualTo(diffIds)
def judge = EstargzJudge.built(Repository.above(scratch.directory()), scratch.at('judge'))
assertThat(first(timed('judge') { judge.of(blobs, layers*.toc()) })).isEqualTo(diffIds)
scratch.deleteDirectories()
null

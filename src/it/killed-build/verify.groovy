import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.CacheFiles
import dev.pycontainer.testkit.Stage
import java.nio.file.Files

Stage.judge(context) { stage ->
    def digest = stage.digest()

    // The cache loses the layer of numpy, and nothing else.
    def blobs = stage.scratch('cache').resolve('blobs/sha256')
    def layer = stage.image().at('/platforms/0/layers').find { it.path('kind').asString() == 'dependencies' }
    def hex = layer.path('digest').asString() - 'sha256:'
    Files.delete(blobs.resolve("${hex.substring(0, 2)}/$hex"))
    stage.file('target/pycontainer').deleteDir()

    // Killed when a megabyte of it is written.
    def drafts = {
        stage.scratch('cache/running').toFile().listFiles().collectMany { (it.listFiles() ?: []).findAll { it.name != 'lock' } }
    }
    stage.maven().killed('package') { drafts().any { it.length() > 1_000_000 } }
    assertThat(drafts()).isNotEmpty()
    assertThat(stage.file('target/pycontainer/image.digest')).doesNotExist()

    stage.maven().succeeds('deploy')
    assertThat(stage.digest()).isEqualTo(digest)
    new CacheFiles(stage.scratch('cache')).assertSound()
    assertThat(stage.pull().unpack().container().run().strip()).isEqualTo('2.0')
}

import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.CacheFiles
import dev.pycontainer.testkit.Command
import dev.pycontainer.testkit.Stage
import java.nio.file.Files

Stage.judge(context) { stage ->
    def digest = stage.digest()
    def cache = stage.scratch('cache')
    def source = stage.file('hello.py')
    def clean = { -> stage.file('target/pycontainer').deleteDir(); stage.maven() }
    def isRight = { place ->
        assertThat(stage.digest()).isEqualTo(digest)
        new CacheFiles(place).assertSound()
    }
    def mounted = { place, List<List<String>> mounts, Closure deed ->
        Files.createDirectories(place)
        mounts.each { Command.of(*(['mount'] + it + [place.toString()])).run() }
        try {
            deed()
        } finally {
            Command.of('umount', place).run()
        }
    }

    // The disk is full in the middle of the base's layer: nothing is lost, and with room the build goes on.
    def small = stage.scratch('small')
    mounted(small, [['-t', 'tmpfs', '-o', 'size=4m', 'none']]) {
        def there = small.resolve('cache')
        def run = { -> clean().with('pycontainer.cache.directory', there) }
        run().fails('package').says("\"$there\" cannot be read or written." as String, 'No space left on device',
                'free space on the disk, or set cache.directory to another one')
        new CacheFiles(there).assertSound()
        Command.of('mount', '-o', 'remount,size=400m', small).run()
        run().succeeds('package').hasNoWarnings()
        isRight(there)
    }

    // What a cache that cannot be written has is used, and what it lacks is kept beside the layout.
    mounted(cache, [['--bind', cache.toString()], ['-o', 'remount,ro,bind']]) {
        def beside = stage.project().resolve('target/pycontainer/cache')
        def told = "The cache $cache cannot be written. What it lacks is kept in $beside" as String
        stage.registry().clearLog()
        clean().succeeds('package').says(told, 'unchanged  sha256:')
        isRight(cache)
        assertThat(stage.registry().log().findAll { it.contains('/blobs/') }).isEmpty()

        def before = source.text
        source.text = before.replace('hello', 'good morning')
        stage.maven().succeeds('package').says(told, '1 written', '0 files downloaded')
        stage.maven().succeeds('package').says(told, 'unchanged  sha256:')
        new CacheFiles(beside).assertSound()
        source.text = before
        stage.maven().succeeds('package')
        isRight(cache)
    }

    // The goal that shows, and removes what is asked.
    stage.maven().succeeds('pycontainer:cache').says("cache      $cache" as String, 'blobs ', 'wheel-layer ', 'in all ', 'bound      20.0 GB')
    stage.maven().with('pycontainer.cache.prune', 'all').succeeds('pycontainer:cache').says('pruned     ', "$cache: nothing yet" as String)
    assertThat(new CacheFiles(cache).entries()).isEmpty()

    // A bound that is smaller than what the build needs: it has all it needs as long as it runs.
    clean().with('pycontainer.cache.maximumSize', '1MB').succeeds('package').hasNoWarnings()
    isRight(cache)
    assertThat(new CacheFiles(cache).size()).isLessThan(1_000_000L)
    clean().succeeds('package')
    isRight(cache)
}

import dev.pycontainer.testkit.AptMirrors
import dev.pycontainer.testkit.Stage
import dev.pycontainer.testkit.TestWheels
import java.nio.file.Files
import java.nio.file.Path

def stage = Stage.open(basedir, context).with('pycontainer.checks.nativeLibraries', 'fail')
stage.uv().lock()

// Wheels that promise what their files, which are real ones of other places, do not keep.
def wheels = Files.createDirectories(stage.scratch('wheels'))
def wheel = { String name, Path... files ->
    def wheel = TestWheels.named(name, '1.0').tag('cp311-cp311-manylinux_2_17_x86_64').file("$name/__init__.py", '')
    files.each { wheel.file("$name/${it.fileName}", Files.readAllBytes(it)) }
    wheel.in(wheels)
}
def extension = { String platform ->
    def files = stage.scratch(platform)
    stage.uv().unpack('markupsafe==3.0.3', '3.11', platform, files)
    files.resolve('markupsafe').toFile().listFiles().find { it.name.endsWith('.so') }.toPath()
}
def trixie = stage.scratch('trixie')
AptMirrors.ofThisMachine().unpack('trixie', trixie, 'libuv1t64', 'musl')
wheel('acme_newer', trixie.resolve('usr/lib/x86_64-linux-gnu/libuv.so.1'))
wheel('acme_arm', extension('aarch64-manylinux_2_28'))
wheel('acme_musl', extension('x86_64-unknown-linux-musl'), trixie.resolve('usr/lib/x86_64-linux-musl/libc.so'))
null

import dev.pycontainer.content.Digest
import dev.pycontainer.testkit.PrivateIndex
import dev.pycontainer.testkit.Stage
import dev.pycontainer.testkit.TestWheels
import java.nio.file.Files

def stage = Stage.open(basedir, context)
def wheels = Files.createDirectories(stage.scratch('wheels'))
def locked = { TestWheels wheel ->
    def file = wheel.in(wheels)
    def (name, version) = file.fileName.toString().split('-')
    "$name==$version --hash=${Digest.of(Files.readAllBytes(file))}\n"
}
def lines = locked(TestWheels.named('acme_core', '2.0').file('acme_core.py', 'WORD = "Hello"\n'))
lines += locked(TestWheels.named('acme_greet', '1.1').file('acme_greet/__init__.py', '''\
import acme_core

def greeting(name):
    return f"{acme_core.WORD}, {name}!"
'''))

def index = PrivateIndex.start(wheels, 'alice', 'correct-horse-7')
Runtime.runtime.addShutdownHook(new Thread({ index.close() }))
context.put('index', index)
stage.file('requirements.txt').text = "--index-url ${index.url()}\n$lines"
stage.with('pycontainer.python.indexes', "id=corp url=http://alice:correct-horse-7@${index.host()}/simple")
null

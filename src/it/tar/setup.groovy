import dev.pycontainer.testkit.Stage
import dev.pycontainer.testkit.TestWheels
import java.nio.file.Files

def stage = Stage.open(basedir, context)
def wheels = Files.createDirectories(stage.scratch('wheels'))
TestWheels.named('acme_greet', '1.1').file('acme_greet.py', 'def greeting(name):\n    return f"Hello, {name}!"\n').in(wheels)
stage.with('pycontainer.python.wheelhouse', wheels)
null

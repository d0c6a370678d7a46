import dev.pycontainer.testkit.Stage
import dev.pycontainer.testkit.Uv

Stage.open(basedir, context)
new Uv(new File(basedir, 'service').toPath()).lock()

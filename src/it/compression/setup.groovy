import dev.pycontainer.testkit.Stage

Stage.open(basedir, context).uv().lock()

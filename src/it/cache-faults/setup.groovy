import dev.pycontainer.testkit.Stage

def stage = Stage.open(basedir, context)
stage.uv().lock()
stage.with('pycontainer.cache.directory', stage.scratch('cache'))
null

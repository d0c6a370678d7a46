import dev.pycontainer.testkit.Repository
import dev.pycontainer.testkit.Stage

// Copied in now: the example has one home.
def project = basedir.toPath()
Stage.copy(Repository.above(project).resolve('examples/fastapi'), project)

def stage = Stage.open(basedir, context)
stage.with('pycontainer.to.image', "${stage.registry().host()}/it/example-fastapi")
null

import dev.pycontainer.testkit.Command
import dev.pycontainer.testkit.Stage

def stage = Stage.open(basedir, context)
stage.uv().lock()

// Written by the shell: a JVM in the C locale, as this one may be, cannot spell the name ("Ιατρός-ı").
def name = 'Ιατρός-ı.txt'.getBytes('UTF-8').collect { '\\' + Integer.toOctalString(it & 0xff).padLeft(3, '0') }.join()
Command.of('sh', '-euc', 'echo x > "snowman/templates/$(printf "$1")"', 'sh', name).in(stage.project()).run()
null

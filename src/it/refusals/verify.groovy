import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Command
import dev.pycontainer.testkit.Stage
import dev.pycontainer.testkit.TestBase
import dev.pycontainer.testkit.TestRegistry
import dev.pycontainer.testkit.Uv

Stage.judge(context) { stage ->
    // A copy of the project that builds, made to fail by the closure, which gets the copy's directory and Maven's run.
    def refused = { Map how = [:], String name, List<String> lines, Closure spoil ->
        def copy = stage.scratch(name.replace(' ', '-'))
        Stage.copy(stage.project(), copy)
        def run = stage.maven(copy)
        spoil(copy.toFile(), run)
        try {
            run.fails(how.goal ?: 'package').says(lines as String[])
        } finally {
            how.after?.call(copy.toFile())
        }
    }
    def edit = { File file, Closure change -> file.text = change(file.text) }
    def host = stage.registry().host()

    refused('no lock', ['The project has no lock file.', 'run `uv lock` and commit the file that it writes']) { dir, run ->
        new File(dir, 'uv.lock').delete()
    }
    refused('unhashed requirement', ['Package click 8.1.7 is unhashed.', 'requirements.txt', 'run mvn pycontainer:lock']) { dir, run ->
        new File(dir, 'uv.lock').delete()
        new File(dir, 'requirements.txt').text = 'click==8.1.7\n'
    }
    refused('wrong hash', ['-py3-none-any.whl is not what was expected.', 'instead of sha256:00000000']) { dir, run ->
        edit(new File(dir, 'uv.lock')) { it.replaceAll(/(whl", hash = "sha256:)[0-9a-f]{8}/, '$100000000') }
    }
    refused('no wheel for the target', [
            'No wheel of pywin32 ', ' fits the base.',
            'the base has CPython 3.11 (cp311) with glibc 2.36 on linux x86_64; its ', ' wheels are for something else, the nearest:',
            '-cp311-cp311-win32.whl: for Windows']) { dir, run ->
        edit(new File(dir, 'pyproject.toml')) { it.replace('"click"', '"pywin32"') }
        new Uv(dir.toPath()).lock()
    }
    refused('base without Python', ['The base has no Python.', "base $host/base/empty:1" as String]) { dir, run ->
        run.with('pycontainer.from.image', TestBase.withoutPython(stage.registry(), stage.scratch('empty-base')))
    }
    refused('requires-python', ['The project needs Python >=3.12, the base has 3.11.2.']) { dir, run ->
        ['pyproject.toml', 'uv.lock'].each { name ->
            edit(new File(dir, name)) { it.replace('requires-python = ">=3.11"', 'requires-python = ">=3.12"') }
        }
    }
    refused('unreachable registry', ['127.0.0.1:1 cannot be reached.', 'it takes no connection'], goal: 'deploy') { dir, run ->
        run.with('pycontainer.to.image', '127.0.0.1:1/it/refusals:1.0')
    }
    refused('unreachable base', ['127.0.0.1:1 cannot be reached.', 'base 127.0.0.1:1/base/python:3.11']) { dir, run ->
        run.with('pycontainer.from.image', '127.0.0.1:1/base/python:3.11')
    }
    refused('unknown parameter', [
            '-Dpycontainer.from.imgae is not a parameter of this plugin.', 'did you mean from.image?']) { dir, run ->
        run.with('pycontainer.from.imgae', 'x')
    }
    refused('unknown element', ['<form> is not a parameter of this plugin.', 'did you mean from?']) { dir, run ->
        edit(new File(dir, 'pom.xml')) { it.replace('<python>', '<form>x</form><python>') }
    }
    refused('unknown element of an execution', ['<pyhton> is not a parameter of this plugin.', 'did you mean python?']) { dir, run ->
        edit(new File(dir, 'pom.xml')) {
            it.replaceFirst('<configuration>', '''<executions><execution>
                <id>default-build</id>
                <configuration><pyhton><run>hello.py</run></pyhton></configuration>
            </execution></executions><configuration>''')
        }
    }
    refused('unknown value', [
            '"Podman" is not a format of images.', '-Dpycontainer.container.format', 'write OCI or Docker']) { dir, run ->
        run.with('pycontainer.container.format', 'Podman')
    }
    refused('target is a file', ['The directory "', '/target" cannot be made.', 'a file stands in its place']) { dir, run ->
        new File(dir, 'target').text = ''
    }
    def unmount = { dir -> Command.of('umount', "$dir/target").run() }
    refused('target is read-only', ['cannot be read or written.', 'Read-only file system'], after: unmount) { dir, run ->
        new File(dir, 'target').mkdir()
        Command.of('mount', '-t', 'tmpfs', '-o', 'ro', 'tmpfs', "$dir/target").run()
    }

    try (locked = TestRegistry.start(stage.scratch('locked-registry'), 'alice', 's3cret')) {
        refused('wrong password', [
                "${locked.host()} did not accept the credentials of \"alice\"." as String, 'to.auth'], goal: 'deploy') { dir, run ->
            run.with('pycontainer.to.image', "${locked.host()}/it/refusals:1.0")
            run.with('pycontainer.to.auth.username', 'alice').with('pycontainer.to.auth.password', 'guessed')
        }
        stage.maven().with('pycontainer.to.image', "${locked.host()}/it/refusals:1.0")
                .with('pycontainer.to.auth.username', 'alice').with('pycontainer.to.auth.password', 's3cret')
                .succeeds('deploy')
        assertThat(locked.log()).contains('PUT /v2/it/refusals/manifests/1.0 201')
    }
}

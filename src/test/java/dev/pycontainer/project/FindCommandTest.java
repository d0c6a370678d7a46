package dev.pycontainer.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindCommandTest {

    private static final String BUILT =
            "[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n";
    private static final String DO =
            "  do     set python.run to a file of the project, a console script or a module, or"
                    + " give the whole command as container.entrypoint";

    @TempDir
    Path root;

    private ProjectDirectory directory;

    @BeforeEach
    void aProjectWithAPackage() throws IOException {
        directory = new ProjectDirectory(root).files("src/app/__init__.py");
        scripts("serve = 'app:main'");
    }

    private void scripts(String scripts) throws IOException {
        directory.pyproject(
                "[project]\nname = \"app\"\nversion = \"1\"\n" + BUILT + "[project.scripts]\n" + scripts + "\n");
    }

    private Command find(String run) {
        return new FindCommand(new Disk(), "/app", Set.of("uvicorn")::contains, Set.of("http.server")::contains)
                .of(directory.read(), directory.sources(), directory.roots(), Optional.ofNullable(run));
    }

    private void assertRefused(String run, String message) {
        assertThatThrownBy(() -> find(run)).isInstanceOf(BuildRefused.class).hasMessage(message.stripTrailing());
    }

    @Test
    void aFileOfTheProjectIsRunByPython() throws IOException {
        directory.files("manage.py");

        assertThat(find("manage.py"))
                .isEqualTo(new Command(List.of("python", "/app/manage.py"), "python.run names a file of the project"));
        assertThat(find("./manage.py").cmd()).containsExactly("python", "/app/manage.py");
    }

    @Test
    void aFileThatNamesPythonInItsFirstLineIsRunByPython() throws IOException {
        directory.file("bin/start", "#!/usr/bin/env python3\n");

        assertThat(find("bin/start").cmd()).containsExactly("python", "/app/bin/start");
    }

    @Test
    void anExecutableFileIsRunItself() throws IOException {
        directory.file("start.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(root.resolve("start.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(find("start.sh"))
                .isEqualTo(new Command(List.of("/app/start.sh"), "python.run names an executable file of the project"));
    }

    @Test
    void aFileThatCannotBeRunIsRefused() throws IOException {
        directory.files("data.txt");

        assertRefused("data.txt", """
                The file "data.txt" cannot be run.
                  where  python.run
                  why    it is neither a Python file nor executable
                  do     name another file, or make it executable
                """);
    }

    @Test
    void aFileThatIsLeftOutIsRefused() throws IOException {
        directory.files("tests/run.py");

        assertRefused("tests/run.py", """
                The file "tests/run.py" is left out of the image.
                  where  python.run
                  do     bring it back with python.sources.includes
                """);
    }

    @Test
    void aConsoleScriptIsRunByItsName() {
        assertThat(find("serve"))
                .isEqualTo(new Command(List.of("serve"), "python.run names a console script of the project"));
        assertThat(find("uvicorn"))
                .isEqualTo(new Command(List.of("uvicorn"), "python.run names a console script of a dependency"));
    }

    @Test
    void aModuleIsRunWithM() throws IOException {
        directory.files("src/app/worker.py", "src/app/server/__main__.py", "top.py");

        assertThat(find("app.worker"))
                .isEqualTo(
                        new Command(List.of("python", "-m", "app.worker"), "python.run names a module of the project"));
        assertThat(find("app.server").cmd()).containsExactly("python", "-m", "app.server");
        assertThat(find("top").cmd()).containsExactly("python", "-m", "top");
        assertThat(find("http.server"))
                .isEqualTo(new Command(
                        List.of("python", "-m", "http.server"), "python.run names a module of a dependency"));
    }

    @Test
    void aFileComesBeforeAScriptAndAScriptBeforeAModule() throws IOException {
        directory.files("src/serve.py", "src/uvicorn.py");
        assertThat(find("serve").cmd()).containsExactly("serve");
        assertThat(find("uvicorn").cmd()).containsExactly("uvicorn");

        directory.file("serve", "#!/usr/bin/python\n");
        assertThat(find("serve").cmd()).containsExactly("python", "/app/serve");
    }

    @Test
    void aPackageWithoutMainIsRefused() {
        assertRefused("app", """
                The package "app" cannot be run.
                  where  python.run
                  why    it has no module __main__
                  do     name one of its modules, or add app/__main__.py
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.main:app", "app:create_app()"})
    void aCallableIsRefused(String run) {
        assertRefused(run, """
                "%1$s" names a callable, and nothing says which server is to call it.
                  where  python.run
                  do     give the whole command as container.entrypoint, such as gunicorn,%1$s
                """.formatted(run));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "/etc/hostname", "../outside", "app serve", "missing.py", "a//b", ""})
    void aNameOfNothingIsRefused(String run) {
        assertRefused(run, """
                Nothing that could be run is called "%s".
                  where  python.run
                  why    it is no file of the project, no console script of the project or of a dependency, and no module
                """.formatted(run) + DO);
    }

    @Test
    void theOnlyScriptCountsWhereNothingIsConfigured() throws IOException {
        assertThat(find(null))
                .isEqualTo(new Command(
                        List.of("serve"), "the project's only console script, pyproject.toml: project.scripts.serve"));
    }

    @Test
    void severalScriptsAreNotGuessedAmong() throws IOException {
        scripts("serve = 'app:main'\nwork = 'app:work'");

        assertRefused(null, """
                It is not known what the container is to run.
                  why    python.run is not set, and [project.scripts] names several: serve, work
                """ + DO);
    }

    @Test
    void withoutAScriptNothingIsGuessed() throws IOException {
        scripts("");
        directory.files("main.py");

        assertRefused(null, """
                It is not known what the container is to run.
                  why    python.run is not set, and [project.scripts] names no script
                """ + DO);
    }

    @Test
    void aScriptOfAProjectThatIsOnlyCopiedIsNotThere() throws IOException {
        directory.pyproject("[project]\nname = \"app\"\n[project.scripts]\nserve = 'app:main'\n");

        assertRefused(null, """
                It is not known what the container is to run.
                  why    python.run is not set, and the script "serve" is not installed: the project has no [build-system]
                """ + DO + "; or write [build-system]");
        assertThatThrownBy(() -> find("serve"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("Nothing that could be run is called \"serve\".");
    }
}

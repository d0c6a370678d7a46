package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Disk;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.lock.LockFixture;
import dev.pycontainer.packaging.lock.LockReader;
import dev.pycontainer.packaging.lock.SelectWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which base is taken where none is named, and what is said of it. */
class ChooseBaseTest {

    private static final String NONE = "";

    @TempDir
    Path project;

    private final List<BuildRefused> warnings = new ArrayList<>();
    private Check.Level level = Check.Level.WARN;

    @BeforeEach
    void aProjectWhosePackageHasNoWheelForTheNewestPython() throws IOException {
        locked(">=3.10", "cp311-cp311-manylinux_2_17_x86_64", "cp312-cp312-manylinux_2_17_x86_64");
    }

    @Test
    void theNewestPythonWithAWheelOfEveryPackageIsTaken() throws IOException {
        assertThat(chosen()).isEqualTo("docker.io/library/python:3.12-slim");
        assertThat(warnings)
                .singleElement()
                .satisfies(
                        warning -> assertThat(warning)
                                .hasMessage(
                                        "No base is configured: python:3.12-slim is taken, the newest that requires-python allows"
                                                + " and every package has a wheel for; from.image or pycontainer.lock fixes it."));
    }

    @ParameterizedTest
    @CsvSource({
        ">=3.10,             py3-none-any,                       3.15",
        "'>=3.10,<3.14',     py3-none-any,                       3.13",
        "~=3.11.4,           py3-none-any,                       3.11",
        ">=3.9,              cp39-abi3-manylinux_2_17_x86_64,    3.15",
        // One for a C library that the image may not have does not count, nor one of another machine.
        ">=3.10,             cp310-cp310-manylinux_2_36_x86_64,  3.10",
    })
    void requiresPythonAndTagsDecide(String required, String tag, String minor) throws IOException {
        locked(required, tag);

        assertThat(chosen()).isEqualTo("docker.io/library/python:" + minor + "-slim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.11", "3.11.9\n3.12\n", "# ours\n\n cpython-3.11.2 \n", "cpython@3.11"})
    void theProjectsPythonVersionFileComesBefore(String content) throws IOException {
        Files.writeString(project.resolve(".python-version"), content);

        assertThat(chosen()).isEqualTo("docker.io/library/python:3.11-slim");
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .hasMessage(
                                "No base is configured: python:3.11-slim is taken, as .python-version says; from.image or"
                                        + " pycontainer.lock fixes it."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pypy3.10", "system", "3", "3.13t", "3.15-dev"})
    void anythingElseInThatFileIsRefused(String content) throws IOException {
        Files.writeString(project.resolve(".python-version"), content);

        assertThatThrownBy(this::chosen).isInstanceOf(BuildRefused.class).hasMessage("""
                "%s" is no CPython of which there is an image python:X.Y-slim.
                  where  .python-version
                  do     write a version such as 3.12, or set from.image""".formatted(content));
    }

    @Test
    void theLockOfTheImageComesBeforeAllAndIsNoGuess() throws IOException {
        Files.writeString(project.resolve(".python-version"), "3.11");
        Files.writeString(project.resolve("pycontainer.lock"), "{\"formatVersion\": 1, \"python\": \"3.12\"}");
        level = Check.Level.FAIL;

        assertThat(chosen()).isEqualTo("docker.io/library/python:3.12-slim");
    }

    @Test
    void theParameterIsNoGuessEither() throws IOException {
        level = Check.Level.FAIL;

        assertThat(chosen(Optional.empty(), "3.11.4")).isEqualTo("docker.io/library/python:3.11.4-slim");
        assertThat(chosen(Optional.of("registry.example/base:1"), NONE)).isEqualTo("registry.example/base:1");
    }

    @Test
    void aGuessMayBeForbidden() {
        level = Check.Level.FAIL;

        assertThatThrownBy(this::chosen)
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("No base is configured: python:3.12-slim is taken, the newest");
    }

    @Test
    void whereNoPythonHasAllWheelsTheNewestSaysWhy() throws IOException {
        locked(">=3.12", "cp311-cp311-manylinux_2_17_x86_64");

        assertThatThrownBy(this::chosen).isInstanceOf(BuildRefused.class).hasMessage("""
                No wheel of fast 1.0 fits the base.
                  where  python:3.X-slim, the default base: uv.lock: package "fast" 1.0
                  why    the base has CPython 3.15 (cp315) with glibc 2.36 on linux x86_64; its only wheel is for something else:
                         fast-1.0-cp311-cp311-manylinux_2_17_x86_64.whl: for Python 3.11
                  do     use a base with Python 3.11, lock a version of fast that has a wheel for this base, or put one into a directory that python.wheelhouse names""");
    }

    @Test
    void aProjectForNoStablePythonIsRefused() throws IOException {
        locked(">=3.16", "py3-none-any");

        assertThatThrownBy(this::chosen).isInstanceOf(BuildRefused.class).hasMessage("""
                No base is configured, and no stable Python fits the project.
                  why    it needs Python >=3.16; stable are 3.8 to 3.15, each in its newest release
                  do     set from.image to a base with the Python that is meant""");
    }

    private void locked(String requiresPython, String... tags) throws IOException {
        StringBuilder wheels = new StringBuilder();
        for (String tag : tags) {
            wheels.append("    { url = \"https://index.example/fast-1.0-%s.whl\", hash = \"sha256:%s\", size = 3 },\n"
                    .formatted(tag, LockFixture.A));
        }
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[project]\nname = \"app\"\nversion = \"1.0\"\ndependencies = [\"fast\"]\nrequires-python = \"%s\"\n"
                        .formatted(requiresPython));
        Files.writeString(project.resolve("uv.lock"), """
                version = 1
                requires-python = "%s"

                [[package]]
                name = "app"
                version = "1.0"
                source = { virtual = "." }
                dependencies = [{ name = "fast" }]

                [[package]]
                name = "fast"
                version = "1.0"
                source = { registry = "https://index.example/simple" }
                wheels = [
                %s]
                """.formatted(requiresPython, wheels));
    }

    private String chosen() throws IOException {
        return chosen(Optional.empty(), NONE);
    }

    private String chosen(Optional<String> image, String python) throws IOException {
        OnDisk disk = OnDisk.read(new Disk(), TestBuild.python(project), new LockReader(new Disk(), Map.of()));
        SelectWheels selectWheels = new SelectWheels(
                packages -> {
                    throw new AssertionError("uv.lock tells all");
                },
                LockFixture.NO_WHEELS,
                LockFixture.FRESH);
        return new ChooseBase(selectWheels, new Check("checks.pythonGuess", level, warnings::add))
                .of(
                        new BuildRequest.From(
                                image,
                                Platform.LINUX_AMD64,
                                List.of(),
                                python.isEmpty() ? Optional.empty() : Optional.of(Version.parse(python)),
                                Optional.empty()),
                        disk)
                .toString();
    }
}

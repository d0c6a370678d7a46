package dev.pycontainer.packaging.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class FindLockTest {

    @TempDir
    Path directory;

    private Path find() {
        return new FindLock(new Disk()).in(directory, Optional.empty(), Optional.empty());
    }

    private void files(String... names) throws IOException {
        for (String name : names) {
            Files.createFile(directory.resolve(name));
        }
    }

    private static Optional<JsonNode> pyproject(String json) {
        return Optional.of(Json.read(json.getBytes(StandardCharsets.UTF_8), "pyproject.toml"));
    }

    @ParameterizedTest
    @CsvSource({
        "uv.lock, uv.lock",
        "uv.lock requirements.txt, uv.lock",
        "requirements.txt, requirements.txt",
        "requirements.txt requirements-dev.txt, requirements.txt",
        "poetry.lock requirements.txt, poetry.lock",
        "pylock.toml, pylock.toml",
        "pylock.prod.toml, pylock.prod.toml",
        "Pipfile Pipfile.lock, Pipfile.lock",
        "pdm.lock xuv.lock uv.lock.bak, pdm.lock"
    })
    void theToolsLockComesBeforeRequirements(String present, String found) throws IOException {
        files(present.split(" "));

        assertThat(find()).isEqualTo(directory.resolve(found));
    }

    @ParameterizedTest
    @CsvSource({
        "uv.lock poetry.lock, poetry.lock and uv.lock",
        "uv.lock pylock.toml pdm.lock, pdm.lock and pylock.toml and uv.lock",
        "pylock.toml pylock.dev.toml, pylock.dev.toml and pylock.toml"
    })
    void twoToolsLocksAreRefusedByName(String present, String named) throws IOException {
        files(present.split(" "));

        assertThatThrownBy(this::find).isInstanceOf(BuildRefused.class).hasMessage("""
                The project has more than one lock file: %s.
                  where  %s
                  why    they may disagree, and nothing says which one is meant
                  do     name one of them as python.lock, or delete the others""".formatted(named, directory));
    }

    @Test
    void theConfiguredFileIsTakenWhateverElseIsThere() throws IOException {
        files("uv.lock", "poetry.lock");

        assertThat(new FindLock(new Disk()).in(directory, Optional.of(Path.of("deploy/prod.txt")), Optional.empty()))
                .isEqualTo(directory.resolve("deploy/prod.txt"));
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("{\"tool\": {\"uv\": {}}}", List.of(), "uv lock"),
                Arguments.of("{\"build-system\": {\"build-backend\": \"uv_build\"}}", List.of(), "uv lock"),
                Arguments.of("{\"tool\": {\"poetry\": {}}}", List.of(), "poetry lock"),
                Arguments.of(
                        "{\"build-system\": {\"build-backend\": \"poetry.core.masonry.api\"}}",
                        List.of(),
                        "poetry lock"),
                Arguments.of("{\"tool\": {\"pdm\": {}}}", List.of(), "pdm lock"),
                Arguments.of("{\"build-system\": {\"build-backend\": \"pdm.backend\"}}", List.of(), "pdm lock"),
                Arguments.of("{}", List.of("Pipfile"), "pipenv lock"),
                Arguments.of(
                        "{\"tool\": {\"pip-tools\": {}}}",
                        List.of(),
                        "pip-compile --generate-hashes -o requirements.txt pyproject.toml"),
                Arguments.of(
                        "{}",
                        List.of("requirements.in"),
                        "pip-compile --generate-hashes -o requirements.txt requirements.in"),
                Arguments.of("{\"build-system\": \"nonsense\"}", List.of("requirements-dev.txt"), "uv lock"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void withoutALockTheProjectsOwnToolIsNamed(String pyproject, List<String> present, String command)
            throws IOException {
        files(present.toArray(String[]::new));

        assertThatThrownBy(() -> new FindLock(new Disk()).in(directory, Optional.empty(), pyproject(pyproject)))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The project has no lock file.
                          where  %s
                          why    an image is built from exact packages with hashes, never from a resolver's choice
                          do     run `%s` and commit the file that it writes""".formatted(directory, command));
    }

    @Test
    void aConfiguredFileNeedsAKnownNameAndToBeThere() throws IOException {
        files("lock.json");
        Path json = directory.resolve("lock.json");
        Path absent = directory.resolve("uv.lock");

        assertThatThrownBy(() -> new LockReader(new Disk(), Map.of()).read(json))
                .hasMessage("""
                "%s" is not a lock file that can be read.
                  why    its name stands for none of the known formats
                  do     name one of: uv.lock, pylock.toml, poetry.lock, pdm.lock, Pipfile.lock, requirements.txt""".formatted(json));
        assertThatThrownBy(() -> new LockReader(new Disk(), Map.of()).read(absent))
                .hasMessage("""
                The lock file %s does not exist.
                  do     name the file relative to the project's directory, or leave it out to have it found""".formatted(absent));
    }

    @Test
    void aLockThatIsTooLargeOrADirectoryIsRefused() throws IOException {
        Path large = directory.resolve("uv.lock");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength((64L << 20) + 1);
        }
        Path folder = Files.createDirectory(directory.resolve("requirements.txt"));

        assertThatThrownBy(() -> new LockReader(new Disk(), Map.of()).read(large))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The lock file " + large + " is larger than 67108864 bytes, the limit for it.");
        assertThatThrownBy(() -> new LockReader(new Disk(), Map.of()).read(folder))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The lock file " + folder + " cannot be read.\n  why    ");
    }

    @Test
    void aRequirementsFileMayHaveAnyNameWhereItIsConfigured() throws IOException {
        files("prod.txt");

        assertThat(new LockReader(new Disk(), Map.of())
                        .read(directory.resolve("prod.txt"))
                        .file()
                        .kind())
                .isEqualTo("requirements.txt");
    }

    @Test
    void aDirectoryThatIsNotThereIsRefused() {
        Path absent = directory.resolve("absent");

        assertThatThrownBy(() -> new FindLock(new Disk()).in(absent, Optional.empty(), Optional.empty()))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The project's directory " + absent + " cannot be read.\n  why    ");
    }

    @Test
    void aDirectoryOfALocksNameIsNoLock() throws IOException {
        Files.createDirectory(directory.resolve("uv.lock"));
        files("requirements.txt");

        assertThat(find()).isEqualTo(directory.resolve("requirements.txt"));
    }
}

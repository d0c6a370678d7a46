package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of the disk as the JDK throws them, and what the user reads. */
class UnwritableTest {

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        new AccessDeniedException("/p/target"),
                        "\"/p/target\"",
                        "permission denied",
                        "check the path's permissions"),
                Arguments.of(
                        new FileSystemException("/p/target", null, "Read-only file system"),
                        "\"/p/target\"",
                        "Read-only file system",
                        "build where the file system can be written"),
                Arguments.of(
                        new FileSystemException("/c/blob", null, "No space left on device"),
                        "\"/c/blob\"",
                        "No space left on device",
                        "free space on the disk, or set cache.directory to another one"),
                Arguments.of(
                        new NoSuchFileException("/p/gone"),
                        "\"/p/gone\"",
                        "there is no such file",
                        "check the path, and that nothing removes it during the build"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theAnswerNamesThePathTheReasonAndWhatToDo(IOException fault, String path, String why, String todo) {
        assertThat(Unwritable.explain(fault))
                .hasMessage("%s cannot be read or written.\n  why    %s\n  do     %s".formatted(path, why, todo))
                .hasCause(fault);
    }

    @Test
    void aFileInThePlaceOfADirectoryIsNamed(@TempDir Path project) throws IOException {
        Path target = Files.createFile(project.resolve("target"));
        String answer =
                "The directory \"%s\" cannot be made.\n  why    a file stands in its place\n  do     remove the file"
                        .formatted(target);

        assertThatThrownBy(() -> Files.createDirectory(target))
                .satisfies(fault ->
                        assertThat(Unwritable.explain((IOException) fault)).hasMessage(answer));
        assertThatThrownBy(() -> Files.createDirectories(target.resolve("pycontainer/layout")))
                .satisfies(fault ->
                        assertThat(Unwritable.explain((IOException) fault)).hasMessage(answer));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aFaultWithoutAPathIsToldByItsReason(IOException fault, String why, String todo) {
        assertThat(Unwritable.explain(fault))
                .hasMessage("A file cannot be read or written.\n  why    %s\n  do     %s".formatted(why, todo));
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of(
                        new IOException("No space left on device"),
                        "No space left on device",
                        "free space on the disk, or set cache.directory to another one"),
                Arguments.of(
                        new IOException("Input/output error"), "Input/output error", "check the path's permissions"),
                Arguments.of(new IOException((String) null), "java.io.IOException", "check the path's permissions"));
    }
}

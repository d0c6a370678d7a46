package dev.pycontainer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.testkit.FileClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-02-02T02:02:02Z"));

    @TempDir
    Path directory;

    private final Tally tally = new Tally();
    private Path index;
    private Path file;

    @BeforeEach
    void aFileThatWasWrittenBeforeTheBuild() throws Exception {
        index = directory.resolve("target/files.index");
        file = Files.writeString(directory.resolve("main.py"), "print(1)\n");
        FileClock.waitForTheNextTick(directory);
    }

    @Test
    void aFileThatIsWhatItWasIsNotReadAgain() throws IOException {
        assertThat(digestInANewBuild()).isEqualTo(Digest.of("print(1)\n"));
        assertThat(digestInANewBuild()).isEqualTo(Digest.of("print(1)\n"));

        assertThat(tally.of(Work.PROJECT_FILES_READ)).isEqualTo(1);
    }

    @Test
    void anEditOfTheSameSizeIsFoundEvenIfItsTimeIsSetBack() throws IOException {
        Files.setLastModifiedTime(file, LONG_AGO);
        digestInANewBuild();
        Files.writeString(file, "print(2)\n");
        Files.setLastModifiedTime(file, LONG_AGO);

        assertThat(digestInANewBuild()).isEqualTo(Digest.of("print(2)\n"));
    }

    @Test
    void anotherFileInItsPlaceIsFound() throws IOException {
        digestInANewBuild();
        Path other = Files.writeString(directory.resolve("other"), "print(3)\n");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.delete(file);
        Files.move(other, file);

        assertThat(digestInANewBuild()).isEqualTo(Digest.of("print(3)\n"));
    }

    /** As git's "racy" entries: what was changed in the tick in which it was read may be changed in it once more. */
    @Test
    void aFileThatChangedWhileTheBuildRanIsReadAgainByTheNext() throws IOException {
        FileDigests digests = FileDigests.in(index, tally);
        Files.writeString(file, "print(4)\n");
        digests.of(file);
        digests.save();

        assertThat(digests.isSteady(file)).isFalse();
        digestInANewBuild();

        assertThat(tally.of(Work.PROJECT_FILES_READ)).isEqualTo(2);
    }

    @Test
    void aDamagedIndexIsAsGoodAsNone() throws IOException {
        digestInANewBuild();
        byte[] bytes = Files.readAllBytes(index);
        bytes[bytes.length - 20] ^= 1;
        Files.write(index, bytes);

        assertThat(digestInANewBuild()).isEqualTo(Digest.of("print(1)\n"));
        assertThat(tally.of(Work.PROJECT_FILES_READ)).isEqualTo(2);
        assertThat(digestInANewBuild()).isEqualTo(Digest.of("print(1)\n"));
        assertThat(tally.of(Work.PROJECT_FILES_READ)).isEqualTo(2);
    }

    @Test
    void theIndexIsLeftAloneWhereNothingHasChanged() throws IOException {
        digestInANewBuild();
        Files.setLastModifiedTime(index, LONG_AGO);

        digestInANewBuild();

        assertThat(Files.getLastModifiedTime(index)).isEqualTo(LONG_AGO);
        assertThat(directory.resolve("target")).isDirectoryContaining(path -> path.equals(index));
        assertThat(directory.resolve("target")).isDirectoryNotContaining(path -> !path.equals(index));
    }

    @Test
    void aFileThatIsGoneHasNoDigest() throws IOException {
        digestInANewBuild();
        Files.delete(file);

        assertThatThrownBy(this::digestInANewBuild).isInstanceOf(NoSuchFileException.class);
    }

    private Digest digestInANewBuild() throws IOException {
        FileDigests digests = FileDigests.in(index, tally);
        Digest digest = digests.of(file);
        digests.save();
        return digest;
    }
}

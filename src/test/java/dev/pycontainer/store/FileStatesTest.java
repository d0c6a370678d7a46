package dev.pycontainer.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Tally;
import dev.pycontainer.testkit.FileClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStatesTest {

    @TempDir
    Path directory;

    private Path file;
    private Path link;
    private Path absent;
    private FileDigests digests;

    @BeforeEach
    void aFileALinkToItAndNothing() throws IOException {
        file = Files.writeString(directory.resolve("file"), "one");
        link = Files.createSymbolicLink(directory.resolve("link"), file);
        absent = directory.resolve("absent");
        FileClock.waitForTheNextTick(directory);
        digests = FileDigests.in(directory.resolve("index"), new Tally());
    }

    private FileStates kept(Path... paths) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        digests.states(List.of(paths)).orElseThrow().writeTo(new DataOutputStream(bytes));
        return FileStates.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void aFileThatGetsItsOldTimeBackIsNotTheSame() throws IOException {
        FileStates states = kept(file);
        assertThat(states.areSame()).isTrue();
        FileTime time = Files.getLastModifiedTime(file);

        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, time);

        assertThat(states.areSame()).isFalse();
    }

    @Test
    void aLinkIsTheSameIfWhatItLeadsToIs() throws IOException {
        FileStates states = kept(link);
        assertThat(states.areSame()).isTrue();

        Files.writeString(file, "two");

        assertThat(states.areSame()).isFalse();
    }

    @Test
    void whatAppearsIsSeenByItselfAndByItsDirectory() throws IOException {
        FileStates alone = kept(absent);
        Path within = Files.createDirectory(directory.resolve("within"));
        FileClock.waitForTheNextTick(directory);
        digests = FileDigests.in(directory.resolve("index"), new Tally());
        FileStates inDirectory = kept(within, within.resolve("absent"));
        assertThat(alone.areSame() && inDirectory.areSame()).isTrue();

        Files.createFile(absent);
        Files.createFile(within.resolve("absent"));

        assertThat(alone.areSame()).isFalse();
        assertThat(inDirectory.areSame()).isFalse();
    }

    @Test
    void whatWasChangedInTheTickOfTheLookIsNotKept() throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 3_600_000));

        assertThat(digests.states(List.of(file))).isEqualTo(Optional.empty());
    }

    /** As one with an umlaut is where the JVM was started with LC_ALL=C. */
    @Test
    void aPathThatCannotBeNamedHereIsNotTheSame() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(1);
        out.writeUTF("\0.py");
        out.writeBoolean(false);
        out.writeBoolean(false);

        assertThat(FileStates.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())))
                        .areSame())
                .isFalse();
    }
}

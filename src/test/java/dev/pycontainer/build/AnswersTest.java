package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.store.FileDigests;
import dev.pycontainer.testkit.FileClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever changes between a build's question and its end, the answers are not kept. */
class AnswersTest {

    @TempDir
    Path project;

    @TempDir
    Path output;

    private final Disk disk = new Disk();
    private FileDigests digests;

    @BeforeEach
    void theBuildBegins() throws IOException {
        Files.writeString(project.resolve("app.py"), "one");
        Files.writeString(project.resolve("other.py"), "one");
        Files.createSymbolicLink(project.resolve("link.py"), Path.of("app.py"));
        FileClock.waitForTheNextTick(output);
        digests = FileDigests.in(output.resolve("files.index"), new Tally());
        for (Path file : disk.list(project)) {
            disk.attributes(file);
        }
        disk.open(project.resolve("app.py")).close();
        disk.isAbsent(project.resolve("absent"), LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void answersHoldAsLongAsNothingChanges() throws IOException {
        Answers told = Answers.toldTo(disk, project, digests).orElseThrow();

        assertThat(Answers.read(told.json()).changed(disk, project, digests)).isEmpty();
        Files.writeString(project.resolve("other.py"), "two");
        assertThat(Answers.read(told.json()).changed(disk, project, digests))
                .as("nobody has asked for its content")
                .isEmpty();
        Files.writeString(project.resolve("app.py"), "two");
        assertThat(Answers.read(told.json()).changed(disk, project, digests)).contains("app.py");
    }

    /** What is known of contents is known by paths; behind a link the way up is another place than the parent. */
    @Test
    void aFileElsewhereIsReadOnce() throws IOException {
        Path beside = Files.writeString(output.resolve("beside.whl"), "one");
        Path deeper = Files.createDirectories(output.resolve("a/b"));
        Files.writeString(output.resolve("a/within.whl"), "one");
        Files.createSymbolicLink(project.resolve("link"), deeper);
        Path behindLink = project.resolve("link/../within.whl");
        FileClock.waitForTheNextTick(output);
        Tally tally = new Tally();
        digests = FileDigests.in(output.resolve("files.index"), tally);
        Disk asked = new Disk();
        for (Path file : List.of(beside, behindLink)) {
            asked.open(file).close();
            digests.of(file);
        }

        Answers told = Answers.toldTo(asked, project, digests).orElseThrow();

        assertThat(Answers.read(told.json()).changed(asked, project, digests)).isEmpty();
        assertThat(told.paths(project)).containsExactlyInAnyOrder(beside, behindLink);
        assertThat(tally.of(Work.PROJECT_FILES_READ)).isEqualTo(2);
    }

    /** As one with an umlaut is where the JVM was started with LC_ALL=C. */
    @Test
    void aPathThatCannotBeNamedHereIsAChangedOne() throws IOException {
        Answers elsewhere = Answers.read(
                Json.read("[[\"\\u0000.py\", \"K\", \"file\"]]".getBytes(StandardCharsets.UTF_8), "answers"));

        assertThat(elsewhere.changed(disk, project, digests)).contains("\0.py");
    }

    @Test
    void aFileThatIsWrittenMeanwhile() throws IOException {
        Files.writeString(project.resolve("app.py"), "two");

        assertThat(Answers.toldTo(disk, project, digests)).isEmpty();
    }

    @Test
    void aFileThatComesMeanwhile() throws IOException {
        Files.writeString(project.resolve("new.py"), "");

        assertThat(Answers.toldTo(disk, project, digests)).isEmpty();
    }

    @Test
    void aFileThatGoesMeanwhile() throws IOException {
        Files.delete(project.resolve("other.py"));

        assertThat(Answers.toldTo(disk, project, digests)).isEmpty();
    }

    @Test
    void aFileThatBecomesExecutableMeanwhile() throws IOException {
        Files.setPosixFilePermissions(project.resolve("other.py"), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(Answers.toldTo(disk, project, digests)).isEmpty();
    }

    @Test
    void aLinkThatLeadsElsewhereMeanwhile() throws IOException {
        Files.delete(project.resolve("link.py"));
        Files.createSymbolicLink(project.resolve("link.py"), Path.of("other.py"));

        assertThat(Answers.toldTo(disk, project, digests)).isEmpty();
    }
}

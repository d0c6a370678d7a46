package dev.pycontainer.content;

import static dev.pycontainer.content.Disk.Question.CONTENT;
import static dev.pycontainer.content.Disk.Question.KIND;
import static dev.pycontainer.content.Disk.Question.NAMES;
import static dev.pycontainer.content.Disk.Question.REACHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {

    @TempDir
    Path directory;

    private final Disk disk = new Disk();

    private Path file(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private List<String> names(Disk of, Path listed) throws IOException {
        return of.list(listed).stream()
                .map(entry -> listed.relativize(entry).toString())
                .sorted()
                .toList();
    }

    @Test
    void whatThereIsIsAskedOfTheLinkOrOfWhatItLeadsTo() throws IOException {
        Path file = file("a.py", "");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("a.py"));
        Path broken = Files.createSymbolicLink(directory.resolve("no"), Path.of("nowhere"));

        assertThat(disk.isFile(link)).isTrue();
        assertThat(disk.isFile(broken, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(disk.attributes(file).isRegularFile()).isTrue();
        assertThat(disk.isDirectory(directory)).isTrue();

        assertThat(disk.asked())
                .isEqualTo(Map.of(
                        link, Set.of(REACHED), broken, Set.of(KIND), file, Set.of(KIND), directory, Set.of(REACHED)));
    }

    @Test
    void whatIsNotThereWasAskedForToo() {
        Path absent = directory.resolve("uv.lock");

        assertThat(disk.exists(absent)).isFalse();
        assertThat(disk.isAbsent(absent, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThatThrownBy(() -> disk.open(absent)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.list(absent)).isInstanceOf(NoSuchFileException.class);

        assertThat(disk.asked()).containsExactly(Map.entry(absent, Set.of(KIND, REACHED, NAMES, CONTENT)));
    }

    @Test
    void linksAreToldAsTheyStandAndAsTheyLead() throws IOException {
        Path file = file("app/a.py", "");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("app", "a.py"));
        Path other = Files.createSymbolicLink(directory.resolve("other"), Path.of("app"));

        assertThat(disk.readLink(link)).isEqualTo(Path.of("app", "a.py"));
        assertThat(disk.realPath(other)).isEqualTo(directory.resolve("app").toRealPath());
        assertThat(disk.isSame(link, other.resolve("a.py"))).isTrue();

        assertThat(disk.asked())
                .isEqualTo(Map.of(
                        link, Set.of(KIND, REACHED), other, Set.of(REACHED), other.resolve("a.py"), Set.of(REACHED)))
                .doesNotContainKey(file);
    }

    @Test
    void theOwnersPermissionIsOfWhatThereIs() throws IOException {
        Path script = file("run", "");
        Path plain = file("plain", "");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-r-xr-x"));

        assertThat(disk.isExecutable(script)).isTrue();
        assertThat(disk.isExecutable(plain)).isFalse();

        assertThat(disk.asked()).isEqualTo(Map.of(script, Set.of(KIND), plain, Set.of(KIND)));
    }

    @Test
    void everyWayToReadAFileAsksForItsContent() throws IOException {
        Path streamed = file("1", "one");
        try (InputStream in = disk.open(streamed)) {
            assertThat(in.readAllBytes()).hasSize(3);
        }
        assertThat(disk.bytes(file("2", "two"))).hasSize(3);
        assertThat(disk.text(file("3", "\u00fc"))).isEqualTo("\u00fc");
        assertThat(disk.size(file("4", "four"))).isEqualTo(4);
        assertThat(disk.reading(directory.resolve("5"))).isEqualTo(directory.resolve("5"));

        assertThat(disk.asked())
                .hasSize(5)
                .allSatisfy((path, questions) -> assertThat(questions).containsExactly(CONTENT));
    }

    @Test
    void textOfAnotherEncodingIsToldAsSuch() throws IOException {
        Path file = Files.write(directory.resolve("latin"), new byte[] {(byte) 0xfc});

        assertThatThrownBy(() -> disk.text(file)).isInstanceOf(MalformedInputException.class);
    }

    @Test
    void aListingHasNothingThatRunsAndBuildsLeaveBehind() throws IOException {
        file("pom.xml", "");
        file("app.py", "");
        Disk after = new Disk(List.of(directory.resolve("out/../image"), directory.resolve("deep/image.tar")));
        List<String> before = names(after, directory);

        for (String made : List.of("__pycache__/app.pyc", ".git/HEAD", "target/app.jar", "image/index.json")) {
            file(made, "");
        }

        assertThat(names(after, directory)).isEqualTo(before).containsExactly("app.py", "pom.xml");
        file("deep/image.tar", "");
        file("deep/image", "");
        assertThat(names(after, directory.resolve("deep"))).containsExactly("image");
    }

    @Test
    void aTargetWithoutAPomBesideItIsTheUsers() throws IOException {
        file("app/target/module.py", "");
        Path app = directory.resolve("app");

        assertThat(names(disk, app)).containsExactly("target");

        // Whether it counts rests on the POM.
        assertThat(disk.asked()).isEqualTo(Map.of(app, Set.of(NAMES), app.resolve("pom.xml"), Set.of(REACHED)));
    }

    @Test
    void onlyADirectoryHasNames() throws IOException {
        Path file = file("a", "");

        assertThatThrownBy(() -> disk.list(file)).isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void questionsAreToldByAbsolutePathsInTheirOrderAndAsTheyWereThen() throws IOException {
        Stream.of("c", "a", "b").map(directory::resolve).forEach(disk::exists);
        assertThat(disk.exists(Path.of("pom.xml"))).isTrue();
        Map<Path, Set<Disk.Question>> then = disk.asked();

        disk.exists(directory.resolve("later"));

        assertThat(then)
                .containsOnlyKeys(
                        Path.of("pom.xml").toAbsolutePath(),
                        directory.resolve("a"),
                        directory.resolve("b"),
                        directory.resolve("c"));
        assertThat(List.copyOf(then.keySet())).isSorted();
    }

    @Test
    void threadsMayAskAtOnce() throws IOException {
        Path file = file("a", "");
        List<Path> paths = Stream.iterate(0, i -> i + 1)
                .limit(1000)
                .map(i -> directory.resolve("p" + i))
                .toList();

        assertThat(paths.parallelStream().noneMatch(path -> disk.exists(path) || !disk.isFile(file)))
                .isTrue();

        assertThat(disk.asked()).hasSize(1001);
    }
}

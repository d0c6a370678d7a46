package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Tally;
import dev.pycontainer.http.Download;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.testkit.CacheFiles;
import dev.pycontainer.testkit.ReleaseKey;
import dev.pycontainer.testkit.TestArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchIndexTest {

    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant DATE = Instant.parse("2026-11-20T08:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String PARAGRAPH = """
            Package: libc6
            Version: %s
            Architecture: amd64
            Filename: pool/libc6_%s.deb
            Size: 7
            SHA256: 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
            """;

    private final ReleaseKey key = ReleaseKey.made(MADE);
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path directory;

    @Test
    void theGreatestVersionOfReleaseUpdatesAndSecurityUpdatesCounts() throws Exception {
        archive()
                .list("trixie", PARAGRAPH.formatted("2.41-12", "a"))
                .list("trixie-security", PARAGRAPH.formatted("2.41-12+deb13u1", "b"))
                .signed("amd64");
        IndexedPackage libc = index().named("libc6").orElseThrow();
        assertThat(libc.version()).hasToString("2.41-12+deb13u1");
        assertThat(libc.suite()).isEqualTo("trixie-security");
        assertThat(libc.file().path()).isEqualTo("pool/libc6_b.deb");
    }

    @Test
    void aListThatIsNotNewIsNotAskedForAgain() throws Exception {
        archive().list("trixie", PARAGRAPH.formatted("2.41-12", "a")).signed("amd64");
        index();
        asked.clear();
        assertThat(index().named("libc6")).isPresent();
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "dists/trixie/InRelease", "dists/trixie-updates/InRelease", "dists/trixie-security/InRelease");
    }

    @Test
    void listsAreFetchedByTheirHashesOrElseByTheirNames() throws Exception {
        archive().list("trixie", PARAGRAPH.formatted("2.41-12", "a")).signed("amd64");
        Path list = directory.resolve("mirror/dists/trixie/main/binary-amd64/Packages.xz");
        byte[] right = Files.readAllBytes(list);
        Files.writeString(list, "of a later release");
        assertThat(index().named("libc6")).isPresent();

        Files.write(list, right);
        deleteByHash();
        Files.createDirectories(directory.resolve("cache"));
        assertThat(index("other cache").named("libc6")).isPresent();
    }

    @Test
    void anotherListThanTheSignedOneIsRefused() throws Exception {
        archive().list("trixie", PARAGRAPH.formatted("2.41-12", "a")).signed("amd64");
        deleteByHash();
        Files.writeString(directory.resolve("mirror/dists/trixie/main/binary-amd64/Packages.xz"), "of a later release");
        assertThatThrownBy(this::index)
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("dists/trixie/main/binary-amd64/Packages.xz")
                .hasMessageContaining("the mirror is perhaps being updated: run the build again in a few minutes");
        assertThat(new CacheFiles(directory.resolve("cache")).entries())
                .noneMatch(file -> file.toString().contains("running"));
    }

    @Test
    void aTamperedReleaseIsRefused() throws Exception {
        archive().signed("amd64");
        Path release = directory.resolve("mirror/dists/trixie/InRelease");
        Files.writeString(release, Files.readString(release).replace("Suite: stable", "Suite: unstable"));
        assertThatThrownBy(this::index)
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("No signature of the file is good.")
                .hasMessageContaining("where  the mirror: dists/trixie/InRelease")
                .hasMessageContaining("the text is not what was signed");
    }

    @Test
    void theReleaseOfAnotherDistributionIsRefused() throws Exception {
        archive().signed("amd64");
        Files.copy(
                directory.resolve("mirror/dists/trixie/InRelease"),
                directory.resolve("mirror/dists/trixie-security/InRelease"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::index).isInstanceOf(BuildRefused.class).hasMessage("""
                The file is the release of another distribution.
                  where  the mirror: dists/trixie-security/InRelease
                  why    its codename is "trixie", "trixie-security" was asked for
                  do     set from.debian.mirror to a mirror of the whole archive""");
    }

    @Test
    void aReleaseThatIsNoLongerValidIsRefused() throws Exception {
        archive().signed("amd64", Optional.of(Instant.parse("2026-11-21T08:00:00Z")));
        assertThatThrownBy(this::index)
                .hasMessageContaining("is no longer valid.")
                .hasMessageContaining("it is to be believed until 2026-11-21T08:00:00Z, and it is 2026-11-21T12:00:00Z")
                .hasMessageContaining("ask a mirror that is kept up to date, or set this machine's clock");
    }

    @Test
    void aReleaseThatIsToComeIsRefused() throws Exception {
        new TestArchive(directory.resolve("mirror"), "trixie", key, NOW.plusSeconds(2 * 86_400)).signed("amd64");
        assertThatThrownBy(this::index).isInstanceOf(BuildRefused.class).hasMessageContaining("later than now");
    }

    @Test
    void whatTheMirrorDoesNotHaveIsNamed() throws Exception {
        archive().signed("amd64");
        assertThatThrownBy(() -> fetch("cache").of("sid", "amd64")).hasMessageContaining("""
                The mirror has no distribution sid""");
        assertThatThrownBy(() -> fetch("cache").of("trixie", "riscv64"))
                .hasMessageContaining("has no packages for riscv64.")
                .hasMessageContaining("its release names no file main/binary-riscv64/Packages");
    }

    private TestArchive archive() {
        return new TestArchive(directory.resolve("mirror"), "trixie", key, DATE);
    }

    private PackageIndex index() throws IOException {
        return index("cache");
    }

    private PackageIndex index(String cache) throws IOException {
        return fetch(cache).of("trixie", "amd64").read();
    }

    private FetchIndex fetch(String cache) {
        Mirror directories = new DirectoryMirror(directory.resolve("mirror"));
        Mirror mirror = new Mirror() {
            @Override
            public <T> Optional<T> find(String path, Download.Reader<T> reader) throws IOException {
                asked.add(path);
                return directories.find(path, reader);
            }

            @Override
            public String toString() {
                return "the mirror";
            }
        };
        ArchiveKeys keys = ArchiveKeys.read(key.exported(), "keys.gpg");
        return new FetchIndex(
                new Mirrors(mirror, mirror, List.of()),
                () -> keys,
                Clock.fixed(NOW, ZoneOffset.UTC),
                new BlobStore(directory.resolve(cache), new Tally()));
    }

    private void deleteByHash() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("mirror/dists"))) {
            for (Path file : files.filter(path -> path.toString().contains("by-hash/SHA256/"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }
}

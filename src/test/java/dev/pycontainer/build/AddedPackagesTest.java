package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Work;
import dev.pycontainer.testkit.DebianArchive;
import dev.pycontainer.testkit.LayerEntries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Debian packages that are added to a base: what they need, what they become, and what keeps them the same. */
class AddedPackagesTest {

    @TempDir
    Path directory;

    private TestBuild build;
    private DebianArchive archive;

    @BeforeEach
    void anArchiveAndABase() throws IOException {
        build = new TestBuild(directory);
        archive = DebianArchive.ofTrixie(build.mirror)
                .library("libpq5", "17.6-0", "libpq.so.5", "libc6 (>= 2.38), libldap2")
                .library("libldap2", "2.6.10", "libldap.so.2");
        archive.signed();
        build.keys = archive.keys();
        build.image = Optional.of("debian://trixie");
    }

    @AfterEach
    void close() {
        build.close();
    }

    @Test
    void whatIsAskedForComesWithAllThatItNeedsAboveTheBase() throws Exception {
        List<String> before = layerDigests(build.build());
        build.packages = List.of("libpq5");

        BuiltImage image = build.build();

        assertThat(layerDigests(image)).containsSubsequence(before).hasSize(before.size() + 2);
        JsonNode added = layers().get(2);
        assertThat(added.path("kind").asString()).isEqualTo("system");
        assertThat(added.path("packages")
                        .valueStream()
                        .map(held -> held.path("name").asString()))
                .containsExactly("libldap2", "libpq5");
        LayerEntries files = LayerEntries.of(blob(added));
        assertThat(files.paths())
                .contains("usr/lib/x86_64-linux-gnu/libpq.so.5", "var/lib/dpkg/status.d/libpq5")
                .noneMatch(path -> path.contains("libc.so"));
        assertThat(new String(
                        LayerEntries.of(blob(layers().get(3))).bytes("etc/ld.so.cache"), StandardCharsets.ISO_8859_1))
                .contains("/lib/x86_64-linux-gnu/libpq.so.5", "libssl.so.3");
    }

    @Test
    void aPackageThatTheBaseHasIsNotAddedAgain() throws Exception {
        BuiltImage before = build.build();
        build.packages = List.of("zlib1g");
        assertThat(build.build().digest()).isEqualTo(before.digest());
    }

    @Test
    void aSecondBuildOpensNothing() throws Exception {
        build.packages = List.of("libpq5");
        BuiltImage first = build.build();
        assertThat(build.build().digest()).isEqualTo(first.digest());
        assertThat(build.count(Work.BLOBS_READ)).isZero();
        assertThat(build.count(Work.LAYERS_WRITTEN)).isZero();
        assertThat(build.count(Work.FILES_DOWNLOADED)).isZero();
    }

    @Test
    void theLockKeepsThemApartFromTheBase() throws Exception {
        build.packages = List.of("libpq5");
        build.lockInputs();
        BuiltImage locked = build.build();
        archive.library("libpq5", "17.7-0", "libpq.so.5").signed();
        assertThat(build.build().digest()).isEqualTo(locked.digest());
        JsonNode debian = Json.readObject(
                        Files.readAllBytes(build.project.resolve(PycontainerLock.FILE)), PycontainerLock.FILE)
                .path("debian");
        assertThat(debian.size()).isEqualTo(2);
        assertThat(debian.get(0).has("asked")).isFalse();
        assertThat(debian.get(1).path("asked").get(0).asString()).isEqualTo("libpq5");
        assertThat(debian.get(1)
                        .path("packages")
                        .valueStream()
                        .map(held -> held.path("name").asString()))
                .containsExactly("libldap2", "libpq5");
    }

    @Test
    void aLockOfOtherWishesIsStale() throws Exception {
        build.packages = List.of("libpq5");
        build.lockInputs();
        build.packages = List.of("libldap2");
        assertThatThrownBy(() -> build.build())
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("pycontainer.lock is stale: it has packages for libpq5.")
                .hasMessageContaining("from.packages asks for libldap2")
                .hasMessageContaining("run mvn pycontainer:lock, or set checks.staleLock to warn");
        build.packages = List.of();
        build.lockInputs();
        assertThat(build.changes).contains("no longer libpq5 17.6-0 of trixie for amd64");
    }

    @Test
    void aPackageThatThereIsNotIsRefused() {
        build.packages = List.of("libpq6");
        assertThatThrownBy(() -> build.build())
                .hasMessageContaining(
                        "There is no package libpq6 in trixie, trixie-updates, trixie-security for amd64.")
                .hasMessageContaining("where  from.packages libpq6")
                .hasMessageContaining("did you mean libpq5?");
    }

    @Test
    void toWhatIsNotDebianNothingIsAdded() {
        build.image = Optional.of(build.baseName());
        build.packages = List.of("libpq5");
        assertThatThrownBy(() -> build.build())
                .hasMessageContaining(
                        "The base does not say that it is Debian, and only to Debian packages can be added.")
                .hasMessageContaining("where  base " + build.baseName());
    }

    private JsonNode layers() throws IOException {
        return Json.readObject(Files.readAllBytes(build.output.resolve("image.json")), "image.json")
                .at("/platforms/0/layers");
    }

    private Path blob(JsonNode layer) {
        return build.cached(Digest.parse(layer.path("digest").asString()));
    }

    private static List<String> layerDigests(BuiltImage image) {
        return image.manifest().layers().stream()
                .map(layer -> layer.digest().toString())
                .toList();
    }
}

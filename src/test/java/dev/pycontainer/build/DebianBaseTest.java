package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Work;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.testkit.DebianArchive;
import dev.pycontainer.testkit.LayerEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A base that is made of Debian packages: where they come from, what they become, and what keeps them the same. */
class DebianBaseTest {

    @TempDir
    Path directory;

    private TestBuild build;
    private DebianArchive archive;

    @BeforeEach
    void anArchiveAndAProject() throws IOException {
        build = new TestBuild(directory);
        archive = DebianArchive.ofTrixie(build.mirror);
        build.keys = archive.keys();
        build.image = Optional.of("debian://trixie");
    }

    @AfterEach
    void close() {
        build.close();
    }

    @Test
    void theBaseIsMadeOfPackagesAndItsTargetReadFromThem() throws Exception {
        archive.signed();

        BuiltImage image = build.build();

        ObjectNode json = imageJson();
        assertThat(json.at("/base/reference").asString()).isEqualTo("debian://trixie");
        JsonNode target = json.at("/platforms/0/target");
        assertThat(target.path("python").asString()).isEqualTo("3.13.5");
        assertThat(target.path("interpreter").asString()).isEqualTo("/usr/bin/python3.13");
        assertThat(target.path("libc").asString()).isEqualTo("glibc");
        JsonNode layers = json.at("/platforms/0/layers");
        assertThat(layers.valueStream().map(layer -> layer.path("kind").asString()))
                .startsWith("system")
                .endsWith("system", "environment", "dependencies", "dependencies", "project")
                .doesNotContain("base");
        assertThat(packages(layers)).contains("libc6 2.41-12", "python3.13-minimal 3.13.5-2", "tzdata 2025b-4");
        assertThat(image.manifest().json().path("annotations").has("org.opencontainers.image.base.name"))
                .isFalse();
        Digest records = Digest.parse(layers.get(1).path("digest").asString());
        assertThat(LayerEntries.of(build.cached(records)).lines()).containsExactly("f 0644 0:0 etc/ld.so.cache");
        assertThat(build.config(image).at("/config/User").asString()).isEqualTo("65532:65532");
        assertThat(build.config(image).at("/config/Env").valueStream().map(JsonNode::asString))
                .contains("LANG=C.UTF-8");
    }

    @Test
    void aSecondBuildAsksForReleasesAloneAndOpensNothing() throws Exception {
        archive.signed();
        BuiltImage first = build.build();
        try (Stream<Path> pool = Files.list(build.mirror.resolve("pool/main"))) {
            for (Path deb : pool.toList()) {
                Files.delete(deb);
            }
        }

        BuiltImage second = build.build();

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(build.count(Work.FILES_DOWNLOADED)).isZero();
        assertThat(build.count(Work.LAYERS_WRITTEN)).isZero();
        assertThat(build.count(Work.BLOBS_READ)).isZero();
    }

    @Test
    void theLockKeepsThePackagesWhateverTheArchiveHasNext() throws Exception {
        archive.signed();
        build.lockInputs();
        assertThat(build.changes).contains("libc6 2.41-12 of trixie for amd64");
        BuiltImage locked = build.build();

        archive.add("trixie-security", "libc6", "2.41-12+deb13u1").signed();

        assertThat(build.build().digest()).isEqualTo(locked.digest());
        build.lockInputs();
        assertThat(build.changes)
                .containsExactly(
                        "libc6 2.41-12+deb13u1 of trixie for amd64", "no longer libc6 2.41-12 of trixie for amd64");
        assertThat(build.build().digest()).isNotEqualTo(locked.digest());
    }

    @Test
    void withTheLockNeitherReleaseNorListIsAskedFor() throws Exception {
        archive.signed();
        build.lockInputs();
        deleteTree(build.mirror.resolve("dists"));
        build.cache = directory.resolve("another cache");
        assertThat(build.build().manifest().layers()).isNotEmpty();
    }

    @Test
    void aVersionThatHasLeftTheArchiveIsNamed() throws Exception {
        archive.signed();
        build.lockInputs();
        Files.delete(build.mirror.resolve("pool/main/libc6_2.41-12_amd64.deb"));
        build.cache = directory.resolve("another cache");
        assertThatThrownBy(() -> build.build())
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("The Debian package libc6 2.41-12 is no longer on the mirror.");
    }

    @Test
    void offlineTheLastPackagesAreTaken() throws Exception {
        archive.signed();
        BuiltImage first = build.build();
        deleteTree(build.mirror.resolve("dists"));
        build.offline = true;
        assertThat(build.build().digest()).isEqualTo(first.digest());
        build.cache = directory.resolve("another cache");
        assertThatThrownBy(() -> build.build())
                .hasMessageContaining(
                        "The packages of trixie for amd64 are not in the cache, and the build is offline.")
                .hasMessageContaining("where  base debian://trixie");
    }

    @Test
    void offlineNothingCanBeLocked() throws Exception {
        archive.signed();
        build.offline = true;
        assertThatThrownBy(() -> build.lockInputs())
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The base debian://trixie cannot be locked offline.
                  why    the archive has to be asked which versions it has now
                  do     run it without -o""");
    }

    @Test
    void forAMachineWhosePackagesNobodyKnowsThereIsNone() throws Exception {
        archive.signed();
        build.platform = Platform.parse("linux/riscv64");
        assertThatThrownBy(() -> build.build()).isInstanceOf(BuildRefused.class).hasMessage("""
                There can be no Debian packages for linux/riscv64.
                  where  base debian://trixie
                  why    what their scripts would do is known for linux/amd64 and linux/arm64
                  do     set from.platforms to one of them, or from.image to an image that has all that is needed""");
    }

    @Test
    void aLockOfAnotherSuiteIsRefused() throws Exception {
        archive.signed();
        build.lockInputs();
        build.image = Optional.of("debian://bookworm");
        assertThatThrownBy(() -> build.build())
                .hasMessageContaining("pycontainer.lock was written for another base.")
                .hasMessageContaining("it names debian://trixie, from.image is debian://bookworm");
    }

    @Test
    void aLockWithoutAPackageThatABaseNeedsIsStale() throws Exception {
        archive.signed();
        build.lockInputs();
        Path file = build.project.resolve(PycontainerLock.FILE);
        Files.writeString(file, Files.readString(file).replace("\"name\" : \"tzdata\"", "\"name\" : \"zdata\""));
        assertThatThrownBy(() -> build.build())
                .hasMessageContaining("pycontainer.lock is stale: its packages of trixie are not those of a base.")
                .hasMessageContaining("it does not have tzdata");
    }

    private ObjectNode imageJson() throws IOException {
        return Json.readObject(Files.readAllBytes(build.output.resolve("image.json")), "image.json");
    }

    private static List<String> packages(JsonNode layers) {
        return layers.valueStream()
                .flatMap(layer -> layer.path("packages").valueStream())
                .map(held -> held.path("name").asString() + " "
                        + held.path("version").asString())
                .toList();
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}

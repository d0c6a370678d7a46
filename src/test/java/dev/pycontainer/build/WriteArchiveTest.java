package dev.pycontainer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.oci.ImageReference;
import dev.pycontainer.oci.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the archive of a built image holds, and what is refused. */
class WriteArchiveTest {

    @TempDir
    Path directory;

    private TestBuild its;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        its = new TestBuild(directory);
        file = its.output.resolve("image.tar");
    }

    @AfterEach
    void stop() {
        its.close();
    }

    @Test
    void itHoldsTheLayoutsBlobsAsTheyAre() throws IOException {
        BuiltImage image = its.build();

        ImageArchive archive = its.archive(file);

        Map<String, byte[]> entries = entries();
        TreeSet<String> paths =
                new TreeSet<>(List.of("blobs/", "blobs/sha256/", "index.json", "manifest.json", "oci-layout"));
        try (var blobs = Files.newDirectoryStream(its.output.resolve("layout/blobs/sha256"))) {
            for (Path blob : blobs) {
                String path = "blobs/sha256/" + blob.getFileName();
                paths.add(path);
                assertThat(entries.get(path)).isEqualTo(Files.readAllBytes(blob));
            }
        }
        assertThat(paths).hasSize(5 + image.manifest().layers().size() + 2);
        assertThat(entries.keySet()).containsExactlyElementsOf(paths);
        assertThat(entries.get("oci-layout")).isEqualTo(Files.readAllBytes(its.output.resolve("layout/oci-layout")));
        assertThat(archive.file()).isEqualTo(file);
        assertThat(archive.size()).isEqualTo(Files.size(file));
    }

    @Test
    void itsReadersKnowTheImageUnderEachTag() throws IOException {
        its.moreTags = List.of("latest");
        BuiltImage image = its.build();
        String name = its.registry.host() + "/team/shop";

        ImageArchive archive = its.archive(file);

        assertThat(archive.names())
                .extracting(ImageReference::toString)
                .containsExactly(name + ":1.0", name + ":latest");
        Map<String, byte[]> entries = entries();
        assertThat(new String(entries.get("index.json"), UTF_8))
                .isEqualTo("""
                {
                  "schemaVersion" : 2,
                  "mediaType" : "application/vnd.oci.image.index.v1+json",
                  "manifests" : [
                    {
                      "mediaType" : "application/vnd.oci.image.manifest.v1+json",
                      "digest" : "%1$s",
                      "size" : %2$d,
                      "annotations" : {
                        "io.containerd.image.name" : "%3$s:1.0",
                        "org.opencontainers.image.ref.name" : "1.0"
                      }
                    },
                    {
                      "mediaType" : "application/vnd.oci.image.manifest.v1+json",
                      "digest" : "%1$s",
                      "size" : %2$d,
                      "annotations" : {
                        "io.containerd.image.name" : "%3$s:latest",
                        "org.opencontainers.image.ref.name" : "latest"
                      }
                    }
                  ]
                }
                """.formatted(image.digest(), image.manifest().bytes().length, name));
        List<String> layers = image.manifest().layers().stream()
                .map(layer -> "\"blobs/sha256/" + layer.digest().hex() + "\"")
                .toList();
        assertThat(new String(entries.get("manifest.json"), UTF_8))
                .isEqualTo("""
                [
                  {
                    "Config" : "blobs/sha256/%s",
                    "RepoTags" : [
                      "%s:1.0",
                      "%s:latest"
                    ],
                    "Layers" : [
                      %s
                    ]
                  }
                ]
                """.formatted(image.imageId().hex(), name, name, String.join(",\n      ", layers)));
    }

    @Test
    void anImageThatIsPublishedNowhereIsOneOfDockerHub() throws IOException {
        BuiltImage image = its.build();

        its.archive(file, image, new Destination("shop:1.0", Optional.empty(), List.of("1.0")));

        assertThat(entries().get("index.json")).asString(UTF_8).contains("\"docker.io/library/shop:1.0\"");
        assertThat(entries().get("manifest.json")).asString(UTF_8).contains("\"shop:1.0\"");
    }

    @Test
    void anImageInDockersFormatKeepsIt() throws IOException {
        its.format = ImageFormat.DOCKER;
        its.build();

        its.archive(file);

        assertThat(entries().get("index.json"))
                .asString(UTF_8)
                .contains("\"application/vnd.docker.distribution.manifest.v2+json\"");
    }

    @Test
    void aLayerThatTheImageHasTwiceStandsThereOnceAndIsNamedTwice() throws IOException {
        BuiltImage image = its.build();
        ObjectNode json = image.manifest().json();
        ObjectNode again = (ObjectNode) json.path("layers").get(0).deepCopy();
        ((ArrayNode) json.path("layers")).add(again);

        its.archive(
                file,
                new BuiltImage(image.layout(), Manifest.of(json), Optional.empty()),
                its.destination(its.registry.host()));

        String layer =
                "blobs/sha256/" + image.manifest().layers().get(0).digest().hex();
        assertThat(entries()).containsKey(layer);
        assertThat(new String(entries().get("manifest.json"), UTF_8).split(layer, -1))
                .hasSize(3);
    }

    @Test
    void theSameImageGivesTheSameBytes() throws IOException {
        its.build();
        Path elsewhere = directory.resolve("elsewhere/shop.tar");
        its.archive(file);
        its.cache = directory.resolve("another cache");
        its.output = directory.resolve("another/output");
        its.build();

        its.archive(elsewhere);

        assertThat(elsewhere).hasSameBinaryContentAs(file);
    }

    @Test
    void aBuildOfAnotherImageRemovesTheArchive() throws IOException {
        its.build();
        its.archive(file);

        its.build();
        assertThat(file).as("the same image").exists();

        Files.writeString(its.project.resolve("app.py"), "print('two')\n");
        its.build();
        assertThat(file).doesNotExist();
    }

    @Test
    void aDamagedBlobIsRefusedAndTheNextBuildMendsIt() throws IOException {
        its.build();
        Path before = directory.resolve("before.tar");
        its.archive(before);
        Digest layer = its.layerDigests().get(2);
        Path blob = its.output.resolve("layout/blobs/sha256").resolve(layer.hex());
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        blob.toFile().setWritable(true);
        Files.write(blob, bytes);

        assertThatThrownBy(() -> its.archive(file))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The built image's blob %s was damaged and has been removed.
                  why    its file no longer had the bytes that were built
                  do     build the image anew: mvn package""".formatted(layer));

        try (Stream<Path> left = Files.list(its.output)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("files.index", "image.digest", "image.id", "image.json", "layout");
        }
        its.build();
        its.archive(file);
        assertThat(file).hasSameBinaryContentAs(before);
    }

    @Test
    void aBlobThatIsMissingIsNamedAndTheFormerArchiveStays() throws IOException {
        its.build();
        its.archive(file);
        byte[] former = Files.readAllBytes(file);
        Digest layer = its.layerDigests().get(1);
        Files.delete(its.output.resolve("layout/blobs/sha256").resolve(layer.hex()));

        assertThatThrownBy(() -> its.archive(file))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The layout at %s lacks the blob %s.
                  do     build the image anew: mvn package""".formatted(its.output.resolve("layout"), layer));

        assertThat(file).hasBinaryContent(former);
    }

    @Test
    void aDirectoryInItsPlaceIsRefused() throws IOException {
        its.build();
        Files.createDirectory(file);

        assertThatThrownBy(() -> its.archive(file))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The archive "%s" cannot be written.
                  why    a directory stands in its place
                  do     name a file in tar.file, or remove the directory""".formatted(file));
    }

    /** The archive as another reader sees it, in its order. */
    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(file), "UTF-8")) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                assertThat(entries.put(entry.getName(), tar.readAllBytes())).isNull();
            }
        }
        return entries;
    }
}

package dev.pycontainer.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.oci.ImageLayout.BlobPlacer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ImageLayoutTest {

    @TempDir
    Path directory;

    private final Map<Digest, BlobPlacer> blobs = new HashMap<>();
    private int placed;

    @Test
    void aWrittenImageIsReadBackVerified() throws IOException {
        Manifest manifest = image("one");

        layout().write(manifest, "1.0", blobs);

        assertThat(layout().manifest().digest()).isEqualTo(manifest.digest());
        try (InputStream in = layout().blob(manifest.layers().get(0)).open()) {
            assertThat(in.readAllBytes()).isEqualTo("one".getBytes(UTF_8));
        }
        assertThat(Files.readString(directory.resolve("index.json")))
                .contains("\"org.opencontainers.image.ref.name\" : \"1.0\"");
    }

    @Test
    void theSameImageChangesNothing() throws IOException {
        Manifest manifest = image("one");
        assertThat(layout().write(manifest, "1.0", blobs)).isTrue();
        placed = 0;

        assertThat(layout().write(manifest, "1.0", blobs)).isFalse();
        assertThat(placed).isZero();
    }

    @Test
    void blobsOfTheFormerImageGo() throws IOException {
        layout().write(image("one"), "1.0", blobs);
        layout().write(image("two"), "1.0", blobs);

        try (Stream<Path> files = Files.list(directory.resolve("blobs/sha256"))) {
            assertThat(files).hasSize(3); // manifest, config, layer
        }
    }

    @Test
    void aBlobThatIsMissingOrDamagedIsNamed() throws IOException {
        Manifest manifest = image("one");
        layout().write(manifest, "1.0", blobs);
        Descriptor layer = manifest.layers().get(0);
        Path file = directory.resolve("blobs/sha256").resolve(layer.digest().hex());

        Files.writeString(file, "0ne");
        assertThatThrownBy(() -> layout().blob(layer).open().readAllBytes())
                .hasMessageContaining("is not what was expected");
        Files.delete(file);
        assertThatThrownBy(() -> layout().blob(layer).open()).hasMessageContaining("lacks the blob " + layer.digest());
    }

    @Test
    void withoutAnImageTheAdviceIsToBuildOne() {
        assertThatThrownBy(() -> layout().manifest()).hasMessageContaining("build it first: mvn package");
    }

    private ImageLayout layout() {
        return new ImageLayout(directory, (file, bytes) -> {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        });
    }

    private Manifest image(String layer) {
        ObjectNode json = Json.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        json.set("config", blob("{}", MediaTypes.OCI_CONFIG));
        json.putArray("layers").add(blob(layer, MediaTypes.OCI_LAYER_GZIP));
        return Manifest.of(json);
    }

    private ObjectNode blob(String text, String mediaType) {
        byte[] bytes = text.getBytes(UTF_8);
        blobs.put(Digest.of(bytes), file -> {
            placed++;
            Files.write(file, bytes);
        });
        return Descriptor.of(mediaType, Digest.of(bytes), bytes.length).toJson();
    }
}

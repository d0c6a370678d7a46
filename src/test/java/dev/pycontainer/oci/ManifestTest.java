package dev.pycontainer.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    private static final String DIGEST = Digest.of("content").toString();

    @Test
    void unknownFieldsOfAManifestAndItsDescriptorsSurvive() {
        String json = """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"%s","digest":"%s","size":2,"data":"e30="},\
                "layers":[{"mediaType":"%s","digest":"%s","size":7,"annotations":{"x":"y"}}],"artifactType":"z"}""".formatted(
                        MediaTypes.OCI_MANIFEST, MediaTypes.OCI_CONFIG, DIGEST, MediaTypes.OCI_LAYER_GZIP, DIGEST);

        Manifest manifest = parse(json);

        assertThat(manifest.isIndex()).isFalse();
        assertThat(manifest.digest()).isEqualTo(Digest.of(json));
        assertThat(manifest.layers().get(0).toJson().toString())
                .isEqualTo("{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":7,\"annotations\":{\"x\":\"y\"}}"
                        .formatted(MediaTypes.OCI_LAYER_GZIP, DIGEST));
        assertThat(manifest.config().others()).containsKey("data");
        assertThat(manifest.json().path("artifactType").stringValue()).isEqualTo("z");
    }

    @Test
    void aManifestWithoutMediaTypeIsKnownByItsFields() {
        assertThat(parse("{\"schemaVersion\":2,\"manifests\":[]}").mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(parse("{\"schemaVersion\":2,\"config\":{},\"layers\":[]}").mediaType())
                .isEqualTo(MediaTypes.OCI_MANIFEST);
    }

    @Test
    void aDocumentThatIsBothManifestAndIndexIsRefused() {
        assertThatThrownBy(() -> parse("{\"manifests\":[],\"layers\":[]}"))
                .hasMessageContaining("neither an image manifest nor an index");
    }

    @Test
    void aMediaTypeThatContradictsTheContentIsRefused() {
        assertThatThrownBy(() -> parse("{\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"config\":{},\"layers\":[]}"))
                .hasMessageContaining("its content is an image manifest");
    }

    @Test
    void schemaOneIsRefusedByName() {
        assertThatThrownBy(() -> parse("{\"schemaVersion\":1,\"fsLayers\":[]}"))
                .hasMessageContaining("it is of Docker's retired schema 1");
    }

    @Test
    void aDescriptorWithoutSizeIsRefused() {
        assertThatThrownBy(() -> parse("{\"config\":{\"mediaType\":\"x\",\"digest\":\"" + DIGEST + "\"}}")
                        .config())
                .hasMessageStartingWith("A descriptor lacks its media type, digest or size.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "9223372036854775808", "null", "\"7\""})
    void aSizeThatIsNoNumberOfBytesIsRefused(String size) {
        assertThatThrownBy(() -> parse("{\"config\":{\"mediaType\":\"x\",\"digest\":\"%s\",\"size\":%s}}"
                                .formatted(DIGEST, size))
                        .config())
                .hasMessageStartingWith("A descriptor lacks its media type, digest or size.");
    }

    private static Manifest parse(String json) {
        return Manifest.parse(json.getBytes(UTF_8), "registry.example/app:1");
    }
}

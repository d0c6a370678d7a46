package dev.pycontainer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.archive.LayerStream;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Work;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.testkit.LayerEntries;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** One wheel's layer in each form: what is the same, what is told of it, and by what it is found again. */
class CompressedLayersTest {

    @TempDir
    Path directory;

    private LayerTestStore store(LayerForm form) {
        return new LayerTestStore(directory.resolve("cache"), form);
    }

    private LayerBlob write(LayerTestStore store) throws IOException {
        TestWheels demo = TestWheels.named("demo", "1.0").file("demo/__init__.py", "print('hello')\n".repeat(200));
        return store.write(FileFilter.NONE, store.keep(demo, directory));
    }

    @Test
    void gzipAndZstdHoldTheSameTar() throws IOException {
        LayerBlob gzip = write(store(LayerForm.GZIP));
        LayerBlob zstd = write(store(LayerForm.ZSTD));

        assertThat(zstd.diffId()).isEqualTo(gzip.diffId());
        assertThat(zstd.blob().digest()).isNotEqualTo(gzip.blob().digest());
        assertThat(gzip.descriptor().mediaType()).isEqualTo(MediaTypes.OCI_LAYER_GZIP);
        assertThat(zstd.descriptor().mediaType()).isEqualTo(MediaTypes.OCI_LAYER_ZSTD);
        assertThat(gzip.descriptor().others()).isEmpty();
        assertThat(zstd.descriptor().others()).isEmpty();
    }

    @Test
    void ofAnEstargzLayerItsTableAndItsSizeAreTold() throws IOException {
        LayerBlob layer = write(store(LayerForm.ESTARGZ));

        assertThat(layer.descriptor().mediaType()).isEqualTo(MediaTypes.OCI_LAYER_GZIP);
        JsonNode annotations = layer.descriptor().others().get("annotations");
        assertThat(annotations.propertyNames())
                .containsExactly("containerd.io/snapshot/stargz/toc.digest", "io.containers.estargz.uncompressed-size");
        LayerEntries entries = LayerEntries.of(layer);
        assertThat(annotations.path("containerd.io/snapshot/stargz/toc.digest").asString())
                .isEqualTo(Digest.of(entries.bytes("stargz.index.json")).toString());
        assertThat(annotations.path("io.containers.estargz.uncompressed-size").stringValue())
                .isEqualTo(Long.toString(tarSize(layer)));
    }

    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void whatIsRememberedOfALayerIsAllThatWasToldWhenItWasWritten(LayerForm form) throws IOException {
        LayerBlob written = write(store(form));
        LayerTestStore another = store(form);

        LayerBlob found = write(another);

        assertThat(found.reused()).isTrue();
        assertThat(another.of(Work.LAYERS_WRITTEN)).isZero();
        assertThat(found.descriptor()).isEqualTo(written.descriptor());
        assertThat(found.descriptor().toJson())
                .hasToString(written.descriptor().toJson().toString());
        assertThat(found.diffId()).isEqualTo(written.diffId());
    }

    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void aLayerOfAnotherFormIsAnotherLayer(LayerForm form) throws IOException {
        for (LayerForm before : LayerForm.values()) {
            if (before != form) {
                write(store(before));
            }
        }

        assertThat(write(store(form)).reused()).isFalse();
    }

    @Test
    void theFormIsPartOfALayersKeyAndOfNothingElse() {
        LayerInputs inputs = LayerInputs.of("wheel-layer");
        inputs.text().put("more", 1);

        assertThat(keyOf(inputs.in(LayerForm.ESTARGZ)))
                .isEqualTo("{\"rules\":2,\"compression\":\"%s\",\"more\":1}".formatted(LayerForm.ESTARGZ.rules()));
        // What is read of wheels and packages, and all that was remembered before there were other forms.
        assertThat(keyOf(inputs)).isEqualTo("{\"rules\":2,\"compression\":\"gzip\",\"more\":1}");
        assertThat(inputs.in(LayerForm.GZIP).digest()).isEqualTo(inputs.digest());
    }

    @Test
    void whichFilesAWheelHasIsReadOnceForAllForms() throws IOException {
        LayerTestStore gzip = store(LayerForm.GZIP);
        LayerBlob layer = write(gzip);
        Digest wheel = layer.packages().get(0).file().orElseThrow().sha256();

        assertThat(store(LayerForm.ZSTD)
                        .layers
                        .recall(WheelFiles.inputs(wheel, LayerTestStore.SCHEME, FileFilter.NONE)))
                .isPresent();
    }

    private static String keyOf(LayerInputs inputs) {
        return new String(Json.compact(inputs.text()), StandardCharsets.UTF_8);
    }

    private static long tarSize(LayerBlob layer) throws IOException {
        try (InputStream in = LayerStream.open(layer.open(), "the layer")) {
            return in.readAllBytes().length;
        }
    }
}

package dev.pycontainer.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Work;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.testkit.DebianArchive;
import dev.pycontainer.testkit.LayerEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code layers.compression} through whole builds: layers, manifest, layout, archive and registry. */
class CompressionTest {

    private static final String WARNING = """
            Older engines cannot read layers that are compressed with zstd.
              where  layers.compression
              why    Docker before 23.0 and containerd before 1.5 end with "invalid tar header", umoci up to 0.4.7 and\
             whatever else knows gzip alone refuses them
              do     set layers.compression to gzip where one of these is to run the image, or set checks.oldEngines\
             to off""";

    @TempDir
    Path directory;

    private TestBuild its;

    @BeforeEach
    void start() throws IOException {
        its = new TestBuild(directory);
    }

    @AfterEach
    void stop() {
        its.close();
    }

    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void everyLayerAboveTheBaseHasTheForm(LayerForm form) throws IOException {
        its.compression = form;

        BuiltImage image = its.build();

        List<Descriptor> ours = image.manifest().layers().subList(1, 1 + its.layers.size());
        assertThat(its.layers).hasSizeGreaterThan(3);
        assertThat(ours)
                .isEqualTo(its.layers.stream().map(LayerBlob::descriptor).toList());
        assertThat(ours).allSatisfy(layer -> {
            byte[] blob = Files.readAllBytes(its.cached(layer.digest()));
            assertThat(blob[0] & 0xff).isEqualTo(form == LayerForm.ZSTD ? 0x28 : 0x1f);
            assertThat(layer.mediaType())
                    .isEqualTo(form == LayerForm.ZSTD ? MediaTypes.OCI_LAYER_ZSTD : MediaTypes.OCI_LAYER_GZIP);
        });
        assertThat(its.push().digest()).isEqualTo(image.digest());
        assertThat(its.push().digest()).isEqualTo(image.digest());
        assertThat(its.count(Work.BLOBS_UPLOADED)).isZero();
    }

    @Test
    void theFormsHaveTheSameFilesSaveWhatEstargzAdds() throws IOException {
        List<List<String>> gzip = files(LayerForm.GZIP);
        List<List<String>> zstd = files(LayerForm.ZSTD);
        List<List<String>> estargz = files(LayerForm.ESTARGZ);

        assertThat(zstd).isEqualTo(gzip);
        assertThat(estargz)
                .allSatisfy(layer -> assertThat(layer)
                        .startsWith("f 0644 0:0 .no.prefetch.landmark")
                        .endsWith("f 0644 0:0 stargz.index.json"));
        assertThat(estargz.stream()
                        .map(layer -> layer.subList(1, layer.size() - 1))
                        .toList())
                .isEqualTo(gzip);
    }

    private List<List<String>> files(LayerForm form) throws IOException {
        its.compression = form;
        its.build();
        List<List<String>> files = new ArrayList<>();
        for (LayerBlob layer : its.layers) {
            files.add(LayerEntries.of(layer).lines());
        }
        return files;
    }

    @Test
    void anotherFormIsAnotherImageAndTheFirstIsFoundAgain() throws IOException {
        BuiltImage gzip = its.build();
        its.compression = LayerForm.ESTARGZ;
        BuiltImage estargz = its.build();
        assertThat(its.unchanged).isFalse();
        assertThat(estargz.digest()).isNotEqualTo(gzip.digest());
        assertThat(its.count(Work.FILES_DOWNLOADED)).as("the wheels are there").isZero();

        assertThat(its.build().digest()).isEqualTo(estargz.digest());
        assertThat(its.unchanged).isTrue();

        its.compression = LayerForm.GZIP;
        assertThat(its.build().digest()).isEqualTo(gzip.digest());
        assertThat(its.count(Work.LAYERS_WRITTEN)).isZero();
    }

    @Test
    void anImageWhoseRecordIsGoneIsMadeOfRememberedLayersAsItWas() throws IOException {
        its.compression = LayerForm.ESTARGZ;
        Digest first = its.build().digest();
        its.clean();
        its.run = "./app.py";

        BuiltImage again = its.build();

        assertThat(its.unchanged).isFalse();
        assertThat(its.count(Work.LAYERS_WRITTEN)).isZero();
        assertThat(again.manifest().layers())
                .allSatisfy(layer -> assertThat(
                                its.layers.stream().map(LayerBlob::descriptor).anyMatch(layer::equals)
                                        || !layer.others().containsKey("annotations"))
                        .isTrue());
        its.run = "app.py";
        assertThat(its.build().digest()).isEqualTo(first);
    }

    @Test
    void zstdWarnsOfOlderEnginesInEveryBuild() throws IOException {
        its.compression = LayerForm.ZSTD;
        its.build();
        its.build();

        assertThat(its.unchanged).isTrue();
        assertThat(its.warnings).extracting(BuildRefused::getMessage).containsExactly(WARNING, WARNING);

        its.warnings.clear();
        its.oldEngines = Check.Level.OFF;
        its.build();
        assertThat(its.warnings).isEmpty();

        its.oldEngines = Check.Level.FAIL;
        assertThatThrownBy(() -> its.build())
                .isInstanceOf(BuildRefused.class)
                .hasMessage(WARNING.replace("oldEngines to off", "oldEngines to warn"));
    }

    @Test
    void theOtherFormsWarnOfNothing() throws IOException {
        its.build();
        its.compression = LayerForm.ESTARGZ;
        its.build();
        assertThat(its.warnings).isEmpty();
    }

    @Test
    void dockersManifestHasEstargzWithItsAnnotationsAndRefusesZstdBeforeAnythingIsAskedFor() throws IOException {
        its.format = ImageFormat.DOCKER;
        its.compression = LayerForm.ESTARGZ;
        BuiltImage docker = its.build();
        assertThat(docker.manifest().layers().subList(1, 1 + its.layers.size())).allSatisfy(layer -> {
            assertThat(layer.mediaType()).isEqualTo(MediaTypes.DOCKER_LAYER_GZIP);
            assertThat(layer.others()).containsOnlyKeys("annotations");
        });
        assertThat(its.push().digest()).isEqualTo(docker.digest());

        its.compression = LayerForm.ZSTD;
        String refusal = """
                Docker's manifest cannot name layers that are compressed with zstd.
                  where  layers.compression
                  do     set container.format to OCI, or layers.compression to gzip or estargz""";
        assertThatThrownBy(() -> its.build()).isInstanceOf(BuildRefused.class).hasMessage(refusal);
        assertThat(its.count(Work.REQUESTS_SENT)).isZero();
        assertThatThrownBy(() -> its.plan()).isInstanceOf(BuildRefused.class).hasMessage(refusal);
    }

    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void anImageOfTheFormIsABaseToo(LayerForm form) throws IOException {
        its.compression = form;
        its.build();
        its.push();
        its.image = Optional.of(
                its.destination(its.registry.host()).repository().orElseThrow().toString());

        assertThatThrownBy(() -> its.build())
                .as("all its layers are read, and its environment is found")
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("/opt/venv");
    }

    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void systemLayersHaveTheFormAndAreReadBack(LayerForm form) throws Exception {
        DebianArchive archive = DebianArchive.ofTrixie(its.mirror)
                .library("libpq5", "17.6-0", "libpq.so.5", "libc6 (>= 2.38), libldap2")
                .library("libldap2", "2.6.10", "libldap.so.2");
        archive.signed();
        its.keys = archive.keys();
        its.image = Optional.of("debian://trixie");
        its.packages = List.of("libpq5");
        its.compression = form;

        BuiltImage image = its.build();

        String mediaType = form == LayerForm.ZSTD ? MediaTypes.OCI_LAYER_ZSTD : MediaTypes.OCI_LAYER_GZIP;
        assertThat(image.manifest().layers()).extracting(Descriptor::mediaType).containsOnly(mediaType);
        if (form == LayerForm.ESTARGZ) {
            assertThat(image.manifest().layers())
                    .allSatisfy(layer -> assertThat(layer.others()).containsOnlyKeys("annotations"));
        }
        // The loader's cache is made of what the layers below it hold.
        assertThat(image.manifest().layers())
                .anySatisfy(layer -> assertThat(
                                LayerEntries.of(its.cached(layer.digest())).paths())
                        .contains("etc/ld.so.cache"));
        assertThat(its.build().digest()).isEqualTo(image.digest());
        assertThat(its.unchanged).isTrue();
    }

    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void theArchiveHoldsTheLayersAsTheyAre(LayerForm form) throws IOException {
        its.compression = form;
        BuiltImage image = its.build();
        Path file = its.output.resolve("image.tar");

        its.archive(file);

        String text = new String(Files.readAllBytes(file), ISO_8859_1);
        for (Descriptor layer : image.manifest().layers()) {
            assertThat(text).contains(new String(Files.readAllBytes(its.cached(layer.digest())), ISO_8859_1));
        }
    }

    @Test
    void thePlanTellsAFormThatIsNotTheUsual() throws IOException {
        ImagePlan usual = its.plan();
        String json = its.planJson();
        List<String> lines = new PlanReport(usual).lines();
        assertThat(json).doesNotContain("compression");

        its.compression = LayerForm.ESTARGZ;
        List<String> estargz = new PlanReport(its.plan()).lines();

        List<String> expected = new ArrayList<>(lines);
        expected.add(1, "layers     compressed as estargz");
        assertThat(estargz).isEqualTo(expected);
        assertThat(Json.readObject(its.planJson().getBytes(UTF_8), "plan.json")
                        .at("/platforms/0/compression")
                        .asString())
                .isEqualTo("estargz");
        assertThat(its.planJson().replace("\n      \"compression\" : \"estargz\",", ""))
                .as("sizes are of what goes in")
                .isEqualTo(json);
        assertThat(its.warnings).isEmpty();

        its.compression = LayerForm.ZSTD;
        its.plan();
        assertThat(its.warnings).extracting(BuildRefused::getMessage).containsExactly(WARNING);
    }

    @Test
    void theLockIsTheSameWhateverTheForm() throws IOException {
        its.lockInputs();
        byte[] lock = Files.readAllBytes(its.project.resolve(PycontainerLock.FILE));
        its.compression = LayerForm.ZSTD;
        its.lockInputs();

        assertThat(its.project.resolve(PycontainerLock.FILE)).hasBinaryContent(lock);
        assertThat(its.changes).isEmpty();
    }
}

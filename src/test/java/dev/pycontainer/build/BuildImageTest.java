package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Work;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.layer.LayerPackage;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.testkit.CacheFiles;
import dev.pycontainer.testkit.DynamicElf;
import dev.pycontainer.testkit.GitRepository;
import dev.pycontainer.testkit.LayerEntries;
import dev.pycontainer.testkit.MinimalElf;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline with real parts: a registry, an index, wheels, a project; small, so that it takes a moment. */
class BuildImageTest {

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

    @Test
    void theImageHasTheBaseTheEnvironmentOneLayerPerWheelAndTheProject() throws IOException {
        BuiltImage image = its.build();

        assertThat(its.layers).extracting(layer -> layer.kind().word()).hasSize(4);
        assertThat(its.layers.get(1).packages())
                .singleElement()
                .satisfies(held -> assertThat(held.name()).isEqualTo("alpha"));
        assertThat(its.layers.get(2).packages())
                .singleElement()
                .satisfies(held -> assertThat(held.name()).isEqualTo("beta"));
        assertThat(image.manifest().layers()).hasSize(5);
        assertThat(image.manifest().layers().subList(1, 5))
                .extracting(layer -> layer.digest())
                .isEqualTo(its.layerDigests());
        assertThat(its.output.resolve("image.digest")).hasContent(image.digest().toString());
        assertThat(its.output.resolve("image.id")).hasContent(image.imageId().toString());
        assertThat(BuiltImage.in(its.output).digest()).isEqualTo(image.digest());
    }

    @Test
    void withNothingChangedNoWheelIsOpenedNoLayerReadAndOnlyTheBasesTagAskedFor() throws IOException {
        Digest first = its.build().digest();
        assertThat(its.count(Work.WHEELS_OPENED)).isEqualTo(2);
        assertThat(its.count(Work.LAYERS_WRITTEN)).isEqualTo(4);
        its.registry.clearLog();

        Digest second = its.build().digest();

        assertThat(second).isEqualTo(first);
        assertThat(its.count(Work.WHEELS_OPENED)).isZero();
        assertThat(its.count(Work.LAYERS_WRITTEN)).isZero();
        assertThat(its.count(Work.FILES_DOWNLOADED)).isZero();
        assertThat(its.registry.log())
                .as("the first is for loopback hosts alone, which may speak plain HTTP")
                .containsExactly("GET /v2/ 200", "GET /v2/base/manifests/1 200");
        assertThat(its.count(Work.REQUESTS_SENT)).isEqualTo(its.registry.log().size());
        assertThat(its.count(Work.BLOBS_READ)).as("the base's configuration").isEqualTo(1);
        assertThat(its.unchanged).isTrue();
    }

    @Test
    void aChangedLineOfTheProjectWritesItsLayerAlone() throws IOException {
        its.build();
        Files.writeString(its.project.resolve("app.py"), "print('two')\n");

        its.build();

        assertThat(its.count(Work.PROJECT_FILES_READ)).isEqualTo(1);
        assertThat(its.count(Work.WHEELS_OPENED)).isZero();
        assertThat(its.count(Work.LAYERS_WRITTEN)).isEqualTo(1);
        assertThat(its.layers)
                .filteredOn(layer -> !layer.reused())
                .singleElement()
                .satisfies(layer -> assertThat(layer.kind()).isEqualTo(LayerKind.PROJECT));
    }

    @Test
    void whatNoWheelCanChangeIsToldBeforeAnyIsFetched() {
        its.run = "nothing:here";

        assertThatThrownBy(its::build).hasMessageContaining("\"nothing:here\" names a callable");
        assertThat(its.count(Work.FILES_DOWNLOADED)).isZero();
    }

    @Test
    void aNativeLibraryThatTheImageLacksIsToldByItsWheelInEveryBuild() throws IOException {
        byte[] module = DynamicElf.of(MinimalElf.X86_64).needs("libGL.so.1").bytes();
        its.lock(
                TestWheels.named("alpha", "1.0").file("alpha/__init__.py", ""),
                TestWheels.named("beta", "2.0").file("beta/gl.so", module),
                TestWheels.named("gamma", "3.0").file("gamma/gl.so", module));
        // base, environment, project, and one layer for all wheels
        its.maximumLayers = 4;
        Digest first = its.build().digest();

        assertThat(its.layers).hasSize(3);
        assertThat(its.warnings).extracting(BuildRefused::getMessage).containsExactly("""
                beta-2.0-py3-none-any.whl needs libGL.so.1, which is not in the image.
                  why    libGL.so.1, needed by /opt/venv/lib/python3.11/site-packages/beta/gl.so
                  do     use a base that has it, or set checks.nativeLibraries to off""", """
                gamma-3.0-py3-none-any.whl needs libGL.so.1, which is not in the image.
                  why    libGL.so.1, needed by /opt/venv/lib/python3.11/site-packages/gamma/gl.so
                  do     use a base that has it, or set checks.nativeLibraries to off""");

        assertThat(its.build().digest()).isEqualTo(first);
        assertThat(its.warnings).hasSize(4);
        assertThat(its.count(Work.BLOBS_READ)).as("the base's configuration").isEqualTo(1);

        Files.writeString(its.project.resolve("app.py"), "print('two')\n");
        its.build();
        assertThat(its.count(Work.BLOBS_READ))
                .as("the base's configuration, and the project's layer")
                .isEqualTo(2);
    }

    @Test
    void whereItIsToFailNoLayoutIsWritten() throws IOException {
        its.lock(TestWheels.named("beta", "2.0")
                .file(
                        "beta/gl.so",
                        DynamicElf.of(MinimalElf.X86_64).needs("libGL.so.1").bytes()));
        its.nativeLibraries = Check.Level.FAIL;

        assertThatThrownBy(its::build)
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("beta-2.0-py3-none-any.whl needs libGL.so.1, which is not in the image.")
                .hasMessageEndingWith("or set checks.nativeLibraries to warn");
        assertThat(its.output.resolve("image.json")).doesNotExist();
    }

    @Test
    void aRequirementsFileThatLacksWhatItsWheelsRequireIsRefused() throws IOException {
        its.lock(requiring("alpha", "beta>=2", "gamma<3", "nice; extra == 'nice'"), requiring("beta", "alpha>=2"));

        assertThatThrownBy(its::build).hasMessage("""
                2 requirements of the wheels are not met.
                  where  requirements.txt
                  why    alpha 1.0 requires gamma<3, which is not there
                         beta 2.0 requires alpha>=2, and there is 1.0
                  do     add them to the file, or write it with `pip-compile --generate-hashes`, \
                or set checks.unmet to warn""");
        assertThatThrownBy(its::plan)
                .as("what is known now")
                .hasMessageContaining("2 requirements of the wheels are not met.");

        its.unmet = Check.Level.WARN;
        its.build();
        assertThat(its.count(Work.WHEELS_OPENED)).isZero();
        assertThat(its.count(Work.FILES_DOWNLOADED)).isZero();
        assertThat(its.warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning).hasMessageEndingWith("or set checks.unmet to off"));

        its.unmet = Check.Level.OFF;
        its.build();
        assertThat(its.warnings).hasSize(1);
    }

    @Test
    void ofManyRequirementsThatAreNotMetTheFirstAreShown() throws IOException {
        its.lock(requiring("alpha", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"));
        assertThatThrownBy(its::build)
                .hasMessageContaining("11 requirements of the wheels are not met.")
                .hasMessageContaining("requires j, which is not there\n         and 1 more\n");

        its.lock(requiring("beta", "SHOP>=7", "gone"));
        assertThatThrownBy(its::build)
                .as("the project itself is there")
                .hasMessageContaining("A requirement of the wheels is not met.")
                .hasMessageContaining("  why    beta 2.0 requires gone, which is not there\n");
    }

    private static TestWheels requiring(String name, String... requirements) {
        String version = name.equals("alpha") ? "1.0" : "2.0";
        StringBuilder metadata = new StringBuilder("Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version);
        for (String requirement : requirements) {
            metadata.append("\nRequires-Dist: ").append(requirement);
        }
        return TestWheels.named(name, version).metadata(metadata + "\n").file(name + ".py", "");
    }

    @Test
    void theDigestDependsOnTheInputsAlone() throws IOException {
        Digest first = its.build().digest();
        byte[] record = Files.readAllBytes(its.output.resolve("image.json"));
        its.cache = directory.resolve("another cache");
        its.output = directory.resolve("another target");
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));

            assertThat(its.build().digest()).isEqualTo(first);
            assertThat(its.output.resolve("image.json")).hasBinaryContent(record);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void theSourceTreeIsTheOneThatGitWouldWriteAndGoesIntoBothRecords() throws IOException {
        GitRepository git = GitRepository.in(directory);
        git.write(".gitignore", "/*\n!/project/\n");
        Digest before = its.build().digest();
        String tree = git.withAllWorkAdded("project");
        its.push();

        assertThat(record("image.json", "sourceTree")).isEqualTo(tree);
        assertThat(record("published.json", "sourceTree")).isEqualTo(tree);

        // A file that is no source of the image: another tree, the same image.
        git.write("project/tests/test_app.py", "assert True\n");
        assertThat(its.build().digest()).isEqualTo(before);
        assertThat(record("image.json", "sourceTree")).isNotEqualTo(tree).isEqualTo(git.withAllWorkAdded("project"));
    }

    @Test
    void withoutGitTheRecordsTellNoSourceTree() throws IOException {
        its.build();
        its.push();

        assertThat(record("image.json", "sourceTree")).isEmpty();
        assertThat(record("published.json", "sourceTree")).isEmpty();
    }

    private String record(String file, String field) throws IOException {
        return Json.readObject(Files.readAllBytes(its.output.resolve(file)), file)
                .path(field)
                .asString("");
    }

    @Test
    void anEmptiedCacheGivesTheSameImage() throws IOException {
        Digest first = its.build().digest();
        delete(its.cache);

        assertThat(its.build().digest()).isEqualTo(first);
        assertThat(its.count(Work.LAYERS_WRITTEN)).isEqualTo(4);
    }

    @Test
    void aChangedSourceLineIsOneOtherLayer() throws IOException {
        its.build();
        List<Digest> before = its.layerDigests();
        Files.writeString(its.project.resolve("app.py"), "print('two')\n");

        its.build();

        List<Digest> fresh = new ArrayList<>(its.layerDigests());
        fresh.removeAll(before);
        assertThat(fresh).hasSize(1);
        assertThat(its.layers.get(3).blob().digest()).isEqualTo(fresh.get(0));
        assertThat(its.count(Work.LAYERS_WRITTEN)).isEqualTo(1);
        assertThat(its.count(Work.WHEELS_OPENED)).isZero();
    }

    @Test
    void fewerLayersAreAllowedThanThereAreWheels() throws IOException {
        its.maximumLayers = 4;

        BuiltImage image = its.build();

        assertThat(image.manifest().layers()).hasSize(4);
        assertThat(its.layers.get(1).packages()).hasSize(2);
    }

    @Test
    void wheelsThatWantOnePlaceAreToldAgainByBuildsThatOpenNone() throws IOException {
        byte[] noise = new byte[70_000];
        new Random(1).nextBytes(noise);
        its.lock(
                TestWheels.named("a", "1.0").file("shared.py", "a"),
                TestWheels.named("b", "1.0").file("shared.py", "b"),
                TestWheels.named("c", "1.0").file("shared.py", "c").file("c.bin", noise));
        its.maximumLayers = 5;

        its.build();
        assertThat(its.warnings)
                .extracting(BuildRefused::what)
                .containsExactly(
                        "a-1.0-py3-none-any.whl and c-1.0-py3-none-any.whl install different files at lib/python3.11/site-packages/shared.py.",
                        "b-1.0-py3-none-any.whl and c-1.0-py3-none-any.whl install different files at lib/python3.11/site-packages/shared.py.");
        List<Digest> layers = its.layerDigests();
        LayerEntries shared = LayerEntries.of(its.layers.get(2));
        assertThat(its.layers.get(2).packages()).extracting(LayerPackage::name).containsExactly("a", "b");
        assertThat(shared.paths()).noneMatch(path -> path.endsWith("shared.py"));

        its.build();
        assertThat(its.warnings).hasSize(4);
        assertThat(its.layerDigests()).isEqualTo(layers);
        assertThat(its.count(Work.WHEELS_OPENED)).isZero();
        assertThat(its.count(Work.LAYERS_WRITTEN)).isZero();
        assertThat(its.count(Work.BLOBS_READ)).as("the base's configuration").isEqualTo(1);
    }

    @Test
    void whatIsLeftOutOfWheelsMakesOtherLayersAndOnlyWhereItIsFound() throws IOException {
        its.lock(
                TestWheels.named("a", "1.0").file("a/__init__.py", "").file("a/tests/test_a.py", ""),
                TestWheels.named("b", "1.0").file("b/__init__.py", ""));
        its.build();
        List<Digest> whole = its.layerDigests();

        its.excludes = List.of("**/tests/**");
        its.build();

        assertThat(its.layerDigests().get(1)).isNotEqualTo(whole.get(1));
        assertThat(its.layerDigests().get(2)).isEqualTo(whole.get(2));
        assertThat(LayerEntries.of(its.layers.get(1)).paths()).noneMatch(path -> path.contains("/tests"));
    }

    @Test
    void wheelsAreFetchedOnlyForLayersThatAreNotRemembered() throws IOException {
        Digest first = its.build().digest();
        Files.delete(its.cached(its.wheel("alpha")));
        Files.delete(its.cached(its.wheel("beta")));
        Files.delete(its.cached(its.layerDigests().get(2)));
        its.clean();

        Digest second = its.build().digest();

        assertThat(second).isEqualTo(first);
        assertThat(its.count(Work.FILES_DOWNLOADED)).isEqualTo(1);
        assertThat(its.cached(its.wheel("alpha"))).doesNotExist();
        assertThat(its.count(Work.LAYERS_WRITTEN)).isEqualTo(1);
    }

    @Test
    void aCacheThatWasBroughtFromAnotherMachineIsAsGood() throws IOException {
        Digest first = its.build().digest();
        Path elsewhere = its.project.resolveSibling("restored").resolve("cache");
        for (Path file : new CacheFiles(its.cache).entries()) {
            Path copy = elsewhere.resolve(its.cache.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.write(copy, Files.readAllBytes(file));
            Files.setLastModifiedTime(copy, FileTime.from(Instant.EPOCH));
        }
        its.cache = elsewhere;
        its.output = its.project.resolveSibling("elsewhere");

        assertThat(its.build().digest()).isEqualTo(first);
        assertThat(its.count(Work.LAYERS_WRITTEN)).isZero();
        assertThat(its.count(Work.FILES_DOWNLOADED)).isZero();
        assertThat(its.count(Work.WHEELS_OPENED)).isZero();
    }

    // Damage in the cache

    @Test
    void aWheelOfWhichAByteIsOtherIsFetchedAgainInTheSameRun() throws IOException {
        Digest first = its.build().digest();
        flip(its.cached(its.wheel("alpha")));
        delete(its.cache.resolve("remembered"));

        assertThat(its.build().digest()).isEqualTo(first);
        assertThat(its.mended).isEqualTo(1);
        assertThat(its.count(Work.FILES_DOWNLOADED)).isEqualTo(1);
    }

    @Test
    void aBasesLayerOfWhichAByteIsOtherIsPulledAgainInTheSameRun() throws IOException {
        BuiltImage image = its.build();
        flip(its.cached(image.manifest().layers().get(0).digest()));
        delete(its.cache.resolve("remembered"));

        assertThat(its.build().digest()).isEqualTo(image.digest());
        assertThat(its.mended).isEqualTo(1);
        assertThat(its.push().digest()).isEqualTo(image.digest());
    }

    @Test
    void oneBuildMendsWhateverIsDamaged() throws IOException {
        BuiltImage image = its.build();
        flip(its.cached(image.manifest().layers().get(0).digest()));
        flip(its.cached(its.wheel("alpha")));
        replaceByDirectory(its.cached(its.wheel("beta")));
        delete(its.cache.resolve("remembered"));

        assertThat(its.build().digest()).isEqualTo(image.digest());
        assertThat(its.mended).isEqualTo(2);
        assertThat(its.push().digest()).isEqualTo(image.digest());
        assertThat(its.build().digest()).isEqualTo(image.digest());
        assertThat(its.mended).isZero();
    }

    @Test
    void truncatedFilesAreMadeAnew() throws IOException {
        BuiltImage image = its.build();
        truncate(its.cached(image.manifest().layers().get(0).digest()));
        truncate(its.cached(its.wheel("beta")));
        truncate(its.cached(its.layerDigests().get(2)));
        truncate(its.cached(image.imageId()));

        assertThat(its.build().digest()).isEqualTo(image.digest());
        assertThat(its.push().digest()).isEqualTo(image.digest());
    }

    @Test
    void layersOfOursOfWhichAByteIsOtherAreRefusedByThePushAndMadeAnewByTheNextBuild() throws IOException {
        BuiltImage image = its.build();
        flip(its.cached(its.layerDigests().get(2)));

        assertThatThrownBy(() -> its.push()).isInstanceOf(BuildRefused.class).hasMessage("""
                The built image's blob %s was damaged and has been removed.
                  why    its file no longer had the bytes that were built
                  do     build the image anew: mvn package""".formatted(
                        its.layerDigests().get(2)));

        assertThat(its.build().digest()).isEqualTo(image.digest());
        assertThat(its.push().digest()).isEqualTo(image.digest());
    }

    @Test
    void whatIsRememberedMayBeDamagedToo() throws IOException {
        Digest first = its.build().digest();
        try (Stream<Path> files = Files.walk(its.cache.resolve("remembered"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                flip(file);
            }
        }

        assertThat(its.build().digest()).isEqualTo(first);
    }

    // What is refused

    @Test
    void aBaseWithAnotherPythonThanTheProjectNeedsIsRefused() throws IOException {
        Files.writeString(
                its.project.resolve("pyproject.toml"),
                "[project]\nname = \"shop\"\nversion = \"1.0\"\nrequires-python = \">=3.12\"\n");

        assertThatThrownBy(() -> its.build()).isInstanceOf(BuildRefused.class).hasMessage("""
                The project needs Python >=3.12, the base has 3.11.2.
                  where  base %s
                  do     choose a base with such a Python as from.image""".formatted(
                        its.baseName()));
    }

    @Test
    void aProjectThatIsNotInOrderIsRefusedBeforeTheBaseIsPulled() throws IOException {
        Files.delete(its.project.resolve("requirements.txt"));

        assertThatThrownBy(() -> its.build()).isInstanceOf(BuildRefused.class);
        assertThat(its.count(Work.REQUESTS_SENT)).isZero();
    }

    // Formats

    @Test
    void mediaTypesAreOfOneFormat() throws IOException {
        BuiltImage oci = its.build();
        assertThat(oci.manifest().mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(oci.manifest().config().mediaType()).isEqualTo(MediaTypes.OCI_CONFIG);
        assertThat(oci.manifest().layers())
                .allSatisfy(layer -> assertThat(layer.mediaType()).isEqualTo(MediaTypes.OCI_LAYER_GZIP));
        assertThat(oci.manifest().json().path("annotations").propertyNames())
                .containsExactly("org.opencontainers.image.base.digest", "org.opencontainers.image.base.name");

        its.format = ImageFormat.DOCKER;
        BuiltImage docker = its.build();
        assertThat(docker.manifest().mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
        assertThat(docker.manifest().config().mediaType()).isEqualTo(MediaTypes.DOCKER_CONFIG);
        assertThat(docker.manifest().layers())
                .allSatisfy(layer -> assertThat(layer.mediaType()).isEqualTo(MediaTypes.DOCKER_LAYER_GZIP));
        assertThat(docker.manifest().json().has("annotations")).isFalse();
        assertThat(docker.imageId()).isEqualTo(oci.imageId());
        assertThat(its.push().digest()).isEqualTo(docker.digest());
    }

    @Test
    void annotationsInDockersFormatAreRefused() {
        its.format = ImageFormat.DOCKER;
        its.annotations = Map.of("a", "b");

        assertThatThrownBy(() -> its.build()).isInstanceOf(BuildRefused.class).hasMessage("""
                Docker's manifest has no annotations.
                  where  container.annotations
                  do     set container.format to OCI, or use container.labels""");
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        overwrite(file, bytes);
    }

    private static void truncate(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        overwrite(file, Arrays.copyOf(bytes, bytes.length / 2));
    }

    /** In place, as a failing disk does: links to the file see it too. */
    private static void overwrite(Path file, byte[] bytes) throws IOException {
        assertThat(file.toFile().setWritable(true)).isTrue();
        Files.write(file, bytes);
    }

    private static void replaceByDirectory(Path file) throws IOException {
        Files.delete(file);
        Files.createDirectories(file.resolve("within"));
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

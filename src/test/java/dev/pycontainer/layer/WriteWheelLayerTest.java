package dev.pycontainer.layer;

import static dev.pycontainer.layer.LayerTestStore.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Work;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.store.DamagedBlob;
import dev.pycontainer.testkit.CacheFiles;
import dev.pycontainer.testkit.LayerEntries;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteWheelLayerTest {

    /** The digest of the layer of {@code golden-1.0-py3-none-any.whl}; it changes only with the rules version. */
    private static final String GOLDEN = "sha256:e4f91a34c90b2c93c215b0d314f9285a93f8efabd01885544a6f1ec7367f7ba8";

    private static final String SITE = "opt/venv/lib/python3.11/site-packages/";

    @TempDir
    Path directory;

    private LayerTestStore store() {
        return new LayerTestStore(directory.resolve("cache"));
    }

    private static LayerBlob write(LayerTestStore store, WheelInStore... wheels) throws IOException {
        return store.write(FileFilter.NONE, wheels);
    }

    private static TestWheels demo() {
        return TestWheels.named("demo", "1.0")
                .file("demo/__init__.py", "print('hello')\n".repeat(20))
                .executable("demo/tool.sh", "#!/bin/sh\n")
                .file("demo-plain.txt", "")
                .entryPoints("[console_scripts]\ndemo = demo:main\n");
    }

    @Test
    void theLayerHoldsTheWheelsFilesAndTheirDirectoriesBelowThePrefix() throws IOException {
        LayerTestStore store = store();

        LayerEntries entries = LayerEntries.of(write(store, store.keep(demo(), directory)));

        assertThat(entries.lines())
                .containsExactly(
                        "d 0755 0:0 opt/venv/bin",
                        "f 0755 0:0 opt/venv/bin/demo",
                        "d 0755 0:0 opt/venv/lib",
                        "d 0755 0:0 opt/venv/lib/python3.11",
                        "d 0755 0:0 opt/venv/lib/python3.11/site-packages",
                        "d 0755 0:0 " + SITE + "demo",
                        "d 0755 0:0 " + SITE + "demo-1.0.dist-info",
                        "f 0644 0:0 " + SITE + "demo-1.0.dist-info/INSTALLER",
                        "f 0644 0:0 " + SITE + "demo-1.0.dist-info/METADATA",
                        "f 0644 0:0 " + SITE + "demo-1.0.dist-info/RECORD",
                        "f 0644 0:0 " + SITE + "demo-1.0.dist-info/WHEEL",
                        "f 0644 0:0 " + SITE + "demo-1.0.dist-info/entry_points.txt",
                        "f 0644 0:0 " + SITE + "demo-plain.txt",
                        "f 0644 0:0 " + SITE + "demo/__init__.py",
                        "f 0755 0:0 " + SITE + "demo/tool.sh");
        assertThat(entries.text(SITE + "demo/__init__.py")).startsWith("print('hello')\n");
        assertThat(entries.paths())
                .allSatisfy(path -> assertThat(entries.time(path)).isEqualTo(315532800));
    }

    @Test
    void theLayerKnowsItsDigestSizeAndPackages() throws IOException {
        LayerTestStore store = store();
        WheelInStore wheel = store.keep(demo(), directory);

        LayerBlob layer = write(store, wheel);

        try (InputStream blob = layer.open()) {
            byte[] bytes = blob.readAllBytes();
            assertThat(layer.descriptor().digest()).isEqualTo(Digest.of(bytes));
            assertThat(layer.descriptor().size()).isEqualTo(bytes.length);
        }
        assertThat(layer.descriptor().mediaType()).isEqualTo(MediaTypes.OCI_LAYER_GZIP);
        assertThat(layer.kind().word()).isEqualTo("dependencies");
        assertThat(layer.packages())
                .containsExactly(new LayerPackage(
                        "demo",
                        "1.0",
                        Optional.of(new LayerPackage.File(
                                "demo-1.0-py3-none-any.whl", wheel.wheel().sha256()))));
        assertThat(layer.reused()).isFalse();
        assertThat(store.of(Work.LAYERS_WRITTEN)).isEqualTo(1);
    }

    @Test
    void aLayerThatWasWrittenBeforeNeedsNoWheel() throws IOException {
        LayerTestStore first = store();
        WheelInStore wheel = first.keep(demo(), directory);
        LayerBlob written = write(first, wheel);

        LayerTestStore second = store();
        Optional<LayerBlob> found =
                new WriteWheelLayer(second.layers, SCHEME, FileFilter.NONE).find(WheelGroup.of(List.of(wheel.wheel())));

        assertThat(found).hasValueSatisfying(layer -> {
            assertThat(layer.descriptor()).isEqualTo(written.descriptor());
            assertThat(layer.diffId()).isEqualTo(written.diffId());
            assertThat(layer.reused()).isTrue();
        });
        assertThat(second.of(Work.WHEELS_OPENED)).isZero();
        assertThat(second.of(Work.BLOBS_READ)).isZero();
        assertThat(second.of(Work.LAYERS_WRITTEN)).isZero();
    }

    @Test
    void anotherSchemeOrDirectUrlIsAnotherLayer() throws IOException {
        LayerTestStore store = store();
        WheelInStore wheel = store.keep(demo(), directory);
        PlannedWheel plain = wheel.wheel();
        PlannedWheel direct = new PlannedWheel(
                plain.fileName(), plain.sha256(), plain.size(), Optional.of("{\"url\":\"file:///x\"}"));
        InstallScheme elsewhere =
                new InstallScheme("/venv", "lib/python3.11/site-packages", "/venv/bin/python", "3.11");

        LayerBlob here = write(store, wheel);
        LayerBlob there = new WriteWheelLayer(store.layers, elsewhere, FileFilter.NONE)
                .of(WheelGroup.of(List.of(wheel.wheel())), List.of(wheel));
        LayerBlob withUrl = write(store, new WheelInStore(direct, wheel.blob(), true));

        assertThat(List.of(here.diffId(), there.diffId(), withUrl.diffId())).doesNotHaveDuplicates();
        assertThat(LayerEntries.of(withUrl).text(SITE + "demo-1.0.dist-info/direct_url.json"))
                .isEqualTo("{\"url\":\"file:///x\"}");
    }

    @Test
    void aLayerWhoseBlobIsGoneIsWrittenAgain() throws IOException {
        LayerTestStore store = store();
        WheelInStore wheel = store.keep(demo(), directory);
        LayerBlob written = write(store, wheel);
        Files.delete(written.blob().file());

        LayerBlob again = write(store, wheel);

        assertThat(again.descriptor()).isEqualTo(written.descriptor());
        assertThat(again.reused()).isFalse();
    }

    @Test
    void aWheelFromAnEarlierRunIsProvedBeforeItIsRead() throws IOException {
        LayerTestStore store = store();
        WheelInStore wheel = store.keep(demo(), directory);
        Path file = wheel.blob().file();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);

        assertThatThrownBy(() -> write(store, new WheelInStore(wheel.wheel(), wheel.blob(), false)))
                .isInstanceOf(DamagedBlob.class);
        assertThat(store.of(Work.WHEELS_OPENED)).isZero();
    }

    @Test
    void whatIsLeftOutStandsInNoRecord() throws IOException {
        LayerTestStore store = store();
        WheelInStore wheel = store.keep(
                demo().file("demo/lib/libdemo.a", "a")
                        .file("demo/tests/test_it.py", "t")
                        .file("DATA/data/share/demo/x.txt", "x")
                        .file("DATA/scripts/tests", "#!python\n")
                        .distInfo("licenses/LICENSE", "MIT"),
                directory);
        FileFilter filter = FileFilter.of(
                List.of(
                        "share/demo/**",
                        "**/tests/**",
                        "**/*.a",
                        "**/tests",
                        "**/licenses/**",
                        "**/METADATA",
                        "bin/**"),
                "layers.excludes");

        LayerBlob whole = write(store, wheel);
        LayerBlob layer = store.write(filter, wheel);

        List<String> left = new ArrayList<>(LayerEntries.of(whole).paths());
        left.removeAll(LayerEntries.of(layer).paths());
        assertThat(left)
                .containsExactly(
                        SITE + "demo/lib",
                        SITE + "demo/lib/libdemo.a",
                        SITE + "demo/tests",
                        SITE + "demo/tests/test_it.py",
                        "opt/venv/share",
                        "opt/venv/share/demo",
                        "opt/venv/share/demo/x.txt");
        assertThat(LayerEntries.of(layer).text(SITE + "demo-1.0.dist-info/RECORD"))
                .doesNotContain("libdemo.a", "test_it.py", "x.txt")
                .contains("demo-1.0.dist-info/licenses/LICENSE,", "../../../bin/tests,", "demo/__init__.py,");
        assertThat(layer.runnables().scripts()).containsExactly("demo", "tests");
    }

    @Test
    void theOrderOfPatternsAndThoseThatMatchNothingDoNotChangeTheBytes() throws IOException {
        LayerTestStore store = store();
        WheelInStore wheel = store.keep(demo(), directory);

        LayerBlob whole = write(store, wheel);
        LayerBlob one = store.write(FileFilter.of(List.of("**/*.a", "**/*.js.map"), "layers.excludes"), wheel);
        LayerBlob other =
                store.write(FileFilter.of(List.of("**/*.js.map", "**/*.a", "**/*.a"), "layers.excludes"), wheel);

        assertThat(one.descriptor()).isEqualTo(whole.descriptor());
        assertThat(one.reused()).isFalse();
        assertThat(other.reused()).isTrue();
    }

    @Test
    void whatIsNoPatternIsRefused() {
        assertThatThrownBy(() -> FileFilter.of(List.of("/tests/**"), "layers.excludes"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        "/tests/**" is not a pattern of paths.
                          where  layers.excludes
                          why    a pattern is a relative path, with *, ? and ** where they are wanted
                          do     write it like docs/** or **/*.json""");
    }

    @Test
    void wheelsThatShareALayerAreMergedByPath() throws IOException {
        LayerTestStore store = store();
        WheelInStore b = store.keep(
                TestWheels.named("b", "1.0").file("ns/__init__.py", "").file("ns/b.py", "b"), directory);
        WheelInStore a = store.keep(
                TestWheels.named("a", "1.0").file("ns/__init__.py", "").file("ns/z.py", "z"), directory);

        LayerBlob layer = write(store, a, b);

        assertThat(LayerEntries.of(layer).paths())
                .containsSubsequence(
                        SITE + "a-1.0.dist-info",
                        SITE + "b-1.0.dist-info",
                        SITE + "ns",
                        SITE + "ns/__init__.py",
                        SITE + "ns/b.py",
                        SITE + "ns/z.py");
        assertThat(layer.packages()).extracting(LayerPackage::name).containsExactly("a", "b");
    }

    @Test
    void aRecordThatLiesIsRefusedWhileItStreamsAndLeavesNothing() throws IOException {
        LayerTestStore store = store();
        byte[] content = "truth".getBytes(StandardCharsets.UTF_8);
        String truth = TestWheels.sha256(content);
        String lie = TestWheels.sha256("other".getBytes(StandardCharsets.UTF_8));
        WheelInStore wheel = store.keep(
                TestWheels.named("demo", "1.0").file("demo.py", content).record(text -> text.replace(truth, lie)),
                directory);

        assertThatThrownBy(() -> write(store, wheel))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The file demo.py is not the one that the wheel's RECORD lists.
                          where  demo-1.0-py3-none-any.whl: demo.py
                          why    RECORD says %s, the file is %s
                          do     report it to the project that made the wheel, or lock another release""".formatted(lie, truth));
        assertThat(new WriteWheelLayer(store.layers, SCHEME, FileFilter.NONE)
                        .find(WheelGroup.of(List.of(wheel.wheel()))))
                .isEmpty();
        assertThat(new CacheFiles(directory.resolve("cache")).entries())
                .containsExactly(wheel.blob().file());
    }

    @ParameterizedTest
    @CsvSource({"en-US, UTC", "tr-TR, Asia/Kathmandu", "th-TH-u-ca-buddhist-nu-thai, Pacific/Chatham"})
    void oneWheelGivesOneDigestEverywhere(String locale, String zone) throws IOException {
        Locale usualLocale = Locale.getDefault();
        TimeZone usualZone = TimeZone.getDefault();
        try (InputStream golden = getClass().getResourceAsStream("golden-1.0-py3-none-any.whl")) {
            Locale.setDefault(Locale.forLanguageTag(locale));
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            LayerTestStore store = store();

            LayerBlob layer =
                    write(store, store.keep(golden.readAllBytes(), WheelFileName.parse("golden-1.0-py3-none-any.whl")));

            assertThat(layer.descriptor().digest()).hasToString(GOLDEN);
        } finally {
            Locale.setDefault(usualLocale);
            TimeZone.setDefault(usualZone);
        }
    }
}

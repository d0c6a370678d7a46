package dev.pycontainer.layer;

import static dev.pycontainer.layer.LayerTestStore.SCHEME;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.testkit.Command;
import dev.pycontainer.testkit.TestWheels;
import dev.pycontainer.testkit.ZipBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/layer-format.md} says all: a program that was written from the page makes the product's bytes. */
class LayerFormatTest {

    private static final Path WRITER = Path.of("src/test/oracle/layers/write_layer.py");

    /** The sizes around which the form changes: nothing, tiny, a block of the tar, a stored block, the window. */
    private static final int[] SIZES = {0, 1, 63, 64, 65, 511, 512, 513, 1024, 65_535, 65_536, 65_600, 200_000};

    private static final int CHUNK = 4 << 20;

    @TempDir
    Path directory;

    private LayerForm form = LayerForm.GZIP;

    private LayerTestStore store() {
        return new LayerTestStore(directory.resolve("cache"), form);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ESTARGZ"})
    void everyPlaceAndEveryFileThatIsWrittenAnew(LayerForm chosen) throws IOException {
        form = chosen;
        LayerTestStore store = store();
        WheelInStore wheel = store.keep(full(), directory);

        same(store, SCHEME, FileFilter.NONE, wheel);
    }

    @Test
    void anotherSchemeWhoseInterpreterNoShebangCanName() throws IOException {
        LayerTestStore store = store();
        WheelInStore wheel = store.keep(full(), directory);

        same(
                store,
                new InstallScheme("/a", "site", "/it's a/python", "3.12"),
                FileFilter.NONE,
                wheel,
                "--prefix=/a",
                "--site-packages=site",
                "--python=/it's a/python",
                "--minor=3.12");
    }

    @Test
    void filesLeftOutAndADirectUrl() throws IOException {
        LayerTestStore store = store();
        WheelInStore kept = store.keep(full(), directory);
        PlannedWheel plain = kept.wheel();
        String url = "{\"url\": \"file:///x\"}";
        PlannedWheel direct = new PlannedWheel(plain.fileName(), plain.sha256(), plain.size(), Optional.of(url));

        same(
                store,
                SCHEME,
                FileFilter.of(List.of("**/tests/**", "share/*/x?.txt", "**/*.a", "bin/**", "**/METADATA"), "excludes"),
                new WheelInStore(direct, kept.blob(), true),
                "--direct-url=" + url,
                "--exclude=**/tests/**",
                "--exclude=share/*/x?.txt",
                "--exclude=**/*.a",
                "--exclude=bin/**",
                "--exclude=**/METADATA");
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ESTARGZ"})
    void wheelsThatShareALayer(LayerForm chosen) throws IOException {
        form = chosen;
        LayerTestStore store = store();
        WheelInStore a = store.keep(
                TestWheels.named("a", "1.0")
                        .file("ns/__init__.py", "")
                        .file("ns/both.py", "a")
                        .file("ns/x", "a file")
                        .file("y/below/z.py", "z")
                        .file("left.py", "below"),
                directory);
        WheelInStore b = store.keep(
                TestWheels.named("b", "1.0")
                        .file("ns/__init__.py", "")
                        .file("ns/both.py", "b")
                        .file("ns/x/y.py", "a directory")
                        .file("y/below", "a file"),
                directory);
        WheelInStore c = store.keep(TestWheels.named("c", "1.0").executable("ns/__init__.py", ""), directory);
        String left = "lib/python3.11/site-packages/left.py";
        WheelGroup group =
                new WheelGroup(List.of(a.wheel(), b.wheel(), c.wheel()), OptionalInt.of(1), "small", List.of(left));

        LayerBlob layer = new WriteWheelLayer(store.layers, SCHEME, FileFilter.NONE).of(group, List.of(a, b, c));

        assertSame(layer, List.of(a, b, c), "--leave-out=" + left);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ESTARGZ"})
    void everyWayOfStandingInAnArchive(LayerForm chosen) throws IOException {
        form = chosen;
        Random random = new Random(1);
        List<Path> wheels = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        LayerTestStore store = store();
        for (int i = 0; i < 24; i++) {
            WheelFileName name = WheelFileName.parse("odd-" + i + "-py3-none-any.whl");
            byte[] bytes = odd(name, random);
            wheels.add(Files.write(directory.resolve(name.fileName()), bytes));
            LayerBlob layer = store.write(FileFilter.NONE, store.keep(bytes, name));
            lines.add(layer.descriptor().digest() + "\t" + layer.diffId() + "\t"
                    + layer.descriptor().size() + "\t" + name.fileName());
        }
        List<Object> words = new ArrayList<>(List.of("python3", WRITER, formOption(), "--each"));
        words.addAll(wheels);

        assertThat(Command.of(words.toArray()).run().lines()).containsExactlyElementsOf(lines);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ESTARGZ"})
    void whatIsCompressedHereIsWhatZlibMakesOfIt(LayerForm chosen) throws IOException {
        form = chosen;
        LayerTestStore store = store();
        Random random = new Random(2);
        TestWheels wheel = TestWheels.named("scripts", "1.0");
        for (int i = 0; i < 40; i++) {
            // Few and long matches between bytes that match nothing: there jzlib with more memory ends a block early.
            ByteArrayOutputStream script = new ByteArrayOutputStream();
            script.writeBytes("#!python\n".getBytes(UTF_8));
            int lines = random.nextInt(9_000);
            for (int line = 0; line < lines; line++) {
                byte[] noise = new byte[i % 8];
                random.nextBytes(noise);
                script.writeBytes(noise);
                script.writeBytes("the same words again\n".getBytes(UTF_8));
            }
            wheel.file("DATA/scripts/script-" + i, script.toByteArray());
        }

        same(store, SCHEME, FileFilter.NONE, store.keep(wheel, directory));
    }

    @Test
    void filesThatAnEstargzLayerCuts() throws IOException {
        form = LayerForm.ESTARGZ;
        LayerTestStore store = store();
        Random random = new Random(3);
        ZipBytes zip = new ZipBytes();
        StringBuilder record = new StringBuilder();
        String info = "large-1.0.dist-info/";
        add(zip, record, info + "WHEEL", "Wheel-Version: 1.0\n".getBytes(UTF_8), random);
        add(zip, record, info + "METADATA", "Name: large\nVersion: 1.0\n".getBytes(UTF_8), random);
        int i = 0;
        for (int size : new int[] {CHUNK, CHUNK + 1, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 100_000}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            for (int at = 0; at < size; at++) {
                content[at] &= 0x0f;
            }
            add(zip, record, "large/" + i++, content, random);
        }
        zip.deflated(
                info + "RECORD",
                record.append(info).append("RECORD,,\n").toString().getBytes(UTF_8));
        WheelFileName name = WheelFileName.parse("large-1.0-py3-none-any.whl");
        Files.write(directory.resolve(name.fileName()), zip.toByteArray());

        same(store, SCHEME, FileFilter.NONE, store.keep(zip.toByteArray(), name));
    }

    private String formOption() {
        return "--form=" + form.name().toLowerCase(Locale.ROOT);
    }

    private static TestWheels full() {
        return TestWheels.named("Full_wheel", "1.0")
                .file("full/__init__.py", "")
                .file("full/tests/test_it.py", "import full\n".repeat(500))
                .file("full-extra/x, \"quoted\".txt", "quoted")
                .file("full/naïve/\uFF5E\uD83D\uDC0D.txt", "snake")
                .file("full/" + "long/".repeat(40) + "directory.py", "deep")
                .file("full/" + "n".repeat(120), "a name that ustar cannot hold\n".repeat(9))
                .file("full/" + "d".repeat(90) + "/" + "n".repeat(97), "x")
                .executable("full/tool.sh", "#!/bin/sh\nexit 0\n")
                .directory("full/empty")
                .file("DATA/purelib/full/pure.py", "1")
                .file("DATA/platlib/full/lib.a", "2")
                .file("DATA/headers/full.h", "#define FULL\n")
                .file("DATA/data/share/full/x1.txt", "data")
                .file("DATA/data/lib64/pkgconfig/full.pc", "Name: full\n".repeat(20))
                .file("DATA/data/etc/full.conf", "")
                .file("DATA/scripts/placeholder", "#!python -E\r\nimport full\n".repeat(30))
                .file("DATA/scripts/short", "#!python")
                .file("DATA/scripts/shell", "#!/bin/sh\n")
                .file("DATA/scripts/full-script.py", "the entry point's place")
                .file("DATA/scripts/full.exe", "MZ")
                .distInfo("INSTALLER", "someone")
                .distInfo("RECORD.jws", "a signature")
                .entryPoints("""
                        \uFEFF# a comment
                        [console_scripts]
                        full = full.cli : main.run [extra]
                        Full=full:main
                        pip3 = full:pip
                        pip3.9 = full:pip
                        [other]
                        none = of
                        [gui_scripts]
                        full-gui = full.gui:main
                        """);
    }

    /** Stored and deflated in many ways, with and without data descriptors and zip64 fields, sizes of every sort. */
    private static byte[] odd(WheelFileName name, Random random) throws IOException {
        ZipBytes zip = new ZipBytes();
        zip.zip64 = random.nextBoolean();
        String info = "odd-" + name.version() + ".dist-info/";
        StringBuilder record = new StringBuilder();
        add(zip, record, info + "WHEEL", "Wheel-Version: 1.0\n".getBytes(UTF_8), random);
        add(zip, record, info + "METADATA", ("Name: odd\nVersion: " + name.version() + "\n").getBytes(UTF_8), random);
        for (int i = 0; i < 1 + random.nextInt(40); i++) {
            String path = "odd/" + "sub/".repeat(random.nextInt(3)) + "n".repeat(random.nextInt(60)) + i + ".py";
            add(zip, record, path, content(random), random);
        }
        zip.deflated(
                info + "RECORD",
                record.append(info).append("RECORD,,\n").toString().getBytes(UTF_8));
        return zip.toByteArray();
    }

    private static byte[] content(Random random) {
        byte[] content = new byte[SIZES[random.nextInt(SIZES.length)]];
        int variety = 1 + random.nextInt(random.nextBoolean() ? 4 : 256);
        for (int i = 0; i < content.length; i++) {
            boolean repeats = i > 300 && random.nextInt(10) < 7;
            content[i] = repeats ? content[i - 300] : (byte) random.nextInt(variety);
        }
        return content;
    }

    private static void add(ZipBytes zip, StringBuilder record, String path, byte[] content, Random random) {
        String hash = TestWheels.hash(random.nextBoolean() ? "SHA-256" : "SHA-512", content);
        record.append(random.nextInt(5) == 0 ? "./" : "")
                .append(path)
                .append(',')
                .append(hash);
        record.append(',').append(random.nextBoolean() ? content.length : "").append("\r\n");
        if (random.nextInt(3) == 0) {
            zip.stored(path, content, entry -> change(entry, random));
        } else {
            zip.stream(path, deflated(content, random), content);
            change(zip.entries.get(zip.entries.size() - 1), random);
        }
    }

    private static void change(ZipBytes.Entry entry, Random random) {
        entry.mode(random.nextInt(4) == 0 ? 0100755 : 0100644);
        if (random.nextInt(3) == 0) {
            // APPNOTE 4.3.9: sizes and CRC stand behind the data.
            entry.flags(8);
            entry.behind = ZipBytes.fields(16)
                    .putInt(0x08074b50)
                    .putInt((int) entry.crc)
                    .putInt((int) entry.compressedSize)
                    .putInt((int) entry.size)
                    .array();
            entry.localCrc = 0;
            entry.localSize = 0;
            entry.localCompressedSize = 0;
        } else if (random.nextInt(3) == 0) {
            // APPNOTE 4.5.3
            entry.extra = ZipBytes.fields(20)
                    .putShort((short) 1)
                    .putShort((short) 16)
                    .putLong(entry.size)
                    .putLong(entry.compressedSize)
                    .array();
            entry.localExtra = entry.extra;
            entry.size = 0xffffffffL;
            entry.compressedSize = 0xffffffffL;
            entry.localSize = 0xffffffffL;
            entry.localCompressedSize = 0xffffffffL;
        }
    }

    /** By the JDK's zlib at any level, with flushes now and then, which leave empty blocks. */
    private static byte[] deflated(byte[] content, Random random) {
        Deflater deflater = new Deflater(random.nextInt(10), true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 18];
        int flushed = random.nextInt(content.length + 1);
        for (int part = 0; part < random.nextInt(3); part++) {
            deflater.setInput(content, part * flushed / 2, (part + 1) * flushed / 2 - part * flushed / 2);
            out.write(buffer, 0, deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH));
        }
        int passed = (int) deflater.getBytesRead();
        deflater.setInput(content, passed, content.length - passed);
        deflater.finish();
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private void same(
            LayerTestStore store, InstallScheme scheme, FileFilter filter, WheelInStore wheel, String... options)
            throws IOException {
        WheelGroup group = WheelGroup.of(List.of(wheel.wheel()));
        assertSame(
                new WriteWheelLayer(store.layers, scheme, filter).of(group, List.of(wheel)), List.of(wheel), options);
    }

    private void assertSame(LayerBlob layer, List<WheelInStore> wheels, String... options) throws IOException {
        Path other = directory.resolve("other.tar.gz");
        List<Object> words = new ArrayList<>(List.of("python3", WRITER, formOption()));
        words.addAll(List.of(options));
        words.add(other);
        wheels.forEach(
                wheel -> words.add(directory.resolve(wheel.wheel().fileName().fileName())));

        String line = Command.of(words.toArray()).run();

        assertThat(line).startsWith(layer.descriptor().digest() + "\t" + layer.diffId() + "\t");
        assertThat(other).hasSameBinaryContentAs(layer.blob().file());
    }
}

package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.content.Digest;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.testkit.Command;
import dev.pycontainer.testkit.LargeWheel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory does not grow with the data: whole builds of large wheels in a heap of 256 MiB, read by tar and gzip. */
@Tag("large")
class SmallHeapTest {

    private static final int FILES = 300_000;
    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    private TestBuild its;

    @BeforeEach
    void open() throws IOException {
        its = new TestBuild(directory);
    }

    @AfterEach
    void close() {
        its.close();
    }

    @Test
    void aWheelOfThreeGigabytesWithAFileAboveFour() throws Exception {
        byte[] noise = new byte[MIB];
        new Random(1).nextBytes(noise);
        byte[] half = noise.clone();
        Arrays.fill(half, MIB / 2, MIB, (byte) 'x');
        int stored = 850;
        int deflated = 4200;
        try (LargeWheel wheel = LargeWheel.named("large", directory)) {
            wheel.file("large/__init__.py", "")
                    .deflated("large/cuda.so", half, deflated)
                    .stored("large/noise.bin", noise, stored);
        }
        Path file = directory.resolve("large-1.0-py3-none-any.whl");
        assertThat(Files.size(file)).isBetween(3_000_000_000L, 3_300_000_000L);

        List<String> layer = built("large", LayerForm.GZIP);

        // The directories large and large-1.0.dist-info, and those above them; three files, METADATA, WHEEL, INSTALLER,
        // RECORD.
        assertThat(layer.get(0)).isEqualTo("12");
        assertThat(Long.parseLong(layer.get(1)))
                .isBetween((stored + deflated) * (long) MIB, (stored + deflated) * (long) MIB + 10_000);
    }

    /** With a line for each in the table of an eStargz layer. */
    @ParameterizedTest
    @CsvSource({"GZIP, 0", "ESTARGZ, 2"})
    void aWheelOfManyFiles(LayerForm form, int more) throws Exception {
        long bytes = 0;
        try (LargeWheel wheel = LargeWheel.named("many", directory)) {
            for (int i = 0; i < FILES; i++) {
                String content = "NUMBER = " + i + "\n" + "def half():\n    return NUMBER / 2\n".repeat(1 + i % 7);
                wheel.file("many/of_each_hundred_%d/module_with_the_number_%d.py".formatted(i / 100, i), content);
                bytes += content.length();
            }
        }

        List<String> layer = built("many", form);

        assertThat(layer.get(0)).isEqualTo(Integer.toString(FILES + FILES / 100 + 9 + more));
        assertThat(Long.parseLong(layer.get(1))).isGreaterThan(bytes + FILES * 100L);
    }

    /** How many entries the layer has and how many bytes they hold, as GNU tar counts them. */
    private List<String> built(String name, LayerForm form) throws Exception {
        Path wheel = directory.resolve(name + "-1.0-py3-none-any.whl");
        Files.writeString(
                its.project.resolve("requirements.txt"),
                name + " @ " + wheel.toUri() + " --hash=sha256:" + sha256(wheel) + "\n");
        Path log = directory.resolve("log");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                BuildProcess.class.getName()));
        words.addAll(its.words());
        words.add(its.output.toString());
        words.add(its.cache.toString());
        words.add(form.name());
        int exit = Command.of(words.toArray()).start(log).waitFor();
        assertThat(exit).as(Files.readString(log)).isZero();
        Descriptor largest = BuiltImage.in(its.output).manifest().layers().stream()
                .max(Comparator.comparingLong(Descriptor::size))
                .orElseThrow();
        Path blob = its.output
                .resolve("layout/blobs/sha256")
                .resolve(largest.digest().hex());
        return List.of(Command.of(
                        "sh",
                        "-c",
                        "gzip -dc \"$0\" | tar -tvf - | awk '{ entries++; bytes += $3 } END { printf \"%.0f %.0f\", entries, bytes }'",
                        blob)
                .run()
                .split(" ", -1));
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest hash = Digest.sha256();
        byte[] buffer = new byte[MIB];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length; (length = in.read(buffer)) > 0; ) {
                hash.update(buffer, 0, length);
            }
        }
        return Digest.ofHash(hash.digest()).hex();
    }
}

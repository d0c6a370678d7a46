package dev.pycontainer.testkit;

import dev.pycontainer.packaging.WheelFileName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Small wheels for tests, right unless told otherwise.
 *
 * <pre>{@code
 * Path file = TestWheels.named("demo", "1.0").file("demo/__init__.py", "").in(directory);
 * }</pre>
 *
 * <p>Their bytes are not the same on every machine: whoever needs that takes a wheel from the test resources.
 */
public final class TestWheels {

    @SuppressWarnings("ArrayRecordComponent") // entries are never compared
    private record Entry(String path, byte[] content, int mode) {}

    private static final int FILE = 0100644;
    private static final int EXECUTABLE = 0100755;
    private static final int LINK = 0120777;

    private final String name;
    private final String version;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, byte[]> distInfo = new LinkedHashMap<>();
    private UnaryOperator<String> record = text -> text;
    private String directory;
    private String tag = "py3-none-any";

    private TestWheels(String name, String version) {
        this.name = name;
        this.version = version;
        this.directory = name + "-" + version + ".dist-info";
        wheelFile("Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        metadata("Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n\nA description.\n");
    }

    /** A wheel for any platform, {@code NAME-VERSION-py3-none-any.whl}; the name as it stands in file names. */
    public static TestWheels named(String name, String version) {
        return new TestWheels(name, version);
    }

    /** The last three parts of the file name. */
    public TestWheels tag(String other) {
        tag = other;
        return this;
    }

    /** A file of mode 0644; a path may begin with {@code DATA/}, which stands for the wheel's {@code .data} directory. */
    public TestWheels file(String path, String content) {
        return add(path, content.getBytes(StandardCharsets.UTF_8), FILE);
    }

    public TestWheels file(String path, byte[] content) {
        return add(path, content, FILE);
    }

    /** A file of mode 0755. */
    public TestWheels executable(String path, String content) {
        return add(path, content.getBytes(StandardCharsets.UTF_8), EXECUTABLE);
    }

    /** A symbolic link, as an archiver writes it. */
    public TestWheels link(String path, String target) {
        return add(path, target.getBytes(StandardCharsets.UTF_8), LINK);
    }

    /** An entry for a directory. */
    public TestWheels directory(String path) {
        return add(path + "/", new byte[0], 0040755);
    }

    public TestWheels entryPoints(String text) {
        return distInfo("entry_points.txt", text);
    }

    public TestWheels wheelFile(String text) {
        return distInfo("WHEEL", text);
    }

    public TestWheels metadata(String text) {
        return distInfo("METADATA", text);
    }

    /** A file of the {@code .dist-info} directory, listed in RECORD like any other. */
    public TestWheels distInfo(String file, String text) {
        distInfo.put(file, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The wheel without one of the files of its {@code .dist-info} directory. */
    public TestWheels without(String file) {
        if (file.equals("RECORD")) {
            record = null;
        }
        distInfo.remove(file);
        return this;
    }

    /** Another name for the {@code .dist-info} directory. */
    public TestWheels distInfoDirectory(String other) {
        directory = other;
        return this;
    }

    /** Changes the text of RECORD that would be right. */
    public TestWheels record(UnaryOperator<String> change) {
        record = change;
        return this;
    }

    public WheelFileName fileName() {
        return WheelFileName.parse(name + "-" + version + "-" + tag + ".whl");
    }

    /** Writes the wheel into a directory under its name. */
    public Path in(Path parent) {
        Path file = parent.resolve(fileName().fileName());
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            for (Entry entry : all()) {
                ZipArchiveEntry header = new ZipArchiveEntry(entry.path);
                header.setUnixMode(entry.mode);
                header.setTime(1_577_836_800_000L);
                zip.putArchiveEntry(header);
                zip.write(entry.content);
                zip.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private TestWheels add(String path, byte[] content, int mode) {
        entries.add(new Entry(path.replaceFirst("^DATA/", name + "-" + version + ".data/"), content, mode));
        return this;
    }

    private List<Entry> all() {
        List<Entry> all = new ArrayList<>(entries);
        distInfo.forEach((file, content) -> all.add(new Entry(directory + "/" + file, content, FILE)));
        if (record != null) {
            StringBuilder rows = new StringBuilder();
            for (Entry entry : all) {
                if (!entry.path.endsWith("/") && !entry.path.endsWith("/RECORD.jws")) {
                    rows.append(quoted(entry.path)).append(',').append(sha256(entry.content));
                    rows.append(',').append(entry.content.length).append('\n');
                }
            }
            rows.append(directory).append("/RECORD,,\n");
            byte[] text = record.apply(rows.toString()).getBytes(StandardCharsets.UTF_8);
            all.add(new Entry(directory + "/RECORD", text, FILE));
        }
        return all;
    }

    private static String quoted(String path) {
        return path.matches("[^,\"]*") ? path : "\"" + path.replace("\"", "\"\"") + "\"";
    }

    /** A hash as RECORD writes it. */
    public static String sha256(byte[] content) {
        return hash("SHA-256", content);
    }

    /** A hash as RECORD writes it, by its Java name such as {@code SHA-512}. */
    public static String hash(String algorithm, byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithm).digest(content);
            return algorithm.replace("SHA-", "sha") + "="
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

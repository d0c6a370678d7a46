package dev.pycontainer.testkit;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** A Debian package's bytes, put together member by member, so that each of them can be a wrong one. */
public final class DebBytes {

    public static final byte[] VERSION = utf8("2.0\n");

    private final ByteArrayOutputStream ar = new ByteArrayOutputStream();

    public DebBytes() {
        ar.writeBytes(utf8("!<arch>\n"));
    }

    /** A whole package, as dpkg-deb makes it. */
    public static byte[] of(Map<String, String> control, byte[] dataTar) {
        return new DebBytes()
                .member("debian-binary", VERSION)
                .member("control.tar.xz", xz(tar(control)))
                .member("data.tar.xz", xz(dataTar))
                .bytes();
    }

    public DebBytes member(String name, byte[] content) {
        raw(header(name, Integer.toString(content.length)));
        raw(content);
        return content.length % 2 == 0 ? this : raw(new byte[] {'\n'});
    }

    public DebBytes raw(byte[] bytes) {
        ar.writeBytes(bytes);
        return this;
    }

    public byte[] bytes() {
        return ar.toByteArray();
    }

    /** The sixty bytes before a member. */
    public static byte[] header(String name, String size) {
        return utf8(String.format(Locale.ROOT, "%-16s%-12s%-6s%-6s%-8s%-10s`\n", name, "0", "0", "0", "100644", size));
    }

    /** Plain files by their names. */
    public static byte[] tar(Map<String, String> files) {
        return tar(out -> {
            for (Map.Entry<String, String> file : files.entrySet()) {
                put(out, new TarArchiveEntry("./" + file.getKey(), true), utf8(file.getValue()));
            }
        });
    }

    public static byte[] tar(Filling filling) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, 512, "UTF-8")) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            filling.fill(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static void put(TarArchiveOutputStream out, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setSize(content.length);
        entry.setModTime(0);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }

    public static byte[] xz(byte[] bytes) {
        return packed(bytes, out -> new XZOutputStream(out, new LZMA2Options(0)));
    }

    public static byte[] gzip(byte[] bytes) {
        return packed(bytes, GzipCompressorOutputStream::new);
    }

    public static byte[] zstd(byte[] bytes) {
        return packed(bytes, out -> new ZstdOutputStream(out).setChecksum(true));
    }

    public static byte[] packed(byte[] bytes, Packing packing) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packing.over(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What goes into a tar. */
    public interface Filling {
        void fill(TarArchiveOutputStream out) throws IOException;
    }

    /** A compressor over a stream. */
    public interface Packing {
        OutputStream over(OutputStream out) throws IOException;
    }
}

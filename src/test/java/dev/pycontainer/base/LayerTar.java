package dev.pycontainer.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** A layer's tar, written entry by entry in the order of the calls. */
public final class LayerTar {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, 512, "UTF-8");

    public LayerTar directory(String path) throws IOException {
        return put(path + "/", TarConstants.LF_DIR, "", 0755, new byte[0]);
    }

    public LayerTar file(String path, String content) throws IOException {
        return put(path, TarConstants.LF_NORMAL, "", 0644, content.getBytes(UTF_8));
    }

    public LayerTar file(String path, byte[] content) throws IOException {
        return put(path, TarConstants.LF_NORMAL, "", 0644, content);
    }

    public LayerTar program(String path, byte[] content) throws IOException {
        return put(path, TarConstants.LF_NORMAL, "", 0755, content);
    }

    public LayerTar link(String path, String target) throws IOException {
        return put(path, TarConstants.LF_SYMLINK, target, 0777, new byte[0]);
    }

    public LayerTar hardLink(String path, String target) throws IOException {
        return put(path, TarConstants.LF_LINK, target, 0755, new byte[0]);
    }

    public byte[] tar() throws IOException {
        out.close();
        return bytes.toByteArray();
    }

    public static byte[] gzip(byte[] tar) throws IOException {
        return compressed(tar, GzipCompressorOutputStream::new);
    }

    /** As eStargz does: a gzip member every so many bytes. */
    public static byte[] gzipMembers(byte[] tar, int memberSize) throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int at = 0; at < tar.length; at += memberSize) {
            members.writeBytes(gzip(Arrays.copyOfRange(tar, at, Math.min(tar.length, at + memberSize))));
        }
        return members.toByteArray();
    }

    public static byte[] zstd(byte[] tar) throws IOException {
        return compressed(tar, ZstdOutputStream::new);
    }

    private interface Compression {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] compressed(byte[] tar, Compression compression) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream stream = compression.over(compressed)) {
            stream.write(tar);
        }
        return compressed.toByteArray();
    }

    private LayerTar put(String path, byte type, String target, int mode, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, type);
        entry.setLinkName(target);
        entry.setMode(mode);
        entry.setModTime(0);
        entry.setSize(content.length);
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
        return this;
    }
}

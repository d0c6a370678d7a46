package dev.pycontainer.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Reads a layer as commons-compress does: what {@code src/test/oracle/layers/read_layers.py} prints for it. */
public final class ReadLayer {

    private static final Comparator<String> BY_BYTES =
            Comparator.comparing(path -> path.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private ReadLayer() {}

    /** The SHA-256 of the tar, a space, and that of the listing of what is in it. */
    public static String of(Path blob) throws IOException {
        MessageDigest diffId = sha256();
        TreeMap<String, String> lines = new TreeMap<>(BY_BYTES);
        try (InputStream file = new BufferedInputStream(Files.newInputStream(blob), 1 << 16);
                InputStream content = new DigestInputStream(new GzipCompressorInputStream(file), diffId);
                TarArchiveInputStream tar = new TarArchiveInputStream(content, "UTF-8")) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                lines.put(entry.getName().replaceFirst("/$", ""), line(entry, tar));
            }
            content.transferTo(OutputStream.nullOutputStream());
        }
        MessageDigest listing = sha256();
        lines.forEach((path, line) -> listing.update((line + " " + path + "\0").getBytes(StandardCharsets.UTF_8)));
        return hex(diffId) + " " + hex(listing);
    }

    private static String line(TarArchiveEntry entry, InputStream content) throws IOException {
        MessageDigest hash = sha256();
        new DigestInputStream(content, hash).transferTo(OutputStream.nullOutputStream());
        String head = "%04o %d:%d".formatted(entry.getMode() & 07777, entry.getLongUserId(), entry.getLongGroupId());
        if (entry.isDirectory()) {
            return "d " + head + " 0 0 -";
        }
        long time = entry.getLastModifiedTime().toMillis() / 1000;
        return (entry.isFile() ? "f " : "? ") + head + " " + time + " " + entry.getSize() + " " + hex(hash);
    }

    private static String hex(MessageDigest hash) {
        return HexFormat.of().formatHex(hash.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}

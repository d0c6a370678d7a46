package dev.pycontainer.bench;

import dev.pycontainer.content.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The physical limit: what must be computed for a wheel's layer whatever way it is made, and nothing else. All bytes are in
 * memory beforehand; no file is read or written, no header made.
 *
 * <p>That is the SHA-256 of the wheel, of every entry (RECORD), of the tar (diff_id) and of the layer (digest), and the JDK's
 * native inflating with CRC-32.
 */
final class LayerLimit {

    private record Entry(int offset, int length, boolean deflated, long size, long crc) {}

    private static final byte[] BLOCK = new byte[512];

    private final byte[] wheel;
    private final byte[] layer;
    private final List<Entry> entries = new ArrayList<>();
    private final byte[] chunk = new byte[1 << 16];

    private LayerLimit(byte[] wheel, byte[] layer) {
        this.wheel = wheel;
        this.layer = layer;
    }

    static LayerLimit of(Path wheelFile, Path layerFile) throws IOException {
        LayerLimit limit = new LayerLimit(Files.readAllBytes(wheelFile), Files.readAllBytes(layerFile));
        try (ZipFile zip = ZipFile.builder().setPath(wheelFile).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                try (InputStream raw = zip.getRawInputStream(entry)) {
                    limit.entries.add(new Entry(
                            Math.toIntExact(entry.getDataOffset()),
                            raw.readAllBytes().length,
                            entry.getMethod() == ZipArchiveEntry.DEFLATED,
                            entry.getSize(),
                            entry.getCrc()));
                }
            }
        }
        return limit;
    }

    /** Of all entries, uncompressed, in bytes. */
    long contentSize() {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    void run() {
        Digest.sha256().digest(wheel);
        MessageDigest tar = Digest.sha256();
        Inflater inflater = new Inflater(true);
        for (Entry entry : entries) {
            entry(entry, inflater, tar);
        }
        inflater.end();
        tar.digest();
        Digest.sha256().digest(layer);
    }

    private void entry(Entry entry, Inflater inflater, MessageDigest tar) {
        MessageDigest content = Digest.sha256();
        CRC32 crc = new CRC32();
        tar.update(BLOCK);
        if (entry.deflated) {
            inflater.reset();
            inflater.setInput(wheel, entry.offset, entry.length);
            while (!inflater.finished()) {
                int length = inflate(inflater);
                crc.update(chunk, 0, length);
                content.update(chunk, 0, length);
                tar.update(chunk, 0, length);
            }
        } else {
            crc.update(wheel, entry.offset, entry.length);
            content.update(wheel, entry.offset, entry.length);
            tar.update(wheel, entry.offset, entry.length);
        }
        tar.update(BLOCK, 0, (int) (-entry.size & 511));
        content.digest();
        if (crc.getValue() != entry.crc) {
            throw new IllegalStateException("the limit's own reading is wrong");
        }
    }

    private int inflate(Inflater inflater) {
        try {
            return inflater.inflate(chunk);
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        }
    }
}

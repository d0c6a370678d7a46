package dev.pycontainer.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The uncompressed bytes of a layer's blob, whichever of the three forms it has.
 *
 * <p>The form is told by the blob's first bytes, not by its media type: registries hold layers whose type is wrong, and
 * runtimes go by the bytes. Every member of a gzip file and every frame of a zstd file is read, since eStargz and
 * zstd:chunked layers have many.
 */
public final class LayerStream {

    private static final int BUFFER = 1 << 16;

    private LayerStream() {}

    /**
     * @param blob the layer's blob; closing the returned stream closes it
     * @param name what the blob is, for refusals
     * @throws IOException if the blob's compression is damaged, here or while reading
     */
    public static InputStream open(InputStream blob, String name) throws IOException {
        BufferedInputStream in = new BufferedInputStream(blob, BUFFER);
        in.mark(4);
        byte[] magic = in.readNBytes(4);
        in.reset();
        if (startsWith(magic, 0x1f, 0x8b)) {
            return GzipCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .get();
        }
        // Frames are 28 B5 2F FD; a skippable frame, 50 to 5F 2A 4D 18, may stand first.
        if (startsWith(magic, 0x28, 0xb5, 0x2f, 0xfd)
                || (magic.length == 4 && (magic[0] & 0xf0) == 0x50 && startsWith(magic, magic[0], 0x2a, 0x4d, 0x18))) {
            return ZstdStream.open(in, name, "a base whose layers are gzip");
        }
        return in;
    }

    private static boolean startsWith(byte[] bytes, int... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != (expected[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }
}

package dev.pycontainer.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes a plain tar, for files that are compressed already: headers as in layers, the bytes as they are. Memory does not
 * grow with the data.
 */
public final class TarWriter {

    private static final int CHUNK = 1 << 16;

    private final OutputStream out;

    /** @param out gets chunks of up to 64 KiB */
    public TarWriter(OutputStream out) {
        this.out = out;
    }

    public void directory(EntryHeader header) throws IOException {
        out.write(TarHeader.of(header, '5', 0, ""));
    }

    /** @param size in bytes; content of another size is refused */
    public void file(EntryHeader header, long size, InputStream content) throws IOException {
        out.write(TarHeader.of(header, '0', size, ""));
        byte[] chunk = new byte[CHUNK];
        long written = 0;
        for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
            out.write(chunk, 0, count);
            written += count;
        }
        if (written != size) {
            throw SizedInput.sizeChanged(header.path(), size);
        }
        out.write(new byte[(int) (TarHeader.padded(size) - size)]);
    }

    /** Ends the archive, which is incomplete without. */
    public void finish() throws IOException {
        out.write(TarHeader.end());
    }
}

package dev.pycontainer.archive;

import java.io.IOException;
import java.io.OutputStream;

/** Gathers small writes into chunks of 64 KiB, since what is below hashes and writes each call at once. */
final class ChunkedOutput implements ByteSink {

    private static final int CHUNK = 1 << 16;

    private final OutputStream out;
    private final byte[] chunk = new byte[CHUNK];
    private int filled;

    ChunkedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > CHUNK - filled) {
            flush();
            if (length >= CHUNK) {
                out.write(bytes, offset, length);
                return;
            }
        }
        System.arraycopy(bytes, offset, chunk, filled, length);
        filled += length;
    }

    void write(int value) throws IOException {
        if (filled == CHUNK) {
            flush();
        }
        chunk[filled++] = (byte) value;
    }

    void flush() throws IOException {
        out.write(chunk, 0, filled);
        filled = 0;
        out.flush();
    }
}

package dev.pycontainer.archive;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Gathers small writes into chunks of 64 KiB, since what is below hashes and writes each call at once. The last byte stays
 * here until another follows, so that it can be taken back.
 */
final class ChunkedOutput implements ByteSink {

    private static final int CHUNK = 1 << 16;

    private final OutputStream out;
    private final byte[] chunk = new byte[CHUNK];
    private int filled;
    private long passed;

    ChunkedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > CHUNK - filled) {
            empty();
            if (length > CHUNK) {
                out.write(bytes, offset, length - 1);
                passed += length - 1;
                chunk[filled++] = bytes[offset + length - 1];
                return;
            }
        }
        System.arraycopy(bytes, offset, chunk, filled, length);
        filled += length;
    }

    /** How many bytes have been written. */
    long position() {
        return passed + filled;
    }

    /** Removes the byte that was written last, and returns it; there must be one since the last flush. */
    int takeLast() {
        return chunk[--filled] & 0xff;
    }

    void write(int value) throws IOException {
        if (filled == CHUNK) {
            empty();
        }
        chunk[filled++] = (byte) value;
    }

    /** Passes on all that was written. */
    void flush() throws IOException {
        empty();
        out.flush();
    }

    private void empty() throws IOException {
        out.write(chunk, 0, filled);
        passed += filled;
        filled = 0;
    }
}

package dev.pycontainer.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * A stream that passes bytes on and proves, at its end, that they were the expected ones.
 *
 * <p>Size and digest are checked when the last byte was read. A reader that stops earlier has proved nothing, so that
 * {@link #close()} reads what is left: a tar reader, for example, stops before the padding at the end of its archive.
 */
public final class VerifiedInputStream extends FilterInputStream {

    private final Digest expected;
    private final long size;
    private final String name;
    private final MessageDigest hash = Digest.sha256();
    private long passed;
    private boolean proved;

    /**
     * @param size the expected size in bytes, or -1 where nobody knows it beforehand
     * @param name what the bytes are, for the refusal's first sentence
     */
    public VerifiedInputStream(InputStream in, Digest expected, long size, String name) {
        super(in);
        this.expected = expected;
        this.size = size;
        this.name = name;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count < 0) {
            prove();
            return count;
        }
        hash.update(buffer, offset, count);
        passed += count;
        if (size >= 0 && passed > size) {
            proved = true;
            throw ContentMismatch.of(name, "it is longer than the " + size + " bytes that were announced");
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(Math.max(count, 1), 1 << 16)];
        long skipped = 0;
        while (skipped < count) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads to the end, so that the bytes are proved, and closes. */
    @Override
    public void close() throws IOException {
        try (InputStream source = in) {
            byte[] rest = new byte[1 << 16];
            while (!proved && read(rest, 0, rest.length) >= 0) {
                // each read hashes; the last one proves
            }
        }
    }

    /** Closes without reading the rest: for a reader that has already failed, or wants only the beginning. */
    public void abandon() throws IOException {
        proved = true;
        in.close();
    }

    private void prove() {
        if (proved) {
            return;
        }
        proved = true;
        if (size >= 0 && passed != size) {
            throw ContentMismatch.of(name, "it has " + passed + " bytes instead of " + size);
        }
        Digest actual = Digest.ofHash(hash.digest());
        if (!actual.equals(expected)) {
            throw ContentMismatch.of(name, "its digest is " + actual + " instead of " + expected);
        }
    }
}

package dev.pycontainer.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that refuses to pass more bytes than a limit: for bodies and members whose size nobody has promised. */
public final class BoundedInputStream extends FilterInputStream {

    private final long limit;
    private final String name;
    private long passed;

    /**
     * @param limit the greatest number of bytes that may pass
     * @param name what the bytes are, for the refusal's first sentence
     */
    public BoundedInputStream(InputStream in, long limit, String name) {
        super(in);
        this.limit = limit;
        this.name = name;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count > 0) {
            count(count);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = in.skip(count);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long bytes) {
        passed += bytes;
        if (passed > limit) {
            throw BuildRefused.because(name + " is larger than " + limit + " bytes, the limit for it.");
        }
    }
}

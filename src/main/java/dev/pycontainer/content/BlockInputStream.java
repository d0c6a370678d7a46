package dev.pycontainer.content;

import java.io.IOException;
import java.io.InputStream;

/** A stream whose bytes are read many at a time; one alone is read as an array of one. */
public abstract class BlockInputStream extends InputStream {

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws IOException;
}

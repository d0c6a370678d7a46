package dev.pycontainer.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Lets the benches, which live in a room of their own, run the inflater that is the archive's alone. */
public final class InflateForBench {

    private final Inflate inflate = new Inflate();
    private long inflated;

    /** How many bytes the raw deflate stream holds; its copy is made and thrown away. */
    public long size(byte[] bytes, int offset, int length) throws IOException {
        inflated = 0;
        inflate.pass(new ByteArrayInputStream(bytes, offset, length), this::count, ByteSink.NOWHERE);
        return inflated;
    }

    private void count(byte[] bytes, int offset, int length) {
        inflated += length;
    }
}

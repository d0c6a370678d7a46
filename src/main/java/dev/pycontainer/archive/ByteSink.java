package dev.pycontainer.archive;

import java.io.IOException;

/** Where bytes go, chunk by chunk; the array belongs to the caller and is reused after the call. */
@FunctionalInterface
interface ByteSink {

    ByteSink NOWHERE = (bytes, offset, length) -> {};

    void write(byte[] bytes, int offset, int length) throws IOException;
}

package dev.pycontainer.content;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be had from their beginning as often as asked. */
@FunctionalInterface
public interface ByteSource {

    /** A new stream over all bytes; whoever opens it closes it. */
    InputStream open() throws IOException;
}

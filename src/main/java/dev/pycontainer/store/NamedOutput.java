package dev.pycontainer.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file of a cache, whose faults name the cache: a full disk, for one, is told with the place to look at. */
final class NamedOutput extends OutputStream {

    private final Path cache;
    private final OutputStream target;

    NamedOutput(Path cache, Path file) throws IOException {
        this.cache = cache;
        this.target = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            target.write(bytes, offset, length);
        } catch (IOException fault) {
            throw named(cache, fault);
        }
    }

    @Override
    public void close() throws IOException {
        target.close();
    }

    /** The same fault with the cache's name, where it has none. */
    static IOException named(Path cache, IOException fault) {
        if (fault instanceof FileSystemException || fault instanceof ClosedChannelException) {
            return fault;
        }
        IOException named = new FileSystemException(cache.toString(), null, fault.getMessage());
        named.initCause(fault);
        return named;
    }
}

package dev.pycontainer.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file of a cache, whose faults name the cache: a full disk, for one, is told with the place to look at. */
final class NamedOutput extends OutputStream {

    private final Path cache;
    private final FileChannel file;
    private final OutputStream target;

    NamedOutput(Path cache, Path file) throws IOException {
        this.cache = cache;
        this.file = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.target = Channels.newOutputStream(this.file);
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

    /** Ends the file: from here on it is on the disk, and may be given its name. */
    void finish() throws IOException {
        try {
            file.force(true);
        } catch (IOException fault) {
            throw named(cache, fault);
        }
        close();
    }

    @Override
    public void close() throws IOException {
        file.close();
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

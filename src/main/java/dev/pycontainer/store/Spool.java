package dev.pycontainer.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes put aside in a temporary file, to be read in another order than that in which they came; gone when it is closed.
 *
 * <p>Several threads may read it, one may write.
 */
public final class Spool implements Closeable {

    private static final int CHUNK = 1 << 16;

    private final FileChannel channel;
    private long size;

    Spool(Path temporary) throws IOException {
        this.channel = FileChannel.open(
                temporary,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Puts all of a stream behind what is there; returns where it begins, in bytes. */
    public long add(InputStream in) throws IOException {
        long begin = size;
        byte[] chunk = new byte[CHUNK];
        for (int count = in.read(chunk, 0, CHUNK); count >= 0; count = in.read(chunk, 0, CHUNK)) {
            ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, count);
            while (bytes.hasRemaining()) {
                size += channel.write(bytes, size);
            }
        }
        return begin;
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** A part of what was put aside; it need not be closed. */
    public InputStream open(long begin, long length) {
        if (begin < 0 || length < 0 || begin > size - length) {
            throw new IndexOutOfBoundsException("bytes " + begin + " and " + length + " on, of " + size);
        }
        return new Part(begin, begin + length);
    }

    /** All that was put aside, to be read at any place. */
    public SeekableByteChannel channel() throws IOException {
        channel.position(0);
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class Part extends InputStream {
        private final long end;
        private long position;

        Part(long begin, long end) {
            this.position = begin;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position == end) {
                return -1;
            }
            int count = channel.read(ByteBuffer.wrap(buffer, offset, (int) Math.min(length, end - position)), position);
            position += Math.max(count, 0);
            return count;
        }
    }
}

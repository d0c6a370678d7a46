package dev.pycontainer.archive;

import dev.pycontainer.content.BlockInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of a file as a stream; many can be open on one channel at a time. */
final class FileRange extends BlockInputStream {

    private final FileChannel channel;
    private final long end;
    private long position;

    FileRange(FileChannel channel, long offset, long length) {
        this.channel = channel;
        this.position = offset;
        this.end = offset + length;
    }

    /** The bytes from {@code offset} on; the file must hold them. */
    static byte[] bytes(FileChannel channel, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        if (new FileRange(channel, offset, length).readNBytes(bytes, 0, length) < length) {
            throw new EOFException("the file has become shorter while it was read");
        }
        return bytes;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (position >= end) {
            return -1;
        }
        int wanted = (int) Math.min(length, end - position);
        int read = channel.read(ByteBuffer.wrap(buffer, offset, wanted), position);
        position += Math.max(read, 0);
        return read;
    }
}

package dev.pycontainer.archive;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.JZlib;
import dev.pycontainer.content.Digest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Bytes that are held deflated until all of them are known: as the stream that {@link DeflatedInput} makes of the whole. */
final class DeflatedBytes {

    private static final int CHUNK = 1 << 16;

    private final Deflater deflater = DeflatedInput.deflater();
    private final MessageDigest hash = Digest.sha256();
    private final byte[] chunk = new byte[CHUNK];
    private final List<byte[]> packed = new ArrayList<>();
    private byte[] packing = new byte[CHUNK];
    private int filled;
    private long size;

    DeflatedBytes() {
        deflater.setOutput(packing);
    }

    void write(byte[] bytes) {
        hash.update(bytes);
        size += bytes.length;
        for (int done = 0; done < bytes.length; ) {
            if (filled == CHUNK) {
                deflate(JZlib.Z_NO_FLUSH);
            }
            int part = Math.min(bytes.length - done, CHUNK - filled);
            System.arraycopy(bytes, done, chunk, filled, part);
            filled += part;
            done += part;
        }
    }

    /** Of all bytes so far. */
    long size() {
        return size;
    }

    /** Of all bytes; to be asked once, at the end. */
    Digest digest() {
        return Digest.ofHash(hash.digest());
    }

    /** The whole stream; to be asked once, at the end. */
    InputStream stream() {
        deflate(JZlib.Z_FINISH);
        List<InputStream> parts = new ArrayList<>();
        packed.forEach(part -> parts.add(new ByteArrayInputStream(part)));
        parts.add(new ByteArrayInputStream(packing, 0, CHUNK - deflater.avail_out));
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    /** Where the output has room left, the input has been taken. */
    private void deflate(int flush) {
        deflater.setInput(chunk, 0, filled, false);
        filled = 0;
        while (true) {
            int status = deflater.deflate(flush);
            if (status != JZlib.Z_OK && status != JZlib.Z_STREAM_END && status != JZlib.Z_BUF_ERROR) {
                throw new IllegalStateException("jzlib failed with " + status + ": " + deflater.msg);
            }
            if (deflater.avail_out > 0) {
                return;
            }
            packed.add(packing);
            packing = new byte[CHUNK];
            deflater.setOutput(packing);
        }
    }
}

package dev.pycontainer.archive;

import dev.pycontainer.content.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * One ordinary gzip member (RFC 1952) made of pieces: deflate streams joined as they are, and bytes of our own between
 * them.
 *
 * <p>Many members would be easier to write, but some readers stop after the first one, and parallel ones become slow. A stream
 * begins at a byte's border, with an empty stored block before it where there is none; what follows it begins at its very
 * next bit.
 */
final class GzipMember implements Closeable {

    // Deflate, no flags, no time, no hint of the level, unknown system.
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int LONGEST_STORED_BLOCK = 0xffff;

    private final ChunkedOutput out;
    private final PlainBlocks plain;
    private final Inflate inflate;
    private final byte[] buffer = new byte[LONGEST_STORED_BLOCK];
    private final PassingTar tar = new PassingTar();
    private byte[] lastHeader = {};
    private long lastHeaderAt;
    private boolean begun;

    GzipMember(OutputStream out, Inflate inflate) {
        this.out = new ChunkedOutput(out);
        this.inflate = inflate;
        this.plain = new PlainBlocks(this.out);
    }

    /** A block of a tar that is like others of its sort: the one before it helps to write it short, if it is near enough. */
    void header(byte[] block) throws IOException {
        begin();
        long distance = tar.size() - lastHeaderAt;
        lastHeaderAt = tar.size();
        tar.write(block, 0, block.length);
        if (distance <= PlainBlocks.LONGEST_DISTANCE) {
            plain.write(block, lastHeader, (int) distance);
        } else {
            plain.write(block);
        }
        lastHeader = block;
    }

    /** Few bytes, or such as are mostly runs. */
    void plain(byte[] bytes) throws IOException {
        begin();
        tar.write(bytes, 0, bytes.length);
        plain.write(bytes);
    }

    /** What the raw deflate stream holds, in the stream's own bytes. */
    void deflated(InputStream stream, ContentCheck check) throws IOException {
        begin();
        plain.align();
        tar.begin(check);
        int free = inflate.pass(stream, tar::write, out);
        tar.end();
        if (free > 0) {
            plain.continueAt(out.takeLast(), 8 - free);
        }
    }

    /** The stream's bytes in stored blocks (RFC 1951, section 3.2.4). */
    void stored(InputStream stream, ContentCheck check) throws IOException {
        begin();
        tar.begin(check);
        for (int length; (length = stream.readNBytes(buffer, 0, buffer.length)) > 0; ) {
            tar.write(buffer, 0, length);
            plain.stored(buffer, length);
        }
        tar.end();
    }

    /** Waits for all checks, of which the first that refused is thrown. */
    void settle() {
        tar.settle();
    }

    /** Ends the member with these bytes, which are mostly runs. */
    void finish(byte[] last) throws IOException {
        begin();
        tar.write(last, 0, last.length);
        plain.last(last);
        littleEndian(tar.crc());
        littleEndian(tar.size());
        out.flush();
    }

    /** Of all content so far, in bytes. */
    long size() {
        return tar.size();
    }

    /** Of all content; to be asked once, at the end. */
    Digest digest() {
        return tar.digest();
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            out.write(HEAD, 0, HEAD.length);
        }
    }

    private void littleEndian(long value) throws IOException {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write((int) (value >>> shift) & 0xff);
        }
    }

    /** Ends the thread that hashes. */
    @Override
    public void close() {
        tar.close();
    }
}

package dev.pycontainer.archive;

import dev.pycontainer.content.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.zip.CRC32;

/**
 * One ordinary gzip member (RFC 1952) made of pieces: deflate streams joined as they are, and bytes of our own between
 * them.
 *
 * <p>Many members would be easier to write, but some readers stop after the first one, and parallel ones become slow. Pieces
 * meet at a byte's border: where a stream does not end at one, an empty stored block behind it does.
 */
final class GzipMember {

    // Deflate, no flags, no time, no hint of the level, unknown system.
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** An empty stored block without its first bits: where three bits are free behind a stream, from offset 1 on. */
    private static final byte[] EMPTY_STORED_BLOCK = {0, 0, 0, (byte) 0xff, (byte) 0xff};

    private static final int LONGEST_STORED_BLOCK = 0xffff;

    private final ChunkedOutput out;
    private final RunLengthBlocks runs;
    private final Inflate inflate;
    private final byte[] buffer = new byte[LONGEST_STORED_BLOCK];
    private final MessageDigest hash = Digest.sha256();
    private final CRC32 crc = new CRC32();
    private long size;
    private boolean begun;

    GzipMember(OutputStream out, Inflate inflate) {
        this.out = new ChunkedOutput(out);
        this.inflate = inflate;
        this.runs = new RunLengthBlocks(this.out);
    }

    /** Bytes that are mostly runs, such as a tar's headers. */
    void runs(byte[] bytes, int offset, int length) throws IOException {
        begin();
        account(bytes, offset, length);
        runs.write(bytes, offset, length);
    }

    /** What the raw deflate stream holds, in the stream's own bytes; {@code content} sees it first. */
    void deflated(InputStream stream, ByteSink content) throws IOException {
        begin();
        runs.close();
        int free = inflate.pass(
                stream,
                (bytes, offset, length) -> {
                    content.write(bytes, offset, length);
                    account(bytes, offset, length);
                },
                out);
        int from = free >= 3 ? 1 : 0;
        out.write(EMPTY_STORED_BLOCK, from, EMPTY_STORED_BLOCK.length - from);
    }

    /** The stream's bytes in stored blocks (RFC 1951, section 3.2.4); {@code content} sees them first. */
    void stored(InputStream stream, ByteSink content) throws IOException {
        begin();
        runs.close();
        for (int length; (length = stream.readNBytes(buffer, 0, buffer.length)) > 0; ) {
            content.write(buffer, 0, length);
            account(buffer, 0, length);
            out.write(0);
            out.write(length & 0xff);
            out.write(length >>> 8);
            out.write(~length & 0xff);
            out.write(~length >>> 8 & 0xff);
            out.write(buffer, 0, length);
        }
    }

    /** Ends the member with these bytes, which are mostly runs. */
    void finish(byte[] last) throws IOException {
        begin();
        account(last, 0, last.length);
        runs.last(last);
        littleEndian(crc.getValue());
        littleEndian(size);
        out.flush();
    }

    /** Of all content so far, in bytes. */
    long size() {
        return size;
    }

    /** Of all content; to be asked once, at the end. */
    Digest digest() {
        return Digest.ofHash(hash.digest());
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            out.write(HEAD, 0, HEAD.length);
        }
    }

    private void account(byte[] bytes, int offset, int length) {
        hash.update(bytes, offset, length);
        crc.update(bytes, offset, length);
        size += length;
    }

    private void littleEndian(long value) throws IOException {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write((int) (value >>> shift) & 0xff);
        }
    }
}

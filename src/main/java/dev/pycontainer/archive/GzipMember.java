package dev.pycontainer.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A gzip member (RFC 1952) made of parts of a tar: deflate streams joined as they are, and bytes of our own between them. The first
 * part begins it; after its end, another one can begin.
 *
 * <p>A stream begins at a byte's border, with an empty stored block before it where there is none; what follows it begins at its
 * very next bit.
 */
final class GzipMember {

    // Deflate, no flags, no time, no hint of the level, unknown system.
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int LONGEST_STORED_BLOCK = 0xffff;
    private static final byte[] NOTHING = {};

    private final ChunkedOutput out;
    private final PassingTar tar;
    private final Inflate inflate;
    private final PlainBlocks plain;
    private final byte[] buffer = new byte[LONGEST_STORED_BLOCK];
    private final CRC32 crc = new CRC32();
    private long size;
    private byte[] lastHeader = NOTHING;
    private long lastHeaderAt;
    private boolean begun;

    /** @param tar gets what the members decode to */
    GzipMember(ChunkedOutput out, PassingTar tar, Inflate inflate) {
        this.out = out;
        this.tar = tar;
        this.inflate = inflate;
        this.plain = new PlainBlocks(out);
    }

    boolean isBegun() {
        return begun;
    }

    /** An entry's header, with the extended one before it if there is one. */
    void header(byte[] blocks) throws IOException {
        int own = blocks.length - TarHeader.BLOCK;
        if (own > 0) {
            block(Arrays.copyOf(blocks, TarHeader.BLOCK));
            plain(Arrays.copyOfRange(blocks, TarHeader.BLOCK, own));
        }
        block(Arrays.copyOfRange(blocks, own, blocks.length));
    }

    /** The header before it helps to write it short, if it is near enough. */
    private void block(byte[] block) throws IOException {
        begin();
        long distance = size - lastHeaderAt;
        lastHeaderAt = size;
        content(block, 0, block.length);
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
        content(bytes, 0, bytes.length);
        plain.write(bytes);
    }

    /** What the raw deflate stream holds, in the stream's own bytes. */
    void joined(InputStream stream) throws IOException {
        begin();
        plain.align();
        int free = inflate.pass(stream, this::content, out);
        if (free > 0) {
            plain.continueAt(out.takeLast(), 8 - free);
        }
    }

    /** The stream's bytes in stored blocks (RFC 1951, section 3.2.4). */
    void stored(InputStream stream) throws IOException {
        begin();
        for (int length; (length = stream.readNBytes(buffer, 0, buffer.length)) > 0; ) {
            content(buffer, 0, length);
            plain.stored(buffer, length);
        }
    }

    /** Ends the member with these bytes, which are few or mostly runs. */
    void end(byte[] last) throws IOException {
        begin();
        content(last, 0, last.length);
        plain.last(last);
        tail();
    }

    /** A member of its own, whose stream is this one, bit for bit. */
    void whole(InputStream stream) throws IOException {
        begin();
        inflate.whole(stream, this::content, out);
        tail();
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            out.write(HEAD, 0, HEAD.length);
        }
    }

    private void content(byte[] bytes, int offset, int length) {
        crc.update(bytes, offset, length);
        size += length;
        tar.write(bytes, offset, length);
    }

    private void tail() throws IOException {
        littleEndian(crc.getValue());
        littleEndian(size);
        crc.reset();
        size = 0;
        lastHeader = NOTHING;
        lastHeaderAt = 0;
        begun = false;
    }

    private void littleEndian(long value) throws IOException {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write((int) (value >>> shift) & 0xff);
        }
    }
}

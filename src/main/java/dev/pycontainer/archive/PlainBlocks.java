package dev.pycontainer.archive;

import java.io.IOException;

/**
 * Deflate blocks of our own making between streams that are only copied: blocks of fixed Huffman codes (RFC 1951, section
 * 3.2.6) for tar headers, padding and tiny files, and stored ones (section 3.2.4).
 *
 * <p>So simple that its bytes can be told in a page, {@code docs/layer-format.md}, and never change, which is why no library
 * writes them. Its matches are of two sorts: a run of one byte, and what a header has in common with the header before it.
 * A block begins at the bit where the stream before it has ended, and is opened by the first byte.
 */
final class PlainBlocks {

    /** RFC 1951, section 2: what a match may reach back to. */
    static final int LONGEST_DISTANCE = 1 << 15;

    private static final int LONGEST = 258;
    private static final int SHORTEST_RUN = 3;

    /** A match of three bytes at a distance takes 25 bits, three literals 24. */
    private static final int SHORTEST_MATCH = 4;

    private static final int END_OF_BLOCK = 256;
    private static final int DISTANCE_CODE_BITS = 5;
    /** No byte equals it. */
    private static final int NO_BYTE = 256;

    private static final byte[] NOTHING = {};

    // Section 3.2.6; Huffman codes stand in the stream with their first bit first.
    private static final int[] CODE = new int[288];
    private static final int[] LENGTH = new int[288];

    static {
        codes(0, 144, 0x30, 8);
        codes(144, 256, 0x190, 9);
        codes(256, 280, 0, 7);
        codes(280, 288, 0xc0, 8);
    }

    private static void codes(int from, int to, int first, int length) {
        for (int symbol = from; symbol < to; symbol++) {
            CODE[symbol] = Integer.reverse(first + symbol - from) >>> (32 - length);
            LENGTH[symbol] = length;
        }
    }

    private final ChunkedOutput out;
    private long bits;
    private int count;
    private boolean open;
    private int previous;

    PlainBlocks(ChunkedOutput out) {
        this.out = out;
    }

    /** Begins in the middle of the last byte of another's stream. */
    void continueAt(int lastByte, int usedBits) {
        bits = lastByte & (0xff >>> (8 - usedBits));
        count = usedBits;
    }

    /** Writes bytes that may have runs. */
    void write(byte[] bytes) throws IOException {
        write(bytes, NOTHING, 0);
    }

    /**
     * Writes bytes that may have much in common with others that passed before, at the same offsets.
     *
     * @param distance from those to these, in bytes of what the stream decodes to; 1 to {@link #LONGEST_DISTANCE}
     */
    void write(byte[] bytes, byte[] like, int distance) throws IOException {
        if (!open && bytes.length > 0) {
            begin(false);
        }
        for (int i = 0; i < bytes.length; ) {
            int run = run(bytes, i);
            int match = match(bytes, like, i);
            if (run >= SHORTEST_RUN && run >= match) {
                copy(run, 1);
                i += run;
            } else if (match >= SHORTEST_MATCH) {
                copy(match, distance);
                i += match;
            } else {
                symbol(bytes[i] & 0xff);
                i++;
            }
            previous = bytes[i - 1];
        }
    }

    private int run(byte[] bytes, int from) {
        int to = Math.min(bytes.length, from + LONGEST);
        int i = from;
        while (i < to && bytes[i] == previous) {
            i++;
        }
        return i - from;
    }

    private static int match(byte[] bytes, byte[] like, int from) {
        int to = Math.min(Math.min(bytes.length, like.length), from + LONGEST);
        int i = from;
        while (i < to && bytes[i] == like[i]) {
            i++;
        }
        return Math.max(0, i - from);
    }

    /** Ends an open block and goes on to a byte's border, with an empty stored block unless it is there already. */
    void align() throws IOException {
        if (open) {
            end();
        }
        if (count > 0) {
            stored(NOTHING, 0);
        }
    }

    /** Ends an open block and writes up to 65,535 bytes as a stored one, which ends at a byte's border. */
    void stored(byte[] bytes, int length) throws IOException {
        if (open) {
            end();
        }
        put(0, 3);
        flushBits();
        out.write(length & 0xff);
        out.write(length >>> 8);
        out.write(~length & 0xff);
        out.write(~length >>> 8 & 0xff);
        out.write(bytes, 0, length);
    }

    /** Writes the last block of the whole stream. */
    void last(byte[] bytes) throws IOException {
        if (open) {
            end();
        }
        begin(true);
        write(bytes);
        end();
        flushBits();
    }

    private void begin(boolean last) throws IOException {
        put(last ? 1 : 0, 1);
        put(1, 2);
        open = true;
        // What stands before the block is another's: a run begins inside the block only.
        previous = NO_BYTE;
    }

    private void end() throws IOException {
        symbol(END_OF_BLOCK);
        open = false;
    }

    /** Section 3.2.5. */
    private void copy(int length, int distance) throws IOException {
        int code = codeOf(length, Deflate.LENGTH_BASE);
        symbol(257 + code);
        put(length - Deflate.LENGTH_BASE[code], Deflate.LENGTH_EXTRA[code]);
        code = codeOf(distance, Deflate.DISTANCE_BASE);
        put(Integer.reverse(code) >>> (32 - DISTANCE_CODE_BITS), DISTANCE_CODE_BITS);
        put(distance - Deflate.DISTANCE_BASE[code], Deflate.DISTANCE_EXTRA[code]);
    }

    private static int codeOf(int value, int[] base) {
        int code = base.length - 1;
        while (base[code] > value) {
            code--;
        }
        return code;
    }

    private void symbol(int symbol) throws IOException {
        put(CODE[symbol], LENGTH[symbol]);
    }

    private void put(int value, int length) throws IOException {
        bits |= (long) value << count;
        count += length;
        while (count >= 8) {
            out.write((int) bits & 0xff);
            bits >>>= 8;
            count -= 8;
        }
    }

    private void flushBits() throws IOException {
        if (count > 0) {
            put(0, 8 - count);
        }
    }
}

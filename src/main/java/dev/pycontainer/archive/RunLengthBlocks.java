package dev.pycontainer.archive;

import java.io.IOException;

/**
 * Deflate blocks with fixed Huffman codes whose only matches are runs of one byte (RFC 1951, section 3.2.6): made for tar
 * headers and padding, which are mostly NULs.
 *
 * <p>So simple that its bytes can never change, which is why no library writes them. A block is opened by the first
 * byte; {@link #close()} ends it and aligns to a byte, so that another deflate stream can follow.
 */
final class RunLengthBlocks {

    private static final int LONGEST = 258;
    private static final int END_OF_BLOCK = 256;

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
    private int run;

    RunLengthBlocks(ChunkedOutput out) {
        this.out = out;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        if (!open) {
            begin(false);
        }
        for (int i = offset; i < offset + length; i++) {
            int value = bytes[i] & 0xff;
            if (value == previous && run < LONGEST) {
                run++;
            } else if (value == previous) {
                endRun();
                run = 1;
            } else {
                endRun();
                symbol(value);
                previous = value;
            }
        }
    }

    /** Ends an open block and appends an empty stored block (section 3.2.4), which ends at a byte's border. */
    void close() throws IOException {
        if (!open) {
            return;
        }
        end();
        put(0, 3);
        flushBits();
        for (int i = 0; i < 4; i++) {
            out.write(i < 2 ? 0 : 0xff);
        }
    }

    /** Writes the last block of the whole stream. */
    void last(byte[] bytes) throws IOException {
        if (open) {
            end();
        }
        begin(true);
        write(bytes, 0, bytes.length);
        end();
        flushBits();
    }

    private void begin(boolean last) throws IOException {
        put(last ? 1 : 0, 1);
        put(1, 2);
        open = true;
        // What stands before the block is another's: a run begins inside the block only.
        previous = -1;
    }

    private void end() throws IOException {
        endRun();
        symbol(END_OF_BLOCK);
        open = false;
    }

    private void endRun() throws IOException {
        if (run < 3) {
            for (; run > 0; run--) {
                symbol(previous);
            }
            return;
        }
        int code = Deflate.LENGTH_BASE.length - 1;
        while (Deflate.LENGTH_BASE[code] > run) {
            code--;
        }
        symbol(257 + code);
        put(run - Deflate.LENGTH_BASE[code], Deflate.LENGTH_EXTRA[code]);
        // Distance 1 is code 0 of five bits.
        put(0, 5);
        run = 0;
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

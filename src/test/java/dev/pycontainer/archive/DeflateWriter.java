package dev.pycontainer.archive;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Writes a raw deflate stream symbol by symbol, with any codes, and knows what it holds; nothing in it is chosen for size. */
final class DeflateWriter {

    static final int END = 256;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private byte[] content = new byte[1 << 16];
    private int size;
    private long held;
    private int count;
    private int[] literalLengths = {};
    private int[] literalCodes = {};
    private int[] distanceLengths = {};
    private int[] distanceCodes = {};

    /** Section 3.2.4. */
    DeflateWriter stored(boolean last, byte[] data) {
        put(last ? 1 : 0, 3);
        put(0, -count & 7);
        put(data.length, 16);
        put(~data.length & 0xffff, 16);
        for (byte value : data) {
            put(value & 0xff, 8);
            add(value);
        }
        return this;
    }

    /** Section 3.2.6; opens a block. */
    DeflateWriter fixed(boolean last) {
        put(last ? 3 : 2, 3);
        int[] literals = new int[288];
        Arrays.fill(literals, 0, 144, 8);
        Arrays.fill(literals, 144, 256, 9);
        Arrays.fill(literals, 256, 280, 7);
        Arrays.fill(literals, 280, 288, 8);
        int[] distances = new int[32];
        Arrays.fill(distances, 5);
        return codes(literals, distances);
    }

    /** Section 3.2.7, with every code length spelled out in four bits; opens a block. */
    DeflateWriter dynamic(boolean last, int[] literals, int[] distances) {
        put(last ? 5 : 4, 3);
        put(literals.length - 257, 5);
        put(distances.length - 1, 5);
        put(15, 4);
        for (int symbol : Deflate.CODE_LENGTH_ORDER) {
            put(symbol < 16 ? 4 : 0, 3);
        }
        for (int length : literals) {
            code(length, 4);
        }
        for (int length : distances) {
            code(length, 4);
        }
        return codes(literals, distances);
    }

    DeflateWriter literal(int value) {
        code(literalCodes[value], literalLengths[value]);
        add((byte) value);
        return this;
    }

    DeflateWriter literals(byte[] values) {
        for (byte value : values) {
            literal(value & 0xff);
        }
        return this;
    }

    DeflateWriter match(int length, int distance) {
        int lengthCode = Deflate.LENGTH_BASE.length - 1;
        while (Deflate.LENGTH_BASE[lengthCode] > length) {
            lengthCode--;
        }
        return match(lengthCode, length, distance);
    }

    /** @param lengthCode 0 stands for 257; 27 can stand for 258 bytes as well as 28 */
    DeflateWriter match(int lengthCode, int length, int distance) {
        int distanceCode = distanceCode(distance);
        code(literalCodes[257 + lengthCode], literalLengths[257 + lengthCode]);
        put(length - Deflate.LENGTH_BASE[lengthCode], Deflate.LENGTH_EXTRA[lengthCode]);
        code(distanceCodes[distanceCode], distanceLengths[distanceCode]);
        put(distance - Deflate.DISTANCE_BASE[distanceCode], Deflate.DISTANCE_EXTRA[distanceCode]);
        for (int i = 0; i < length; i++) {
            add(content[size - distance]);
        }
        return this;
    }

    static int distanceCode(int distance) {
        int code = Deflate.DISTANCE_BASE.length - 1;
        while (Deflate.DISTANCE_BASE[code] > distance) {
            code--;
        }
        return code;
    }

    DeflateWriter end() {
        return symbol(END);
    }

    /** The code alone of an end, or of a length that nothing valid follows. */
    DeflateWriter symbol(int symbol) {
        code(literalCodes[symbol], literalLengths[symbol]);
        return this;
    }

    /** Raw bits, the first of them lowest. */
    DeflateWriter put(int value, int length) {
        held |= (long) value << count;
        for (count += length; count >= 8; count -= 8) {
            bytes.write((int) held);
            held >>>= 8;
        }
        return this;
    }

    /** How many bits of the last byte are taken, 0 where it is full. */
    int bitsOfLastByte() {
        return count;
    }

    /** How many bytes the stream holds so far. */
    int size() {
        return size;
    }

    byte[] content() {
        return Arrays.copyOf(content, size);
    }

    /** The stream so far, filled up with zero bits. */
    byte[] stream() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(bytes.toByteArray());
        if (count > 0) {
            stream.write((int) held);
        }
        return stream.toByteArray();
    }

    private DeflateWriter codes(int[] literals, int[] distances) {
        literalLengths = literals;
        literalCodes = canonical(literals);
        distanceLengths = distances;
        distanceCodes = canonical(distances);
        return this;
    }

    /** Section 3.2.2. */
    private static int[] canonical(int[] lengths) {
        int[] codes = new int[lengths.length];
        int code = 0;
        for (int length = 1; length <= 15; length++) {
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    codes[symbol] = code++;
                }
            }
            code <<= 1;
        }
        return codes;
    }

    private void code(int code, int length) {
        if (length > 0) {
            put(Integer.reverse(code) >>> (32 - length), length);
        }
    }

    private void add(byte value) {
        if (size == content.length) {
            content = Arrays.copyOf(content, 2 * size);
        }
        content[size++] = value;
    }
}

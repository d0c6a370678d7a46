package dev.pycontainer.archive;

import java.util.Arrays;

/**
 * One Huffman code (RFC 1951, section 3.2.2) as a table that the next bits of the stream index, so that one look decodes
 * one symbol; codes longer than the table's index continue in a second part of it.
 *
 * <p>An entry tells all about its symbol: in bits 0–5 the length of code and extra bits together, which makes it usable as
 * a shift distance as it is; in bits 8–11 the length of the code; from bit 16 on the symbol, or the base that its extra bits
 * are added to. Entries of literals are negative.
 */
final class HuffmanTable {

    /** The entry is none of a literal, a length or a distance: one of the three that follow. */
    static final int SPECIAL = 1 << 12;

    static final int END_OF_BLOCK = SPECIAL | (1 << 13);
    static final int CONTINUED = SPECIAL | (1 << 14);
    static final int INVALID = SPECIAL | (1 << 15);

    /** What the symbols of the three alphabets mean, without the lengths of their codes. */
    static final int[] CODE_LENGTHS = new int[19];

    static final int[] LITERALS_AND_LENGTHS = new int[288];
    static final int[] DISTANCES = new int[32];

    static {
        for (int symbol = 0; symbol < 19; symbol++) {
            CODE_LENGTHS[symbol] = symbol << 16;
        }
        // Sections 3.2.5 and 3.2.6: 286, 287 and the distances 30, 31 have codes, but never occur.
        Arrays.fill(LITERALS_AND_LENGTHS, INVALID);
        Arrays.fill(DISTANCES, INVALID);
        for (int literal = 0; literal < 256; literal++) {
            LITERALS_AND_LENGTHS[literal] = (1 << 31) | (literal << 16);
        }
        LITERALS_AND_LENGTHS[256] = END_OF_BLOCK;
        for (int i = 0; i < Deflate.LENGTH_BASE.length; i++) {
            LITERALS_AND_LENGTHS[257 + i] = (Deflate.LENGTH_BASE[i] << 16) | Deflate.LENGTH_EXTRA[i];
        }
        for (int i = 0; i < Deflate.DISTANCE_BASE.length; i++) {
            DISTANCES[i] = (Deflate.DISTANCE_BASE[i] << 16) | Deflate.DISTANCE_EXTRA[i];
        }
    }

    private static final int LONGEST = 15;

    /** Makes of a code's length what an entry says of it. */
    private static final int LENGTH = 1 | (1 << 8);

    /** Section 3.2.6; nobody builds these two anew. */
    static final HuffmanTable FIXED_LITERALS_AND_LENGTHS = ofLiteralsAndLengths();

    static final HuffmanTable FIXED_DISTANCES = ofDistances();

    static {
        byte[] lengths = new byte[288];
        Arrays.fill(lengths, 0, 144, (byte) 8);
        Arrays.fill(lengths, 144, 256, (byte) 9);
        Arrays.fill(lengths, 256, 280, (byte) 7);
        Arrays.fill(lengths, 280, 288, (byte) 8);
        FIXED_LITERALS_AND_LENGTHS.build(lengths, 0, 288);
        Arrays.fill(lengths, 0, 32, (byte) 5);
        FIXED_DISTANCES.build(lengths, 0, 32);
    }

    final int[] entries;

    /** How many bits index the first part. */
    int bits;

    private final int[] meanings;
    private final int mostBits;
    private final short[] sorted;
    private final int[] count = new int[LONGEST + 1];
    private final int[] next = new int[LONGEST + 1];

    /**
     * A table for one code after another.
     *
     * @param mostBits how many bits index the first part at most
     * @param mostEntries what a complete code can need then
     */
    private HuffmanTable(int[] meanings, int mostBits, int mostEntries) {
        this.meanings = meanings;
        this.mostBits = mostBits;
        this.entries = new int[mostEntries];
        this.sorted = new short[meanings.length];
    }

    /** For section 3.2.7's code of code lengths. */
    static HuffmanTable ofCodeLengths() {
        return new HuffmanTable(CODE_LENGTHS, 7, 1 << 7);
    }

    // How many entries a code can need is what zlib's own program `enough` finds by trying all complete codes: for 286
    // symbols
    // of up to 15 bits with 11 of them in the first part, and for 30 with 9.

    static HuffmanTable ofLiteralsAndLengths() {
        return new HuffmanTable(LITERALS_AND_LENGTHS, 11, 2340);
    }

    static HuffmanTable ofDistances() {
        return new HuffmanTable(DISTANCES, 9, 592);
    }

    /**
     * Takes the code whose lengths stand in {@code lengths[from]} to {@code lengths[from + symbols - 1]}.
     *
     * @return false where zlib refuses the code: more codes than bits can tell apart; or fewer, save for a single code of
     *     one bit or none at all, which section 3.2.7 allows for distances
     */
    boolean build(byte[] lengths, int from, int symbols) {
        Arrays.fill(count, 0);
        for (int i = 0; i < symbols; i++) {
            count[lengths[from + i]]++;
        }
        int longest = LONGEST;
        while (longest > 0 && count[longest] == 0) {
            longest--;
        }
        int left = 1;
        int place = 0;
        for (int length = 1; length <= longest; length++) {
            left = (left << 1) - count[length];
            if (left < 0) {
                return false;
            }
            next[length] = place;
            place += count[length];
        }
        if (left > 0 && (longest > 1 || (longest == 1 && meanings == CODE_LENGTHS))) {
            return false;
        }
        for (int symbol = 0; symbol < symbols; symbol++) {
            int length = lengths[from + symbol];
            if (length != 0) {
                sorted[next[length]++] = (short) symbol;
            }
        }
        bits = Math.max(1, Math.min(longest, mostBits));
        if (left > 0) {
            entries[0] = longest == 1 ? meanings[sorted[0]] + LENGTH : INVALID | 1;
            entries[1] = INVALID | 1;
        } else {
            firstPart();
        }
        return true;
    }

    /**
     * The codes in their order. Whenever they grow by a bit, what is there is repeated, since its entries hold whatever that bit
     * is; where they have grown, longer ones take the place of copies.
     */
    private void firstPart() {
        int code = 0;
        int place = 0;
        for (int length = 1; length <= bits; length++) {
            for (int i = count[length]; i > 0; i--) {
                entries[code] = meanings[sorted[place++]] + length * LENGTH;
                code = following(code, length);
            }
            if (length < bits) {
                System.arraycopy(entries, 0, entries, 1 << length, 1 << length);
            }
        }
        if (code != 0) {
            secondParts(code, place);
        }
    }

    private void secondParts(int firstCode, int firstPlace) {
        int mask = (1 << bits) - 1;
        int prefix = -1;
        int part = 0;
        int end = 1 << bits;
        int length = bits + 1;
        int place = firstPlace;
        for (int code = firstCode; code != 0; code = following(code, length)) {
            while (count[length] == 0) {
                length++;
            }
            if ((code & mask) != prefix) {
                prefix = code & mask;
                part = end;
                int more = indexBits(length);
                end += 1 << more;
                entries[prefix] = CONTINUED | more | (part << 16);
            }
            int entry = meanings[sorted[place++]] + length * LENGTH;
            for (int i = part + (code >>> bits); i < end; i += 1 << (length - bits)) {
                entries[i] = entry;
            }
            count[length]--;
        }
    }

    /** How many bits index the second part that begins with a code of this length. */
    private int indexBits(int length) {
        int more = length - bits;
        for (int free = (1 << more) - count[length]; free > 0; free = (free << 1) - count[bits + more]) {
            more++;
        }
        return more;
    }

    /** Codes stand in the stream, and here, with their first bit lowest; 0 follows the last one. */
    private static int following(int code, int length) {
        int lastZero = Integer.highestOneBit(code ^ ((1 << length) - 1));
        return lastZero == 0 ? 0 : (code & (lastZero - 1)) | lastZero;
    }
}

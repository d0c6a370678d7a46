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

    final int[] entries;

    /** How many bits index the first part, and how many more the second. */
    int bits;

    int moreBits;

    private final int[] meanings;
    private final int mostBits;
    private final int[] count = new int[LONGEST + 1];
    private final int[] next = new int[LONGEST + 1];

    HuffmanTable(int[] meanings, int mostBits) {
        this.meanings = meanings;
        this.mostBits = mostBits;
        // Each symbol can have a second part of its own at most.
        this.entries = new int[(1 << mostBits) + (meanings.length << (LONGEST - mostBits))];
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
        count[0] = 0;
        int longest = LONGEST;
        while (longest > 0 && count[longest] == 0) {
            longest--;
        }
        int left = 1;
        int code = 0;
        for (int length = 1; length <= LONGEST; length++) {
            left = (left << 1) - count[length];
            if (left < 0) {
                return false;
            }
            code = (code + count[length - 1]) << 1;
            next[length] = code;
        }
        if (left > 0 && (longest > 1 || (longest == 1 && meanings == CODE_LENGTHS))) {
            return false;
        }
        bits = Math.max(1, Math.min(longest, mostBits));
        moreBits = Math.max(0, longest - bits);
        Arrays.fill(entries, 0, 1 << bits, INVALID | 1);
        fill(lengths, from, symbols);
        return true;
    }

    private void fill(byte[] lengths, int from, int symbols) {
        int firstPart = 1 << bits;
        int used = firstPart;
        for (int symbol = 0; symbol < symbols; symbol++) {
            int length = lengths[from + symbol];
            if (length == 0) {
                continue;
            }
            int entry = meanings[symbol] + length + (length << 8);
            int reversed = Integer.reverse(next[length]++) >>> (32 - length);
            if (length <= bits) {
                for (int i = reversed; i < firstPart; i += 1 << length) {
                    entries[i] = entry;
                }
                continue;
            }
            int prefix = reversed & (firstPart - 1);
            if ((entries[prefix] & CONTINUED) != CONTINUED) {
                entries[prefix] = CONTINUED | (used << 16);
                used += 1 << moreBits;
            }
            int part = entries[prefix] >>> 16;
            for (int i = reversed >>> bits; i < 1 << moreBits; i += 1 << (length - bits)) {
                entries[part + i] = entry;
            }
        }
    }
}

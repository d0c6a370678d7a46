package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes a raw deflate stream (RFC 1951) and copies it, as it is or changed so that another can follow it: the mark of the last
 * block is cleared and the unused bits of the last byte are zero.
 *
 * <p>No library tells where that mark is, which is why this one exists. The mark is the first bit of its block, so that it is known
 * before the block is copied, and no more than a window is ever held. What zlib refuses is refused.
 *
 * <p>An instance serves one stream after another; it is not for several threads at once.
 */
final class Inflate {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int LENGTHS = 286 + 30;
    private static final int IN = 1 << 14;

    /** Zero bytes behind the end of the input: what is read of them is found out later, see {@link #isOverrun()}. */
    private static final int IN_MARGIN = 32;

    /** All buffers together have 64 KiB. */
    private static final int OUT = (1 << 16) - IN - IN_MARGIN - LENGTHS;

    /** Copies read and write up to 15 bytes beyond their end. */
    private static final int OUT_MARGIN = 16;

    /** Between two looks at the free room pass four literals and a match at most. */
    private static final int OUT_LIMIT = OUT - OUT_MARGIN - (4 + 258);

    private final byte[] in = new byte[IN + IN_MARGIN];
    private final byte[] out = new byte[OUT];
    private final byte[] lengths = new byte[LENGTHS];
    private final HuffmanTable codeLengths = HuffmanTable.ofCodeLengths();
    private final HuffmanTable literals = HuffmanTable.ofLiteralsAndLengths();
    private final HuffmanTable distances = HuffmanTable.ofDistances();

    private InputStream source = InputStream.nullInputStream();
    private ByteSink content = ByteSink.NOWHERE;
    private ByteSink copy = ByteSink.NOWHERE;
    private boolean isFollowed;

    // The next bits of the stream are the lowest `count` of `bits`; those above are zero or what in[pos] continues
    // with. Hence the stream's position is always 8 * pos - count.
    private long bits;
    private int count;
    private int pos;
    private int end;
    private int inLimit;
    private boolean sourceEnded;

    // Decoded bytes fill `out` in laps: those before `op` are of this lap, those from `op` to `lap` of the one before,
    // which are more than the 32 KiB that a distance reaches back.
    private int op;
    private int lap;

    /**
     * Decodes the one stream that {@code source} holds.
     *
     * @param content takes the decoded bytes
     * @param copy takes the stream's own bytes, changed as said above
     * @return how many bits of the last byte are unused, 0 to 7
     * @throws BuildRefused where the stream is damaged, ends too early, or is followed by other bytes
     */
    int pass(InputStream source, ByteSink content, ByteSink copy) throws IOException {
        return pass(source, content, copy, true);
    }

    /** The same with a copy that is the stream itself, bit for bit. */
    void whole(InputStream source, ByteSink content, ByteSink copy) throws IOException {
        pass(source, content, copy, false);
    }

    private int pass(InputStream source, ByteSink content, ByteSink copy, boolean isFollowed) throws IOException {
        this.isFollowed = isFollowed;
        this.source = source;
        this.content = content;
        this.copy = copy;
        bits = 0;
        count = 0;
        pos = 0;
        end = 0;
        inLimit = -1;
        sourceEnded = false;
        op = 0;
        lap = 0;
        while (!block()) {
            // until the block that is marked as the last
        }
        content.write(out, 0, op);
        return finish();
    }

    /** Section 3.2.3; true after the last block. */
    private boolean block() throws IOException {
        if (count < 3) {
            refill();
        }
        boolean last = (bits & 1) == 1;
        if (last && isFollowed) {
            int position = 8 * pos - count;
            in[position >> 3] &= (byte) ~(1 << (position & 7));
        }
        take(1);
        switch (take(2)) {
            case 0 -> stored();
            case 1 -> compressed(HuffmanTable.FIXED_LITERALS_AND_LENGTHS, HuffmanTable.FIXED_DISTANCES);
            case 2 -> {
                dynamicCodes();
                compressed(literals, distances);
            }
            default -> throw damaged("a block is of the reserved type");
        }
        return last;
    }

    /** Section 3.2.4. */
    private void stored() throws IOException {
        take(count & 7);
        int length = take(16);
        if (take(16) != (~length & 0xffff)) {
            throw damaged("the length of a stored block does not agree with its complement");
        }
        giveBack();
        for (int left = length; left > 0; ) {
            if (pos >= end) {
                refillInput();
            }
            if (op > OUT_LIMIT) {
                flushOutput();
            }
            int chunk = Math.min(left, Math.min(end - pos, OUT - OUT_MARGIN - op));
            if (chunk == 0) {
                throw truncated();
            }
            System.arraycopy(in, pos, out, op, chunk);
            pos += chunk;
            op += chunk;
            left -= chunk;
        }
    }

    /** Section 3.2.7. */
    private void dynamicCodes() throws IOException {
        int literalCount = take(5) + 257;
        int distanceCount = take(5) + 1;
        int codeLengthCount = take(4) + 4;
        if (literalCount > 286 || distanceCount > 30) {
            throw damaged("a block has too many literal or distance codes");
        }
        Arrays.fill(lengths, 0, 19, (byte) 0);
        for (int i = 0; i < codeLengthCount; i++) {
            lengths[Deflate.CODE_LENGTH_ORDER[i]] = (byte) take(3);
        }
        if (!codeLengths.build(lengths, 0, 19)) {
            throw damaged("the code of a block's code lengths is impossible");
        }
        int total = literalCount + distanceCount;
        for (int have = 0; have < total; ) {
            int symbol = codeLength();
            if (symbol < 16) {
                lengths[have++] = (byte) symbol;
                continue;
            }
            if (symbol == 16 && have == 0) {
                throw damaged("a block repeats a code length before the first");
            }
            byte repeated = symbol == 16 ? lengths[have - 1] : 0;
            int times = symbol == 16 ? 3 + take(2) : symbol == 17 ? 3 + take(3) : 11 + take(7);
            if (have + times > total) {
                throw damaged("a block repeats a code length beyond the last");
            }
            Arrays.fill(lengths, have, have + times, repeated);
            have += times;
        }
        if (lengths[256] == 0) {
            throw damaged("a block has no code for its end");
        }
        if (!literals.build(lengths, 0, literalCount)) {
            throw damaged("the code of a block's literals and lengths is impossible");
        }
        if (!distances.build(lengths, literalCount, distanceCount)) {
            throw damaged("the code of a block's distances is impossible");
        }
    }

    private int codeLength() throws IOException {
        if (count < 7) {
            refill();
        }
        int entry = codeLengths.entries[(int) bits & ((1 << codeLengths.bits) - 1)];
        // Where no code length has a code, each bit means 0, as to zlib; such a block then has no code for its end.
        take(entry & 63);
        return entry >>> 16;
    }

    /**
     * Literals and matches up to the end of the block: the loop where the time goes, which is why the state is in local
     * variables and 56 bits or more are gathered at a time.
     */
    private void compressed(HuffmanTable literalCodes, HuffmanTable distanceCodes) throws IOException {
        byte[] in = this.in;
        byte[] out = this.out;
        int[] literals = literalCodes.entries;
        int[] distances = distanceCodes.entries;
        int literalBits = literalCodes.bits;
        int literalMask = (1 << literalBits) - 1;
        int distanceBits = distanceCodes.bits;
        int distanceMask = (1 << distanceBits) - 1;
        long bits = this.bits;
        int count = this.count;
        int pos = this.pos;
        int op = this.op;
        int lap = this.lap;
        while (true) {
            if (pos > inLimit || op > OUT_LIMIT) {
                this.bits = bits;
                this.count = count;
                this.pos = pos;
                this.op = op;
                makeRoom();
                bits = this.bits;
                count = this.count;
                pos = this.pos;
                op = this.op;
                lap = this.lap;
            }
            bits |= (long) LONG.get(in, pos) << count;
            pos += (63 - count) >>> 3;
            count |= 56;

            // The first look knows codes of up to 11 bits: four such literals have 44 bits at most, three
            // of them and any other code with its extra bits 53.
            int entry = literals[(int) bits & literalMask];
            if (entry < 0) {
                bits >>>= entry;
                count -= entry & 63;
                out[op++] = (byte) (entry >>> 16);
                entry = literals[(int) bits & literalMask];
                if (entry < 0) {
                    bits >>>= entry;
                    count -= entry & 63;
                    out[op++] = (byte) (entry >>> 16);
                    entry = literals[(int) bits & literalMask];
                    if (entry < 0) {
                        bits >>>= entry;
                        count -= entry & 63;
                        out[op++] = (byte) (entry >>> 16);
                        entry = literals[(int) bits & literalMask];
                        if (entry < 0) {
                            bits >>>= entry;
                            count -= entry & 63;
                            out[op++] = (byte) (entry >>> 16);
                            continue;
                        }
                    }
                }
            }
            if ((entry & HuffmanTable.SPECIAL) != 0) {
                if ((entry & HuffmanTable.CONTINUED) == HuffmanTable.CONTINUED) {
                    int more = (int) (bits >>> literalBits) & ~(-1 << entry);
                    entry = literals[(entry >>> 16) + more];
                }
                if (entry < 0) {
                    bits >>>= entry;
                    count -= entry & 63;
                    out[op++] = (byte) (entry >>> 16);
                    continue;
                }
                if ((entry & HuffmanTable.SPECIAL) != 0) {
                    bits >>>= entry;
                    count -= entry & 63;
                    this.bits = bits;
                    this.count = count;
                    this.pos = pos;
                    this.op = op;
                    if ((entry & HuffmanTable.END_OF_BLOCK) == HuffmanTable.END_OF_BLOCK) {
                        return;
                    }
                    throw damaged("a code stands for no literal or length");
                }
            }
            int length = (entry >>> 16) + (((int) bits & ~(-1 << entry)) >>> (entry >>> 8));
            bits >>>= entry;
            count -= entry & 63;

            // A distance with its extra bits takes 28 bits at most.
            bits |= (long) LONG.get(in, pos) << count;
            pos += (63 - count) >>> 3;
            count |= 56;
            entry = distances[(int) bits & distanceMask];
            if ((entry & HuffmanTable.CONTINUED) == HuffmanTable.CONTINUED) {
                int more = (int) (bits >>> distanceBits) & ~(-1 << entry);
                entry = distances[(entry >>> 16) + more];
            }
            int distance = (entry >>> 16) + (((int) bits & ~(-1 << entry)) >>> (entry >>> 8));
            bits >>>= entry;
            count -= entry & 63;
            if ((entry & HuffmanTable.SPECIAL) != 0 || distance > op + lap) {
                this.count = count;
                this.pos = pos;
                throw damaged("a distance is invalid or reaches back before the beginning of the data");
            }

            int from = op - distance;
            int to = op + length;
            if (from < 0) {
                // The match begins in the lap before, whose bytes lie behind those that are written here.
                from += lap;
                int border = Math.min(to, op + lap - from);
                do {
                    LONG.set(out, op, (long) LONG.get(out, from));
                    from += 8;
                    op += 8;
                } while (op < border);
                op = border;
                if (op == to) {
                    continue;
                }
                from = 0;
            }
            if (distance >= 8) {
                // Most matches are no longer than this, which spares them the loop.
                LONG.set(out, op, (long) LONG.get(out, from));
                LONG.set(out, op + 8, (long) LONG.get(out, from + 8));
                from += 16;
                op += 16;
                while (op < to) {
                    LONG.set(out, op, (long) LONG.get(out, from));
                    from += 8;
                    op += 8;
                }
            } else if (distance == 1) {
                long run = (out[from] & 0xffL) * 0x0101010101010101L;
                do {
                    LONG.set(out, op, run);
                    op += 8;
                } while (op < to);
            } else {
                do {
                    out[op++] = out[from++];
                } while (op < to);
            }
            op = to;
        }
    }

    private void makeRoom() throws IOException {
        if (pos > inLimit) {
            refillInput();
        }
        if (op > OUT_LIMIT) {
            flushOutput();
        }
    }

    private void flushOutput() throws IOException {
        content.write(out, 0, op);
        lap = op;
        op = 0;
    }

    private int take(int length) throws IOException {
        if (count < length) {
            refill();
        }
        int value = (int) bits & ((1 << length) - 1);
        bits >>>= length;
        count -= length;
        return value;
    }

    private void refill() throws IOException {
        if (pos > inLimit) {
            refillInput();
        }
        bits |= (long) LONG.get(in, pos) << count;
        pos += (63 - count) >>> 3;
        count |= 56;
    }

    /** Copies what has been decoded, except a byte begun, and reads on. */
    private void refillInput() throws IOException {
        giveBack();
        if (pos > end) {
            throw truncated();
        }
        int kept = count == 0 ? pos : pos - 1;
        copy.write(in, 0, kept);
        System.arraycopy(in, kept, in, 0, end - kept);
        pos -= kept;
        end -= kept;
        if (!sourceEnded) {
            int room = IN - end;
            int read = source.readNBytes(in, end, room);
            end += read;
            sourceEnded = read < room;
        }
        if (sourceEnded) {
            Arrays.fill(in, end, end + IN_MARGIN, (byte) 0);
        }
        // One round of the loop gathers twice, eight bytes each, of which it takes seven and seven.
        inLimit = sourceEnded ? end + IN_MARGIN - 16 : end - 16;
    }

    /** Returns the whole bytes among the gathered bits to the input. */
    private void giveBack() {
        pos -= count >>> 3;
        count &= 7;
        bits &= (1L << count) - 1;
    }

    private int finish() throws IOException {
        giveBack();
        if (pos > end) {
            throw truncated();
        }
        if (pos < end || source.read() >= 0) {
            throw refused("other bytes follow the end of its deflate stream");
        }
        if (isFollowed) {
            in[pos - 1] &= (byte) (0xff >>> count);
        }
        copy.write(in, 0, pos);
        return count;
    }

    /** Whether bits behind the end of the input have been taken. */
    private boolean isOverrun() {
        return sourceEnded && pos - (count >>> 3) > end;
    }

    private BuildRefused damaged(String why) {
        return isOverrun() ? truncated() : refused(why);
    }

    private static BuildRefused truncated() {
        return refused("its deflate stream ends too early");
    }

    private static BuildRefused refused(String why) {
        return BuildRefused.because("A compressed file is damaged.").why(why);
    }
}

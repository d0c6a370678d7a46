package dev.pycontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.archive.Streams.Result;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What encoders seldom write, symbol by symbol: the edges of each block type. */
class InflateBlocksTest {

    /** Literals whose fixed codes have 8 and 9 bits. */
    private static final int EIGHT = 'a';

    private static final int NINE = 200;

    private final Inflate inflate = new Inflate();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void everyKindOfBlockBeginsAndEndsAtEachBit(int shift) throws Exception {
        for (int kind = 0; kind < 5; kind++) {
            DeflateWriter stream = shifted(shift);
            block(stream, kind, false);
            block(stream, kind, true);
            assertRead(stream);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void theLastBlockLeavesEachNumberOfBitsUnused(int nines) throws Exception {
        DeflateWriter stream = new DeflateWriter().fixed(true);
        for (int i = 0; i < nines; i++) {
            stream.literal(NINE);
        }
        stream.end();

        assertThat(assertRead(stream).free).isEqualTo(-stream.bitsOfLastByte() & 7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 256, 32767, 32768, 65534, 65535})
    void storedBlocksHaveUpTo65535Bytes(int length) throws Exception {
        byte[] data = noise(length);
        assertRead(new DeflateWriter().stored(true, data));
        assertRead(new DeflateWriter()
                .stored(false, data)
                .stored(false, new byte[0])
                .stored(false, data)
                .fixed(true)
                .end());
    }

    @Test
    void aStoredBlockFollowsWhereTheBufferIsAlmostFull() throws Exception {
        for (int before = 48_400; before < 49_200; before += before % 3 + 1) {
            DeflateWriter stream = new DeflateWriter().fixed(false).literals(noise(1 + before % 700));
            while (stream.size() < before) {
                stream.match(Math.min(258, Math.max(3, before - stream.size())), 1);
            }
            assertRead(stream.end().stored(true, noise(3000)));
        }
    }

    @Test
    void codesHaveUpTo15Bits() throws Exception {
        int[] literals = new int[286];
        for (int i = 0; i < 14; i++) {
            literals[i * 7] = i + 1;
        }
        literals[DeflateWriter.END] = 15;
        literals[285] = 15;
        int[] distances = new int[30];
        for (int i = 0; i < 15; i++) {
            distances[29 - i] = 15 - i;
        }
        distances[0] = 15;
        DeflateWriter stream = new DeflateWriter().stored(false, noise(33_000)).dynamic(true, literals, distances);
        for (int i = 0; i < 14; i++) {
            stream.literal(i * 7);
        }
        for (int distance : new int[] {1, 193, 1024, 12288, 16385, 32768}) {
            stream.match(258, distance).literal(91).literal(0);
        }
        assertRead(stream.end());
    }

    /** These need the most entries of all codes, 2340 and 592, as zlib's program {@code enough} found. */
    @Test
    void theCodesThatNeedTheLargestTablesFit() throws Exception {
        int[] literals = lengths(286, 1, 1, 2, 1, 3, 1, 4, 1, 12, 249, 13, 5, 14, 8, 15, 20);
        int[] distances = lengths(30, 1, 1, 2, 1, 3, 1, 4, 1, 5, 1, 6, 1, 10, 13, 11, 5, 12, 1, 13, 1, 15, 4);
        DeflateWriter stream = new DeflateWriter().stored(false, noise(32_768)).dynamic(true, literals, distances);
        for (int literal = 0; literal < 256; literal++) {
            stream.literal(literal);
        }
        for (int code = 0; code < Deflate.DISTANCE_BASE.length; code++) {
            stream.match(3 + code * 8, Deflate.DISTANCE_BASE[code]);
            stream.match(258, Deflate.DISTANCE_BASE[code] + (1 << Deflate.DISTANCE_EXTRA[code]) - 1);
        }
        assertRead(stream.end());
    }

    @Test
    void aDistanceCodeMayHaveOneCodeOrNone() throws Exception {
        int[] literals = lengths(286, 8, 226, 9, 60);
        DeflateWriter one = new DeflateWriter().dynamic(true, literals, new int[] {0, 0, 1});
        assertRead(one.literals(noise(40)).match(258, 3).match(3, 3).end());
        assertRead(new DeflateWriter()
                .dynamic(true, literals, new int[] {0})
                .literals(noise(40))
                .end());

        // The other bit, and a distance without any code.
        DeflateWriter other = new DeflateWriter().dynamic(true, literals, new int[] {0, 0, 1});
        assertDamaged(other.literals(noise(40)).symbol(257).put(1, 1).put(0, 32).stream());
        DeflateWriter none = new DeflateWriter().dynamic(true, literals, new int[] {0});
        assertDamaged(none.literals(noise(40)).symbol(257).put(0, 32).stream());
    }

    /** zlib reads them as zeros, bit by bit, and finds the end's code missing after the last. */
    @Test
    void aBlockWithoutAnyCodeLengthsHasNoCodeForItsEnd() throws Exception {
        byte[] stream = new DeflateWriter().put(5, 3).put(0, 10).put(0, 4 + 12).put(0, 258).stream();
        assertDamaged(Arrays.copyOf(stream, 36));
        for (int length = 0; length < 36; length++) {
            byte[] cut = Arrays.copyOf(stream, length);
            assertThat(Streams.judge(cut).verdict).isEqualTo("truncated");
            assertThat(Streams.ours(inflate, cut).verdict).isEqualTo("truncated");
        }
    }

    @Test
    void aBlockMayHoldNothingButItsEnd() throws Exception {
        int[] end = new int[257];
        end[DeflateWriter.END] = 1;
        DeflateWriter stream = new DeflateWriter();
        for (int i = 0; i < 20; i++) {
            stream.dynamic(false, end, new int[] {0}).end().fixed(false).end();
        }
        assertRead(stream.dynamic(true, end, new int[] {0, 1}).end());
    }

    @Test
    void length258HasTwoCodes() throws Exception {
        assertRead(new DeflateWriter()
                .fixed(true)
                .literal(EIGHT)
                .literal(NINE)
                .match(28, 258, 2)
                .match(27, 258, 1)
                .match(27, 257, 2)
                .end());
    }

    @Test
    void everyLengthIsCopiedFromNearAndFromTheEdgeOfTheWindow() throws Exception {
        for (int distance : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 258, 16_384, 32_767, 32_768}) {
            DeflateWriter stream =
                    new DeflateWriter().stored(false, noise(32_768)).fixed(true);
            for (int length = 3; length <= 258; length++) {
                stream.match(length, distance).literal(length & 0x7f);
            }
            // On, until the buffer has been filled several times.
            for (int i = 0; i < 900; i++) {
                stream.match(258 - i % 3, distance).literal(i & 0xff);
            }
            assertRead(stream.end());
        }
    }

    /** A match that begins before the buffer's end and goes on at its begin, with all its parts of all sizes. */
    @Test
    void matchesCrossTheBuffersEndAtEachByte() throws Exception {
        for (int shift = 0; shift < 270; shift++) {
            DeflateWriter stream = new DeflateWriter().stored(false, noise(500 + shift));
            stream.fixed(true);
            for (int i = 0; stream.size() < 120_000; i++) {
                int distance = i % 4 == 0 ? 1 + i % 11 : 1 + (i * 7919) % Math.min(stream.size(), 32_768);
                stream.match(3 + i * 31 % 256, distance).literal(i & 0xff);
            }
            assertRead(stream.end());
        }
    }

    @Test
    void noDistanceReachesBackBeforeTheBegin() throws Exception {
        for (int size : new int[] {0, 1, 7, 300, 32_767}) {
            DeflateWriter stream =
                    new DeflateWriter().stored(false, noise(size)).fixed(true);
            int distance = size + 1;
            int code = DeflateWriter.distanceCode(distance);
            // Each code of a fixed block's distances has five bits.
            stream.symbol(257)
                    .put(Integer.reverse(code) >>> 27, 5)
                    .put(distance - Deflate.DISTANCE_BASE[code], Deflate.DISTANCE_EXTRA[code])
                    .put(0, 32);
            assertDamaged(stream.stream());
        }
    }

    private Result assertRead(DeflateWriter written) throws Exception {
        byte[] stream = written.stream();
        Result result = Streams.ours(inflate, stream);
        assertThat(result.verdict).isEqualTo("ok");
        assertThat(Arrays.equals(result.content, written.content())).isTrue();
        Result judged = Streams.judge(stream);
        assertThat(judged.verdict).isEqualTo("ok");
        assertThat(Arrays.equals(judged.content, written.content())).isTrue();
        Streams.assertCanBeContinued(stream, result);
        return result;
    }

    private void assertDamaged(byte[] stream) throws Exception {
        assertThat(Streams.judge(stream).verdict).isEqualTo("damaged");
        assertThat(Streams.ours(inflate, stream).verdict).isEqualTo("damaged");
    }

    /** A first block that ends {@code shift} bits behind a byte's border. */
    private static DeflateWriter shifted(int shift) {
        DeflateWriter stream = new DeflateWriter().fixed(false);
        // The block's head and its end have ten bits.
        for (int bits = 10; bits % 8 != shift; bits += 9) {
            stream.literal(NINE);
        }
        stream.end();
        assertThat(stream.bitsOfLastByte()).isEqualTo(shift);
        return stream;
    }

    private static void block(DeflateWriter stream, int kind, boolean last) {
        switch (kind) {
            case 0 -> stream.stored(last, new byte[0]);
            case 1 -> stream.stored(last, new byte[] {1, 2, 3});
            case 2 -> stream.fixed(last).end();
            case 3 -> stream.fixed(last).literal(EIGHT).match(5, 1).end();
            default -> {
                int[] literals = new int[258];
                literals[EIGHT] = 1;
                literals[257] = 2;
                literals[DeflateWriter.END] = 2;
                stream.dynamic(last, literals, new int[] {1})
                        .literal(EIGHT)
                        .match(3, 1)
                        .end();
            }
        }
    }

    /** Pairs of a code's length and how many symbols have it; the end of the block has the last of them. */
    private static int[] lengths(int symbols, int... pairs) {
        int[] lengths = new int[symbols];
        int symbol = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            Arrays.fill(lengths, symbol, symbol + pairs[i + 1], pairs[i]);
            symbol += pairs[i + 1];
        }
        assertThat(symbol).isEqualTo(symbols);
        return lengths;
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }
}

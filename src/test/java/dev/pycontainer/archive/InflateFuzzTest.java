package dev.pycontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.archive.Streams.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random streams, whole and damaged: ours refuses what zlib refuses, for the same of three reasons, and reads the rest to the same
 * bytes and the same end. No difference is known.
 *
 * <p>{@code -Dfuzz.rounds=1000000} goes on from where the default ends; a round is a function of its number.
 */
class InflateFuzzTest {

    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 800);

    private final Inflate inflate = new Inflate();

    @Test
    void wholeStreamsAreReadAndCanBeContinued() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(round);
            DeflateWriter written = random(random);
            byte[] stream = written.stream();

            Result result = Streams.ours(inflate, stream);

            assertThat(result.verdict).as("round %d", round).isEqualTo("ok");
            assertThat(Arrays.equals(result.content, written.content()))
                    .as("round %d", round)
                    .isTrue();
            assertThat(result.free).isEqualTo(-written.bitsOfLastByte() & 7);
            Streams.assertCanBeContinued(stream, result);
        }
    }

    @Test
    void damagedStreamsGetZlibsVerdict() throws Exception {
        int[] verdicts = new int[4];
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(-1L - round);
            byte[] stream = stream(random);
            for (int i = 0; i < 6; i++) {
                verdicts[assertSameVerdict(damaged(stream, random), "round " + round + ", " + i)]++;
            }
        }
        // Each of them is often the answer, so that none is tested for nothing.
        assertThat(IntStream.of(verdicts).min().orElseThrow()).isGreaterThan(ROUNDS / 20);
    }

    @Test
    void streamsCutAtEachByteAndWithEachBitFlippedGetZlibsVerdict() throws Exception {
        for (int round = 0; round < Math.max(6, ROUNDS / 100); round++) {
            byte[] stream = stream(new Random(round));
            int length = Math.min(stream.length, 250);
            for (int at = stream.length - length; at < stream.length; at++) {
                assertSameVerdict(Arrays.copyOf(stream, at), "round " + round + ", cut at " + at);
            }
            for (int bit = 0; bit < 8 * length; bit++) {
                byte[] flipped = stream.clone();
                flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
                assertSameVerdict(flipped, "round " + round + ", bit " + bit);
            }
        }
    }

    /** The index of the verdict. */
    private int assertSameVerdict(byte[] stream, String description) throws IOException {
        Result expected = Streams.judge(stream);
        Result actual = Streams.ours(inflate, stream);
        assertThat(actual.verdict).as(description).isEqualTo(expected.verdict);
        int common = Math.min(actual.content.length, expected.content.length);
        assertThat(Arrays.equals(actual.content, 0, common, expected.content, 0, common))
                .as(description)
                .isTrue();
        switch (actual.verdict) {
            case "ok" -> {
                assertThat(actual.content).as(description).hasSameSizeAs(expected.content);
                Streams.assertCanBeContinued(stream, actual);
                return 0;
            }
            case "trailing" -> {
                // Up to where zlib found the end it is a stream, and one byte less is none.
                byte[] alone = Arrays.copyOf(stream, stream.length - expected.remaining);
                assertThat(assertSameVerdict(alone, description))
                        .as(description)
                        .isEqualTo(0);
                byte[] less = Arrays.copyOf(alone, alone.length - 1);
                assertThat(Streams.ours(inflate, less).verdict).as(description).isEqualTo("truncated");
                return 1;
            }
            case "truncated" -> {
                return 2;
            }
            default -> {
                return 3;
            }
        }
    }

    private static byte[] stream(Random random) {
        return random.nextInt(3) > 0
                ? random(random).stream()
                : Streams.deflate(
                        RandomContent.of(random, random.nextInt(random.nextInt(20) == 0 ? 200_000 : 2000)),
                        random.nextInt(10),
                        Streams.STRATEGIES[random.nextInt(3)]);
    }

    private static byte[] damaged(byte[] stream, Random random) {
        switch (random.nextInt(7)) {
            case 0 -> {
                return Arrays.copyOf(stream, random.nextInt(stream.length));
            }
            case 1 -> {
                return joined(stream, bytes(random, 1 + random.nextInt(20)));
            }
            case 2 -> {
                // The head of one, the tail of another.
                byte[] other = stream(random);
                return joined(
                        Arrays.copyOf(stream, random.nextInt(stream.length)),
                        Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
            }
            case 3 -> {
                // Some bytes are gone, or there are more.
                int at = random.nextInt(stream.length);
                int from = Math.max(0, Math.min(stream.length, at + random.nextInt(9) - 4));
                return joined(Arrays.copyOf(stream, at), Arrays.copyOfRange(stream, from, stream.length));
            }
            case 4 -> {
                return bytes(random, random.nextInt(300));
            }
            default -> {
                byte[] flipped = stream.clone();
                int within = random.nextBoolean() ? Math.min(stream.length, 100) : stream.length;
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    int bit = random.nextInt(8 * within);
                    flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
                }
                return flipped;
            }
        }
    }

    /** Blocks of all types with random codes, of which every symbol is used as often as any other. */
    private static DeflateWriter random(Random random) {
        DeflateWriter stream = new DeflateWriter();
        for (int blocks = random.nextInt(5); blocks >= 0; blocks--) {
            boolean last = blocks == 0;
            int tokens = random.nextInt(random.nextInt(30) == 0 ? 6000 : 150);
            switch (random.nextInt(4)) {
                case 0 -> stream.stored(last, bytes(random, random.nextInt(20) == 0 ? random.nextInt(65536) : tokens));
                case 1 -> {
                    stream.fixed(last);
                    tokens(stream, random, tokens, all(257, 286), all(0, 30), all(0, 256));
                }
                default -> {
                    int[] literals = some(random, 256, random.nextInt(random.nextBoolean() ? 256 : 20));
                    int[] lengths = some(random, 29, random.nextInt(30));
                    int[] distances = some(random, 30, random.nextInt(31));
                    int[] symbols = IntStream.concat(
                                    IntStream.concat(IntStream.of(DeflateWriter.END), IntStream.of(literals)),
                                    IntStream.of(lengths).map(code -> 257 + code))
                            .toArray();
                    stream.dynamic(last, code(random, symbols, 257, 286), code(random, distances, 1, 30));
                    tokens(
                            stream,
                            random,
                            tokens,
                            IntStream.of(lengths).map(code -> 257 + code).toArray(),
                            distances,
                            literals);
                }
            }
        }
        return stream;
    }

    private static void tokens(
            DeflateWriter stream, Random random, int count, int[] lengths, int[] distances, int[] literals) {
        for (int i = 0; i < count; i++) {
            boolean match = lengths.length > 0 && distances.length > 0 && random.nextInt(3) > 0;
            if (match) {
                int lengthCode = lengths[random.nextInt(lengths.length)] - 257;
                int length = Deflate.LENGTH_BASE[lengthCode] + random.nextInt(1 << Deflate.LENGTH_EXTRA[lengthCode]);
                int code = distances[random.nextInt(distances.length)];
                int distance = Deflate.DISTANCE_BASE[code] + random.nextInt(1 << Deflate.DISTANCE_EXTRA[code]);
                distance = Math.min(distance, stream.size());
                if (distance >= Deflate.DISTANCE_BASE[code]) {
                    stream.match(lengthCode, length, distance);
                }
            } else if (literals.length > 0) {
                stream.literal(literals[random.nextInt(literals.length)]);
            }
        }
        stream.end();
    }

    /** The lengths of a complete code for these symbols: leaves of a tree that has grown at random. */
    private static int[] code(Random random, int[] symbols, int fewest, int most) {
        int[] depths = new int[symbols.length];
        boolean deep = random.nextBoolean();
        for (int leaves = 1; leaves < symbols.length; ) {
            int leaf = deep && random.nextInt(4) > 0 ? leaves - 1 : random.nextInt(leaves);
            if (depths[leaf] < 15) {
                depths[leaves++] = ++depths[leaf];
            } else {
                deep = false;
            }
        }
        if (symbols.length == 1) {
            depths[0] = 1;
        }
        int[] shuffled = some(random, symbols.length, symbols.length);
        int[] lengths = new int[most];
        for (int i = 0; i < symbols.length; i++) {
            lengths[symbols[shuffled[i]]] = depths[i];
        }
        int used = most;
        while (used > fewest && lengths[used - 1] == 0) {
            used--;
        }
        return Arrays.copyOf(lengths, used + (used < most ? random.nextInt(most - used) : 0));
    }

    private static int[] all(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    /** Numbers below {@code bound}, each once, in random order. */
    private static int[] some(Random random, int bound, int count) {
        int[] numbers = all(0, bound);
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(bound - i);
            int number = numbers[other];
            numbers[other] = numbers[i];
            numbers[i] = number;
        }
        return Arrays.copyOf(numbers, count);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(head);
        joined.writeBytes(tail);
        return joined.toByteArray();
    }
}

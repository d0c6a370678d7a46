package dev.pycontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.archive.Streams.Result;
import dev.pycontainer.content.BuildRefused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's Inflater, which is zlib, is the judge: same content, same verdict on damaged streams. */
class InflateTest {

    private final Inflate inflate = new Inflate();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void whatZlibHasWrittenIsReadAndCanBeContinued(int level) throws Exception {
        Random random = new Random(level);
        for (int round = 0; round < 120; round++) {
            byte[] content = RandomContent.of(random, random.nextInt(round < 100 ? 3000 : 400_000));
            byte[] stream = Streams.deflate(content, level, Streams.STRATEGIES[round % 3]);

            Result result = Streams.ours(inflate, stream);

            assertThat(result.verdict).isEqualTo("ok");
            assertThat(result.content).isEqualTo(content);
            Streams.assertCanBeContinued(stream, result);
        }
    }

    @Test
    void manyBlocksAndMegabytesPassThroughTheWindow() throws Exception {
        Random random = new Random(1);
        byte[] content = RandomContent.of(random, 9_000_000);

        byte[] stream = Streams.deflate(content, 6, Deflater.DEFAULT_STRATEGY);

        Result result = Streams.ours(inflate, stream);

        assertThat(Arrays.equals(result.content, content)).isTrue();
        Streams.assertCanBeContinued(stream, result);
    }

    @Test
    void theBytesDoNotDependOnHowTheSourceIsRead() throws Exception {
        byte[] stream = Streams.deflate(RandomContent.of(new Random(2), 300_000), 6, Deflater.DEFAULT_STRATEGY);
        Result whole = Streams.ours(inflate, stream);

        Result dripping = Streams.ours(inflate, new FilterInputStream(new ByteArrayInputStream(stream)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 7));
            }
        });

        assertThat(dripping.copy).isEqualTo(whole.copy);
        assertThat(dripping.content).isEqualTo(whole.content);
    }

    @Test
    void aStreamThatEndsAnywhereTooEarlyIsTruncated() throws Exception {
        Random random = new Random(3);
        for (int round = 0; round < 60; round++) {
            byte[] stream = Streams.deflate(
                    RandomContent.of(random, random.nextInt(600)), round % 10, Streams.STRATEGIES[round % 3]);
            for (int length = 0; length < stream.length; length++) {
                byte[] cut = Arrays.copyOf(stream, length);
                assertThat(Streams.ours(inflate, cut).verdict)
                        .as("round %d, %d of %d bytes", round, length, stream.length)
                        .isEqualTo("truncated");
            }
        }
    }

    @Test
    void everyFlippedBitGetsZlibsVerdict() throws Exception {
        Random random = new Random(4);
        for (int round = 0; round < 60; round++) {
            byte[] stream = Streams.deflate(
                    RandomContent.of(random, 1 + random.nextInt(900)), round % 10, Streams.STRATEGIES[round % 3]);
            for (int bit = 0; bit < stream.length * 8; bit += bit < 800 ? 1 : 1 + random.nextInt(40)) {
                byte[] flipped = stream.clone();
                flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
                assertSameVerdict(flipped, "round " + round + ", bit " + bit);
            }
        }
    }

    @Test
    void damageInTheMiddleOfLongStreamsGetsZlibsVerdict() throws Exception {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            byte[] stream =
                    Streams.deflate(RandomContent.of(random, 150_000), round % 10, Streams.STRATEGIES[round % 3]);
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                int bit = random.nextInt(stream.length * 8);
                stream[bit >> 3] ^= (byte) (1 << (bit & 7));
            }
            assertSameVerdict(stream, "round " + round);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, fixed codes", "4, dynamic codes", "6, reserved type", "0, stored"})
    void noiseBehindABlocksHeadGetsZlibsVerdict(int head, String type) throws Exception {
        Random random = new Random(head);
        byte[] noise = new byte[90];
        for (int round = 0; round < 12_000; round++) {
            random.nextBytes(noise);
            noise[0] = (byte) ((noise[0] & 0xf8) | head | (round & 1));
            assertSameVerdict(noise, type + ", round " + round);
        }
    }

    /** Code lengths near to complete are rare in noise: these are drawn so that over- and under-subscription lie close. */
    @Test
    void codesThatAreAlmostCompleteGetZlibsVerdict() throws Exception {
        Random random = new Random(6);
        int accepted = 0;
        for (int round = 0; round < 30_000; round++) {
            Bits bits = new Bits();
            bits.put(1, 1);
            bits.put(2, 2);
            int literalCount = 257 + random.nextInt(4);
            int distanceCount = 1 + random.nextInt(4);
            bits.put(literalCount - 257, 5);
            bits.put(distanceCount - 1, 5);
            bits.put(15, 4);
            // Code lengths 0, 1, 2, 3 with two bits each: symbols 0…3 of the code length alphabet.
            int[] order = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
            for (int symbol : order) {
                bits.put(symbol <= 3 ? 2 : 0, 3);
            }
            for (int i = 0; i < literalCount + distanceCount; i++) {
                int length = i >= 254 ? random.nextInt(4) : i < 2 ? random.nextInt(8) / 6 : 0;
                bits.put(Integer.reverse(length) >>> 30, 2);
            }
            for (int i = 0; i < 40; i++) {
                bits.put(random.nextInt(256), 8);
            }
            accepted += assertSameVerdict(bits.toByteArray(), "round " + round).equals("damaged") ? 0 : 1;
        }
        assertThat(accepted).isGreaterThan(250);
    }

    @ParameterizedTest
    @CsvSource({
        "07, 'a block is of the reserved type'",
        "0105000000, 'the length of a stored block does not agree with its complement'",
        "0105, 'its deflate stream ends too early'",
        "'', 'its deflate stream ends too early'",
        "0300 00, 'other bytes follow the end of its deflate stream'",
        "05 FF, 'a block has too many literal or distance codes'",
        "0302, 'a distance is invalid or reaches back before the beginning of the data'",
    })
    void aDamagedStreamIsRefusedWithTheReason(String hex, String why) {
        byte[] stream = HexFormat.of().parseHex((hex == null ? "" : hex).replace(" ", "") + pad(hex));

        assertThatThrownBy(() -> inflate.pass(new ByteArrayInputStream(stream), ByteSink.NOWHERE, ByteSink.NOWHERE))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("A compressed file is damaged.\n  why    " + why);
    }

    // A few bytes more, so that the fault itself is found and not the stream's end.
    private static String pad(String hex) {
        return "05 FF".equals(hex) || "0302".equals(hex) ? "ffffffffffff" : "";
    }

    private String assertSameVerdict(byte[] stream, String description) throws Exception {
        Result expected = Streams.judge(stream);
        Result actual = Streams.ours(inflate, stream);
        assertThat(actual.verdict).as(description).isEqualTo(expected.verdict);
        if (expected.verdict.equals("ok")) {
            assertThat(actual.content).as(description).isEqualTo(expected.content);
        }
        return actual.verdict;
    }

    private static final class Bits {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int held;
        private int count;

        void put(int value, int length) {
            held |= value << count;
            count += length;
            for (; count >= 8; count -= 8) {
                bytes.write(held);
                held >>>= 8;
            }
        }

        byte[] toByteArray() {
            bytes.write(held);
            return bytes.toByteArray();
        }
    }
}

package dev.pycontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.archive.Streams.Result;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the stream comes in and wherever its parts lie in the buffers, the bytes are the same. */
class InflateFeedingTest {

    private final Inflate inflate = new Inflate();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 4095, 16383, 16384, 16385, 65536})
    void theBytesDoNotDependOnTheChunksOfTheSource(int chunk) throws Exception {
        byte[] content = RandomContent.of(new Random(chunk), 500_000);
        byte[] stream = Streams.deflate(content, 6, 0);

        assertSame(stream, content, left -> chunk);
        Random random = new Random(chunk);
        assertSame(stream, content, left -> 1 + random.nextInt(2 * chunk));
    }

    /** A dynamic block's head, codes, lengths of stored blocks and the end come to lie across the border of the input's buffer. */
    @Test
    void everyPartOfAStreamMayLieAcrossTheBuffersBorder() throws Exception {
        byte[] text = RandomContent.of(new Random(3), 700);
        byte[] dynamic = Streams.deflate(text, 9, 0);
        for (int border = 16_384; border <= 2 * 16_384; border += 16_384) {
            for (int back = 0; back < dynamic.length + 60; back++) {
                DeflateWriter before = new DeflateWriter()
                        .stored(false, new byte[0])
                        .stored(false, noise(border - 10 - back))
                        .stored(false, new byte[0]);
                byte[] head = before.stream();
                byte[] stream = Arrays.copyOf(head, head.length + dynamic.length);
                System.arraycopy(dynamic, 0, stream, head.length, dynamic.length);

                Result result = Streams.ours(inflate, stream);

                assertThat(result.verdict)
                        .as("%d bytes before %d", back, border)
                        .isEqualTo("ok");
                assertThat(result.content).endsWith(text).hasSize(before.size() + text.length);
                assertThat(Arrays.equals(result.content, Streams.judge(stream).content))
                        .isTrue();
                Streams.assertCanBeContinued(stream, result);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 30})
    void whatASinkThrowsIsPassedOnAndTheNextStreamIsRead(int call) throws Exception {
        byte[] content = RandomContent.of(new Random(4), 2_000_000);
        byte[] stream = Streams.deflate(content, 1, 0);
        IOException full = new IOException("No space left on device");
        ByteSink thrower = new ByteSink() {
            private int calls;

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (calls++ == call) {
                    throw full;
                }
            }
        };

        assertThatThrownBy(() -> inflate.pass(new ByteArrayInputStream(stream), thrower, ByteSink.NOWHERE))
                .isSameAs(full);
        assertSame(stream, content, left -> left);
    }

    @Test
    void whatTheCopysSinkOrTheSourceThrowsIsPassedOnAndTheNextStreamIsRead() throws Exception {
        byte[] content = RandomContent.of(new Random(5), 400_000);
        byte[] stream = Streams.deflate(content, 6, 0);
        IOException fault = new IOException("Input/output error");

        assertThatThrownBy(() ->
                        inflate.pass(new ByteArrayInputStream(stream), ByteSink.NOWHERE, (bytes, from, length) -> {
                            throw fault;
                        }))
                .isSameAs(fault);
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(stream, 0, 50_000)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                if (read < 0) {
                    throw fault;
                }
                return read;
            }
        };
        assertThatThrownBy(() -> inflate.pass(broken, ByteSink.NOWHERE, ByteSink.NOWHERE))
                .isSameAs(fault);
        assertSame(stream, content, left -> left);
    }

    private void assertSame(byte[] stream, byte[] content, IntUnaryOperator chunk) throws IOException {
        InputStream source = new FilterInputStream(new ByteArrayInputStream(stream)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, chunk.applyAsInt(length)));
            }
        };
        Result result = Streams.ours(inflate, source);
        assertThat(result.verdict).isEqualTo("ok");
        assertThat(Arrays.equals(result.content, content)).isTrue();
        Streams.assertCanBeContinued(stream, result);
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }
}

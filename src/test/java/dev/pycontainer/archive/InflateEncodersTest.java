package dev.pycontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.JZlib;
import dev.pycontainer.archive.Streams.Result;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Streams that others' encoders have written: {@code src/test/oracle/deflate}. */
class InflateEncodersTest {

    private final Inflate inflate = new Inflate();

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("streams")
    void aStreamOfAnotherEncoderIsReadAndCanBeContinued(
            String encoder, String options, String content, int size, String sha256, byte[] stream) throws Exception {
        Result result = Streams.ours(inflate, stream);

        assertThat(result.verdict).isEqualTo("ok");
        assertThat(result.content).hasSize(size).isEqualTo(Streams.judge(stream).content);
        assertThat(Digest.of(result.content).hex()).isEqualTo(sha256);
        Streams.assertCanBeContinued(stream, result);
        Streams.assertCanBeContinuedWithJzlib(result);
    }

    @Test
    void theEncodersAreThese() throws Exception {
        assertThat(rows().stream().map(row -> row.get(0).stringValue().replaceFirst(" .*", "")))
                .containsOnly("zlib", "zlib-ng", "zopfli", "libdeflate", "igzip", "Go", "7-Zip");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void whatJzlibHasWrittenIsReadAndCanBeContinued(int level) throws Exception {
        Random random = new Random(level);
        int[] strategies = {JZlib.Z_DEFAULT_STRATEGY, JZlib.Z_FILTERED, JZlib.Z_HUFFMAN_ONLY};
        for (int round = 0; round < 30; round++) {
            byte[] content = RandomContent.of(random, 1 + random.nextInt(round < 25 ? 2000 : 90_000));
            byte[] stream = jzlib(content, level, strategies[round % 3]);

            Result result = Streams.ours(inflate, stream);

            assertThat(result.verdict).isEqualTo("ok");
            assertThat(result.content).isEqualTo(content);
            Streams.assertCanBeContinued(stream, result);
            Streams.assertCanBeContinuedWithJzlib(result);
        }
    }

    private static byte[] jzlib(byte[] content, int level, int strategy) throws IOException {
        Deflater deflater = new Deflater(level, 15, true);
        deflater.params(level, strategy);
        byte[] stream = new byte[content.length + content.length / 100 + 1000];
        deflater.setInput(content);
        deflater.setOutput(stream);
        assertThat(deflater.deflate(JZlib.Z_FINISH)).isEqualTo(JZlib.Z_STREAM_END);
        return Arrays.copyOf(stream, (int) deflater.getTotalOut());
    }

    private static Stream<Arguments> streams() throws IOException {
        return rows().stream()
                .map(row -> Arguments.of(
                        row.get(0).stringValue(),
                        row.get(1).stringValue(),
                        row.get(2).stringValue(),
                        row.get(3).intValue(),
                        row.get(4).stringValue(),
                        Base64.getDecoder().decode(row.get(5).stringValue())));
    }

    private static List<JsonNode> rows() throws IOException {
        try (InputStream in = InflateEncodersTest.class.getResourceAsStream("deflate/streams.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> Json.read(line.getBytes(StandardCharsets.US_ASCII), "streams.jsonl"))
                    .toList();
        }
    }
}

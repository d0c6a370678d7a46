package dev.pycontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jzlib.JZlib;
import dev.pycontainer.content.BuildRefused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Raw deflate streams in tests: made by the JDK, judged by the JDK, which is zlib, and by ours. */
final class Streams {

    static final int[] STRATEGIES = {Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY};

    private Streams() {}

    /** What became of a stream. */
    static final class Result {
        /** "ok", "damaged", "truncated", or "trailing" where other bytes follow. */
        final String verdict;

        final byte[] content;
        final byte[] copy;
        final int free;

        /** How many bytes follow the stream's end; known of zlib's only. */
        final int remaining;

        Result(String verdict, byte[] content, byte[] copy, int free, int remaining) {
            this.verdict = verdict;
            this.content = content;
            this.copy = copy;
            this.free = free;
            this.remaining = remaining;
        }
    }

    static byte[] deflate(byte[] content, int level, int strategy) {
        Deflater deflater = new Deflater(level, true);
        deflater.setStrategy(strategy);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            stream.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return stream.toByteArray();
    }

    static Result ours(Inflate inflate, byte[] stream) throws IOException {
        return ours(inflate, new ByteArrayInputStream(stream));
    }

    static Result ours(Inflate inflate, InputStream stream) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try {
            int free = inflate.pass(stream, content::write, copy::write);
            return new Result("ok", content.toByteArray(), copy.toByteArray(), free, 0);
        } catch (BuildRefused refused) {
            String message = refused.getMessage();
            String verdict = message.contains("ends too early")
                    ? "truncated"
                    : message.contains("other bytes follow") ? "trailing" : "damaged";
            return new Result(verdict, content.toByteArray(), copy.toByteArray(), 0, 0);
        }
    }

    /** The JDK's; where it refuses a stream, with what it had decoded. */
    static Result judge(byte[] stream) {
        Inflater inflater = new Inflater(true);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            inflater.setInput(stream);
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int length = inflater.inflate(buffer);
                content.write(buffer, 0, length);
                if (length == 0 && inflater.needsInput() && !inflater.finished()) {
                    return new Result("truncated", content.toByteArray(), new byte[0], 0, 0);
                }
            }
            int remaining = inflater.getRemaining();
            return new Result(remaining > 0 ? "trailing" : "ok", content.toByteArray(), new byte[0], 0, remaining);
        } catch (DataFormatException e) {
            return new Result("damaged", content.toByteArray(), new byte[0], 0, 0);
        } finally {
            inflater.end();
        }
    }

    /**
     * The copy has the stream's bytes, save for the mark of the last block and the bits behind it; with what is joined to
     * it, zlib reads it as one stream.
     */
    static void assertCanBeContinued(byte[] stream, Result result) {
        assertThat(result.copy).hasSameSizeAs(stream);
        int last = stream.length - 1;
        int used = 0xff >>> result.free;
        assertThat(result.copy[last] & 0xff & ~used).isZero();
        int cleared = 0;
        for (int i = 0; i < stream.length; i++) {
            int mask = i == last ? used : 0xff;
            int difference = (stream[i] ^ result.copy[i]) & mask;
            assertThat(difference & result.copy[i]).isZero();
            cleared += Integer.bitCount(difference);
        }
        assertThat(cleared).isEqualTo(1);

        Result judged = judge(joined(result));
        assertThat(judged.verdict).isEqualTo("ok");
        assertThat(Arrays.equals(judged.content, withTail(result.content))).isTrue();
    }

    /** So does jzlib, which knows no code of distances without any symbol, since zlib did not when it was ported. */
    static void assertCanBeContinuedWithJzlib(Result result) throws IOException {
        byte[] expected = withTail(result.content);
        com.jcraft.jzlib.Inflater inflater = new com.jcraft.jzlib.Inflater(JZlib.DEF_WBITS, true);
        byte[] content = new byte[expected.length + 1];
        inflater.setInput(joined(result));
        inflater.setOutput(content);
        assertThat(inflater.inflate(JZlib.Z_FINISH)).isEqualTo(JZlib.Z_STREAM_END);
        assertThat(Arrays.equals(content, 0, (int) inflater.getTotalOut(), expected, 0, expected.length))
                .isTrue();
    }

    private static byte[] withTail(byte[] content) {
        byte[] tail = "what is joined".getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(content, content.length + tail.length);
        System.arraycopy(tail, 0, all, content.length, tail.length);
        return all;
    }

    /** The copy, the joint, and a last block that is stored. */
    private static byte[] joined(Result result) {
        byte[] tail = withTail(new byte[0]);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(result.copy);
        joined.writeBytes(HexFormat.of().parseHex(result.free >= 3 ? "0000ffff" : "000000ffff"));
        joined.writeBytes(new byte[] {1, (byte) tail.length, 0, (byte) ~tail.length, (byte) 0xff});
        joined.writeBytes(tail);
        return joined.toByteArray();
    }
}

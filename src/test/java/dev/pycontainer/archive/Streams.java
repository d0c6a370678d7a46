package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Raw deflate streams in tests: made by the JDK, judged by the JDK, which is zlib, and by ours. */
final class Streams {

    static final int[] STRATEGIES = {Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY};

    private static final byte[] LAST_EMPTY_BLOCK = {1, 0, 0, (byte) 0xff, (byte) 0xff};

    private Streams() {}

    /** What became of a stream. */
    static final class Result {
        /** "ok", "damaged", "truncated", or "trailing" where other bytes follow. */
        final String verdict;

        final byte[] content;
        final byte[] copy;
        final int free;

        Result(String verdict, byte[] content, byte[] copy, int free) {
            this.verdict = verdict;
            this.content = content;
            this.copy = copy;
            this.free = free;
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
            return new Result("ok", content.toByteArray(), copy.toByteArray(), free);
        } catch (BuildRefused refused) {
            String message = refused.getMessage();
            String verdict = message.contains("ends too early")
                    ? "truncated"
                    : message.contains("other bytes follow") ? "trailing" : "damaged";
            return new Result(verdict, content.toByteArray(), copy.toByteArray(), 0);
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
                if (length == 0 && inflater.needsInput()) {
                    return new Result("truncated", content.toByteArray(), new byte[0], 0);
                }
            }
            return new Result(inflater.getRemaining() > 0 ? "trailing" : "ok", content.toByteArray(), new byte[0], 0);
        } catch (DataFormatException e) {
            return new Result("damaged", content.toByteArray(), new byte[0], 0);
        } finally {
            inflater.end();
        }
    }

    /** The copy, the joint, and a last block that is empty. */
    static byte[] joined(Result result) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(result.copy);
        joined.writeBytes(HexFormat.of().parseHex(result.free >= 3 ? "0000ffff" : "000000ffff"));
        joined.writeBytes(LAST_EMPTY_BLOCK);
        return joined.toByteArray();
    }
}

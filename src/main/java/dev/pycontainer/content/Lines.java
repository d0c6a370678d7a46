package dev.pycontainer.content;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Stream;

/** Lines of UTF-8 text, each ended by {@code \n}, of which only one is held as a text at a time: there may be very many. */
public final class Lines {

    private static final int BUFFER = 1 << 16;

    private Lines() {}

    /**
     * The bytes of all lines.
     *
     * @param line of one item, without its end; asked twice, so that the bytes are held once
     */
    public static <T> byte[] bytes(Collection<T> items, Function<? super T, String> line) {
        long length = 0;
        for (T item : items) {
            length += line.apply(item).getBytes(StandardCharsets.UTF_8).length + 1;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
        for (T item : items) {
            bytes.put(line.apply(item).getBytes(StandardCharsets.UTF_8)).put((byte) '\n');
        }
        return bytes.array();
    }

    /** Writes all lines. */
    public static <T> void write(Collection<T> items, Function<? super T, String> line, OutputStream out)
            throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        for (T item : items) {
            buffered.write(line.apply(item).getBytes(StandardCharsets.UTF_8));
            buffered.write('\n');
        }
        buffered.flush();
    }

    /** The lines without their ends, read as they are asked for. */
    public static Stream<String> of(byte[] bytes) {
        return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8))
                .lines();
    }
}

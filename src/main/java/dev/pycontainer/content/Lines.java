package dev.pycontainer.content;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Stream;

/** Lines of UTF-8 text, each ended by {@code \n}, of which only one is held as a text at a time: there may be very many. */
public final class Lines {

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

    /** The lines without their ends, read as they are asked for. */
    public static Stream<String> of(byte[] bytes) {
        return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8))
                .lines();
    }
}

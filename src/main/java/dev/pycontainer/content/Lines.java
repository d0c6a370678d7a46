package dev.pycontainer.content;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/** Lines of UTF-8 text, each ended by {@code \n}, of which only one is held as a text at a time: there may be very many. */
public final class Lines {

    private static final int BUFFER = 1 << 16;

    private Lines() {}

    /** The bytes of one line. */
    public static byte[] line(String text) {
        return (text + '\n').getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The bytes of all lines, each of which is made when it is read.
     *
     * @param line of one item, without its end
     */
    public static <T> InputStream input(Collection<T> items, Function<? super T, String> line) {
        return new LinesInput(items.stream().map(line).iterator());
    }

    /** Writes all lines. */
    public static <T> void write(Collection<T> items, Function<? super T, String> line, OutputStream out)
            throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        for (T item : items) {
            buffered.write(line(line.apply(item)));
        }
        buffered.flush();
    }

    private static final class LinesInput extends InputStream {
        private final Iterator<String> lines;
        private byte[] line = new byte[0];
        private int position;

        LinesInput(Iterator<String> lines) {
            this.lines = lines;
        }

        private boolean isAtEnd() {
            while (position == line.length) {
                if (!lines.hasNext()) {
                    return true;
                }
                line = line(lines.next());
                position = 0;
            }
            return false;
        }

        @Override
        public int read() {
            return isAtEnd() ? -1 : line[position++] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int count = 0;
            while (count < length && !isAtEnd()) {
                int part = Math.min(length - count, line.length - position);
                System.arraycopy(line, position, bytes, offset + count, part);
                position += part;
                count += part;
            }
            return count == 0 && length > 0 ? -1 : count;
        }
    }

    /** The lines without their ends, read as they are asked for. */
    public static Stream<String> of(byte[] bytes) {
        return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8))
                .lines();
    }
}

package dev.pycontainer.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {

    private static final List<String> LINES = List.of("a", "", "na\u00efve \uD83D\uDC0D");
    private static final byte[] BYTES = "a\n\nna\u00efve \uD83D\uDC0D\n".getBytes(UTF_8);

    @Test
    void eachLineIsEnded() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Lines.write(LINES, line -> line, out);

        assertThat(out.toByteArray()).isEqualTo(BYTES);
        assertThat(Lines.input(List.<String>of(), line -> line)).isEmpty();
        assertThat(Lines.input(LINES, line -> line)).hasBinaryContent(BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void aReaderGetsAsMuchAsItAsksFor(int size) throws IOException {
        InputStream in = Lines.input(LINES, line -> line);
        byte[] first = new byte[size];

        assertThat(in.read(first)).isEqualTo(Math.min(size, BYTES.length));
        assertThat(first).startsWith(Arrays.copyOf(BYTES, Math.min(size, BYTES.length)));
        assertThat(in).hasBinaryContent(Arrays.copyOfRange(BYTES, Math.min(size, BYTES.length), BYTES.length));
        assertThat(in.read(first)).isEqualTo(-1);
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void theyAreReadWithoutTheirEnds() {
        assertThat(Lines.of(BYTES)).containsExactlyElementsOf(LINES);
        assertThat(Lines.of(new byte[0])).isEmpty();
    }
}

package dev.pycontainer.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static final List<String> LINES = List.of("a", "", "na\u00efve \uD83D\uDC0D");
    private static final byte[] BYTES = "a\n\nna\u00efve \uD83D\uDC0D\n".getBytes(UTF_8);

    @Test
    void eachLineIsEnded() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Lines.write(LINES, line -> line, out);

        assertThat(out.toByteArray()).isEqualTo(BYTES);
        assertThat(Lines.bytes(LINES, line -> line)).isEqualTo(BYTES);
        assertThat(Lines.bytes(List.<String>of(), line -> line)).isEmpty();
    }

    @Test
    void theyAreReadWithoutTheirEnds() {
        assertThat(Lines.of(BYTES)).containsExactlyElementsOf(LINES);
        assertThat(Lines.of(new byte[0])).isEmpty();
    }
}

package dev.pycontainer.packaging.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Recording installed projects", "The RECORD file". */
class RecordFileTest {

    private static final String SHA256 = TestWheels.sha256(new byte[0]);

    private static Map<String, RecordRow> parse(String text) {
        return RecordFile.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRowIsPathHashAndSize() {
        Map<String, RecordRow> rows = parse("demo/a.py," + SHA256 + ",12\r\ndemo-1.0.dist-info/RECORD,,\r\n");

        assertThat(rows.keySet()).containsExactly("demo/a.py", "demo-1.0.dist-info/RECORD");
        assertThat(rows.get("demo/a.py").size()).isEqualTo(OptionalLong.of(12));
        assertThat(rows.get("demo/a.py").hash().map(RecordHash::toString)).contains(SHA256);
        assertThat(rows.get("demo-1.0.dist-info/RECORD").hash()).isEmpty();
    }

    private static String written(Collection<RecordRow> rows) throws IOException {
        RecordLines lines = RecordLines.of(
                rows.stream().<Supplier<RecordRow>>map(row -> () -> row).toList());
        byte[] bytes = lines.open().readAllBytes();
        assertThat(lines.size()).isEqualTo(bytes.length);
        assertThat(lines.hash()).isEqualTo(RecordHash.of(bytes));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aPathWithCommaOrQuoteIsQuoted() throws IOException {
        Map<String, RecordRow> rows = parse("\"a \"\"b\"\", c\"," + SHA256 + ",0\n");

        assertThat(rows).containsOnlyKeys("a \"b\", c");
        assertThat(written(rows.values())).isEqualTo("\"a \"\"b\"\", c\"," + SHA256 + ",0\n");
    }

    @Test
    void slashesBeforeAPathAreDroppedAsInSelenium410() {
        assertThat(parse("/selenium/a.py," + SHA256 + ",0\n")).containsOnlyKeys("selenium/a.py");
    }

    @Test
    void rowsAreWrittenInTheOrderOfTheirUtf8Bytes() throws IOException {
        List<RecordRow> rows = List.of(
                RecordRow.ofItself("\uFFEE"),
                RecordRow.ofItself("\uD83D\uDE00"),
                RecordRow.ofItself("z"),
                RecordRow.ofItself("../a"));

        assertThat(written(rows)).isEqualTo("../a,,\nz,,\n\uFFEE,,\n\uD83D\uDE00,,\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-256", "SHA-384", "SHA-512"})
    void aHashIsSha256OrBetter(String algorithm) {
        String hash = TestWheels.hash(algorithm, new byte[] {1, 2});

        assertThat(parse("a," + hash + ",2\n").get("a").hash().map(RecordHash::toString))
                .contains(hash);
    }

    // "The hash algorithm must be sha256 or better"
    @ParameterizedTest
    @ValueSource(strings = {"MD5", "SHA-1", "SHA-224"})
    void aWeakerHashIsRefused(String algorithm) {
        String hash = TestWheels.hash(algorithm, new byte[] {1, 2});

        assertThatThrownBy(() -> parse("a," + hash + ",2\n"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        RECORD holds the hash "%s".
                          why    the hash must be sha256=, sha384= or sha512=""".formatted(hash));
    }

    @Test
    void aHashInAnotherAlphabetIsRefused() {
        assertThatThrownBy(() -> parse("a,sha256=" + "a/".repeat(21) + "=,2\n"))
                .hasMessageEndingWith("it is not a sha256 in URL-safe base64 without padding");
    }

    @Test
    void aHashWithBitsToSpareIsRefused() {
        assertThatThrownBy(() -> parse("a,sha256=" + "A".repeat(42) + "B,2\n"))
                .hasMessageEndingWith("it is not a sha256 in URL-safe base64 without padding");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b                                     | RECORD has a line that is not path, hash and size.",
                "a,,,                                    | RECORD has a line that is not path, hash and size.",
                "a,,x                                    | RECORD gives a the size \"x\".",
                "a,,-1                                   | RECORD gives a the size \"-1\".",
                "a,,99999999999999999999                 | RECORD gives a the size \"99999999999999999999\".",
            })
    void whatIsNoRowIsRefused(String row, String message) {
        assertThatThrownBy(() -> parse(row + "\n"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aPathIsQuotedWhereItMustBe() {
        List<RecordRow> rows = List.of(
                RecordRow.ofItself("a,b"),
                RecordRow.ofItself("a\"b"),
                RecordRow.ofItself("a\rb"),
                RecordRow.ofItself("a\nb"));

        assertThat(rows)
                .extracting(RecordRow::toString)
                .containsExactly("\"a,b\",,", "\"a\"\"b\",,", "\"a\rb\",,", "\"a\nb\",,");
    }

    @Test
    void aPathThatStandsTwiceIsRefused() {
        assertThatThrownBy(() -> parse("a,,\nb,,\na,,\n")).hasMessage("RECORD lists a twice.");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertThatThrownBy(() -> RecordFile.parse(new byte[] {(byte) 0xff, ',', ','}))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("RECORD is not UTF-8.");
        assertThatThrownBy(() -> parse("\"a,,\n"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("RECORD is not a CSV file.");
    }
}

package dev.pycontainer.packaging.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** "Core metadata specifications": what Python's email parser makes of such a file. */
class HeaderFieldsTest {

    private static HeaderFields of(String text) {
        return HeaderFields.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesAreComparedWithoutCaseAndValuesAreStripped() {
        assertThat(of("NAME:  demo  \nversion:1.0\n").first("Name")).contains("demo");
        assertThat(of("NAME:  demo  \nversion:1.0\n").first("Version")).contains("1.0");
    }

    @Test
    void anIndentedLineContinuesItsField() {
        assertThat(of("License: MIT\n  and more\nName: demo\n").first("License"))
                .contains("MIT\nand more");
        assertThat(of("License: MIT\n  and more\nName: demo\n").first("Name")).contains("demo");
        assertThat(of("License: MIT\n\tand more\n").first("License")).contains("MIT\nand more");
    }

    @Test
    void anIndentedLineThatContinuesNothingIsPassedOver() {
        assertThat(of("  Version: 9\nName: demo\n").first("Version")).isEmpty();
        assertThat(of("  Version: 9\nName: demo\n").first("Name")).contains("demo");
    }

    @Test
    void ofTwoFieldsOfOneNameTheFirstCounts() {
        assertThat(of("Wheel-Version: 1.0\r\nWheel-Version: 2.0\r\n").first("Wheel-Version"))
                .contains("1.0");
    }

    @Test
    void theDescriptionBehindTheEmptyLineIsNoField() {
        assertThat(of("Name: demo\n\nVersion: 9\n").first("Version")).isEmpty();
    }

    @Test
    void aLineThatIsNoFieldEndsThem() {
        assertThat(of("Name: demo\nno field here\nVersion: 9\n").first("Version"))
                .isEmpty();
    }

    /** RFC 5322, section 3.6.8: printable ASCII without colon and space. */
    @Test
    void aNameIsPrintableAscii() {
        for (String name : new String[] {"Na me", "Na\tme", "Naïve", "Na\u007fme", ""}) {
            assertThat(of(name + ": x\nName: demo\n").first("Name")).isEmpty();
        }
        assertThat(of("!~#: x\nName: demo\n").first("Name")).contains("demo");
    }

    @Test
    void aFieldOfManyLinesIsReadOnce() {
        String text = "License: MIT\n" + " a\n".repeat(1_000_000) + "Name: demo\n";

        assertThat(of(text).first("Name")).contains("demo");
    }
}

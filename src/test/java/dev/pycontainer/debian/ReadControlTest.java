package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** deb822(5). */
class ReadControlTest {

    private static List<ControlParagraph> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<ControlParagraph> read(InputStream in) throws IOException {
        ReadControl file = new ReadControl(in, "status");
        List<ControlParagraph> all = new ArrayList<>();
        for (Optional<ControlParagraph> next = file.next(); next.isPresent(); next = file.next()) {
            all.add(next.get());
        }
        return all;
    }

    @Test
    void fieldsAreFoundWhateverTheirCase() throws IOException {
        ControlParagraph paragraph =
                read("Package: dpkg\nmulti-arch:\tforeign \t\nSHA256:0\n").get(0);

        // "the field name is Package and the field value dpkg"
        assertThat(paragraph.simple("Package")).contains("dpkg");
        assertThat(paragraph.simple("Multi-Arch")).contains("foreign");
        assertThat(paragraph.required("sha256")).isEqualTo("0");
        assertThat(paragraph.names()).containsExactly("package", "multi-arch", "sha256");
    }

    @Test
    void aFoldedFieldIsOneLogicalLine() throws IOException {
        ControlParagraph paragraph =
                read("Depends: libc6,\n zlib1g\n\t , tzdata  \nPackage: a\n").get(0);

        assertThat(paragraph.folded("Depends")).contains("libc6, zlib1g , tzdata");
        assertThat(paragraph.folded("Package")).contains("a");
    }

    @Test
    void aMultilineFieldHasItsLines() throws IOException {
        ControlParagraph paragraph = read("Conffiles:\n /etc/a 1\n /etc/b 2\nDescription: short\n long\n .\n  more\n")
                .get(0);

        assertThat(paragraph.lines("Conffiles")).containsExactly("/etc/a 1", "/etc/b 2");
        assertThat(paragraph.lines("Description")).containsExactly("short", "long", ".", "more");
        assertThat(paragraph.lines("SHA256")).isEmpty();
    }

    @Test
    void aFieldWithoutValueIsIgnored() throws IOException {
        ControlParagraph paragraph =
                read("Package: a\nRecommends:\nDepends: \n").get(0);

        assertThat(paragraph.simple("Recommends")).isEmpty();
        assertThat(paragraph.folded("Depends")).isEmpty();
    }

    // "The stanzas are separated by empty lines. Parsers may accept lines consisting solely of U+0020 SPACE and U+0009
    // TAB
    // as stanza separators".
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A: 1\n\nA: 2\n",
                "A: 1\n\nA: 2",
                "\n\nA: 1\n\n\n\nA: 2\n\n\n",
                "A: 1\n \t\nA: 2\n  ",
                " \nA: 1\n\n \n\nA: 2\n"
            })
    void paragraphsStandBetweenEmptyLines(String text) throws IOException {
        assertThat(read(text)).extracting(it -> it.required("A")).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n \n\t\n"})
    void aFileMayHaveNoParagraph(String text) throws IOException {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void linesAreTheSameWhereverTheStreamBreaks() throws IOException {
        String text = IntStream.range(0, 3000)
                .mapToObj(it -> "Package: p" + it + "\nDescription: été\n " + "x".repeat(it % 97) + "\n\n")
                .reduce("", String::concat);
        List<InputStream> bytes = text.codePoints()
                .mapToObj(Character::toString)
                .map(it -> (InputStream) new ByteArrayInputStream(it.getBytes(StandardCharsets.UTF_8)))
                .toList();

        List<String> whole = read(text).stream()
                .map(it -> it.required("Package") + it.lines("Description"))
                .toList();

        assertThat(whole).hasSize(3000);
        assertThat(read(new SequenceInputStream(Collections.enumeration(bytes))).stream()
                        .map(it -> it.required("Package") + it.lines("Description")))
                .isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Package: a#Package: b         | A paragraph has the field Package twice.       | paragraph 2 (package b) |
            Package: a#PACKAGE: b         | A paragraph has the field PACKAGE twice.       | paragraph 2 (package b) |
            Package: a#Size:#size: 1      | A paragraph has the field size twice.          | paragraph 2 (package a) |
            ' more#Package: a'            | A paragraph begins with the continuation of a field. | paragraph 2       | ` more`
            Package: a#garbage            | A line of a paragraph is no field.             | paragraph 2 (package a) | `garbage`
            Package: a#: 1                | A line of a paragraph is no field.             | paragraph 2 (package a) | `: 1`
            Package: a#A B: 1             | A line of a paragraph is no field.             | paragraph 2 (package a) | `A B: 1`
            Package: a#Ä: 1               | A line of a paragraph is no field.             | paragraph 2 (package a) | `Ä: 1`
            Package: a#-A: 1              | A line of a paragraph is no field.             | paragraph 2 (package a) | `-A: 1`
            Package: a#%                  | A line of a paragraph is no field.             | paragraph 2 (package a) | `?`
            # "comments lines [...] are only permitted in source package control files (debian/control)"
            Package: a#*A: 1              | A line of a paragraph is no field.             | paragraph 2 (package a) | `#A: 1`
            """)
    void whatIsNoParagraphIsRefused(String text, String what, String where, String why) {
        String second = text.replace('#', '\n').replace('*', '#').replace('%', '\u001b');

        assertThatThrownBy(() -> read("Package: first\n\n" + second))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(what + "\n  where  status: " + where + (why == null ? "" : "\n  why    " + why));
    }

    @Test
    void aSimpleFieldMustBeOneLine() throws IOException {
        ControlParagraph paragraph = read("Package: a\nVersion: 1\n 2\n").get(0);

        assertThatThrownBy(() -> paragraph.simple("Version")).hasMessage("""
                        The field Version of a paragraph spans lines.
                          where  status: paragraph 1 (package a)
                          why    deb822(5): it is a simple field, and must be a single line""");
    }

    @Test
    void aFieldThatMustBeThereIsNamed() throws IOException {
        ControlParagraph paragraph = read("Package: a\n").get(0);

        assertThatThrownBy(() -> paragraph.required("Version"))
                .hasMessage("A paragraph has no field Version.\n  where  status: paragraph 1 (package a)");
    }

    // "All control files must be encoded in UTF-8."
    @Test
    void anotherEncodingIsRefused() throws IOException {
        byte[] latin = "Package: a\nMaintainer: Andr\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(new ByteArrayInputStream(latin)))
                .hasMessage("A paragraph is not encoded in UTF-8.\n  where  status: paragraph 1 (package a)");
        assertThat(read("Package: a\nMaintainer: Andr\u00e9 \uFFFD\n").get(0).simple("Maintainer"))
                .contains("Andr\u00e9 \uFFFD");
    }

    @Test
    void linesParagraphsAndFieldsHaveLimits() throws IOException {
        String longest = "A: " + "x".repeat((1 << 20) - 3);

        assertThat(read(longest + "\n")).hasSize(1);
        assertThatThrownBy(() -> read(longest + "x\n")).hasMessage("""
                        A line of a paragraph is larger than 1048576 bytes, the limit for it.
                          where  status: paragraph 1""");
        assertThatThrownBy(() -> read((longest + "\n").repeat(5)))
                .hasMessage(
                        "A paragraph is larger than 4194304 bytes, the limit for it.\n  where  status: paragraph 1");
        assertThatThrownBy(() -> read(IntStream.range(0, 1001)
                        .mapToObj(it -> "F" + it + ": 1\n")
                        .reduce("", String::concat)))
                .hasMessage("A paragraph has more than 1000 fields, the limit for it.\n  where  status: paragraph 1");
    }

    @Test
    void aFileThatNeverEndsIsRefused() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };

        assertThatThrownBy(() -> read(endless))
                .hasMessageStartingWith("A line of a paragraph is larger than 1048576 bytes");
    }

    @Test
    void aFileOfOneParagraphHasOne() throws IOException {
        assertThat(only("\nPackage: a\n\n").required("Package")).isEqualTo("a");
        assertThatThrownBy(() -> only("\n")).hasMessage("There is no paragraph of fields.\n  where  control");
        assertThatThrownBy(() -> only("Package: a\n\nPackage: b\n"))
                .hasMessage("There is more than one paragraph of fields.\n  where  control");
    }

    private static ControlParagraph only(String text) throws IOException {
        return ReadControl.only(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "control");
    }
}

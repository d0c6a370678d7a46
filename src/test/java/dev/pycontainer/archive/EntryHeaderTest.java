package dev.pycontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryHeaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", ".a", "..a", "a..", "a.wh.b", "-", "größe/日本", "a b", "a\\b", "\ud83d\ude00"})
    void theseArePaths(String path) {
        assertThat(EntryHeader.file(path).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, 'it is absolute; paths in layers are relative to the image''s root'",
        "'', 'one of its segments is \"\"'",
        "a/, 'one of its segments is \"\"'",
        "a//b, 'one of its segments is \"\"'",
        "./a, 'one of its segments is \".\"'",
        "a/.., 'one of its segments is \"..\"'",
        ".wh.a, 'a name that begins with .wh. would delete a file of the layers below'",
        "a/.wh..wh..opq, 'a name that begins with .wh. would delete a file of the layers below'",
        "a/.wh.b/c, 'a name that begins with .wh. would delete a file of the layers below'",
        "'a\0b', 'it holds a NUL'",
        "'a\ud83db', 'it holds half of a surrogate pair, which UTF-8 cannot express'",
    })
    void theseAreNot(String path, String why) {
        assertThatThrownBy(() -> EntryHeader.file(path))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("\"" + path + "\" cannot be a path in an image layer.\n  why    " + why);
    }

    @Test
    void whatUstarCannotHoldIsRefused() {
        assertThatThrownBy(() -> new EntryHeader("a", 010000, 0, 0, 0))
                .hasMessage("The mode or owner of \"a\" does not fit a layer's entry.\n"
                        + "  why    mode 10000, uid 0, gid 0");
        assertThatThrownBy(() -> new EntryHeader("a", 0644, 2097152, 0, 0)).isInstanceOf(BuildRefused.class);
        assertThatThrownBy(() -> new EntryHeader("a", 0644, 0, -1, 0)).isInstanceOf(BuildRefused.class);
        assertThatThrownBy(() -> new EntryHeader("a", 0644, 0, 0, -1))
                .hasMessage("The time of \"a\" does not fit a layer's entry.\n"
                        + "  why    -1 seconds since 1970 are before 1970 or after the year 2242");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "日", "\ud83d\ude00"})
    void aNameThatNoFileSystemHoldsIsRefused(String letter) {
        int most = 255 / letter.getBytes(StandardCharsets.UTF_8).length;
        String longest = letter.repeat(most);

        assertThat(EntryHeader.file(longest + "/" + longest).path()).hasSize(2 * longest.length() + 1);
        assertThatThrownBy(() -> EntryHeader.file("a/" + longest + letter + "/b"))
                .hasMessage("\"a/" + longest + letter + "/b\" cannot be a path in an image layer.\n"
                        + "  why    one of its names is longer than 255 bytes, which no file system can hold");
    }
}

package dev.pycontainer.packaging.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** pip's "Requirements File Format", and where it is silent what pip's reader does. */
class RequirementLineTest {

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("\n \n# only a comment\n", List.of()),
                Arguments.of("a==1\nb==2", List.of("1: a==1", "2: b==2")),
                Arguments.of("a==1\r\nb==2\r\n", List.of("1: a==1", "2: b==2")),
                // "A line that begins with # is treated as a comment and ignored. Whitespace followed by a # causes the
                // #
                // and the remainder of the line to be treated as a comment."
                Arguments.of("  # no\na==1 # yes\nb==2\t# yes", List.of("2: a==1", "3: b==2")),
                Arguments.of("a==1#no-comment", List.of("1: a==1#no-comment")),
                // "A line ending in an unescaped \ is treated as a line continuation and the newline following it is
                // effectively ignored."
                Arguments.of(
                        "a==1 \\\n  --hash=x \\\n  --hash=y\nb==2",
                        List.of("1: a==1   --hash=x   --hash=y", "4: b==2")),
                Arguments.of("a=\\\n=1", List.of("1: a==1")),
                // "Comments are stripped after line continuations are processed."
                Arguments.of("a==1 \\\n# c \\\nb==2", List.of("1: a==1", "3: b==2")),
                Arguments.of("# c \\\nb==2", List.of("2: b==2")),
                Arguments.of("a==1 # c \\\nmore\nb==2", List.of("1: a==1", "3: b==2")),
                Arguments.of("\\\na==1", List.of("1: a==1")),
                Arguments.of("a==1 \\", List.of("1: a==1")));
    }

    @ParameterizedTest
    @MethodSource("files")
    void linesAreJoinedAndCommentsRemoved(String content, List<String> lines) {
        assertThat(RequirementLine.of(content).stream().map(line -> line.number() + ": " + line.text()))
                .isEqualTo(lines);
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("a==1 --hash=x", "a==1", List.of("--hash=x")),
                Arguments.of("a==1 ; extra == 'x-y'   --hash  z", "a==1 ; extra == 'x-y'", List.of("--hash", "z")),
                Arguments.of("-r other.txt", "", List.of("-r", "other.txt")),
                Arguments.of("zope-interface==1", "zope-interface==1", List.of()));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void optionsBeginAtTheFirstWordWithAHyphen(String text, String requirement, List<String> options) {
        RequirementLine line = new RequirementLine(1, text);

        assertThat(line.requirement()).isEqualTo(requirement);
        assertThat(line.options()).isEqualTo(options);
    }
}

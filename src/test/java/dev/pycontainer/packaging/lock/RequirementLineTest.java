package dev.pycontainer.packaging.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    // No outside text: str.splitlines and str.isspace of Python know more than a line feed and a blank.
    @Test
    void linesEndAndBlanksAreAsInPython() {
        assertThat(RequirementLine.of("a==1\u000Bb==2\u001Cc==3\u0085d==4\u2028e==5").stream()
                        .map(RequirementLine::text))
                .containsExactly("a==1", "b==2", "c==3", "d==4", "e==5");
        assertThat(RequirementLine.of("\u00A0# no\na==1\u00A0# yes").stream().map(RequirementLine::text))
                .containsExactly("a==1");
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("a==1 --hash=x", "a==1", List.of("--hash=x")),
                Arguments.of("a==1 ; extra == 'x-y'   --hash  z", "a==1 ; extra == 'x-y'", List.of("--hash", "z")),
                Arguments.of("-r other.txt", "", List.of("-r", "other.txt")),
                Arguments.of("zope-interface==1", "zope-interface==1", List.of()),
                Arguments.of("a==1 --x 'two words' --y=\"it's\"", "a==1", List.of("--x", "two words", "--y=it's")),
                Arguments.of("-r two\\ words.txt", "", List.of("-r", "two words.txt")),
                Arguments.of("-r \"a\\b\\\"c\"", "", List.of("-r", "a\\b\"c")),
                Arguments.of("-r 'a\\b' ''", "", List.of("-r", "a\\b", "")),
                // "break_args_options" of pip divides at blanks, not at tabs.
                Arguments.of("a==1\t--hash=x", "a==1\t--hash=x", List.of()));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void optionsBeginAtTheFirstWordWithAHyphen(String text, String requirement, List<String> options) {
        RequirementWords words = RequirementWords.of(text);

        assertThat(words.requirement()).isEqualTo(requirement);
        assertThat(words.options()).isEqualTo(options);
    }

    @Test
    void wordsThatNoShellCouldReadAreRefused() {
        assertThatThrownBy(() -> RequirementWords.of("-r 'a")).hasMessage("""
                The line's options cannot be read.
                  why    the quotation that ' begins has no end""");
        assertThatThrownBy(() -> RequirementWords.of("-r a\\")).hasMessage("""
                The line's options cannot be read.
                  why    a backslash stands before nothing""");
    }
}

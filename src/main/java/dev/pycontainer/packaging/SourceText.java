package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import java.util.function.IntPredicate;

/**
 * A text of one of PEP 508's languages, read from left to right, that can show where it went wrong: each refusal carries
 * the text and a {@code ~~~^} below the place.
 */
final class SourceText {

    private final String kind;
    private final String text;
    private int position;

    /** @param kind what the text is, for the refusal's first sentence: "The KIND cannot be read" */
    SourceText(String kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position == text.length();
    }

    /** wsp = ' ' | '\t' */
    void skipBlanks() {
        readWhile(c -> c == ' ' || c == '\t');
    }

    boolean looksAt(IntPredicate character) {
        return !atEnd() && character.test(text.charAt(position));
    }

    boolean looksAt(String literal) {
        return text.startsWith(literal, position);
    }

    /** Passes over {@code literal} where it comes next. */
    boolean accept(String literal) {
        if (!looksAt(literal)) {
            return false;
        }
        position += literal.length();
        return true;
    }

    /** Passes over {@code word} where it comes next and ends there. */
    boolean acceptWord(String word) {
        int end = position + word.length();
        if (!looksAt(word) || (end < text.length() && isWordPart(text.charAt(end)))) {
            return false;
        }
        position = end;
        return true;
    }

    String readWhile(IntPredicate character) {
        int start = position;
        while (looksAt(character)) {
            position++;
        }
        return text.substring(start, position);
    }

    static boolean isWordPart(int c) {
        return isLetterOrDigit(c) || c == '_';
    }

    /** ASCII letters and digits alone: "A distribution specification is written in ASCII text." */
    static boolean isLetterOrDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /** What comes next, quoted for a message. */
    String next() {
        return atEnd() ? "the end" : "`" + Character.toString(text.codePointAt(position)) + "`";
    }

    /** A refusal that points at the current position. */
    BuildRefused refused(String problem) {
        return refused(problem, position, position);
    }

    /** A refusal that underlines from {@code start} and points at the current position. */
    BuildRefused refusedSince(int start, String problem) {
        return refused(problem, start, position);
    }

    private BuildRefused refused(String problem, int start, int end) {
        // A tab or line end would move the marker away from its place.
        String line = text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return BuildRefused.because("The " + kind + " cannot be read: " + problem + ".")
                .why(line + "\n" + " ".repeat(start) + "~".repeat(end - start) + "^");
    }
}

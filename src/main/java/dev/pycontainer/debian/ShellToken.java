package dev.pycontainer.debian;

/**
 * A piece of a shell script: POSIX shell command language, 2.3, "Token Recognition".
 *
 * @param text as written, quotes included; of a redirection without the number before it, and empty for one to a here-document
 * @param line from 1
 */
record ShellToken(Kind kind, String text, int line) {

    /** What it is. */
    enum Kind {
        WORD,
        REDIRECTION,
        /** Also the end of a line. */
        OPERATOR,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /** Whether a command would run to make the word's text. */
    boolean substitutes() {
        return text.indexOf('`') >= 0 || text.contains("$(");
    }
}

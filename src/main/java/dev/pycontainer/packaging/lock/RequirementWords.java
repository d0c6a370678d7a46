package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.List;

/**
 * A line's two halves, as pip divides it: the requirement, whose marker no shell's rules may touch, and the words of the
 * options behind it.
 *
 * @param requirement without blanks around it; empty on a line of options alone
 */
record RequirementWords(String requirement, List<String> options) {

    RequirementWords {
        options = List.copyOf(options);
    }

    static RequirementWords of(String line) {
        // In pip a blank alone divides, and the first word that begins with a hyphen begins the options.
        int options = line.startsWith("-") ? 0 : line.indexOf(" -");
        return options < 0
                ? new RequirementWords(line.strip(), List.of())
                : new RequirementWords(line.substring(0, options).strip(), shellWords(line.substring(options)));
    }

    /** The words by the rules of Python's {@code shlex.split}: quotes, and a backslash before a character. */
    static List<String> shellWords(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escapes = c == '\\' && quote != '\'';
            if (escapes && i + 1 == text.length()) {
                throw notSplit("a backslash stands before nothing");
            } else if (escapes) {
                i++;
                char escaped = text.charAt(i);
                // "Escape characters [...] retain their special meaning only when followed by the quote in use, or the
                // escape character itself" within quotes.
                word.append(quote != 0 && escaped != quote && escaped != '\\' ? "\\" : "")
                        .append(escaped);
                begun = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (" \t\r\n".indexOf(c) >= 0) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0) {
            throw notSplit("the quotation that " + quote + " begins has no end");
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    private static BuildRefused notSplit(String why) {
        return BuildRefused.because("The line's options cannot be read.").why(why);
    }
}

package dev.pycontainer.packaging.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One logical line of a requirements file: joined, without comments, as pip's "Requirements File Format" says.
 *
 * @param number of the first physical line, from 1
 */
record RequirementLine(int number, String text) {

    // Where Python's str.splitlines divides.
    private static final Pattern LINE_END = Pattern.compile("\r\n|[\n\r\u000B\f\u001C-\u001E\u0085\u2028\u2029]");

    static List<RequirementLine> of(String content) {
        List<RequirementLine> lines = new ArrayList<>();
        String[] physical = LINE_END.split(content, -1);
        StringBuilder joined = new StringBuilder();
        int first = 0;
        boolean joining = false;
        for (int i = 0; i < physical.length; i++) {
            // "A line ending in an unescaped \ is treated as a line continuation"; a comment line ends one, as in pip.
            boolean comment = isComment(physical[i]);
            boolean continued = !comment && physical[i].endsWith("\\");
            first = joining ? first : i + 1;
            joined.append(comment ? " " : "").append(continued ? withoutSlashes(physical[i]) : physical[i]);
            joining = continued;
            if (!continued || i == physical.length - 1) {
                // "Comments are stripped after line continuations are processed."
                String text = stripped(withoutComment(joined.toString()));
                if (!text.isEmpty()) {
                    lines.add(new RequirementLine(first, text));
                }
                joined.setLength(0);
            }
        }
        return lines;
    }

    private static boolean isComment(String line) {
        return stripped(line).startsWith("#");
    }

    /** "Whitespace followed by a # causes the # and the remainder of the line to be treated as a comment." */
    private static String withoutComment(String line) {
        for (int hash = line.indexOf('#'); hash >= 0; hash = line.indexOf('#', hash + 1)) {
            if (hash == 0 || isBlank(line.charAt(hash - 1))) {
                return line.substring(0, hash);
            }
        }
        return line;
    }

    /** pip takes them from the line's beginning too. */
    private static String withoutSlashes(String line) {
        int start = 0;
        int end = line.length();
        while (end > start && line.charAt(end - 1) == '\\') {
            end--;
        }
        while (start < end && line.charAt(start) == '\\') {
            start++;
        }
        return line.substring(start, end);
    }

    private static String stripped(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** As Python's str.isspace: unlike in Java, a blank that does not break a line is one too. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    String place() {
        return "line " + number;
    }
}

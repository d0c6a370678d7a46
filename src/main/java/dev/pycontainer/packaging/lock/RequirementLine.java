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

    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s+)#.*$");
    private static final Pattern COMMENT_LINE = Pattern.compile("\\s*#.*");

    static List<RequirementLine> of(String content) {
        List<RequirementLine> lines = new ArrayList<>();
        String[] physical = content.split("\\R", -1);
        StringBuilder joined = new StringBuilder();
        int first = 0;
        for (int i = 0; i < physical.length; i++) {
            // "A line ending in an unescaped \ is treated as a line continuation"; a comment line ends one, as in pip.
            boolean comment = COMMENT_LINE.matcher(physical[i]).matches();
            boolean continued = !comment && physical[i].endsWith("\\");
            first = joined.isEmpty() ? i + 1 : first;
            joined.append(comment ? " " : "").append(continued ? withoutSlashes(physical[i]) : physical[i]);
            if (!continued || i == physical.length - 1) {
                // "Comments are stripped after line continuations are processed."
                String text = COMMENT.matcher(joined).replaceAll("").strip();
                if (!text.isEmpty()) {
                    lines.add(new RequirementLine(first, text));
                }
                joined.setLength(0);
            } else if (joined.isEmpty()) {
                joined.append(' ');
            }
        }
        return lines;
    }

    private static String withoutSlashes(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return line.substring(0, end);
    }

    /** The requirement itself: everything before the first word that begins with a hyphen. */
    String requirement() {
        int options = startOfOptions();
        return text.substring(0, options).strip();
    }

    /** The words from the first one that begins with a hyphen. */
    List<String> options() {
        String options = text.substring(startOfOptions()).strip();
        return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
    }

    private int startOfOptions() {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '-' && (i == 0 || Character.isWhitespace(text.charAt(i - 1)))) {
                return i;
            }
        }
        return text.length();
    }

    String place() {
        return "line " + number;
    }
}

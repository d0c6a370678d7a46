package dev.pycontainer.base;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which distribution a base is: os-release(5), as far as it is asked for.
 *
 * @param id such as {@code debian}; {@code linux}, as the manual page says, where there is none
 * @param name what people call it
 * @param codename such as {@code trixie}
 */
record OsRelease(String id, String name, Optional<String> codename) {

    // "a newline-separated list of environment-like shell-compatible variable assignments"
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z][A-Z0-9_]*)=(.*)");

    // In the wild: distroless' images of Debian 12 have no VERSION_CODENAME, and VERSION="Debian GNU/Linux 12
    // (bookworm)".
    private static final Pattern IN_BRACKETS = Pattern.compile(".*\\(([a-z]+)\\)");

    static OsRelease parse(String text) {
        Map<String, String> fields = new HashMap<>();
        text.lines()
                .map(String::strip)
                .map(ASSIGNMENT::matcher)
                .filter(Matcher::matches)
                .forEach(line -> {
                    String value = unquoted(line.group(2).strip());
                    if (!value.isEmpty()) {
                        fields.put(line.group(1), value);
                    }
                });
        String id = fields.getOrDefault("ID", "linux");
        Matcher version = IN_BRACKETS.matcher(fields.getOrDefault("VERSION", ""));
        return new OsRelease(
                id,
                fields.getOrDefault("PRETTY_NAME", fields.getOrDefault("NAME", id)),
                Optional.ofNullable(fields.get("VERSION_CODENAME"))
                        .or(() -> version.matches() ? Optional.of(version.group(1)) : Optional.empty()));
    }

    // "Variable assignment values must be enclosed in double or single quotes if they include spaces, [...] or other
    // special
    // characters"; what a backslash stands before is itself.
    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return (quoted ? value.substring(1, value.length() - 1) : value).replaceAll("\\\\(.)", "$1");
    }
}

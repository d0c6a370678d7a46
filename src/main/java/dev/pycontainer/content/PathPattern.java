package dev.pycontainer.content;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One pattern of paths, as of {@code python.sources.excludes}, read as Ant and Maven read theirs.
 *
 * <p>It is a relative path: {@code *} and {@code ?} stand for characters of one name, a {@code **}
 * between slashes for any number of directories. A pattern that matches a directory means everything in it.
 */
public final class PathPattern {

    private final String text;
    private final List<Name> names;

    private PathPattern(String text, List<Name> names) {
        this.text = text;
        this.names = names;
    }

    /** Reads a pattern; one that is empty, absolute or climbs is refused. */
    public static PathPattern parse(String text) {
        List<String> names = List.of((text.endsWith("/") ? text.substring(0, text.length() - 1) : text).split("/", -1));
        if (names.contains("") || names.contains(".") || names.contains("..")) {
            throw BuildRefused.because("\"" + text + "\" is not a pattern of paths.")
                    .why("a pattern is a relative path, with *, ? and ** where they are wanted")
                    .todo("write it like docs/** or **/*.json");
        }
        return new PathPattern(text, names.stream().map(Name::of).toList());
    }

    /** Whether the pattern names this path or a directory above it. */
    public boolean covers(String path) {
        return match(names, List.of(path.split("/", -1)), false);
    }

    /** Whether the pattern may name something below this directory. */
    public boolean reachesInto(String directory) {
        return match(names, List.of(directory.split("/", -1)), true);
    }

    /** @param partly whether a path that ends before the pattern does is a match */
    private static boolean match(List<Name> pattern, List<String> path, boolean partly) {
        if (pattern.isEmpty()) {
            return true;
        }
        if (path.isEmpty()) {
            return partly || pattern.stream().allMatch(Name::anyDirectories);
        }
        List<Name> rest = pattern.subList(1, pattern.size());
        if (pattern.get(0).anyDirectories()) {
            return match(rest, path, partly) || match(pattern, path.subList(1, path.size()), partly);
        }
        return pattern.get(0).matches(path.get(0)) && match(rest, path.subList(1, path.size()), partly);
    }

    @Override
    public String toString() {
        return text;
    }

    /** One name of the pattern, as an expression; {@code **} alone stands for directories. */
    private record Name(boolean anyDirectories, Pattern expression) {

        static Name of(String text) {
            StringBuilder expression = new StringBuilder();
            text.codePoints()
                    .forEach(c ->
                            expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
            return new Name(text.equals("**"), Pattern.compile(expression.toString(), Pattern.DOTALL));
        }

        boolean matches(String name) {
            return expression.matcher(name).matches();
        }
    }
}

package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import java.nio.charset.StandardCharsets;

/** Names in a tar, brought to one form. */
final class TarPath {

    private TarPath() {}

    /**
     * A path below the root: leading slashes, empty components and {@code .} fall away, as in every runtime; {@code ..}
     * is refused wherever it stands.
     */
    static String normal(String name, int limit) {
        String text = bounded(name, limit);
        StringBuilder path = new StringBuilder(text.length());
        for (int start = 0; start <= text.length(); ) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            if (text.startsWith("..", start) && end == start + 2) {
                throw BuildRefused.because("The tar has an entry \"" + name + "\", which leaves its root.");
            }
            boolean empty = end == start || (end == start + 1 && text.charAt(start) == '.');
            if (!empty) {
                path.append(path.isEmpty() ? "" : "/").append(text, start, end);
            }
            start = end + 1;
        }
        return path.toString();
    }

    static String bounded(String name, int limit) {
        // A character is at most three bytes per unit, so that a short text needs no encoding to be measured.
        if (name.length() * 3 > limit && name.getBytes(StandardCharsets.UTF_8).length > limit) {
            throw BuildRefused.because("The tar has a name of more than " + limit + " bytes, the limit for it.");
        }
        if (name.indexOf('\0') >= 0) {
            throw BuildRefused.because("The tar has a name with a NUL in it.");
        }
        return name;
    }
}

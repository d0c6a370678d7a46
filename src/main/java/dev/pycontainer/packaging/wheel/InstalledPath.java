package dev.pycontainer.packaging.wheel;

import dev.pycontainer.content.BuildRefused;
import java.nio.charset.StandardCharsets;

/** The rule for every path that a wheel may bring into an environment: it stays below its root, and it is one name. */
final class InstalledPath {

    /** NAME_MAX of every file system on which containers stand. */
    private static final int LONGEST_NAME = 255;

    private InstalledPath() {}

    /**
     * Refuses a path that is absolute, climbs, has an empty component, or would be a whiteout in a layer.
     *
     * @param what what the path is, the beginning of the refusal's sentence
     */
    static void require(String path, String what) {
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw refused(path, what, "its parts may not be empty, \".\" or \"..\"");
            }
            if (part.indexOf('\\') >= 0 || hasControl(part)) {
                throw refused(path, what, "it holds a backslash or a control character");
            }
            // A character is at most three bytes for each unit, so that a short one needs no encoding to be measured.
            if (part.length() * 3 > LONGEST_NAME && part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                throw refused(
                        path,
                        what,
                        "one of its names is longer than the " + LONGEST_NAME + " bytes that file systems hold");
            }
            if (part.startsWith(".wh.")) {
                throw refused(path, what, "in an image's layer, a name that begins with \".wh.\" deletes a file");
            }
        }
    }

    private static boolean hasControl(String part) {
        for (int i = 0; i < part.length(); i++) {
            if (Character.isISOControl(part.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static BuildRefused refused(String path, String what, String why) {
        StringBuilder shown = new StringBuilder();
        path.chars().forEach(c -> shown.append(Character.isISOControl(c) ? '?' : (char) c));
        return BuildRefused.because(what + " \"" + shown + "\" is not a path that can be installed.")
                .why(why);
    }
}

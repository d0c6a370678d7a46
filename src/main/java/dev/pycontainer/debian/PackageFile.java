package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.util.regex.Pattern;

/**
 * Where the archive of a package lies and what its bytes are: the fields {@code Filename}, {@code Size} and
 * {@code SHA256} of a {@code Packages} file.
 *
 * @param path below the mirror's root; its parts are neither empty nor {@code .} nor {@code ..}
 * @param size in bytes
 */
public record PackageFile(String path, long size, Digest sha256) {

    // What names and versions may hold as Policy allows them, less the colon, which could make a scheme of what is
    // before
    // it. That of an epoch is percent-encoded in some archives; no other code is let through, it could be one of a dot.
    private static final Pattern PART = Pattern.compile("(?:[A-Za-z0-9+._~-]|%3[aA])++");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");
    private static final int MAXIMUM_PATH = 1000;

    public PackageFile {
        if (!isPath(path)) {
            throw BuildRefused.because(
                    "\"" + Excerpt.of(path) + "\" is not the path of a package below a mirror's root.");
        }
        if (size < 0) {
            throw BuildRefused.because(size + " is not the size of a package.");
        }
    }

    /** The file that a paragraph of {@code Packages} names; one whose path leaves the mirror's root is refused. */
    public static PackageFile of(ControlParagraph paragraph) {
        try {
            String path = paragraph.required("Filename");
            return new PackageFile(
                    // Flat archives write it so.
                    path.startsWith("./") ? path.substring(2) : path,
                    size(paragraph.required("Size")),
                    new Digest(paragraph.required("SHA256")));
        } catch (BuildRefused e) {
            throw e.in(paragraph.place());
        }
    }

    private static long size(String text) {
        if (!SIZE.matcher(text).matches()) {
            throw BuildRefused.because("\"" + Excerpt.of(text) + "\" is not the size of a package.");
        }
        return Long.parseLong(text);
    }

    private static boolean isPath(String path) {
        if (path.length() > MAXIMUM_PATH) {
            return false;
        }
        for (String part : path.split("/", -1)) {
            if (!PART.matcher(part).matches() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }
}

package dev.pycontainer.debian;

import java.util.Set;

/**
 * Where files lie in a system with a merged {@code /usr}, which Debian 12 and 13 are: {@code /bin}, {@code /lib} and their
 * like are links, and what a package names below them is below {@code /usr}.
 *
 * <p>An entry of a layer below such a link would replace it by a directory, and with it all programs.
 */
public final class UsrMerge {

    /** base-files' own list, for all architectures. */
    private static final Set<String> MERGED = Set.of("bin", "sbin", "lib", "lib32", "lib64", "libo32", "libx32");

    private UsrMerge() {}

    /** Whether this is one of the links themselves, whatever a package has in its place. */
    static boolean isLink(String path) {
        return MERGED.contains(path);
    }

    /** Where the file lies; a path without a slash at either end. */
    static String path(String path) {
        int slash = path.indexOf('/');
        return slash > 0 && MERGED.contains(path.substring(0, slash)) ? "usr/" + path : path;
    }
}

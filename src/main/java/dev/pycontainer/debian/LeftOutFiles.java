package dev.pycontainer.debian;

import java.util.regex.Pattern;

/**
 * What packages hold and no image of a service needs: documentation, manual pages, translations, menus, as Debian's own
 * minimal images leave it out ({@code path-exclude} in dpkg(1)). Licences stay, in every {@code copyright} file.
 */
final class LeftOutFiles {

    private static final Pattern PATHS = Pattern.compile("usr/share/(?:"
            + "(?:man|info|locale|lintian|doc-base|bug|menu|pixmaps|applications|binfmts)(?:/.*)?"
            // A link beside the packages' directories leads to the licence of another package of the same source.
            + "|doc/[^/]+/(?!copyright$).*"
            + "|zoneinfo/(?:right|posix)(?:/.*)?)");

    private LeftOutFiles() {}

    static boolean hold(String path) {
        return PATHS.matcher(path).matches();
    }
}

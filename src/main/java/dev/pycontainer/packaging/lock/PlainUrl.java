package dev.pycontainer.packaging.lock;

import java.util.Optional;

/**
 * The shape of nearly all URLs in locks: a scheme, a host of letters and digits, and a path in which no character stands
 * for another. What has this shape means the same to every reader; thousands of them need no parser.
 */
final class PlainUrl {

    private static final int LONGEST_HOST = 253;
    private static final int LONGEST_LABEL = 63;

    /** By character: letters and digits, and what else stands for itself in a path. */
    private static final boolean[] OF_PATH = ofPath();

    private PlainUrl() {}

    /** The path's last segment; nothing of a URL that is not as plain, whose meaning a parser must tell. */
    static Optional<String> fileName(String url) {
        int host =
                url.startsWith("https://") ? "https://".length() : url.startsWith("http://") ? "http://".length() : 0;
        int path = host == 0 ? -1 : endOfHost(url, host);
        if (path < 0) {
            return Optional.empty();
        }
        for (int i = path; i < url.length(); i++) {
            char c = url.charAt(i);
            // A segment that begins with a dot may be one that leads elsewhere.
            if (!isOfPath(c) || (c == '.' && url.charAt(i - 1) == '/')) {
                return Optional.empty();
            }
        }
        String name = url.substring(url.lastIndexOf('/') + 1);
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /** Where the first slash of the path is; -1 where the host is not plain, or followed by anything else. */
    private static int endOfHost(String url, int begin) {
        int label = begin;
        for (int i = begin; i < url.length() && i - begin <= LONGEST_HOST; i++) {
            char c = url.charAt(i);
            if (c == '.' || c == '/') {
                if (i == label || i - label > LONGEST_LABEL) {
                    return -1;
                }
                if (c == '/') {
                    return i;
                }
                label = i + 1;
            } else if (!isLowerOrDigit(c) && (c != '-' || url.charAt(i - 1) == '-' || i == label)) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static boolean isOfPath(char c) {
        return c < OF_PATH.length && OF_PATH[c];
    }

    private static boolean[] ofPath() {
        boolean[] ofPath = new boolean[128];
        for (char c = 0; c < ofPath.length; c++) {
            ofPath[c] = isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || "/-._+~".indexOf(c) >= 0;
        }
        return ofPath;
    }
}

package dev.pycontainer.debian;

import java.nio.charset.StandardCharsets;

/**
 * An entry of an image that no package holds: what a script would have made.
 *
 * @param path relative to the root, without a slash at either end
 * @param mode the twelve permission bits
 * @param text a link's target, or a file's bytes, one char each, so that none is lost whatever they mean; else empty
 */
public record DataEntry(String path, Kind kind, int mode, int uid, int gid, String text) {

    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;
    private static final int LINK_MODE = 0777;

    /** What it is. */
    public enum Kind {
        FILE,
        DIRECTORY,
        LINK
    }

    /** The bytes of a file. */
    public byte[] content() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static DataEntry file(String path, byte[] content) {
        return new DataEntry(path, Kind.FILE, FILE_MODE, 0, 0, new String(content, StandardCharsets.ISO_8859_1));
    }

    static DataEntry directory(String path) {
        return directory(path, DIRECTORY_MODE);
    }

    static DataEntry directory(String path, int mode) {
        return new DataEntry(path, Kind.DIRECTORY, mode, 0, 0, "");
    }

    static DataEntry link(String path, String target) {
        return new DataEntry(path, Kind.LINK, LINK_MODE, 0, 0, target);
    }
}

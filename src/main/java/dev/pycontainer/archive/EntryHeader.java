package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import java.nio.charset.StandardCharsets;

/**
 * What a layer says of one entry besides its content; valid from birth.
 *
 * @param path relative, with {@code /} between its segments and none at its end; where a leading {@code /}, an empty
 *     segment, {@code .}, {@code ..}, a NUL, a name beginning with {@code .wh.} or one of more than 255 bytes stands, it is refused
 * @param mode the permission bits, 0 to 07777
 * @param uid the owner's number, 0 to 2,097,151, what a ustar header holds; likewise {@code gid}
 * @param mtime seconds since 1970-01-01T00:00:00Z, never negative
 */
public record EntryHeader(String path, int mode, int uid, int gid, long mtime) {

    /** 1980-01-01T00:00:00Z, the earliest time that zip archives can hold too. */
    public static final long CONSTANT_TIME = 315532800;

    /** NAME_MAX of every file system on which containers stand. */
    private static final int LONGEST_SEGMENT = 255;

    private static final int OCTAL_7 = 0x1fffff;
    private static final long OCTAL_11 = 0x1ffffffffL;

    public EntryHeader {
        String fault = faultOf(path);
        if (!fault.isEmpty()) {
            throw BuildRefused.because("\"" + path + "\" cannot be a path in an image layer.")
                    .why(fault);
        }
        if (mode < 0 || mode > 07777 || uid < 0 || uid > OCTAL_7 || gid < 0 || gid > OCTAL_7) {
            throw BuildRefused.because("The mode or owner of \"" + path + "\" does not fit a layer's entry.")
                    .why("mode " + Integer.toOctalString(mode) + ", uid " + uid + ", gid " + gid);
        }
        if (mtime < 0 || mtime > OCTAL_11) {
            throw BuildRefused.because("The time of \"" + path + "\" does not fit a layer's entry.")
                    .why(mtime + " seconds since 1970 are before 1970 or after the year 2242");
        }
    }

    /** 0644, 0:0, the constant time. */
    public static EntryHeader file(String path) {
        return new EntryHeader(path, 0644, 0, 0, CONSTANT_TIME);
    }

    /** 0755, 0:0, the constant time. */
    public static EntryHeader executable(String path) {
        return new EntryHeader(path, 0755, 0, 0, CONSTANT_TIME);
    }

    /** 0755, 0:0, the constant time. */
    public static EntryHeader directory(String path) {
        return new EntryHeader(path, 0755, 0, 0, CONSTANT_TIME);
    }

    /** 0777, 0:0, the constant time. */
    public static EntryHeader link(String path) {
        return new EntryHeader(path, 0777, 0, 0, CONSTANT_TIME);
    }

    private static String faultOf(String path) {
        if (path.startsWith("/")) {
            return "it is absolute; paths in layers are relative to the image's root";
        }
        if (path.indexOf('\0') >= 0) {
            return "it holds a NUL";
        }
        if (!isUtf8(path)) {
            return "it holds half of a surrogate pair, which UTF-8 cannot express";
        }
        for (int from = 0; from <= path.length(); ) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            int length = to - from;
            if (length == 0
                    || (length == 1 && path.startsWith(".", from))
                    || (length == 2 && path.startsWith("..", from))) {
                return "one of its segments is \"" + path.substring(from, to) + "\"";
            }
            // A character is at most three bytes per unit, so that a short one needs no encoding to be measured.
            if (length * 3 > LONGEST_SEGMENT
                    && path.substring(from, to).getBytes(StandardCharsets.UTF_8).length > LONGEST_SEGMENT) {
                return "one of its names is longer than " + LONGEST_SEGMENT + " bytes, which no file system can hold";
            }
            // OCI image specification, "Image Layer Filesystem Changeset", "Whiteouts".
            if (path.startsWith(".wh.", from)) {
                return "a name that begins with .wh. would delete a file of the layers below";
            }
            from = to + 1;
        }
        return "";
    }

    /** Whether the text has only whole surrogate pairs. */
    static boolean isUtf8(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return StandardCharsets.UTF_8.newEncoder().canEncode(text);
            }
        }
        return true;
    }
}

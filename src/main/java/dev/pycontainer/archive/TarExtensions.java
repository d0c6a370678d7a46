package dev.pycontainer.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What stands before an entry's header and goes beyond it: PAX records (POSIX.1-2001, "pax Header Block") and GNU long names. */
final class TarExtensions {

    private static final int SIZE_DIGITS = 18;

    private final int nameBytes;
    private @Nullable String path;
    private @Nullable String linkPath;
    private @Nullable Long size;
    private @Nullable Long uid;
    private @Nullable Long gid;
    private boolean sparse;

    TarExtensions(int nameBytes) {
        this.nameBytes = nameBytes;
    }

    void longName(byte[] bytes) {
        path = untilNul(bytes);
    }

    void longLink(byte[] bytes) {
        linkPath = untilNul(bytes);
    }

    /** "%d %s=%s\n", length, keyword, value: the length counts the whole record with its own digits. */
    void pax(byte[] bytes) {
        for (int start = 0; start < bytes.length; ) {
            int blank = indexOf(bytes, ' ', start, Math.min(bytes.length, start + 8));
            int length = (int) digits(bytes, start, blank);
            int end = start + length;
            int equals = indexOf(bytes, '=', blank, Math.min(bytes.length, end));
            if (end > bytes.length || equals >= end || bytes[end - 1] != '\n') {
                throw malformed();
            }
            String keyword = new String(bytes, blank + 1, equals - blank - 1, StandardCharsets.UTF_8);
            record(keyword, Arrays.copyOfRange(bytes, equals + 1, end - 1));
            start = end;
        }
    }

    Optional<String> path() {
        return Optional.ofNullable(path);
    }

    Optional<String> linkPath() {
        return Optional.ofNullable(linkPath);
    }

    OptionalLong size() {
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    OptionalLong uid() {
        return uid == null ? OptionalLong.empty() : OptionalLong.of(uid);
    }

    OptionalLong gid() {
        return gid == null ? OptionalLong.empty() : OptionalLong.of(gid);
    }

    boolean isSparse() {
        return sparse;
    }

    private void record(String keyword, byte[] value) {
        switch (keyword) {
            // An empty value takes the record back, and the header's own field counts again.
            case "path" -> path = value.length == 0 ? null : ReadHeader.decode(value);
            case "linkpath" -> linkPath = value.length == 0 ? null : ReadHeader.decode(value);
            case "size" -> size = value.length == 0 ? null : digits(value, 0, value.length);
            case "uid" -> uid = value.length == 0 ? null : owner(value);
            case "gid" -> gid = value.length == 0 ? null : owner(value);
            // GNU's sparse files are named by a record of their own.
            case "GNU.sparse.name" -> {
                path = ReadHeader.decode(value);
                sparse = true;
            }
            default -> sparse |= keyword.startsWith("GNU.sparse.");
        }
        if (path != null) {
            TarPath.bounded(path, nameBytes);
        }
    }

    private static long owner(byte[] value) {
        return value[0] == '-' ? -digits(value, 1, value.length) : digits(value, 0, value.length);
    }

    private static long digits(byte[] bytes, int start, int end) {
        if (end <= start || end - start > SIZE_DIGITS) {
            throw malformed();
        }
        long value = 0;
        for (int at = start; at < end; at++) {
            if (bytes[at] < '0' || bytes[at] > '9') {
                throw malformed();
            }
            value = value * 10 + bytes[at] - '0';
        }
        return value;
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        throw malformed();
    }

    private static String untilNul(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return ReadHeader.decode(Arrays.copyOf(bytes, end));
    }

    private static RuntimeException malformed() {
        return ReadHeader.damaged("a PAX record is malformed");
    }
}

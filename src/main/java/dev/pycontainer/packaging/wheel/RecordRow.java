package dev.pycontainer.packaging.wheel;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One row of RECORD.
 *
 * @param path of the file, relative to the directory that holds the {@code .dist-info} directory
 * @param hash empty for RECORD itself
 * @param size in bytes; empty for RECORD itself
 */
record RecordRow(String path, Optional<RecordHash> hash, OptionalLong size) {

    static RecordRow of(String path, RecordHash hash, long size) {
        return new RecordRow(path, Optional.of(hash), OptionalLong.of(size));
    }

    static RecordRow ofItself(String path) {
        return new RecordRow(path, Optional.empty(), OptionalLong.empty());
    }

    /** The row as uv writes it: quoted only where it must be. */
    @Override
    public String toString() {
        return quoted(path) + "," + hash.map(RecordHash::toString).orElse("") + ","
                + (size.isPresent() ? Long.toString(size.getAsLong()) : "");
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}

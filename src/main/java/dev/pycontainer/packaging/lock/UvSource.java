package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.TomlTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a package of {@code uv.lock} comes from; two packages of one name and version may differ in it alone.
 *
 * @param value a URL, or a path relative to the directory of the lock
 * @param subdirectory of an archive at a URL
 */
record UvSource(Kind kind, String value, Optional<String> subdirectory) {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*", Pattern.DOTALL);

    /** What a source can be; where a lock gives several, the first of them counts, as with uv. */
    enum Kind {
        REGISTRY,
        GIT,
        URL,
        PATH,
        DIRECTORY,
        EDITABLE,
        VIRTUAL;

        private static final List<Kind> ALL = List.of(values());

        private final String key = name().toLowerCase(Locale.ROOT);

        private static Optional<Kind> of(TomlTable table) {
            for (Kind kind : ALL) {
                if (table.has(kind.key)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }

        @Override
        public String toString() {
            return key;
        }
    }

    static UvSource of(TomlTable table) {
        Kind kind = Kind.of(table)
                .orElseThrow(() -> table.refused("The source is of no kind that is known.")
                        .why(table.keys().isEmpty() ? "it says nothing" : "it says " + String.join(", ", table.keys()))
                        .todo("lock again with a version of uv that writes version 1"));
        return new UvSource(kind, table.text(kind.key).orElse(""), table.text("subdirectory"));
    }

    /** Whether it is a project on disk, whatever becomes of it. */
    boolean isProject() {
        return kind == Kind.DIRECTORY || kind == Kind.EDITABLE || kind == Kind.VIRTUAL;
    }

    /** Whether the registry, which may be a directory of wheels, is one that is asked over the network. */
    boolean isUrl() {
        return SCHEME.matcher(value).matches();
    }

    /** The path in this source; it may leave the lock's directory, as with uv, but is relative to it. */
    Path in(Path directory) {
        return LockedPath.of(directory, value);
    }
}

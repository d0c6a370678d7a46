package dev.pycontainer.layer;

import dev.pycontainer.archive.EntryHeader;
import dev.pycontainer.archive.LayerWriter;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The entries of a layer to be, in the order in which they are written.
 *
 * <p>An entry for a directory that the base has replaces its mode and owner. So there are entries only for directories
 * that are the image's own; runtimes make the others, with mode 0755, where they are missing.
 */
final class LayerTree {

    /** What writes one entry, under its header. */
    interface Entry {
        void writeTo(LayerWriter layer) throws IOException;

        /** Whether this is a directory, which may hold other entries. */
        default boolean isDirectory() {
            return false;
        }
    }

    private record Directory(EntryHeader header) implements Entry {
        @Override
        public void writeTo(LayerWriter layer) throws IOException {
            layer.directory(header);
        }

        @Override
        public boolean isDirectory() {
            return true;
        }
    }

    private final SortedMap<String, Entry> entries = new TreeMap<>(Utf8Order.INSTANCE);
    private final Set<String> parents = new HashSet<>();
    private final Predicate<String> own;
    private final long directoryTime;

    /** @param own whether a directory, a path without a slash at either end, is the image's own and gets an entry */
    LayerTree(Predicate<String> own) {
        this(own, EntryHeader.CONSTANT_TIME);
    }

    /** @param directoryTime of the directories above files, in seconds since 1970 */
    LayerTree(Predicate<String> own, long directoryTime) {
        this.own = own;
        this.directoryTime = directoryTime;
    }

    /** The directories strictly below a directory such as {@code opt/venv}. */
    static Predicate<String> below(String directory) {
        return path -> path.startsWith(directory + "/");
    }

    /** A directory and those below it. */
    static Predicate<String> from(String directory) {
        return below(directory).or(directory::equals);
    }

    /** Adds a directory with a mode or owner of its own. */
    void directory(EntryHeader header) {
        add(header.path(), new Directory(header));
    }

    /** Adds a directory of the usual kind, and those above it. */
    void directories(String path) {
        directoriesAbove(path + "/");
    }

    /** Adds an entry, and the directories above it. */
    void add(String path, Entry entry) {
        directoriesAbove(path);
        Entry other = entries.put(path, entry);
        if (other != null && !(other.isDirectory() && entry.isDirectory())) {
            throw BuildRefused.because("Two files of one layer would stand at /" + path + ".");
        }
    }

    private void directoriesAbove(String path) {
        // Those above a known parent are known too.
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            String parent = path.substring(0, slash);
            if (!parents.add(parent)) {
                return;
            }
            if (own.test(parent)) {
                entries.putIfAbsent(parent, new Directory(new EntryHeader(parent, 0755, 0, 0, directoryTime)));
            }
        }
    }

    void writeTo(LayerWriter layer) throws IOException {
        requireNoFileIsADirectory();
        for (Entry entry : entries.values()) {
            entry.writeTo(layer);
        }
    }

    private void requireNoFileIsADirectory() {
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (!entry.getValue().isDirectory() && parents.contains(entry.getKey())) {
                throw BuildRefused.because("/" + entry.getKey() + " would be a file and a directory of one layer.");
            }
        }
    }
}

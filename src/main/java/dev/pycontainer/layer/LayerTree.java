package dev.pycontainer.layer;

import dev.pycontainer.archive.EntryHeader;
import dev.pycontainer.archive.LayerWriter;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The entries of a layer to be, in the order in which they are written.
 *
 * <p>An entry for a directory that the base has replaces its mode and owner. So there are entries only for directories
 * that are the image's own; runtimes make the others, with mode 0755, where they are missing.
 */
final class LayerTree {

    /** What writes a file or link. */
    interface Content {
        void writeTo(LayerWriter layer) throws IOException;
    }

    /** One entry. */
    interface Entry extends Content {
        String path();

        /** Whether this is a directory, which may hold other entries. */
        default boolean isDirectory() {
            return false;
        }
    }

    private record Directory(EntryHeader header) implements Entry {
        @Override
        public String path() {
            return header.path();
        }

        @Override
        public void writeTo(LayerWriter layer) throws IOException {
            layer.directory(header);
        }

        @Override
        public boolean isDirectory() {
            return true;
        }
    }

    private record File(String path, Content content) implements Entry {
        @Override
        public void writeTo(LayerWriter layer) throws IOException {
            content.writeTo(layer);
        }
    }

    private final List<Entry> files = new ArrayList<>();
    private final Map<String, Directory> directories = new HashMap<>();
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
        directoriesAbove(header.path());
        directories.put(header.path(), new Directory(header));
    }

    /** Adds a directory of the usual kind, and those above it. */
    void directories(String path) {
        directoriesAbove(path + "/");
    }

    /** Adds a file or link, and the directories above it. */
    void add(String path, Content content) {
        add(new File(path, content));
    }

    /** The same of one that works its path out when it is asked, since there may be very many. */
    void add(Entry file) {
        directoriesAbove(file.path());
        files.add(file);
    }

    private void directoriesAbove(String path) {
        // Those above a known parent are known too.
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            String parent = path.substring(0, slash);
            if (!parents.add(parent)) {
                return;
            }
            if (own.test(parent)) {
                directories.putIfAbsent(parent, new Directory(new EntryHeader(parent, 0755, 0, 0, directoryTime)));
            }
        }
    }

    void writeTo(LayerWriter layer) throws IOException {
        List<Entry> entries = new ArrayList<>(files);
        entries.addAll(directories.values());
        // They mostly come in order, so that this is little work.
        entries.sort(Comparator.comparing(Entry::path, Utf8Order.INSTANCE));
        requireOneOfEachPath(entries);
        for (Entry entry : entries) {
            entry.writeTo(layer);
        }
    }

    private void requireOneOfEachPath(List<Entry> entries) {
        String last = "";
        for (Entry entry : entries) {
            String path = entry.path();
            if (!entry.isDirectory() && parents.contains(path)) {
                throw BuildRefused.because("/" + path + " would be a file and a directory of one layer.");
            }
            if (path.equals(last)) {
                throw BuildRefused.because("Two files of one layer would stand at /" + path + ".");
            }
            last = path;
        }
    }
}

package dev.pycontainer.project;

import dev.pycontainer.content.Utf8Order;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a project that go into its layer, in the order of their paths' UTF-8 bytes. */
public final class SourceFiles implements Iterable<SourceFile> {

    private final NavigableMap<String, SourceFile> byPath = new TreeMap<>(Utf8Order.INSTANCE);

    private SourceFiles(Collection<SourceFile> files) {
        files.forEach(file -> byPath.put(file.path(), file));
    }

    static SourceFiles of(Collection<SourceFile> files) {
        return new SourceFiles(files);
    }

    @Override
    public Iterator<SourceFile> iterator() {
        return files().iterator();
    }

    public List<SourceFile> files() {
        return List.copyOf(byPath.values());
    }

    /** The file or link at this path, relative to the project. */
    public Optional<SourceFile> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** Whether there is a file below this directory. */
    public boolean hasDirectory(String path) {
        return below(path).findFirst().isPresent();
    }

    /** The files below this directory; all for the empty path. */
    public Stream<SourceFile> below(String directory) {
        String prefix = directory.isEmpty() ? "" : directory + "/";
        return byPath.tailMap(prefix, true).values().stream()
                .takeWhile(file -> file.path().startsWith(prefix));
    }

    /** These without those below any of the directories. */
    public SourceFiles without(Collection<String> directories) {
        return of(files().stream()
                .filter(file ->
                        directories.stream().noneMatch(directory -> file.path().startsWith(directory + "/")))
                .toList());
    }

    /** The names of the entries right below a directory, in order; those of directories end with {@code /}. */
    Stream<String> names(String directory) {
        int start = directory.isEmpty() ? 0 : directory.length() + 1;
        return below(directory)
                .map(file -> {
                    int end = file.path().indexOf('/', start);
                    return file.path().substring(start, end < 0 ? file.path().length() : end + 1);
                })
                .distinct()
                .sorted(Comparator.comparing((String name) -> name, Utf8Order.INSTANCE));
    }
}

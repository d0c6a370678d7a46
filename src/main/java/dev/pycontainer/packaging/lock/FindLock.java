package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Utf8Order;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Finds the one lock file of a project: in its directory, or where the workspace of uv is whose member it is. */
public final class FindLock {

    private static final String UV_LOCK = "uv.lock";

    private final Disk disk;

    public FindLock(Disk disk) {
        this.disk = disk;
    }

    /**
     * The path of the lock file.
     *
     * @param configured the file that the user named, relative to the directory; nothing is looked for then
     * @param pyproject the tree of {@code pyproject.toml} where there is one: it tells which tool's command to advise
     */
    public Path in(Path directory, Optional<Path> configured, Optional<JsonNode> pyproject) {
        if (configured.isPresent()) {
            return directory.resolve(configured.get());
        }
        List<Path> entries = entriesOf(directory);
        List<Path> own = found(entries, true);
        Optional<Path> workspace = pyproject
                .filter(present -> own.stream().allMatch(FindLock::isUvLock))
                .flatMap(present -> UvWorkspace.rootOf(disk, directory, present));
        List<Path> locks = workspace.map(this::lockOfWorkspace).orElse(own);
        if (locks.size() > 1) {
            String names = locks.stream().map(FindLock::nameOf).collect(Collectors.joining(" and "));
            throw BuildRefused.because("The project has more than one lock file: " + names + ".")
                    .why("they may disagree, and nothing says which one is meant")
                    .todo("name one of them as python.lock, or delete the others")
                    .in(directory.toString());
        }
        return locks.stream()
                .findFirst()
                .or(() -> found(entries, false).stream().findFirst())
                .orElseThrow(() -> BuildRefused.because("The project has no lock file.")
                        .why("an image is built from exact packages with hashes, never from a resolver's choice")
                        .todo(new LockCommand(
                                        pyproject,
                                        entries.stream().filter(disk::isFile).toList(),
                                        workspace)
                                .advice())
                        .in(directory.toString()));
    }

    /** Whether a directory holds a lock file of any kind. */
    public boolean isIn(Path directory) {
        List<Path> entries = entriesOf(directory);
        return !found(entries, true).isEmpty() || !found(entries, false).isEmpty();
    }

    // As uv does: a lock that a member has of the time before it was one is passed over.
    private List<Path> lockOfWorkspace(Path root) {
        return Stream.of(root.resolve(UV_LOCK)).filter(disk::isFile).toList();
    }

    private static boolean isUvLock(Path file) {
        return nameOf(file).equals(UV_LOCK);
    }

    private List<Path> found(List<Path> entries, boolean ofTool) {
        return entries.stream()
                .filter(file -> LockReader.FORMATS.stream()
                        .anyMatch(format -> format.ofTool() == ofTool && format.isFoundAs(file)))
                .filter(disk::isFile)
                .toList();
    }

    private List<Path> entriesOf(Path directory) {
        List<Path> entries;
        try {
            entries = disk.list(directory);
        } catch (IOException e) {
            throw BuildRefused.because("The project's directory " + directory + " cannot be read.")
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
        entries.sort((left, right) -> Utf8Order.INSTANCE.compare(nameOf(left), nameOf(right)));
        return entries;
    }

    static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }
}

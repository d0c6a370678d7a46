package dev.pycontainer.project;

import dev.pycontainer.content.BoundedInputStream;
import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .gitignore} files from the repository's root down to one directory, as gitignore(5) reads them.
 *
 * <p>Nothing outside the tree counts: neither {@code core.excludesFile} nor {@code .git/info/exclude}, so that every
 * clone answers alike. Whether a file is tracked is not asked either.
 */
final class IgnoreRules {

    private static final String NAME = ".gitignore";
    private static final long LIMIT = 16 << 20;

    private final Disk disk;
    private final @Nullable IgnoreRules outer;
    private final IgnoreNode own;
    /** This directory's path below the outer one, with {@code /} at its end; empty for the outermost. */
    private final String below;

    private IgnoreRules(Disk disk, @Nullable IgnoreRules outer, String below, IgnoreNode own) {
        this.disk = disk;
        this.outer = outer;
        this.below = below;
        this.own = own;
    }

    /**
     * The rules that hold in the project's own directory.
     *
     * <p>They begin at the root of the repository. Where an outer file ignores the project itself, as it does for a
     * project that was copied into a build directory, they begin at the project.
     */
    static IgnoreRules forProject(Disk disk, Path project) throws IOException {
        Path directory = project.toAbsolutePath().normalize();
        Optional<Path> root = repositoryOf(disk, directory);
        if (root.isEmpty()) {
            return startingAt(disk, directory);
        }
        IgnoreRules rules = startingAt(disk, root.get());
        Path reached = root.get();
        for (Path name : root.get().relativize(directory)) {
            if (name.toString().isEmpty()) {
                break;
            }
            String text = FileName.of(reached.resolve(name));
            if (rules.ignores(text, true)) {
                return startingAt(disk, directory);
            }
            reached = reached.resolve(name);
            rules = rules.in(reached, text);
        }
        return rules;
    }

    /** The nearest directory, upwards from the given one, that holds {@code .git}. */
    private static Optional<Path> repositoryOf(Disk disk, Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            if (disk.exists(at.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static IgnoreRules startingAt(Disk disk, Path directory) throws IOException {
        return new IgnoreRules(disk, null, "", read(disk, directory));
    }

    /** The rules that hold in the directory of this name, which lies at {@code directory}. */
    IgnoreRules in(Path directory, String name) throws IOException {
        return new IgnoreRules(disk, this, name + "/", read(disk, directory));
    }

    private static IgnoreNode read(Disk disk, Path directory) throws IOException {
        IgnoreNode node = new IgnoreNode();
        Path file = directory.resolve(NAME);
        // git does not follow a .gitignore that is a symbolic link.
        if (disk.isFile(file, LinkOption.NOFOLLOW_LINKS)) {
            try (InputStream in = new BoundedInputStream(disk.open(file), LIMIT, file.toString())) {
                node.parse(in);
            }
        }
        return node;
    }

    /** Whether these rules, the innermost first, ignore the entry of this name in this directory. */
    boolean ignores(String name, boolean isDirectory) {
        String path = name;
        for (IgnoreRules rules = this; rules != null; rules = rules.outer) {
            Boolean answer = rules.own.checkIgnored(path, isDirectory);
            if (answer != null) {
                return answer;
            }
            path = rules.below + path;
        }
        return false;
    }
}

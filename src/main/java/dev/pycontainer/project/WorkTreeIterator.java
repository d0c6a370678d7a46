package dev.pycontainer.project;

import dev.pycontainer.content.Executable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.eclipse.jgit.treewalk.WorkingTreeOptions;

/**
 * The files of a git working tree for JGit, under the names that they really have.
 *
 * <p>JGit's own iterator lists them by {@code java.io.File}, whose names are broken where the JVM was started with
 * {@code LC_ALL=C}; and it takes a pipe for a file, whose opening would wait for ever.
 */
final class WorkTreeIterator extends WorkingTreeIterator {

    private final Path directory;
    private final Collection<Path> lookedAt;

    /** @param lookedAt gets every directory that is listed, and every file in it */
    WorkTreeIterator(Repository repository, Path root, Collection<Path> lookedAt) throws IOException {
        super(repository.getConfig().get(WorkingTreeOptions.KEY));
        this.directory = root;
        this.lookedAt = lookedAt;
        init(entriesOf(root));
        initRootIterator(repository);
    }

    private WorkTreeIterator(WorkTreeIterator parent, Path directory) throws IOException {
        super(parent);
        this.directory = directory;
        this.lookedAt = parent.lookedAt;
        init(entriesOf(directory));
    }

    @Override
    public AbstractTreeIterator createSubtreeIterator(ObjectReader reader) throws IOException {
        return new WorkTreeIterator(this, ((PathEntry) current()).path);
    }

    @Override
    protected byte[] idSubmodule(Entry entry) {
        return idSubmodule(directory.toFile(), entry);
    }

    @Override
    protected String readSymlinkTarget(Entry entry) throws IOException {
        return LinkTarget.of(Files.readSymbolicLink(((PathEntry) entry).path));
    }

    private Entry[] entriesOf(Path directory) throws IOException {
        lookedAt.add(directory);
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (!attributes.isOther()) {
                    entries.add(new PathEntry(path, attributes));
                    if (!attributes.isDirectory()) {
                        lookedAt.add(path);
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries.toArray(Entry[]::new);
    }

    private static final class PathEntry extends Entry {

        private final Path path;
        private final String name;
        private final BasicFileAttributes attributes;
        private final FileMode mode;

        PathEntry(Path path, BasicFileAttributes attributes) throws IOException {
            this.path = path;
            this.name = FileName.of(path);
            this.attributes = attributes;
            this.mode = modeOf(path, attributes);
        }

        private static FileMode modeOf(Path path, BasicFileAttributes attributes) throws IOException {
            if (attributes.isSymbolicLink()) {
                return FileMode.SYMLINK;
            }
            if (attributes.isDirectory()) {
                return Files.exists(path.resolve(".git")) ? FileMode.GITLINK : FileMode.TREE;
            }
            return Executable.is(path) ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
        }

        @Override
        public FileMode getMode() {
            return mode;
        }

        @Override
        public long getLength() {
            return attributes.isSymbolicLink() ? target().length : attributes.size();
        }

        @Override
        public Instant getLastModifiedInstant() {
            return attributes.lastModifiedTime().toInstant();
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public InputStream openInputStream() throws IOException {
            return attributes.isSymbolicLink() ? new ByteArrayInputStream(target()) : Files.newInputStream(path);
        }

        private byte[] target() {
            try {
                return LinkTarget.of(Files.readSymbolicLink(path)).getBytes(StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

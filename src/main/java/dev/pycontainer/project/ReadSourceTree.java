package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.eclipse.jgit.treewalk.WorkingTreeIterator.MetadataDiff;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@link SourceTree} of a project: what {@code git add -A} and {@code git write-tree} would give for its
 * directory, with git's own rules of what is ignored. Nothing is written and no process is started.
 */
public final class ReadSourceTree {

    private static final int INDEX = 0;
    private static final int FILES = 1;

    /**
     * A tree, and what it was read from.
     *
     * @param tree empty without git, and where git ignores the directory or finds no file in it
     * @param lookedAt files, directories and what is not there: as long as all are what they are, so is the tree; nothing where
     *     more than these had its say, such as other repositories within this one
     */
    public record Reading(Optional<SourceTree> tree, Optional<Set<Path>> lookedAt) {}

    /** The tree of the directory; empty without git, and where git ignores the directory or finds no file in it. */
    public Optional<SourceTree> of(Path project) {
        return read(project).tree();
    }

    /** The tree of the directory, and what it was read from. */
    public Reading read(Path project) {
        GitSettings.use();
        try {
            // A repository's place is told by its real path: links above the project do not matter to git either.
            Path directory = project.toRealPath();
            Set<Path> lookedAt = GitFiles.whereLookedFor(directory);
            FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(directory.toFile());
            if (builder.getGitDir() == null) {
                return new Reading(Optional.empty(), Optional.of(lookedAt));
            }
            GitFiles.linkedTree(directory).map(Path::toFile).ifPresent(builder::setWorkTree);
            try (Repository repository = builder.build()) {
                refuseOtherIds(repository);
                if (repository.isBare()) {
                    return new Reading(Optional.empty(), Optional.empty());
                }
                Optional<Set<Path>> settings = GitFiles.settingsOf(repository);
                settings.ifPresent(lookedAt::addAll);
                return treeOf(repository, directory, lookedAt, settings.isPresent());
            }
        } catch (BuildRefused e) {
            throw e.in("the source tree of " + project);
        } catch (IOException | RuntimeException e) {
            throw BuildRefused.because("The git repository of " + project + " cannot be read.")
                    .why(e.toString())
                    .causedBy(e);
        }
    }

    private static void refuseOtherIds(Repository repository) {
        String format = repository.getConfig().getString("extensions", null, "objectFormat");
        if (format != null && !format.equals("sha1")) {
            throw BuildRefused.because("The git repository names its objects by " + format + ".")
                    .why("only repositories with SHA-1 names can be read")
                    .todo("build from a copy of the files without .git");
        }
    }

    private static Reading treeOf(Repository repository, Path directory, Set<Path> lookedAt, boolean isWhole)
            throws IOException {
        Path root = repository.getWorkTree().toPath().toRealPath();
        String project = pathBelow(root, directory);
        DirCache tree = DirCache.newInCore();
        DirCacheBuilder builder = tree.builder();
        boolean hasModules = false;
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.setOperationType(TreeWalk.OperationType.CHECKIN_OP);
            walk.addTree(new DirCacheIterator(repository.readDirCache()));
            WorkTreeIterator files = new WorkTreeIterator(repository, root, lookedAt);
            walk.addTree(files);
            files.setDirCacheIterator(walk, INDEX);
            if (!project.isEmpty()) {
                walk.setFilter(PathFilter.create(project));
            }
            int prefix = project.isEmpty() ? 0 : Constants.encode(project).length + 1;
            while (walk.next()) {
                hasModules |= isModule(walk.getRawMode(INDEX)) || isModule(walk.getRawMode(FILES));
                if (isAddedDirectory(walk)) {
                    walk.enterSubtree();
                } else if (!walk.isSubtree() && walk.getRawPath().length > prefix) {
                    added(walk).ifPresent(found -> builder.add(renamed(found, prefix)));
                }
            }
        }
        builder.finish();
        Optional<SourceTree> found = tree.getEntryCount() == 0
                ? Optional.empty()
                : Optional.of(new SourceTree(tree.writeTree(new IdsOnly()).name()));
        return new Reading(found, isWhole && !hasModules ? Optional.of(lookedAt) : Optional.empty());
    }

    private static boolean isModule(int mode) {
        return FileMode.GITLINK.equals(mode);
    }

    private static String pathBelow(Path root, Path directory) {
        if (!directory.startsWith(root)) {
            throw BuildRefused.because("The git repository has its working tree elsewhere.")
                    .why("core.worktree says " + root + ", which does not hold the project")
                    .todo("correct core.worktree, or build from a copy of the files without .git");
        }
        List<String> names = new ArrayList<>();
        for (Path at = directory; !at.equals(root); at = Objects.requireNonNull(at.getParent())) {
            names.add(0, FileName.of(at));
        }
        return String.join("/", names);
    }

    private static boolean isAddedDirectory(TreeWalk walk) throws IOException {
        WorkingTreeIterator file = walk.getTree(FILES, WorkingTreeIterator.class);
        boolean isTracked = walk.getTree(INDEX, DirCacheIterator.class) != null;
        return walk.isSubtree() && (isTracked || (file != null && !file.isEntryIgnored()));
    }

    /** What the index would hold for the walk's entry, if all work were added to it. */
    private static Optional<DirCacheEntry> added(TreeWalk walk) throws IOException {
        DirCacheIterator indexed = walk.getTree(INDEX, DirCacheIterator.class);
        WorkingTreeIterator file = walk.getTree(FILES, WorkingTreeIterator.class);
        if (file == null) {
            return Optional.ofNullable(indexed)
                    .map(DirCacheIterator::getDirCacheEntry)
                    .filter(entry -> isKept(entry));
        }
        if (indexed == null && file.isEntryIgnored()) {
            return Optional.empty();
        }
        DirCacheEntry entry = new DirCacheEntry(walk.getRawPath());
        entry.setFileMode(file.getIndexFileMode(indexed));
        entry.setObjectId(idOf(walk, indexed, file));
        boolean isEmptyRepository = FileMode.GITLINK.equals(entry.getRawMode()) && isZero(entry);
        if (isZero(entry) && !isEmptyRepository) {
            throw BuildRefused.because("The file \"" + walk.getPathString() + "\" cannot be read.");
        }
        // git refuses to add a repository without a commit; there is nothing that its id could be.
        return isEmptyRepository ? Optional.empty() : Optional.of(entry);
    }

    private static boolean isZero(DirCacheEntry entry) {
        return entry.getObjectId().equals(ObjectId.zeroId());
    }

    /** Whether git keeps an entry whose file is not there: outside a sparse checkout, or a module not fetched. */
    private static boolean isKept(DirCacheEntry entry) {
        return entry.isSkipWorkTree() || FileMode.GITLINK.equals(entry.getRawMode());
    }

    private static ObjectId idOf(TreeWalk walk, @Nullable DirCacheIterator indexed, WorkingTreeIterator file)
            throws IOException {
        String filter = walk.getAttributes().getValue(Constants.ATTR_FILTER);
        DirCacheEntry known = indexed == null ? null : indexed.getDirCacheEntry();
        if (filter == null || (known != null && file.compareMetadata(known) == MetadataDiff.EQUAL)) {
            return file.getEntryObjectId();
        }
        if (filter.equals("lfs")) {
            return LfsPointer.idOf(file);
        }
        if (file.getCleanFilterCommand() == null) {
            return file.getEntryObjectId();
        }
        throw BuildRefused.because("The file \"" + walk.getPathString() + "\" has the git filter \"" + filter + "\".")
                .why("its id is known only to the filter's program, and a build starts no programs")
                .todo("commit the file, or remove the filter from .gitattributes");
    }

    private static DirCacheEntry renamed(DirCacheEntry entry, int prefix) {
        byte[] path = entry.getRawPath();
        DirCacheEntry renamed = new DirCacheEntry(Arrays.copyOfRange(path, prefix, path.length));
        renamed.setFileMode(entry.getFileMode());
        renamed.setObjectId(entry.getObjectId());
        return renamed;
    }

    /** Computes ids of objects and stores none. */
    private static final class IdsOnly extends ObjectInserter.Formatter {

        @Override
        public ObjectId insert(int type, long length, InputStream in) throws IOException {
            return idFor(type, length, in);
        }
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.lock.UvWalk.Reached;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;

/**
 * {@code uv.lock}, version 1 in any revision (uv promises that a higher revision is compatible), for one project.
 *
 * <p>Packages are found by walking from the project; markers are never applied to the flat list, since each holds only
 * under what holds for its parents.
 */
final class UvLock implements Lock {

    /** What helps against whatever is wrong in the lock itself. */
    static final String AGAIN = "run `uv lock` again";

    private final Disk disk;
    private final LockFile file;
    private final TomlTable top;
    private final Optional<SpecifierSet> requiresPython;
    private final UvPackages packages;
    private final UvConflicts conflicts;
    private final List<LockCredentials> credentials;

    private UvLock(Disk disk, LockFile file, TomlTable top, Map<String, String> environment) {
        this.disk = disk;
        this.file = file;
        this.top = top;
        this.requiresPython = top.text("requires-python", SpecifierSet::parse);
        this.packages = UvPackages.of(top);
        this.conflicts = UvConflicts.of(top);
        this.credentials = UvIndexLogins.of(disk, directory(), environment);
    }

    /** @param environment may hold the logins of the project's indexes */
    static UvLock read(Disk disk, LockFile file, byte[] content, Map<String, String> environment) {
        try {
            return read(disk, file, TomlTable.parse(content), environment);
        } catch (BuildRefused refused) {
            throw refused.orTodo(AGAIN);
        }
    }

    private static UvLock read(Disk disk, LockFile file, TomlTable top, Map<String, String> environment) {
        OptionalLong version = top.count("version");
        if (version.isEmpty() || version.getAsLong() != 1) {
            throw top.refused(
                            version.isEmpty()
                                    ? "The lock does not say its format's version."
                                    : "The lock has version " + version.getAsLong() + ".")
                    .why("version 1 of uv.lock can be read")
                    .todo("lock again with a version of uv that writes version 1");
        }
        return new UvLock(disk, file, top, environment);
    }

    @Override
    public LockFile file() {
        return file;
    }

    @Override
    public List<LockCredentials> credentials() {
        return credentials;
    }

    @Override
    public Needed select(Wanted wanted) {
        try {
            return needed(wanted);
        } catch (BuildRefused refused) {
            throw refused.orTodo(AGAIN);
        }
    }

    private Needed needed(Wanted wanted) {
        UvWalk walk = walk(wanted);
        UvFiles files = new UvFiles(directory(), wanted.target());
        List<LockedPackage> needed = walk.reached().values().stream()
                .filter(reached -> !UvOmitted.isVirtual(reached.locked()))
                .map(reached -> locked(reached, files))
                .toList();
        return SortNeeded.of(needed, UvOmitted.of(packages, walk, wanted.extras(), UvGroups.of(wanted, walk.root())));
    }

    private static LockedPackage locked(Reached reached, UvFiles files) {
        UvPackage locked = reached.locked();
        return new LockedPackage(
                locked.name(),
                locked.parsedVersion(),
                files.of(locked),
                files.indexesOf(locked),
                List.copyOf(reached.extras()),
                List.copyOf(reached.requiredBy()));
    }

    private UvWalk walk(Wanted wanted) {
        requiresPython.ifPresent(allowed -> LockedPython.check(allowed, wanted.target()));
        MarkerEnvironment environment = wanted.target().markers();
        checkSupported("supported-markers", environment);
        checkSupported("resolution-markers", environment);
        UvPackage root = new UvRoot(disk, packages, directory()).of(wanted);
        AskedNames.check("extra", wanted.extras(), root.extras(), advice("extra"));
        AskedNames.check("group", wanted.groups(), root.groups(), advice("group"));
        checkDefaultGroups(wanted, root);
        SortedSet<String> groups = UvGroups.of(wanted, root);
        UvGroups.notForTarget(wanted, groups).ifPresent(refused -> {
            throw refused;
        });
        return UvWalk.through(packages, conflicts, root, environment, wanted.extras(), groups);
    }

    @Override
    public List<StaleEntry> stale(Wanted wanted) {
        return wanted.pyproject()
                .map(pyproject -> new UvFreshness(disk, top, requiresPython, packages, directory(), wanted)
                        .stale(pyproject, () -> walk(wanted)))
                .orElse(List.of());
    }

    private Path directory() {
        Path path = file.path().toAbsolutePath().normalize();
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static void checkDefaultGroups(Wanted wanted, UvPackage root) {
        try {
            AskedNames.check("group", wanted.defaultGroups().among(root.groups()), root.groups(), advice("group"));
        } catch (BuildRefused refused) {
            throw refused.in("[tool.uv] " + DefaultGroups.KEY + " of " + Pyproject.FILE);
        }
    }

    // The forks of a resolution cover all that it is for; those that ask for extras are told apart on the edges.
    private void checkSupported(String key, MarkerEnvironment environment) {
        List<Marker> markers = top.texts(key, Marker::parse);
        if (!markers.isEmpty()
                && markers.stream().noneMatch(marker -> marker.toString().contains("extra"))
                && markers.stream().noneMatch(marker -> marker.evaluate(environment))) {
            throw BuildRefused.because("The lock does not support the base's platform.")
                    .why("it was made only for: " + String.join("; ", top.texts(key)))
                    .todo("add the platform to `environments` of [tool.uv] and lock again");
        }
    }

    private static String advice(String what) {
        return "add the " + what + " to " + Pyproject.FILE + " and run `uv lock`";
    }
}

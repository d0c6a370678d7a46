package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code poetry.lock}, lock version 1 and 2, as Poetry reads it.
 *
 * <p>Since lock version 2.1 (Poetry 2) each package says itself for which groups and under which markers it is needed;
 * before, that is found by walking from the dependencies in {@code pyproject.toml}.
 */
final class PoetryLock implements Lock {

    /** Poetry's name for the project's own dependencies. */
    private static final String MAIN = "main";

    private static final Version FIRST_WITH_GROUPS = Version.parse("2.1");
    private static final PoetryConstraint READ = PoetryConstraint.parse(">=1,<3");
    private static final String AGAIN = "run `poetry lock`";
    private static final String ADD = "add the %s to " + Pyproject.FILE + " and " + AGAIN;

    private final LockFile file;
    private final TomlTable metadata;
    private final Version version;
    private final SortedSet<String> extras;
    private final TomlTable extrasTable;
    private final List<PoetryPackage> packages;

    private PoetryLock(LockFile file, TomlTable top, Version version) {
        Path directory = Optional.ofNullable(
                        file.path().toAbsolutePath().normalize().getParent())
                .orElseThrow(() -> new IllegalStateException("a file lies in a directory"));
        this.file = file;
        this.metadata = top.table("metadata");
        this.version = version;
        this.extrasTable = top.table("extras");
        this.extras = Extra.normalized(extrasTable.keys());
        this.packages = top.tables("package").stream()
                .map(table -> PoetryPackage.of(table, metadata, directory))
                .toList();
    }

    static PoetryLock read(LockFile file, byte[] content) {
        return advised(() -> of(file, TomlTable.parse(content)));
    }

    /** What is wrong in the lock is put right by locking again, where nothing else is said. */
    private static <T> T advised(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (BuildRefused refused) {
            throw refused.orTodo(AGAIN);
        }
    }

    private static PoetryLock of(LockFile file, TomlTable top) {
        TomlTable metadata = top.requiredTable("metadata");
        // Poetry 1.0 wrote no version yet; its locks are of 1.0.
        Version version = metadata.text("lock-version", Version::parse).orElse(Version.parse("1.0"));
        if (!READ.allows(version)) {
            throw top.refused("The lock has version " + version + ".")
                    .why("versions 1 and 2 of poetry.lock can be read")
                    .todo("lock again with a version of Poetry that writes one of them");
        }
        return new PoetryLock(file, top, version);
    }

    @Override
    public LockFile file() {
        return file;
    }

    /** The first line may name the version of Poetry; the hash of the project's content is in the metadata. */
    @Override
    public List<StaleEntry> stale(Wanted wanted) {
        return advised(() -> wanted.pyproject()
                .map(pyproject -> new PoetryStaleness(metadata, extrasTable, packages, hasGroups(), wanted)
                        .of(pyproject, groupsOf(wanted)))
                .orElse(List.of()));
    }

    @Override
    public Needed select(Wanted wanted) {
        return advised(() -> selected(wanted));
    }

    private Needed selected(Wanted wanted) {
        checkPython(wanted);
        Optional<PoetryProject> project = wanted.pyproject().map(PoetryProject::of);
        AskedNames.check("extra", wanted.extras(), extras, ADD.formatted("extra"));
        AskedNames.check("group", groupsOf(wanted), knownGroups(project), ADD.formatted("group"));
        return hasGroups() ? byGroups(wanted, project) : byWalk(wanted, projectOf(project));
    }

    private boolean hasGroups() {
        return version.compareTo(FIRST_WITH_GROUPS) >= 0;
    }

    private void checkPython(Wanted wanted) {
        Version python = wanted.target().python();
        metadata.text("python-versions", PoetryConstraint::parse).ifPresent(allowed -> {
            if (!allowed.allows(python)) {
                throw BuildRefused.because(
                                "The lock is for Python " + allowed + ", but the base has Python " + python + ".")
                        .why("python-versions of the lock is \"" + allowed + "\"")
                        .todo("use a base whose Python fits, or change the Python of the project in " + Pyproject.FILE
                                + " and lock again");
            }
        });
    }

    /** Those that were asked for beyond the project's own dependencies, which are the group "main". */
    private static SortedSet<String> groupsOf(Wanted wanted) {
        SortedSet<String> groups = new TreeSet<>(wanted.groups());
        groups.remove(MAIN);
        return groups;
    }

    private SortedSet<String> knownGroups(Optional<PoetryProject> project) {
        SortedSet<String> known = new TreeSet<>(Utf8Order.INSTANCE);
        project.ifPresent(present -> known.addAll(present.groups()));
        if (hasGroups()) {
            packages.forEach(locked -> known.addAll(locked.groups()));
        }
        known.remove(MAIN);
        return known;
    }

    private static PoetryProject projectOf(Optional<PoetryProject> project) {
        return project.orElseThrow(() -> BuildRefused.because("The lock needs the project's " + Pyproject.FILE + ".")
                .why("before version 2.1 a poetry.lock does not say which packages the project itself needs")
                .todo("lock with Poetry 2, or put the lock beside the " + Pyproject.FILE + " it was made from"));
    }

    private static List<PoetryProject.Needs> applying(PoetryProject project, Wanted wanted) {
        return applying(project.needs(wanted.extras(), groupsOf(wanted)), wanted);
    }

    private static List<PoetryProject.Needs> applying(List<PoetryProject.Needs> needs, Wanted wanted) {
        MarkerEnvironment environment = wanted.target().markers();
        return needs.stream()
                .filter(need -> {
                    try {
                        return need.dependency().appliesIn(environment, wanted.extras());
                    } catch (BuildRefused refused) {
                        throw refused.in(need.dependency().place()).in(Pyproject.FILE);
                    }
                })
                .toList();
    }

    private Needed byGroups(Wanted wanted, Optional<PoetryProject> project) {
        SortedSet<String> groups = groupsOf(wanted);
        groups.add(MAIN);
        MarkerEnvironment environment = wanted.target().markers().withExtras(wanted.extras());
        Map<PackageName, PoetryPackage> needed = new LinkedHashMap<>();
        List<Omitted> omitted = new ArrayList<>();
        for (PoetryPackage locked : packages) {
            Optional<String> reason = whyOmitted(locked, groups, environment);
            if (reason.isPresent()) {
                omitted.add(new Omitted(locked.name(), Optional.of(locked.version()), reason.get()));
            } else {
                PoetryPackage other = needed.put(locked.name(), locked);
                if (other != null) {
                    throw BuildRefused.because("Package \"" + locked.name() + "\" is needed in two versions.")
                            .why("the markers of " + other.place() + " and of " + locked.place() + " both hold")
                            .todo(AGAIN);
                }
            }
        }
        List<PoetryProject.Needs> roots =
                project.map(present -> applying(present, wanted)).orElse(List.of());
        return needed(needed, roots, omitted, wanted);
    }

    private static Optional<String> whyOmitted(
            PoetryPackage locked, Set<String> groups, MarkerEnvironment environment) {
        List<String> itsOwn = locked.groups();
        List<String> asked = itsOwn.stream().filter(groups::contains).toList();
        if (asked.isEmpty()) {
            return Optional.of("of the " + (itsOwn.size() == 1 ? "group " : "groups ")
                    + itsOwn.stream().map(group -> "\"" + group + "\"").collect(Collectors.joining(", ")));
        }
        List<Marker> markers = new ArrayList<>();
        for (String group : asked) {
            Optional<Marker> marker = locked.markerIn(group);
            if (marker.isEmpty()) {
                return Optional.empty();
            }
            markers.add(marker.get());
        }
        String marker = markers.stream().map(Marker::toString).distinct().collect(Collectors.joining(" or "));
        return holds(marker, locked, environment)
                ? Optional.empty()
                : Optional.of("its marker " + marker + " does not hold");
    }

    private static boolean holds(String marker, PoetryPackage locked, MarkerEnvironment environment) {
        try {
            return Marker.parse(marker).evaluate(environment);
        } catch (BuildRefused refused) {
            throw refused.in(locked.place());
        }
    }

    private static boolean holds(PoetryPackage locked, MarkerEnvironment environment) {
        return locked.marker()
                .map(marker -> holds(marker.toString(), locked, environment))
                .orElse(true);
    }

    /** The versions of one name whose own markers hold; all where none does, since the walk leads over them. */
    private static List<PoetryPackage> thatHold(List<PoetryPackage> versions, MarkerEnvironment environment) {
        List<PoetryPackage> holding =
                versions.stream().filter(locked -> holds(locked, environment)).toList();
        return holding.isEmpty() ? versions : holding;
    }

    private Needed byWalk(Wanted wanted, PoetryProject project) {
        MarkerEnvironment environment = wanted.target().markers();
        Map<PackageName, List<PoetryPackage>> byName = packages.stream()
                .collect(Collectors.groupingBy(
                        PoetryPackage::name,
                        Collectors.collectingAndThen(
                                Collectors.toList(), versions -> thatHold(versions, environment))));
        List<PoetryProject.Needs> roots = applying(project, wanted);
        Map<PackageName, PoetryPackage> needed = new PoetryChoice(
                        byName, roots, () -> applying(project.optionalNeeds(), wanted), project.name(), wanted.target())
                .packages();
        needed.values().removeIf(locked -> !holds(locked, environment));
        List<Omitted> omitted = packages.stream()
                .filter(locked -> !locked.equals(needed.get(locked.name())))
                .map(locked ->
                        new Omitted(locked.name(), Optional.of(locked.version()), whyOmitted(locked, needed, wanted)))
                .toList();
        return needed(needed, roots, omitted, wanted);
    }

    private static String whyOmitted(PoetryPackage locked, Map<PackageName, PoetryPackage> needed, Wanted wanted) {
        PoetryPackage chosen = needed.get(locked.name());
        if (!locked.isFor(wanted.target().python())) {
            return "it is for Python " + locked.pythonVersions();
        }
        if (chosen != null) {
            return "of it, " + chosen.version() + " is taken";
        }
        if (!holds(locked, wanted.target().markers())) {
            return "its marker " + locked.marker().map(Marker::toString).orElse("") + " does not hold";
        }
        return locked.isOptional()
                ? "of an extra that is not asked for, or of another platform"
                : "of a group that is not asked for, or of another platform";
    }

    private static Needed needed(
            Map<PackageName, PoetryPackage> packages,
            List<PoetryProject.Needs> roots,
            List<Omitted> omitted,
            Wanted wanted) {
        List<Omitted> sorted = omitted.stream()
                .sorted(Comparator.comparing(Omitted::name)
                        .thenComparing(left -> left.version().orElseThrow()))
                .toList();
        return new Needed(new PoetryRequirers(packages, wanted.target().markers()).packagesNeeded(roots), sorted);
    }
}

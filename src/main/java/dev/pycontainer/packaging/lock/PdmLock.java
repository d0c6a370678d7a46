package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.Version;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code pdm.lock}, versions 4.0 to 4.5: "the first digit represents backward compatibility and the second digit
 * represents forward compatibility", so that another first digit or a higher second one is refused.
 *
 * <p>With the strategy {@code inherit_metadata} each package has its groups and the marker under which it is needed;
 * without it the lock is walked from the project's requirements. Extras are groups to pdm.
 */
final class PdmLock implements Lock {

    private static final String AGAIN = "run `pdm lock` again";
    /** pdm's name for the project's own dependencies. */
    static final String DEFAULT = "default";

    private static final BigInteger MAJOR = BigInteger.valueOf(4);
    private static final BigInteger HIGHEST_MINOR = BigInteger.valueOf(5);

    private final LockFile file;
    private final TomlTable metadata;
    private final boolean inherited;
    private final Map<PackageName, List<PdmPackage>> packages;

    private PdmLock(LockFile file, TomlTable top) {
        this.file = file;
        this.metadata = top.requiredTable("metadata");
        checkVersion(metadata);
        this.inherited = metadata.texts("strategy").contains("inherit_metadata");
        TomlTable older = metadata.table("files");
        this.packages = top.tables("package").stream()
                .map(table -> PdmPackage.of(table, older))
                .collect(Collectors.groupingBy(PdmPackage::name, TreeMap::new, Collectors.toList()));
    }

    static PdmLock read(LockFile file, byte[] content) {
        try {
            return new PdmLock(file, TomlTable.parse(content).advising(AGAIN));
        } catch (BuildRefused refused) {
            throw refused.orTodo(AGAIN);
        }
    }

    private static void checkVersion(TomlTable metadata) {
        Version version = metadata.requiredText("lock_version", Version::parse);
        List<BigInteger> release = version.release();
        BigInteger minor = release.size() > 1 ? release.get(1) : BigInteger.ZERO;
        if (!release.get(0).equals(MAJOR) || minor.compareTo(HIGHEST_MINOR) > 0) {
            throw metadata.refusedAt("lock_version", "The lock has version " + version + ".")
                    .why("versions 4.0 to 4.5 of pdm.lock can be read")
                    .todo("lock again with a version of pdm that writes one of them");
        }
    }

    @Override
    public LockFile file() {
        return file;
    }

    @Override
    public Needed select(Wanted wanted) {
        Target target = wanted.target();
        checkTargets(target);
        Optional<PdmProject> project = wanted.pyproject().map(PdmProject::new);
        checkAsked(wanted, project);
        Set<PackageName> excluded = project.map(PdmProject::excluded).orElseGet(Set::of);
        Set<PdmPackage> needed = inherited
                ? inherited(groups(wanted), excluded, target)
                : new PdmWalk(packages, excluded, target).from(roots(wanted, project));
        return SortNeeded.of(locked(needed, wanted), omitted(needed, groups(wanted), target.markers()));
    }

    private void checkTargets(Target target) {
        List<PdmTarget> targets =
                metadata.tables("targets").stream().map(PdmTarget::of).toList();
        if (!targets.isEmpty() && targets.stream().noneMatch(made -> made.allows(target))) {
            throw BuildRefused.because("The lock does not support the base.")
                    .why("the base has " + target.description() + "; the lock was made only for "
                            + targets.stream().map(PdmTarget::toString).collect(Collectors.joining(", ")))
                    .todo("use a base that fits, or run `pdm lock --append` with the base's --platform and --python");
        }
    }

    private void checkAsked(Wanted wanted, Optional<PdmProject> project) {
        Optional<SortedSet<String>> locked = lockedGroups().or(() -> project.map(PdmProject::extrasAndGroups));
        if (locked.isEmpty()) {
            return;
        }
        if (!locked.get().contains(DEFAULT)) {
            throw BuildRefused.because("The lock was made without the project's own dependencies.")
                    .why("its groups are: " + String.join(", ", locked.get()))
                    .todo("run `pdm lock` without --without " + DEFAULT);
        }
        SortedSet<String> extras = new TreeSet<>(locked.get());
        SortedSet<String> groups = new TreeSet<>(locked.get());
        extras.remove(DEFAULT);
        groups.remove(DEFAULT);
        project.ifPresent(present -> {
            extras.retainAll(present.extras());
            groups.removeAll(present.extras());
        });
        AskedNames.check("extra", wanted.extras(), extras, "run `pdm lock` with `-G` and the extra");
        AskedNames.check("group", wanted.groups(), groups, "run `pdm lock` with `-G` and the group");
    }

    /** The groups that the lock was made for; locks before 4.2 do not tell, and are walked from the project's own. */
    private Optional<SortedSet<String>> lockedGroups() {
        return metadata.has("groups")
                ? Optional.of(Extra.normalized(metadata.texts("groups", PdmLock::group).stream()
                        .flatMap(Optional::stream)
                        .toList()))
                : Optional.empty();
    }

    // In the wild: `pdm lock -G:test` leaves ":test" there. As for pdm, that is no group of the project.
    private static Optional<String> group(String name) {
        return name.startsWith(":") ? Optional.empty() : Optional.of(Extra.of(name));
    }

    private static Set<String> groups(Wanted wanted) {
        NavigableSet<String> groups = new TreeSet<>(Utf8Order.INSTANCE);
        groups.add(DEFAULT);
        groups.addAll(wanted.extras());
        groups.addAll(wanted.groups());
        return groups;
    }

    private static List<ConsumedRequirement> roots(Wanted wanted, Optional<PdmProject> project) {
        return project.filter(present -> present.pyproject().hasProject())
                .orElseThrow(() -> BuildRefused.because("The lock does not say which packages the project needs.")
                        .why(
                                "it was made without the strategy inherit_metadata, and there is no [project] to begin from")
                        .todo("run `pdm lock -S inherit_metadata`"))
                .requirements(wanted.target().markers(), wanted.extras(), wanted.groups());
    }

    private Set<PdmPackage> inherited(Set<String> groups, Set<PackageName> excluded, Target target) {
        MarkerEnvironment environment = target.markers();
        Set<PdmPackage> needed = new LinkedHashSet<>();
        packages.forEach((name, entries) -> {
            if (!excluded.contains(name)) {
                entries.stream()
                        .filter(entry -> entry.isOfAny(groups) && holds(entry, environment))
                        .forEach(needed::add);
            }
        });
        return needed;
    }

    private static boolean holds(PdmPackage entry, MarkerEnvironment environment) {
        try {
            return entry.marker()
                    .filter(marker -> !marker.evaluate(environment))
                    .isEmpty();
        } catch (BuildRefused refused) {
            throw refused.in(entry.place());
        }
    }

    private List<LockedPackage> locked(Set<PdmPackage> needed, Wanted wanted) {
        Map<PackageName, List<PdmPackage>> byName = needed.stream()
                .collect(Collectors.groupingBy(PdmPackage::name, LinkedHashMap::new, Collectors.toList()));
        Map<PackageName, NavigableSet<String>> requiredBy = requiredBy(needed, wanted);
        PdmSources sources = PdmSources.of(wanted.pyproject());
        List<LockedPackage> locked = new ArrayList<>();
        byName.forEach((name, entries) -> {
            PdmPackage entry = one(entries, wanted.target());
            if (!isProject(entry, wanted)) {
                NavigableSet<String> extras = new TreeSet<>(Utf8Order.INSTANCE);
                entries.forEach(other -> extras.addAll(other.extras()));
                locked.add(entry.locked(
                        file,
                        sources,
                        List.copyOf(extras),
                        List.copyOf(requiredBy.getOrDefault(name, new TreeSet<>()))));
            }
        });
        return locked;
    }

    private boolean isProject(PdmPackage entry, Wanted wanted) {
        return entry.directory(file).filter(wanted.directory()::equals).isPresent();
    }

    /** The entry that stands for the package itself; those with extras have the same files. */
    private static PdmPackage one(List<PdmPackage> entries, Target target) {
        List<PdmPackage> plain =
                entries.stream().filter(entry -> entry.extras().isEmpty()).toList();
        List<PdmPackage> candidates = plain.isEmpty() ? oneOfEachVersion(entries) : plain;
        if (candidates.size() > 1) {
            candidates = candidates.stream()
                    .filter(entry -> entry.allows(target.python()))
                    .toList();
        }
        if (candidates.size() != 1 || !isOfAll(candidates.get(0).version(), entries, target.python())) {
            List<String> places =
                    entries.stream().map(PdmPackage::place).distinct().toList();
            throw BuildRefused.because("Package \"" + entries.get(0).name() + "\" is locked twice for the target.")
                    .why(
                            places.size() == 1
                                    ? places.get(0) + " is there more than once"
                                    : String.join(" and ", places) + " are both needed")
                    .todo(AGAIN);
        }
        return candidates.get(0);
    }

    /** What is asked of a package with its extras is asked of one version of it. */
    private static boolean isOfAll(Optional<Version> version, List<PdmPackage> entries, Version python) {
        return entries.stream()
                .filter(entry -> entry.allows(python))
                .allMatch(entry -> entry.version().equals(version));
    }

    private static List<PdmPackage> oneOfEachVersion(List<PdmPackage> entries) {
        Map<Optional<Version>, PdmPackage> byVersion = new LinkedHashMap<>();
        entries.forEach(entry -> byVersion.putIfAbsent(entry.version(), entry));
        return List.copyOf(byVersion.values());
    }

    private static Map<PackageName, NavigableSet<String>> requiredBy(Set<PdmPackage> needed, Wanted wanted) {
        MarkerEnvironment environment = wanted.target().markers();
        Map<PackageName, NavigableSet<String>> requiredBy = new LinkedHashMap<>();
        for (PdmPackage entry : needed) {
            for (Requirement requirement : entry.dependencies()) {
                // An entry with extras requires the package itself, which nobody wants to be told.
                if (!requirement.name().equals(entry.name()) && entry.applies(requirement, environment)) {
                    requiredBy
                            .computeIfAbsent(requirement.name(), name -> new TreeSet<>(Utf8Order.INSTANCE))
                            .add(entry.label());
                }
            }
        }
        return requiredBy;
    }

    private List<Omitted> omitted(Set<PdmPackage> needed, Set<String> groups, MarkerEnvironment environment) {
        Set<PackageName> names = needed.stream().map(PdmPackage::name).collect(Collectors.toSet());
        List<Omitted> omitted = new ArrayList<>();
        packages.values()
                .forEach(entries -> entries.stream()
                        .filter(entry -> entry.extras().isEmpty() && !needed.contains(entry))
                        .forEach(entry -> omitted.add(new Omitted(
                                entry.name(), entry.version(), reason(entry, groups, names, environment)))));
        return omitted;
    }

    private String reason(
            PdmPackage entry, Set<String> groups, Set<PackageName> needed, MarkerEnvironment environment) {
        if (!inherited) {
            return needed.contains(entry.name()) ? "another version is needed" : "nothing that is needed requires it";
        }
        if (!entry.isOfAny(groups)) {
            return "of the groups " + String.join(", ", entry.groups());
        }
        return entry.marker()
                .filter(marker -> !marker.evaluate(environment))
                .map(marker -> "its marker `" + marker + "` does not hold")
                .orElse("[tool.pdm.resolution] excludes it");
    }

    /** By the hash that pdm keeps of the project; where it differs, by each requirement that counts. */
    @Override
    public List<StaleEntry> stale(Wanted wanted) {
        return wanted.pyproject()
                .map(PdmProject::new)
                .filter(project -> hash().filter(project::hasHash).isEmpty())
                .map(project -> stale(wanted, project))
                .orElseGet(List::of);
    }

    private Optional<Digest> hash() {
        return metadata.text(
                        "content_hash",
                        hash -> LockedHash.sha256(List.of(hash)).stream().findFirst())
                .flatMap(hash -> hash);
    }

    private List<StaleEntry> stale(Wanted wanted, PdmProject project) {
        List<PdmPackage> all = packages.values().stream().flatMap(List::stream).toList();
        return new PdmStaleness(project, wanted, all).of(select(wanted).packages());
    }
}

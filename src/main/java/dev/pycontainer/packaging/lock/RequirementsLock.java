package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A requirements file in which every requirement is pinned, as pip reads it: with the files that it refers to, and
 * constraints, which restrict and never require.
 */
final class RequirementsLock implements Lock {

    private static final int MOST_SHOWN = 10;

    private final Disk disk;
    private final LockFile file;
    private final List<RequirementEntry> entries;
    private final RequirementSettings settings;
    private final boolean hashChecking;

    private RequirementsLock(Disk disk, LockFile file, RequirementFiles files) {
        this.disk = disk;
        this.file = new LockFile(file.path(), file.kind(), files.digest());
        this.entries = files.entries();
        this.settings = files.settings();
        // pip: a hash anywhere, of a constraint too and whether its marker holds or not, asks for all of them.
        this.hashChecking = settings.hashChecking(entries.stream().anyMatch(RequirementEntry::isHashed));
    }

    static RequirementsLock read(Disk disk, LockFile file, byte[] content, Map<String, String> environment) {
        return new RequirementsLock(disk, file, RequirementFiles.read(disk, file, content, environment));
    }

    @Override
    public LockFile file() {
        return file;
    }

    @Override
    public List<LockCredentials> credentials() {
        List<LockCredentials> credentials = new ArrayList<>(settings.credentials());
        for (RequirementEntry entry : entries) {
            if (entry.subject() instanceof RequirementEntry.Remote remote) {
                remote.url().credentials().ifPresent(credentials::add);
            }
        }
        return List.copyOf(credentials);
    }

    @Override
    public Needed select(Wanted wanted) {
        refuse("extra", wanted.extras());
        refuse("group", wanted.groups());
        SortedMap<PackageName, RequirementGroup> groups = groups(wanted);
        refuseUnpinned(groups.values());
        FindLinkedWheels linked = new FindLinkedWheels(disk, settings, wanted.target());
        List<LockedPackage> packages = new ArrayList<>();
        for (RequirementGroup group : groups.values()) {
            packages.add(locked(group, linked));
        }
        return new Needed(packages, omitted(wanted, packages));
    }

    /** The requirements of each package that hold for the target, with its constraints. */
    private SortedMap<PackageName, RequirementGroup> groups(Wanted wanted) {
        MarkerEnvironment environment = wanted.target().markers();
        LocateRequirement locate = new LocateRequirement(disk, wanted.directory(), hashChecking);
        SortedMap<PackageName, RequirementGroup> groups = new TreeMap<>();
        List<RequirementEntry> constraints = new ArrayList<>();
        for (RequirementEntry entry : entries) {
            if (!entry.holdsIn(environment)) {
                continue;
            }
            if (entry.constraint()) {
                constraints.add(entry);
            } else if (entry.subject() instanceof RequirementEntry.Release release) {
                group(groups, release.name()).require(entry);
            } else {
                entry.place()
                        .at(() -> located(locate, entry))
                        .ifPresent(located -> group(groups, located.name()).require(entry, located));
            }
        }
        for (RequirementEntry constraint : constraints) {
            if (constraint.subject() instanceof RequirementEntry.Release release
                    && groups.containsKey(release.name())) {
                group(groups, release.name()).constrain(constraint);
            }
        }
        return groups;
    }

    private static RequirementGroup group(Map<PackageName, RequirementGroup> groups, PackageName name) {
        return groups.computeIfAbsent(name, RequirementGroup::new);
    }

    private static Optional<LocateRequirement.Located> located(LocateRequirement locate, RequirementEntry entry) {
        if (entry.subject() instanceof RequirementEntry.Local local) {
            return locate.of(entry, local);
        }
        if (entry.subject() instanceof RequirementEntry.Remote remote) {
            return Optional.of(locate.of(entry, remote));
        }
        throw new IllegalStateException("releases are not located");
    }

    /** All at once: a file that nothing was pinned in is another kind of file. */
    private static void refuseUnpinned(Collection<RequirementGroup> groups) {
        List<RequirementGroup> unpinned =
                groups.stream().filter(RequirementGroup::isUnpinned).toList();
        if (unpinned.size() > 1) {
            String shown = unpinned.stream()
                    .limit(MOST_SHOWN)
                    .map(group -> group.place() + ": " + group.allowed())
                    .collect(Collectors.joining("\n"));
            int more = unpinned.size() - MOST_SHOWN;
            throw BuildRefused.because(unpinned.size() + " requirements are not pinned to one version.")
                    .why(shown + (more > 0 ? "\nand " + more + " more" : ""))
                    .todo(RequirementGroup.ADVICE);
        }
    }

    private LockedPackage locked(RequirementGroup group, FindLinkedWheels linked) {
        return group.place().at(() -> {
            LockedPackage locked = group.locked(hashChecking, settings.indexes());
            if (locked.files() instanceof LockedFiles.Hashed || locked.files() instanceof LockedFiles.Unhashed) {
                settings.formats().check(locked.name());
                return linked.of(locked);
            }
            return locked;
        });
    }

    /** The releases whose markers do not hold; of those that are not pinned the version is not known. */
    private List<Omitted> omitted(Wanted wanted, List<LockedPackage> packages) {
        MarkerEnvironment environment = wanted.target().markers();
        Set<String> needed = packages.stream()
                .map(locked -> locked.name() + " " + locked.version())
                .collect(Collectors.toSet());
        Set<Omitted> omitted = new TreeSet<>(Comparator.comparing(Omitted::name)
                .thenComparing(
                        without -> without.version().map(Object::toString).orElse(""), Utf8Order.INSTANCE));
        for (RequirementEntry entry : entries) {
            if (!entry.constraint()
                    && entry.subject() instanceof RequirementEntry.Release release
                    && !entry.holdsIn(environment)) {
                Omitted without = new Omitted(
                        release.name(),
                        RequirementGroup.pinOf(release.specifiers()),
                        "its marker " + entry.marker().orElseThrow() + " does not hold");
                if (!needed.contains(without.name() + " " + without.version())) {
                    omitted.add(without);
                }
            }
        }
        return List.copyOf(omitted);
    }

    @Override
    public List<StaleEntry> stale(Wanted wanted) {
        if (wanted.pyproject().isEmpty()) {
            return List.of();
        }
        Pyproject pyproject = wanted.pyproject().get();
        List<LockedPackage> pins = new ArrayList<>();
        groups(wanted)
                .forEach((name, group) -> pins.add(new LockedPackage(
                        name, group.version(), new LockedFiles.Unhashed(), List.of(), List.of(), List.of())));
        return new MetByLock(pins, Overridden.in(pyproject), false)
                .unmet(ConsumedRequirement.of(pyproject, wanted.target().markers(), List.of(), List.of()));
    }

    private static void refuse(String what, Iterable<String> asked) {
        for (String name : asked) {
            throw BuildRefused.because("The lock knows no " + what + " \"" + name + "\".")
                    .why("a requirements file has neither extras nor groups")
                    .todo("write them into the file when it is made, for example `uv pip compile --" + what + " " + name
                            + "`");
        }
    }
}

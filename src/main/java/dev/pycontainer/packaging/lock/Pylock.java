package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.Version;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code pylock.toml}: the "pylock.toml specification" (PEP 751), lock-version 1, selected as its section "Installing"
 * says.
 *
 * <p>A higher minor version is read by the rules of 1.0 ("tools SHOULD warn when an unknown key is seen" there, and no
 * key that 1.0 does not know can make a file count whose hash it does not list). The lock's own default groups count
 * always, as its specification has it: they stand for what the project itself requires. Groups that are asked for come
 * on top of them.
 */
final class Pylock implements Lock {

    private static final String AGAIN = "lock again with the tool that wrote the lock";

    private final LockFile file;
    private final Optional<List<Marker>> environments;
    private final Optional<SpecifierSet> requiresPython;
    private final SortedSet<String> extras;
    private final SortedSet<String> groups;
    private final SortedSet<String> defaultGroups;
    private final List<PylockPackage> packages;

    private Pylock(LockFile file, TomlTable top) {
        this.file = file;
        checkVersion(top);
        top.requiredText("created-by", name -> name);
        top.table("tool");
        this.environments =
                top.has("environments") ? Optional.of(top.texts("environments", Marker::parse)) : Optional.empty();
        this.requiresPython = top.text("requires-python", SpecifierSet::parse);
        this.extras = names(top.texts("extras", extra -> new PackageName(extra).value()));
        this.groups = names(top.texts("dependency-groups"));
        this.defaultGroups = names(top.texts("default-groups"));
        if (!top.has("packages")) {
            throw top.refusedAt("packages", "\"packages\" is missing.").todo(AGAIN);
        }
        this.packages = top.tables("packages").stream().map(PylockPackage::of).toList();
    }

    static Pylock read(LockFile file, byte[] content) {
        try {
            return new Pylock(file, TomlTable.parse(content));
        } catch (BuildRefused refused) {
            throw refused.orTodo(AGAIN);
        }
    }

    // "If a tool doesn't support a major version, it MUST raise an error."
    private static void checkVersion(TomlTable top) {
        Version version = top.requiredText("lock-version", Version::parse);
        if (!version.release().get(0).equals(BigInteger.ONE) || !version.epoch().equals(BigInteger.ZERO)) {
            throw top.refusedAt("lock-version", "The lock has version " + version + ".")
                    .why("version 1 of pylock.toml can be read")
                    .todo("lock again with a tool that writes version 1");
        }
    }

    private static SortedSet<String> names(Collection<String> written) {
        return Extra.normalized(written);
    }

    @Override
    public LockFile file() {
        return file;
    }

    @Override
    public Needed select(Wanted wanted) {
        MarkerEnvironment target = wanted.target().markers();
        requiresPython.ifPresent(allowed -> LockedPython.check(allowed, wanted.target()));
        checkEnvironments(target);
        checkAsked(wanted);
        MarkerEnvironment asked =
                target.withExtras(wanted.extras()).withDependencyGroups(together(defaultGroups, wanted.groups()));
        Map<PackageName, PylockPackage> selected = new LinkedHashMap<>();
        List<Omitted> omitted = new ArrayList<>();
        for (PylockPackage entry : packages) {
            Optional<Marker> marker = entry.marker();
            if (marker.isPresent() && !holds(marker.get(), asked, entry)) {
                omitted.add(
                        new Omitted(entry.name(), entry.version(), "its marker `" + marker.get() + "` does not hold"));
                continue;
            }
            select(entry, wanted, selected);
        }
        return SortNeeded.of(lockedOf(selected, wanted), omitted);
    }

    /**
     * A lock that tells of no extras at all, as exporters write it, holds those that it was exported with: whether one of
     * the project's is among them is found out by what it requires. So for groups.
     */
    private void checkAsked(Wanted wanted) {
        SortedSet<String> askedExtras = new TreeSet<>(wanted.extras());
        SortedSet<String> askedGroups = new TreeSet<>(wanted.groups());
        SortedSet<String> knownGroups = together(groups, defaultGroups);
        if (extras.isEmpty()) {
            wanted.pyproject()
                    .ifPresent(project ->
                            askedExtras.removeAll(project.optionalDependencies().keySet()));
        }
        if (knownGroups.isEmpty() && !askedGroups.isEmpty()) {
            wanted.pyproject()
                    .ifPresent(project ->
                            askedGroups.removeAll(project.dependencyGroups().keySet()));
        }
        AskedNames.check("extra", askedExtras, extras, "write the lock with the extra");
        AskedNames.check("group", askedGroups, knownGroups, "write the lock with the group");
    }

    private static boolean holds(Marker marker, MarkerEnvironment environment, PylockPackage entry) {
        try {
            return marker.evaluate(environment);
        } catch (BuildRefused refused) {
            throw refused.in(entry.place());
        }
    }

    private static void select(PylockPackage entry, Wanted wanted, Map<PackageName, PylockPackage> selected) {
        try {
            // "If packages.requires-python is specified, check if it is satisfied; an error MUST be raised if it
            // isn't."
            entry.requiresPython().ifPresent(allowed -> LockedPython.check(allowed, wanted.target()));
        } catch (BuildRefused refused) {
            throw refused.in(entry.place());
        }
        PylockPackage first = selected.putIfAbsent(entry.name(), entry);
        if (first != null) {
            // "Check that no other conflicting instance of the package has been slated to be installed; an error about
            // the ambiguity MUST be raised otherwise."
            throw BuildRefused.because("Package \"" + entry.name() + "\" is locked twice for the target.")
                    .why(first.place() + " and " + entry.place() + " are both needed")
                    .todo(AGAIN);
        }
    }

    private List<LockedPackage> lockedOf(Map<PackageName, PylockPackage> selected, Wanted wanted) {
        Map<PackageName, NavigableSet<String>> requiredBy = new LinkedHashMap<>();
        selected.values()
                .forEach(entry -> entry.dependencies()
                        .forEach(name -> requiredBy
                                .computeIfAbsent(name, it -> new TreeSet<>(Utf8Order.INSTANCE))
                                .add(entry.name().value())));
        return selected.values().stream()
                .filter(entry -> !entry.isDirectory(file, wanted.directory()))
                .map(entry -> entry.locked(file, List.copyOf(requiredBy.getOrDefault(entry.name(), new TreeSet<>()))))
                .toList();
    }

    // "If environments is specified, check that at least one of the environment marker expressions is satisfied; an
    // error MUST be raised if no expression is satisfied."
    private void checkEnvironments(MarkerEnvironment target) {
        environments.ifPresent(markers -> {
            if (markers.stream().noneMatch(marker -> marker.evaluate(target))) {
                throw BuildRefused.because("The lock does not support the base's platform.")
                        .why("it was made only for: "
                                + markers.stream().map(Marker::toString).collect(Collectors.joining("; ")))
                        .todo("lock again for the platform of the base");
            }
        });
    }

    private static SortedSet<String> together(Collection<String> some, Collection<String> others) {
        NavigableSet<String> all = new TreeSet<>(Utf8Order.INSTANCE);
        all.addAll(some);
        all.addAll(others);
        return all;
    }

    /** The format does not say what it was made from: each requirement that counts must be met by the lock's packages. */
    @Override
    public List<StaleEntry> stale(Wanted wanted) {
        return wanted.pyproject().map(pyproject -> stale(wanted, pyproject)).orElseGet(List::of);
    }

    private List<StaleEntry> stale(Wanted wanted, Pyproject pyproject) {
        List<StaleEntry> stale = new ArrayList<>(LockedPython.stale(requiresPython, wanted.target(), pyproject));
        stale.addAll(new MetByLock(select(wanted).packages(), Overridden.in(pyproject), false)
                .unmet(ConsumedRequirement.of(
                        pyproject,
                        wanted.target().markers(),
                        wanted.extras(),
                        together(defaultGroups, wanted.groups()))));
        return stale;
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.TomlTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code uv.lock}, version 1 in any revision (uv promises that a higher revision is compatible), for one project.
 *
 * <p>Packages are found by walking from the project; markers are never applied to the flat list, since each holds only
 * under what holds for its parents.
 */
final class UvLock implements Lock {

    private final LockFile file;
    private final TomlTable top;
    private final Map<PackageName, List<UvPackage>> packages;

    private UvLock(LockFile file, TomlTable top, Map<PackageName, List<UvPackage>> packages) {
        this.file = file;
        this.top = top;
        this.packages = packages;
    }

    static UvLock read(LockFile file, byte[] content) {
        TomlTable top = parsed(content);
        OptionalLong version = top.count("version");
        if (version.isEmpty() || version.getAsLong() != 1) {
            throw top.refused(
                            version.isEmpty()
                                    ? "The lock does not say its format's version."
                                    : "The lock has version " + version.getAsLong() + ".")
                    .why("version 1 of uv.lock can be read")
                    .todo("lock again with a version of uv that writes version 1");
        }
        refuseConflicts(top);
        Map<PackageName, List<UvPackage>> packages = Stream.of("package", "distribution") // the name until uv 0.4
                .flatMap(key -> top.tables(key).stream())
                .map(UvPackage::of)
                .collect(Collectors.groupingBy(UvPackage::name, LinkedHashMap::new, Collectors.toList()));
        return new UvLock(file, top, packages);
    }

    private static TomlTable parsed(byte[] content) {
        try {
            return TomlTable.parse(content);
        } catch (BuildRefused refused) {
            throw refused.todo("lock again with the tool that wrote it");
        }
    }

    private static void refuseConflicts(TomlTable top) {
        if (!top.isEmpty("conflicts")) {
            throw top.refused("The lock declares conflicting extras or groups, which cannot be read yet.")
                    .why("[tool.uv] conflicts makes several resolutions in one lock")
                    .todo("remove the conflicts from pyproject.toml and lock again");
        }
    }

    @Override
    public LockFile file() {
        return file;
    }

    @Override
    public Needed select(Wanted wanted) {
        Target target = wanted.target();
        MarkerEnvironment environment = target.markers();
        checkPython(target);
        checkSupported(environment);
        UvPackage root = rootOf(wanted);
        checkKnown("extra", wanted.extras(), root.extras());
        checkKnown("group", wanted.groups(), root.groups());
        return new Needed(
                new UvWalk(packages, root, environment).select(wanted.extras(), groupsOf(wanted, root)), List.of());
    }

    @Override
    public List<StaleEntry> stale(Wanted wanted) {
        return List.of();
    }

    private static SortedSet<String> groupsOf(Wanted wanted, UvPackage root) {
        SortedSet<String> unasked = wanted.defaultGroups().among(root.groups());
        try {
            checkKnown("group", unasked, root.groups());
        } catch (BuildRefused refused) {
            throw refused.in("[tool.uv] " + DefaultGroups.KEY + " of " + Pyproject.FILE);
        }
        NavigableSet<String> groups = new TreeSet<>(Utf8Order.INSTANCE);
        groups.addAll(wanted.groups());
        groups.addAll(unasked);
        return groups;
    }

    private void checkPython(Target target) {
        top.text("requires-python").ifPresent(text -> {
            if (!SpecifierSet.parse(text).contains(target.python())) {
                throw BuildRefused.because(
                                "The lock is for Python " + text + ", but the base has Python " + target.python() + ".")
                        .why("requires-python of the lock is \"" + text + "\"")
                        .todo(
                                "use a base whose Python fits, or change requires-python in pyproject.toml and lock again");
            }
        });
    }

    private void checkSupported(MarkerEnvironment environment) {
        List<String> markers = top.texts("supported-markers");
        if (!markers.isEmpty()
                && markers.stream().noneMatch(marker -> Marker.parse(marker).evaluate(environment))) {
            throw BuildRefused.because("The lock does not support the base's platform.")
                    .why("it was made only for: " + String.join("; ", markers))
                    .todo("add the platform to `environments` of [tool.uv] and lock again");
        }
    }

    private UvPackage rootOf(Wanted wanted) {
        PackageName name = wanted.project()
                .orElseThrow(() -> BuildRefused.because("The project has no name by which the lock knows it.")
                        .why("uv.lock is walked from the project, and pyproject.toml has no [project] name")
                        .todo("add a [project] table with a name, and lock again"));
        refuseMembers(name);
        Optional<UvPackage> root = packages.getOrDefault(name, List.of()).stream()
                .filter(UvPackage::isRoot)
                .findFirst();
        return root.orElseThrow(() -> BuildRefused.because("The lock is not of the project \"" + name.value() + "\".")
                .why("the project that it was made for is "
                        + packages.values().stream()
                                .flatMap(List::stream)
                                .filter(UvPackage::isRoot)
                                .map(candidate -> "\"" + candidate.name().value() + "\"")
                                .findFirst()
                                .orElse("not in it"))
                .todo("run `uv lock` in the project's directory"));
    }

    private void refuseMembers(PackageName project) {
        List<String> others = top.table("manifest").texts("members").stream()
                .filter(member -> !PackageName.of(member).equals(project))
                .toList();
        if (!others.isEmpty()) {
            throw BuildRefused.because("The lock is of a workspace, which cannot be read yet.")
                    .why("its other members are: " + String.join(", ", others))
                    .todo("lock the project on its own, outside the workspace");
        }
    }

    private static void checkKnown(String what, SortedSet<String> asked, SortedSet<String> known) {
        asked.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(unknown -> {
            throw BuildRefused.because("The lock knows no " + what + " \"" + unknown + "\".")
                    .why(
                            known.isEmpty()
                                    ? "the project has no " + what + "s"
                                    : "the project's " + what + "s are: " + String.join(", ", known))
                    .todo("name one of the project's " + what + "s, or add it to pyproject.toml and run `uv lock`");
        });
    }
}

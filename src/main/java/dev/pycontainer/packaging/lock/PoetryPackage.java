package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** One {@code [[package]]} of {@code poetry.lock}; its parts are read when they are asked for. */
final class PoetryPackage {

    private static final String MARKER = "marker";
    private static final String MARKERS = "markers";

    private final PackageName name;
    private final String writtenName;
    private final Version version;
    private final TomlTable table;
    private final TomlTable metadata;
    private final Path directory;
    private @Nullable List<PoetryDependency> dependencies;

    private PoetryPackage(PackageName name, Version version, TomlTable table, TomlTable metadata, Path directory) {
        this.name = name;
        this.writtenName = table.text("name").orElse(name.value());
        this.version = version;
        this.table = table;
        this.metadata = metadata;
        this.directory = directory;
    }

    static PoetryPackage of(TomlTable table, TomlTable metadata, Path directory) {
        PackageName name = table.requiredText("name", PackageName::of);
        Version version = table.requiredText("version", Version::parse);
        return new PoetryPackage(name, version, table.at(LockedPackage.place(name, version)), metadata, directory);
    }

    PackageName name() {
        return name;
    }

    /** The name as the lock writes it, by which old locks keep files. */
    String writtenName() {
        return writtenName;
    }

    Version version() {
        return version;
    }

    /** For the places of refusals. */
    String place() {
        return LockedPackage.place(name, version);
    }

    /** Whether it is needed by extras of the project alone. */
    boolean isOptional() {
        return table.flag("optional").orElse(false);
    }

    String pythonVersions() {
        return table.text("python-versions").orElse("*");
    }

    boolean isFor(Version python) {
        return table.text("python-versions", PoetryConstraint::parse)
                .orElse(PoetryConstraint.ANY)
                .allows(python);
    }

    /** The groups of the project that need it (lock version 2.1). */
    List<String> groups() {
        if (!table.has("groups")) {
            throw table.refusedAt("groups", "\"groups\" is missing.").todo("run `poetry lock`");
        }
        return table.texts("groups", Extra::of);
    }

    /** The condition under which a group needs it (lock version 2.1); absent where there is none. */
    Optional<Marker> markerIn(String group) {
        if (!table.isTable(MARKERS)) {
            return table.text(MARKERS, Marker::parse);
        }
        TomlTable byGroup = table.table(MARKERS);
        return byGroup.keys().stream()
                .filter(written -> Extra.normalized(written).equals(group))
                .findFirst()
                .flatMap(written -> byGroup.text(written, Marker::parse));
    }

    /** The condition under which anything needs it, which Poetry 1.0 and no later one wrote. */
    Optional<Marker> marker() {
        return table.text(MARKER, Marker::parse);
    }

    /** {@code pypi} where the lock names no source. */
    String sourceType() {
        return table.table("source").text("type").orElse("pypi");
    }

    /** The branch, tag or commit that was asked for, or the name of the index. */
    Optional<String> sourceReference() {
        return table.table("source").text("reference");
    }

    Optional<String> sourceUrl() {
        return table.table("source").text("url");
    }

    boolean isFromIndex() {
        return Set.of("pypi", "legacy").contains(sourceType());
    }

    private List<PoetryDependency> dependencies() {
        if (dependencies == null) {
            dependencies = PoetryDependency.of(table.table("dependencies"));
        }
        return dependencies;
    }

    /** The dependencies that apply where these of the package's extras are needed. */
    List<PoetryDependency> dependencies(Set<String> extras, MarkerEnvironment environment) {
        List<PoetryDependency> applying = new ArrayList<>();
        for (PoetryDependency dependency : dependencies()) {
            boolean asked = !dependency.optional()
                    || extras.stream().anyMatch(extra -> namesOf(extra).contains(dependency.name()));
            if (asked && placed(dependency, extras, environment)) {
                applying.add(dependency);
            }
        }
        return applying;
    }

    private boolean placed(PoetryDependency dependency, Set<String> extras, MarkerEnvironment environment) {
        try {
            return dependency.appliesIn(environment, extras);
        } catch (BuildRefused refused) {
            throw refused.in(dependency.place()).in(place());
        }
    }

    /**
     * The packages that an extra asks for everywhere, where no dependency is there for its sake: the lock was made without
     * it. One alone may be missing because the project asks for the extra where that one is not needed, and older locks do
     * not tell where that is.
     */
    List<PackageName> missingFor(String extra) {
        return dependencies().stream().anyMatch(dependency -> dependency.isOfExtra(extra))
                ? List.of()
                : requirementsOf(extra).stream()
                        .filter(requirement -> requirement.indexOf(';') < 0)
                        .map(PoetryPackage::nameOf)
                        .filter(needed -> dependencies().stream()
                                .noneMatch(one -> one.name().equals(needed) && !one.optional()))
                        .toList();
    }

    private List<String> requirementsOf(String extra) {
        TomlTable extras = table.table("extras");
        return extras.keys().stream()
                .filter(written -> Extra.normalized(written).equals(extra))
                .flatMap(written -> extras.texts(written).stream())
                .toList();
    }

    /** Every other package that this one names, under whichever condition. */
    Set<PackageName> names() {
        Set<PackageName> names = new HashSet<>();
        dependencies().forEach(dependency -> names.add(dependency.name()));
        table.table("extras").keys().forEach(extra -> names.addAll(namesOf(Extra.normalized(extra))));
        names.remove(name);
        return names;
    }

    /** The packages that an extra asks for; none where the package has no such extra, as with every installer. */
    private List<PackageName> namesOf(String extra) {
        TomlTable extras = table.table("extras");
        return extras.keys().stream()
                .filter(written -> Extra.normalized(written).equals(extra))
                .flatMap(written -> extras.texts(written, PoetryPackage::nameOf).stream())
                .toList();
    }

    // In the wild: old locks hold requirements that no standard allows, "foo (>=1.0,<2.0) ; extra == ..." or worse.
    static PackageName nameOf(String requirement) {
        String name = requirement.strip().replaceFirst("[\\s\\[(;<>=!~@].*$", "");
        return name.isEmpty() ? Requirement.parse(requirement).name() : PackageName.of(name);
    }

    LockedPackage locked(SortedSet<String> extras, SortedSet<String> requiredBy) {
        List<String> indexes = sourceType().equals("legacy")
                ? List.of(table.table("source").requiredText("url", IndexUrl::of))
                : List.of();
        return new LockedPackage(
                name,
                Optional.of(version),
                new PoetryFiles(this, table, metadata, directory).read(),
                indexes,
                List.copyOf(extras),
                List.copyOf(requiredBy));
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One {@code [[package]]} of {@code uv.lock}. Its edges are read at once, its files when asked for; equal to itself alone. */
final class UvPackage {

    private final PackageName name;
    private final Optional<String> version;
    private final UvSource source;
    private final String place;
    private final List<TomlTable> tables;
    private final List<Marker> forks;
    private final Edges edges;

    /** What a package needs, and what its extras and dependency groups add. */
    private record Edges(
            List<UvDependency> own, Map<String, List<UvDependency>> extras, Map<String, List<UvDependency>> groups) {}

    private UvPackage(
            PackageName name,
            Optional<String> version,
            UvSource source,
            String place,
            List<TomlTable> tables,
            List<Marker> forks,
            Edges edges) {
        this.name = name;
        this.version = version;
        this.source = source;
        this.place = place;
        this.tables = tables;
        this.forks = forks;
        this.edges = edges;
    }

    static UvPackage of(TomlTable table, UvMarkers markers) {
        PackageName name = table.requiredText("name", PackageName::of);
        Optional<String> version = table.text("version");
        String place = LockedPackage.place(name, version.orElse("without a version"));
        TomlTable placed = table.at(place);
        return new UvPackage(
                name,
                version,
                UvSource.of(placed.requiredTable("source")),
                place,
                List.of(placed),
                placed.texts("resolution-markers", markers::of),
                new Edges(
                        edges(placed, "dependencies", markers),
                        edgesByName(placed.table("optional-dependencies"), markers),
                        edgesByName(groups(placed), markers)));
    }

    // A later name of the table, which uv reads as well.
    private static TomlTable groups(TomlTable table) {
        return table.table(table.has("dev-dependencies") ? "dev-dependencies" : "dependency-groups");
    }

    private static Map<String, List<UvDependency>> edgesByName(TomlTable table, UvMarkers markers) {
        if (table.keys().isEmpty()) {
            return Map.of();
        }
        Map<String, List<UvDependency>> edges = new LinkedHashMap<>();
        table.keys().forEach(key -> edges.put(Extra.normalized(key), edges(table, key, markers)));
        return edges;
    }

    private static List<UvDependency> edges(TomlTable table, String key, UvMarkers markers) {
        List<UvDependency> edges = new ArrayList<>();
        for (TomlTable edge : table.tables(key)) {
            edges.add(UvDependency.of(edge, markers));
        }
        return edges;
    }

    /** Whether both are records of one package: of one name, version and source. */
    boolean isSameAs(UvPackage other) {
        return name.equals(other.name) && version.equals(other.version) && source.equals(other.source);
    }

    /** One package of two records of it, which may differ in their files and forks alone. */
    UvPackage with(UvPackage other) {
        if (!edges.equals(other.edges)) {
            throw tables.get(0)
                    .refused("The package stands in the lock twice, with different dependencies.")
                    .why("nothing says which of the two is meant")
                    .todo(UvLock.AGAIN);
        }
        return new UvPackage(
                name,
                version,
                source,
                place,
                Stream.of(tables, other.tables).flatMap(List::stream).toList(),
                forks.isEmpty() || other.forks.isEmpty()
                        ? List.of()
                        : Stream.of(forks, other.forks).flatMap(List::stream).toList(),
                edges);
    }

    PackageName name() {
        return name;
    }

    /** As the lock writes it; absent of a project whose version only its build backend knows. */
    Optional<String> version() {
        return version;
    }

    Optional<Version> parsedVersion() {
        return tables.get(0).text("version", Version::parse);
    }

    UvSource source() {
        return source;
    }

    /** Where a project on disk lies. */
    Path in(Path directory) {
        try {
            return source.in(directory);
        } catch (BuildRefused refused) {
            throw refused.in(place);
        }
    }

    /** For the places of refusals. */
    String place() {
        return place;
    }

    /** The markers of the forks of the resolution that hold this package; none where all do. */
    List<Marker> forks() {
        return forks;
    }

    List<UvDependency> dependencies() {
        return edges.own;
    }

    /** What an extra adds; nothing where the package has no such extra, as with every installer. */
    List<UvDependency> ofExtra(String extra) {
        return edges.extras.getOrDefault(extra, List.of());
    }

    List<UvDependency> ofGroup(String group) {
        return edges.groups.getOrDefault(group, List.of());
    }

    /** The extras of the project; one without dependencies is known to the metadata alone. */
    SortedSet<String> extras() {
        NavigableSet<String> names = new TreeSet<>(Utf8Order.INSTANCE);
        names.addAll(edges.extras.keySet());
        metadata().texts("provides-extras", Extra::normalized).forEach(names::add);
        return names;
    }

    /** The dependency groups of the project; an empty one is known to the metadata alone. */
    SortedSet<String> groups() {
        NavigableSet<String> names = new TreeSet<>(Utf8Order.INSTANCE);
        names.addAll(edges.groups.keySet());
        requiredByGroup().keys().forEach(key -> names.add(Extra.normalized(key)));
        return names;
    }

    /** What the project said when the lock was made. */
    TomlTable metadata() {
        return tables.get(0).table("metadata");
    }

    TomlTable requiredByGroup() {
        return metadata().table(metadata().has("requires-dev") ? "requires-dev" : "dependency-groups");
    }

    /** Whether the lock has it more than once, with the same wheels or others. */
    boolean isOfSeveralRecords() {
        return tables.size() > 1;
    }

    /** Its wheels, those of all its records. */
    List<TomlTable> wheels() {
        List<TomlTable> wheels = new ArrayList<>();
        for (TomlTable table : tables) {
            for (TomlTable wheel : table.tables("wheels")) {
                wheels.add(wheel.at("wheel " + (wheels.size() + 1)));
            }
        }
        return wheels;
    }

    /** Its source distribution, where there is one. */
    Optional<TomlTable> sdist() {
        return tables.stream()
                .filter(table -> table.has("sdist"))
                .map(table -> table.table("sdist"))
                .findFirst();
    }
}

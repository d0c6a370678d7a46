package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A dependency as Poetry writes it, in {@code pyproject.toml} or for a package of the lock: Poetry's page "Dependency
 * specification".
 *
 * @param extras those of the dependency, in their normal form
 * @param marker what its keys for markers, Python and platform say together
 * @param optional whether it is left out unless an extra asks for it
 * @param inExtras the extras of the project that ask for it, in their normal form
 * @param source the name of the index that it is to come from
 * @param line as it stands in the file, for messages
 * @param place where it stands, for messages
 */
record PoetryDependency(
        PackageName name,
        PoetryConstraint constraint,
        SortedSet<String> extras,
        Optional<Marker> marker,
        boolean optional,
        Set<String> inExtras,
        Optional<String> source,
        Optional<PoetryOrigin> origin,
        String line,
        String place) {

    private static final String VERSION = "version";
    private static final Pattern OF_EXTRA = Pattern.compile("extra == \"([^\"]+)\"");

    /** Whether its marker names this extra of the package that it is a dependency of. */
    boolean isOfExtra(String extra) {
        return marker.stream()
                .flatMap(condition -> OF_EXTRA.matcher(condition.toString()).results())
                .anyMatch(named -> Extra.normalized(named.group(1)).equals(extra));
    }

    /** The dependencies of a table: each a version, a table, or several of them for several conditions. */
    static List<PoetryDependency> of(TomlTable table) {
        return of(table, key -> true);
    }

    /** Those under the keys that count; no other is read. */
    static List<PoetryDependency> of(TomlTable table, Predicate<String> counts) {
        List<PoetryDependency> dependencies = new ArrayList<>();
        for (String key : table.keys()) {
            if (!key.equalsIgnoreCase("python") && counts.test(key)) {
                for (TomlTable one : table.tablesOrTexts(key, VERSION)) {
                    dependencies.add(of(key, one, table.pathOf(key)));
                }
            }
        }
        return dependencies;
    }

    private static PoetryDependency of(String key, TomlTable table, String place) {
        return new PoetryDependency(
                table.placed(() -> PackageName.of(key)),
                table.text(VERSION, PoetryConstraint::parse).orElse(PoetryConstraint.ANY),
                Extra.normalized(table.texts("extras")),
                markerOf(table),
                table.flag("optional").orElse(false),
                Set.of(),
                table.text("source"),
                PoetryOrigin.of(table),
                TomlLine.of(key, table, VERSION),
                place);
    }

    private static Optional<Marker> markerOf(TomlTable table) {
        boolean hasMarkers =
                table.text("markers").filter(text -> !text.isBlank()).isPresent();
        Optional<Marker> markers = hasMarkers ? table.text("markers", Marker::parse) : Optional.empty();
        Optional<String> python = table.text("python", PoetryConstraint::parse).map(PoetryPython::marker);
        Optional<String> platform = table.text("platform", PoetryPlatform::marker);
        return all(Stream.of(markers.map(Marker::toString), python, platform)
                .flatMap(Optional::stream)
                .toList());
    }

    private static Optional<Marker> all(List<String> conditions) {
        List<String> parts = conditions.stream()
                .filter(condition -> !condition.isEmpty())
                .map(condition -> "(" + condition + ")")
                .toList();
        return parts.isEmpty() ? Optional.empty() : Optional.of(Marker.parse(String.join(" and ", parts)));
    }

    /** A requirement of the standards (PEP 508). */
    static PoetryDependency of(Requirement requirement, Set<String> inExtras, String place) {
        return new PoetryDependency(
                requirement.name(),
                requirement.specifiers().isEmpty()
                        ? PoetryConstraint.ANY
                        : PoetryConstraint.parse(requirement.specifiers().toString()),
                Extra.normalized(requirement.extras()),
                requirement.marker(),
                !inExtras.isEmpty(),
                inExtras,
                Optional.empty(),
                requirement.url().map(PoetryOrigin::ofUrl),
                requirement.toString(),
                place);
    }

    PoetryDependency in(Set<String> askingExtras) {
        return new PoetryDependency(
                name, constraint, extras, marker, optional, askingExtras, source, origin, line, place);
    }

    /** This one of {@code [project]} with what {@code [tool.poetry]} adds to it for locking. */
    PoetryDependency with(PoetryDependency added) {
        return new PoetryDependency(
                name,
                constraint.and(added.constraint),
                extras,
                all(Stream.of(marker, added.marker)
                        .flatMap(Optional::stream)
                        .map(Marker::toString)
                        .toList()),
                optional,
                inExtras,
                added.source,
                origin.or(() -> added.origin),
                line,
                place);
    }

    /** Whether it applies, to a package of which these extras are needed. */
    boolean appliesIn(MarkerEnvironment environment, Set<String> askedExtras) {
        return marker.isEmpty() || marker.get().evaluate(environment.withExtras(askedExtras));
    }

    /** The requirement of the standards (PEP 508) that says the same, without the extras that ask for it. */
    String requirement() {
        String asked = extras.isEmpty() ? "" : "[" + String.join(",", extras) + "]";
        String where = origin.isPresent()
                ? origin.get().directReference().map(url -> " @ " + url).orElse("")
                : constraint.specifiers();
        return name + asked + where + marker.map(condition -> " ; " + condition).orElse("");
    }
}

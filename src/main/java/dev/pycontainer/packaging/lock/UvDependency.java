package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.TomlTable;
import java.util.List;
import java.util.Optional;

/**
 * An edge of the graph in {@code uv.lock}.
 *
 * @param version left out by uv where the name alone is unambiguous
 * @param source left out by uv where name and version are unambiguous
 * @param extras of the package that is meant, in their normal form
 * @param marker simplified by uv under what holds for its parents: true means nothing without the way to it
 */
record UvDependency(
        PackageName name,
        Optional<String> version,
        Optional<UvSource> source,
        List<String> extras,
        Optional<Marker> marker) {

    static UvDependency of(TomlTable table, UvMarkers markers) {
        return new UvDependency(
                table.requiredText("name", PackageName::of),
                table.text("version"),
                table.has("source") ? Optional.of(UvSource.of(table.table("source"))) : Optional.empty(),
                table.texts("extra", Extra::of),
                table.text("marker", markers::of));
    }

    /** Whether this package is, or may be where several remain, the one that is meant. */
    boolean means(UvPackage candidate) {
        return name.equals(candidate.name())
                && (version.isEmpty() || version.equals(candidate.version()))
                && (source.isEmpty() || source.get().equals(candidate.source()));
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.TomlTable;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An edge of the graph in {@code uv.lock}.
 *
 * @param version left out by uv where the name alone is unambiguous
 * @param source left out by uv where name and version are unambiguous
 * @param marker simplified by uv under what holds for its parents: true means nothing without the way to it
 */
record UvDependency(
        PackageName name,
        Optional<String> version,
        Optional<JsonNode> source,
        List<String> extras,
        Optional<Marker> marker) {

    static UvDependency of(TomlTable table) {
        return new UvDependency(
                table.requiredText("name", PackageName::of),
                table.text("version"),
                table.has("source") ? Optional.of(table.table("source").tree()) : Optional.empty(),
                table.texts("extra"),
                table.text("marker", Marker::parse));
    }
}

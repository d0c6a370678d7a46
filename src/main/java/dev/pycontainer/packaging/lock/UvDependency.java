package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.PackageName;
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
                PackageName.of(table.requiredText("name")),
                table.text("version"),
                table.table("source").map(TomlTable::node),
                table.texts("extra"),
                table.text("marker").map(Marker::parse));
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What pdm reads of a {@code pyproject.toml}, its own {@code [tool.pdm]} included. */
record PdmProject(Pyproject pyproject) {

    /** The extras that the project defines, in their normal form. */
    Set<String> extras() {
        return pyproject.optionalDependencies().keySet();
    }

    /** What the project requires with these extras and groups, on this target. */
    List<ConsumedRequirement> requirements(
            MarkerEnvironment target, Collection<String> extras, Collection<String> groups) {
        List<ConsumedRequirement> all = new ArrayList<>(ConsumedRequirement.of(pyproject, target, extras, groups));
        pyproject.check(file -> {
            TomlTable development = file.table("tool").table("pdm").table("dev-dependencies");
            for (String key : development.keys()) {
                if (groups.contains(Extra.normalized(key))) {
                    String place = Pyproject.FILE + ": " + development.pathOf(key);
                    development.texts(key, PdmRequirement::parse).stream()
                            .filter(requirement -> isOther(requirement) && requirement.appliesIn(target))
                            .forEach(requirement -> all.add(new ConsumedRequirement(place, requirement)));
                }
            }
        });
        return all;
    }

    private boolean isOther(Requirement requirement) {
        return pyproject
                .name()
                .map(PackageName::of)
                .filter(requirement.name()::equals)
                .isEmpty();
    }

    /** The packages that pdm leaves out of the resolution, whoever requires them. */
    Set<PackageName> excluded() {
        return pyproject.read(file -> Set.copyOf(new HashSet<>(
                file.table("tool").table("pdm").table("resolution").texts("excludes", PackageName::of))));
    }

    /**
     * Whether pdm would take the project for the one of which it wrote this hash. It hashes the tables that the lock
     * depends on as JSON; until version 4.4.1 without dependency groups, and of the resolution's settings the overrides
     * alone.
     */
    boolean hasHash(Digest hash) {
        JsonNode tree = pyproject.tree();
        ObjectNode now = inputs(tree);
        now.set("resolution", orEmpty(tree.at("/tool/pdm/resolution")));
        ObjectNode older = inputs(tree);
        older.set("dev-dependencies", orEmpty(tree.at("/tool/pdm/dev-dependencies")));
        older.set("overrides", orEmpty(tree.at("/tool/pdm/resolution/overrides")));
        return PythonJson.spaced().sha256(now).equals(hash)
                || PythonJson.spaced().sha256(older).equals(hash);
    }

    private static ObjectNode inputs(JsonNode tree) {
        ObjectNode inputs = Json.object();
        JsonNode sources = tree.at("/tool/pdm/source");
        inputs.set("sources", sources.isMissingNode() ? Json.object().arrayNode() : sources);
        JsonNode dependencies = tree.at("/project/dependencies");
        inputs.set("dependencies", dependencies.isMissingNode() ? Json.object().arrayNode() : dependencies);
        inputs.set("dev-dependencies", development(tree));
        inputs.set("optional-dependencies", orEmpty(tree.at("/project/optional-dependencies")));
        inputs.put("requires-python", tree.at("/project/requires-python").asString(""));
        return inputs;
    }

    private static ObjectNode development(JsonNode tree) {
        ObjectNode groups = Json.object();
        for (String table : List.of("/dependency-groups", "/tool/pdm/dev-dependencies")) {
            for (Map.Entry<String, JsonNode> group : tree.at(table).properties()) {
                ArrayNode into = groups.withArray(Extra.normalized(group.getKey()));
                group.getValue().forEach(into::add);
            }
        }
        return groups;
    }

    private static JsonNode orEmpty(JsonNode node) {
        return node.isMissingNode() ? Json.object() : node;
    }
}

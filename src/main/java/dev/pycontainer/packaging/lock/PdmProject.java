package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What pdm reads of a {@code pyproject.toml}, its own {@code [tool.pdm]} included. */
record PdmProject(Pyproject pyproject) {

    /** The extras that the project defines, in their normal form. */
    Set<String> extras() {
        return pyproject.optionalDependencies().keySet();
    }

    /** All that pdm calls groups, the project's own dependencies among them. */
    SortedSet<String> extrasAndGroups() {
        NavigableSet<String> names = new TreeSet<>(Utf8Order.INSTANCE);
        names.add(PdmLock.DEFAULT);
        names.addAll(extras());
        names.addAll(pyproject.dependencyGroups().keySet());
        pyproject.check(file -> file.table("tool").table("pdm").table("dev-dependencies").keys().stream()
                .map(Extra::normalized)
                .forEach(names::add));
        return names;
    }

    /**
     * What the project requires with these extras and groups, on this target. A group of pdm's own table may ask for
     * extras of the project itself; those of the standard's groups are replaced where they are read.
     */
    List<ConsumedRequirement> requirements(
            MarkerEnvironment target, Collection<String> extras, Collection<String> groups) {
        List<ConsumedRequirement> development = development(target, groups);
        Set<String> asked = new LinkedHashSet<>(extras);
        development.stream()
                .map(ConsumedRequirement::requirement)
                .filter(this::isOwn)
                .forEach(requirement -> asked.addAll(requirement.extras()));
        List<ConsumedRequirement> all = new ArrayList<>(ConsumedRequirement.of(pyproject, target, asked, groups));
        development.stream().filter(consumed -> !isOwn(consumed.requirement())).forEach(all::add);
        return all;
    }

    private List<ConsumedRequirement> development(MarkerEnvironment target, Collection<String> groups) {
        List<ConsumedRequirement> all = new ArrayList<>();
        pyproject.check(file -> {
            TomlTable development = file.table("tool").table("pdm").table("dev-dependencies");
            for (String key : development.keys()) {
                if (groups.contains(Extra.normalized(key))) {
                    String place = Pyproject.FILE + ": " + development.pathOf(key);
                    development.texts(key, PdmRequirement::parse).stream()
                            .filter(requirement -> requirement.appliesIn(target))
                            .forEach(requirement -> all.add(new ConsumedRequirement(place, requirement)));
                }
            }
        });
        return all;
    }

    /** Every package that the project names, for whichever extra or group. */
    Set<PackageName> names() {
        Set<PackageName> names = new HashSet<>();
        Stream.of(
                        Stream.of(pyproject.dependencies()),
                        pyproject.optionalDependencies().values().stream(),
                        pyproject.dependencyGroups().values().stream())
                .flatMap(lists -> lists)
                .flatMap(List::stream)
                .forEach(requirement -> names.add(requirement.name()));
        pyproject.check(file -> {
            TomlTable development = file.table("tool").table("pdm").table("dev-dependencies");
            development
                    .keys()
                    .forEach(key -> development
                            .texts(key, PdmRequirement::parse)
                            .forEach(requirement -> names.add(requirement.name())));
        });
        return names;
    }

    private boolean isOwn(Requirement requirement) {
        return pyproject
                .name()
                .map(PackageName::of)
                .filter(requirement.name()::equals)
                .isPresent();
    }

    /** The packages that pdm leaves out of the resolution, whoever requires them. */
    Set<PackageName> excluded() {
        return pyproject.read(file -> Set.copyOf(new HashSet<>(
                file.table("tool").table("pdm").table("resolution").texts("excludes", PackageName::of))));
    }

    /**
     * Whether pdm would take the project for the one of which it wrote this hash. It hashes the tables that the lock
     * depends on as JSON; older versions without dependency groups, and the oldest with the overrides alone of the
     * resolution's settings.
     */
    boolean hasHash(Digest hash) {
        JsonNode tree = pyproject.tree();
        ObjectNode now = inputs(tree);
        now.set("resolution", orEmpty(tree.at("/tool/pdm/resolution")));
        ObjectNode withoutGroups = now.deepCopy();
        withoutGroups.set("dev-dependencies", orEmpty(tree.at("/tool/pdm/dev-dependencies")));
        ObjectNode oldest = withoutGroups.deepCopy();
        oldest.remove("resolution");
        oldest.set("overrides", orEmpty(tree.at("/tool/pdm/resolution/overrides")));
        return Stream.of(now, withoutGroups, oldest)
                .anyMatch(inputs -> PythonJson.spaced().sha256(inputs).equals(hash));
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

package dev.pycontainer.packaging.lock;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code content-hash} of a {@code poetry.lock}: the SHA-256 of those parts of {@code pyproject.toml} that Poetry
 * locks, as the JSON that Python writes with sorted keys. Which parts they are has changed with Poetry's versions.
 */
final class PoetryContentHash {

    private static final List<String> LEGACY = List.of("dependencies", "source", "extras", "dev-dependencies");
    private static final List<String> PROJECT = List.of("requires-python", "dependencies", "optional-dependencies");
    private static final String GROUP = "group";
    private static final String GROUPS = "dependency-groups";

    private final JsonNode project;
    private final JsonNode groups;
    private final JsonNode poetry;

    /** @param pyproject the whole file */
    PoetryContentHash(JsonNode pyproject) {
        this.project = pyproject.path("project");
        this.groups = pyproject.path(GROUPS);
        this.poetry = pyproject.at("/tool/poetry");
    }

    /** The hashes, in hexadecimal digits, that some version of Poetry gives the file with all that can be locked. */
    Set<String> complete() {
        return Set.of(hash(true));
    }

    /** The hashes that some version gives it which did not look at all dependency groups: of the rest they tell. */
    Set<String> withoutGroups() {
        Set<String> hashes = new LinkedHashSet<>(complete());
        hashes.add(hash(false));
        if (PROJECT.stream().noneMatch(project::has)) {
            // Before Poetry 1.2, which knew neither groups nor [project].
            ObjectNode legacy = JsonNodeFactory.instance.objectNode();
            LEGACY.forEach(key -> legacy.set(key, orNull(poetry.path(key))));
            hashes.add(hashOf(legacy));
        }
        return hashes;
    }

    private String hash(boolean withGroups) {
        ObjectNode ofProject = JsonNodeFactory.instance.objectNode();
        PROJECT.stream().filter(project::has).forEach(key -> ofProject.set(key, project.path(key)));
        boolean hasGroups = withGroups && !groups.isEmpty();
        boolean standard = !ofProject.isEmpty() || hasGroups;
        ObjectNode ofPoetry = JsonNodeFactory.instance.objectNode();
        Stream.concat(LEGACY.stream(), Stream.of(GROUP))
                .filter(key -> poetry.has(key) || (!standard && !key.equals(GROUP)))
                .forEach(key -> ofPoetry.set(key, orNull(poetry.path(key))));
        if (!standard) {
            return hashOf(ofPoetry);
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        if (!ofProject.isEmpty()) {
            all.set("project", ofProject);
        }
        if (hasGroups) {
            all.set(GROUPS, groups);
        }
        all.putObject("tool").set("poetry", ofPoetry);
        return hashOf(all);
    }

    private static JsonNode orNull(JsonNode value) {
        return Optional.of(value)
                .filter(present -> !present.isMissingNode())
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    private static String hashOf(JsonNode content) {
        return PythonJson.spaced().sha256(content).hex();
    }
}

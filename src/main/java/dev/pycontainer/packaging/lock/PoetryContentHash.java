package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Utf8Order;
import java.util.ArrayList;
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
        StringBuilder json = new StringBuilder();
        write(content, json);
        return Digest.of(json.toString()).hex();
    }

    /** JSON as Python's {@code json.dumps} writes it: a blank behind colon and comma, ASCII alone. */
    private static void write(JsonNode value, StringBuilder json) {
        if (value.isObject()) {
            List<String> keys = new ArrayList<>(value.propertyNames());
            keys.sort(Utf8Order.INSTANCE);
            json.append('{');
            for (String key : keys) {
                json.append(json.charAt(json.length() - 1) == '{' ? "" : ", ");
                write(key, json);
                json.append(": ");
                write(value.path(key), json);
            }
            json.append('}');
        } else if (value.isArray()) {
            json.append('[');
            for (int i = 0; i < value.size(); i++) {
                json.append(i == 0 ? "" : ", ");
                write(value.path(i), json);
            }
            json.append(']');
        } else if (value.isString()) {
            write(value.stringValue(), json);
        } else {
            json.append(value);
        }
    }

    private static void write(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> {
                    if (c < ' ' || c > '~') {
                        json.append("\\u%04x".formatted((int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlFactory;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * A table of a TOML file whose values are asked for by name and type; a value of another type is refused with its place.
 *
 * @param place where the table stands in its file, empty at the top
 */
record TomlTable(JsonNode node, String place) {

    private static final TomlMapper MAPPER = TomlMapper.builder(TomlFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(100).build())
                    .build())
            .build();

    static TomlTable parse(String text) {
        try {
            return new TomlTable(MAPPER.readTree(text), "");
        } catch (JacksonException e) {
            throw BuildRefused.because("The lock file is not valid TOML.")
                    .why(e.getOriginalMessage()
                            + (e.getLocation() == null
                                    ? ""
                                    : ", near line " + e.getLocation().getLineNr()))
                    .todo("lock again with the tool that wrote it")
                    .causedBy(e);
        }
    }

    TomlTable at(String newPlace) {
        return new TomlTable(node, newPlace);
    }

    boolean has(String key) {
        return node.has(key);
    }

    Collection<String> keys() {
        return node.propertyNames();
    }

    Optional<String> text(String key) {
        return value(key, JsonNode::isString, "a string").map(JsonNode::stringValue);
    }

    String requiredText(String key) {
        return text(key).orElseThrow(() -> refused("\"" + key + "\" is missing."));
    }

    OptionalLong count(String key) {
        return value(key, candidate -> candidate.isIntegralNumber() && candidate.canConvertToLong(), "an integer")
                .map(number -> OptionalLong.of(number.longValue()))
                .orElse(OptionalLong.empty());
    }

    Optional<TomlTable> table(String key) {
        return value(key, JsonNode::isObject, "a table").map(table -> new TomlTable(table, place));
    }

    /** The tables of an array, none where the key is absent. */
    List<TomlTable> tables(String key) {
        return elements(key, JsonNode::isObject, "an array of tables").stream()
                .map(element -> new TomlTable(element, place))
                .toList();
    }

    /** The strings of an array, none where the key is absent. */
    List<String> texts(String key) {
        return elements(key, JsonNode::isString, "an array of strings").stream()
                .map(JsonNode::stringValue)
                .toList();
    }

    BuildRefused refused(String what) {
        BuildRefused refused = BuildRefused.because(what);
        return place.isEmpty() ? refused : refused.in(place);
    }

    private List<JsonNode> elements(String key, Predicate<JsonNode> type, String typeName) {
        List<JsonNode> elements = new ArrayList<>();
        value(key, JsonNode::isArray, typeName).ifPresent(array -> array.forEach(elements::add));
        if (!elements.stream().allMatch(type)) {
            throw refused("\"" + key + "\" is not " + typeName + ".");
        }
        return elements;
    }

    private Optional<JsonNode> value(String key, Predicate<JsonNode> type, String typeName) {
        JsonNode value = node.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.test(value)) {
            throw refused("\"" + key + "\" is not " + typeName + ".");
        }
        return Optional.of(value);
    }
}

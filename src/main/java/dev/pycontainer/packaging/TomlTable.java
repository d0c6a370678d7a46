package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.toml.TomlFactory;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * A table of a TOML file, asked by key and type; a value of another type is refused under the key's whole path.
 *
 * <p>A table that is absent is empty, so that a path can be asked in one line; {@link #has} tells.
 */
public final class TomlTable {

    private static final TomlMapper MAPPER = TomlMapper.builder(TomlFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxStringLength(4 << 20)
                            .build())
                    .build())
            .build();

    private final JsonNode node;
    private final String path;

    private TomlTable(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** Reads a whole file (TOML 1.0); what is not TOML in UTF-8 is refused. */
    public static TomlTable parse(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return new TomlTable(MAPPER.readTree(text), "");
        } catch (CharacterCodingException e) {
            throw BuildRefused.because("The file is not valid TOML.")
                    .why("it is not encoded in UTF-8")
                    .causedBy(e);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw BuildRefused.because("The file is not valid TOML.")
                    .why(e.getOriginalMessage() + (line > 0 ? ", near line " + line : ""))
                    .causedBy(e);
        }
    }

    /** The table as a tree of JSON; a copy. */
    public JsonNode tree() {
        return node.deepCopy();
    }

    public boolean has(String key) {
        return node.has(key);
    }

    /** The keys in the file's order. */
    public Collection<String> keys() {
        return List.copyOf(node.propertyNames());
    }

    public Optional<String> text(String key) {
        return value(key, JsonNode::isString, "a string").map(JsonNode::stringValue);
    }

    public Optional<Boolean> flag(String key) {
        return value(key, JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue);
    }

    /** The strings of an array; none where the key is absent. */
    public List<String> texts(String key) {
        String expected = "an array of strings";
        List<String> texts = new ArrayList<>();
        value(key, JsonNode::isArray, expected)
                .ifPresent(array -> array.forEach(element -> {
                    if (!element.isString()) {
                        throw notOfType(key, expected);
                    }
                    texts.add(element.stringValue());
                }));
        return List.copyOf(texts);
    }

    /** A table of strings in the file's order; empty where the key is absent. */
    public Map<String, String> textsByKey(String key) {
        TomlTable table = table(key);
        Map<String, String> texts = new LinkedHashMap<>();
        table.keys().forEach(name -> table.text(name).ifPresent(value -> texts.put(name, value)));
        return texts;
    }

    /** The table under this key; an empty one where the key is absent. */
    public TomlTable table(String key) {
        JsonNode table = value(key, JsonNode::isObject, "a table").orElseGet(JsonNodeFactory.instance::objectNode);
        return new TomlTable(table, pathOf(key));
    }

    /** The tables of an array, or a single table; none where the key is absent. */
    public List<TomlTable> tables(String key) {
        String expected = "a table or an array of tables";
        List<TomlTable> tables = new ArrayList<>();
        value(key, value -> value.isObject() || value.isArray(), expected).ifPresent(value -> {
            for (JsonNode element : value.isArray() ? value : List.of(value)) {
                if (!element.isObject()) {
                    throw notOfType(key, expected);
                }
                tables.add(new TomlTable(element, pathOf(key)));
            }
        });
        return tables;
    }

    /** Whether the key's value is a string. */
    public boolean isText(String key) {
        return node.path(key).isString();
    }

    /** Whether the key's value is a table. */
    public boolean isTable(String key) {
        return node.path(key).isObject();
    }

    /** The key's path from the file's top, such as {@code project.version}. */
    public String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Optional<JsonNode> value(String key, Predicate<JsonNode> type, String expected) {
        JsonNode value = node.get(key);
        if (value != null && !type.test(value)) {
            throw notOfType(key, expected);
        }
        return Optional.ofNullable(value);
    }

    private BuildRefused notOfType(String key, String expected) {
        return BuildRefused.because("\"" + key + "\" is not " + expected + ".").in(pathOf(key));
    }
}

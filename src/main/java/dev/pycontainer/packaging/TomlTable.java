package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Json;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlFactory;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * A table of a TOML file, asked by key and type; a value of another type is refused under the key's whole path.
 *
 * <p>A table that is absent is empty, so that a path can be asked in one line; {@link #has} tells. A table may have a
 * place that tells more than the file's path does, such as the package that it is of ({@link #at}).
 */
public final class TomlTable {

    private static final TomlMapper MAPPER = TomlMapper.builder(TomlFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxStringLength(4 << 20)
                            .build())
                    .build())
            .build();

    /** What is asked where no table is; never changed. */
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final JsonNode node;
    private final Optional<String> place;
    private final String path;
    private final Manner manner;

    private TomlTable(JsonNode node, Optional<String> place, String path, Manner manner) {
        this.node = node;
        this.place = place;
        this.path = path;
        this.manner = manner;
    }

    /**
     * How the file's faults are told.
     *
     * @param one table, in the format's words
     * @param several of them
     * @param advice for every fault that has none of its own
     */
    private record Manner(String one, String several, Optional<String> advice) {
        private static final Manner TOML = new Manner("a table", "an array of tables", Optional.empty());
        private static final Manner JSON = new Manner("an object", "an array of objects", Optional.empty());
    }

    /** Reads a whole file (TOML 1.0); what is not TOML in UTF-8 is refused. */
    public static TomlTable parse(byte[] content) {
        try (JsonParser parser = MAPPER.createParser(Utf8Text.of(content))) {
            // The library reads the whole file into a tree before its first token; the tokens would only copy it.
            JsonNode tree = (JsonNode) parser.streamReadInputSource();
            return new TomlTable(tree, Optional.empty(), "", Manner.TOML);
        } catch (CharacterCodingException e) {
            throw BuildRefused.because("The file is not valid TOML.")
                    .why("it is not encoded in UTF-8")
                    .causedBy(e);
        } catch (JacksonException e) {
            throw BuildRefused.because("The file is not valid TOML.")
                    .why(Json.fault(e))
                    .causedBy(e);
        }
    }

    /**
     * An object of a JSON file, asked as a table is; {@code null}, which TOML has not, counts as absent to whoever asks
     * for a type.
     */
    public static TomlTable ofJson(ObjectNode object) {
        return new TomlTable(object, Optional.empty(), "", Manner.JSON);
    }

    /** The same table; what is refused of it, and of what is below it, has this advice where it has none of its own. */
    public TomlTable advising(String advice) {
        return new TomlTable(node, place, path, new Manner(manner.one(), manner.several(), Optional.of(advice)));
    }

    /** A table that does not stand in a file as it is, at the path of those that it is made of. */
    static TomlTable of(JsonNode node, String path) {
        return new TomlTable(node, Optional.empty(), path, Manner.TOML);
    }

    /** The same table under a place of its own, such as {@code package "torch" 2.3.0}; paths begin anew below it. */
    public TomlTable at(String newPlace) {
        return new TomlTable(node, Optional.of(newPlace), "", manner);
    }

    /** The table as a tree of JSON; a copy. */
    public JsonNode tree() {
        return node.deepCopy();
    }

    public boolean has(String key) {
        return node.has(key);
    }

    /** Whether the key is absent, or its value an empty array or table. */
    public boolean isEmpty(String key) {
        return node.path(key).isEmpty() && !node.path(key).isValueNode();
    }

    /** The keys in the file's order. */
    public Collection<String> keys() {
        return List.copyOf(node.propertyNames());
    }

    public Optional<String> text(String key) {
        JsonNode value = node.get(key);
        return value != null && value.isString()
                ? Optional.of(value.stringValue())
                : value(key, JsonNode::isString, "a string").map(JsonNode::stringValue);
    }

    /** The string in the meaning that it has; a refusal of its reader is placed at the key. */
    public <T> Optional<T> text(String key, Function<String, T> reader) {
        return text(key).map(text -> read(key, () -> reader.apply(text)));
    }

    /** The string of a key that must be there, in the meaning that it has. */
    public <T> T requiredText(String key, Function<String, T> reader) {
        return text(key, reader).orElseThrow(() -> missing(key));
    }

    /** An integer of 64 bits. */
    public OptionalLong count(String key) {
        return value(key, value -> value.isIntegralNumber() && value.canConvertToLong(), "an integer")
                .map(value -> OptionalLong.of(value.longValue()))
                .orElse(OptionalLong.empty());
    }

    public Optional<Boolean> flag(String key) {
        return value(key, JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue);
    }

    /** The strings of an array; none where the key is absent. */
    public List<String> texts(String key) {
        return elements(key, JsonNode::isString, "an array of strings").stream()
                .map(JsonNode::stringValue)
                .toList();
    }

    /** The strings of an array in the meaning that they have; a refusal of their reader is placed at the key. */
    public <T> List<T> texts(String key, Function<String, T> reader) {
        List<String> texts = texts(key);
        return read(key, () -> texts.stream().map(reader).toList());
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
        return below(key, value(key, JsonNode::isObject, manner.one()).orElse(NOTHING));
    }

    /** The table of a key that must be there. */
    public TomlTable requiredTable(String key) {
        if (!has(key)) {
            throw missing(key);
        }
        return table(key);
    }

    /** The tables of an array; none where the key is absent. */
    public List<TomlTable> tables(String key) {
        List<JsonNode> elements = elements(key, JsonNode::isObject, manner.several());
        String theirPath = pathOf(key);
        List<TomlTable> tables = new ArrayList<>(elements.size());
        for (JsonNode element : elements) {
            tables.add(new TomlTable(element, place, theirPath, manner));
        }
        return tables;
    }

    /** The tables of an array that is itself an element under this key; anything else in it is refused. */
    public List<TomlTable> tablesOf(String key, JsonNode array) {
        List<TomlTable> tables = new ArrayList<>();
        for (JsonNode element : array) {
            if (!element.isObject()) {
                throw notOfType(key, "an array of arrays of tables");
            }
            tables.add(below(key, element));
        }
        return tables;
    }

    /** The tables of an array, or a single table; none where the key is absent. */
    public List<TomlTable> oneOrMoreTables(String key) {
        return isTable(key) ? List.of(table(key)) : tables(key);
    }

    /**
     * The tables under this key, one or an array of them, where a string stands for a table that has it under
     * {@code textKey}: {@code httpx = "^0.27"} is {@code httpx = { version = "^0.27" }}.
     */
    public List<TomlTable> tablesOrTexts(String key, String textKey) {
        JsonNode value = node.path(key);
        List<JsonNode> elements = value.isArray() ? elements(key) : value.isMissingNode() ? List.of() : List.of(value);
        List<TomlTable> tables = new ArrayList<>();
        for (JsonNode element : elements) {
            if (element.isString()) {
                tables.add(below(key, JsonNodeFactory.instance.objectNode().set(textKey, element)));
            } else if (element.isObject()) {
                tables.add(below(key, element));
            } else {
                throw notOfType(key, "a string, a table, or an array of them");
            }
        }
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

    /** A refusal of what stands in this table as a whole. */
    public BuildRefused refused(String what) {
        BuildRefused refused = BuildRefused.because(what);
        return placed(path.isEmpty() ? refused : refused.in(path));
    }

    /** Does something with what stands in this table; a refusal is placed at the table. */
    public <T> T placed(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (BuildRefused refused) {
            throw placed(path.isEmpty() ? refused : refused.in(path));
        }
    }

    /** Does something with the key's value; a refusal is placed at the key. */
    public <T> T read(String key, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (BuildRefused refused) {
            throw placed(refused.in(pathOf(key)));
        }
    }

    private TomlTable below(String key, JsonNode value) {
        return new TomlTable(value, place, pathOf(key), manner);
    }

    /** The elements of an array, of whatever types; none where the key is absent. */
    public List<JsonNode> elements(String key) {
        return elements(key, element -> true, "an array");
    }

    private List<JsonNode> elements(String key, Predicate<JsonNode> type, String expected) {
        Optional<JsonNode> array = value(key, JsonNode::isArray, expected);
        if (array.isEmpty()) {
            return List.of();
        }
        List<JsonNode> elements = new ArrayList<>(array.get().size());
        for (JsonNode element : array.get()) {
            if (!type.test(element)) {
                throw notOfType(key, expected);
            }
            elements.add(element);
        }
        return elements;
    }

    private Optional<JsonNode> value(String key, Predicate<JsonNode> type, String expected) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!type.test(value)) {
            throw notOfType(key, expected);
        }
        return Optional.of(value);
    }

    private BuildRefused notOfType(String key, String expected) {
        return refusedAt(key, "\"" + key + "\" is not " + expected + ".");
    }

    private BuildRefused missing(String key) {
        return refusedAt(key, "\"" + key + "\" is missing.");
    }

    /** A refusal of what stands under this key. */
    public BuildRefused refusedAt(String key, String what) {
        return placed(BuildRefused.because(what).in(pathOf(key)));
    }

    private BuildRefused placed(BuildRefused refused) {
        BuildRefused advised = manner.advice().map(refused::orTodo).orElse(refused);
        return place.map(advised::in).orElse(advised);
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A key with its value as one line of TOML, for messages. */
final class TomlLine {

    private TomlLine() {}

    /** @param only a key that stands for the whole table where it is the only one: {@code httpx = "^0.27"} */
    static String of(String key, TomlTable table, String only) {
        JsonNode tree = table.tree();
        JsonNode value = tree.size() == 1 && tree.has(only) ? tree.path(only) : tree;
        return key + " = " + of(value);
    }

    private static String of(JsonNode value) {
        List<String> parts = new ArrayList<>();
        if (value.isObject()) {
            value.properties().forEach(entry -> parts.add(entry.getKey() + " = " + of(entry.getValue())));
            return "{ " + String.join(", ", parts) + " }";
        }
        if (value.isArray()) {
            value.forEach(element -> parts.add(of(element)));
            return "[" + String.join(", ", parts) + "]";
        }
        return value.isString() ? "\"" + value.stringValue() + "\"" : value.asString("");
    }
}

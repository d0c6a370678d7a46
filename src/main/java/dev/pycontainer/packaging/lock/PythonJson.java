package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A tree as Python's {@code json.dumps(tree, sort_keys=True)} writes it: the text that poetry, pdm and pipenv hash
 * to know whether a project changed.
 *
 * @param comma between elements
 * @param colon behind keys
 */
record PythonJson(String comma, String colon) {

    /** With the separators that {@code json.dumps} has by itself. */
    static PythonJson spaced() {
        return new PythonJson(", ", ": ");
    }

    /** With {@code separators=(",", ":")}. */
    static PythonJson compact() {
        return new PythonJson(",", ":");
    }

    Digest sha256(JsonNode tree) {
        StringBuilder text = new StringBuilder();
        write(tree, text);
        return Digest.of(text.toString());
    }

    private void write(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> sorted = new TreeMap<>(Utf8Order.INSTANCE);
            node.propertyNames().forEach(name -> sorted.put(name, node.path(name)));
            List<Runnable> members = new ArrayList<>();
            sorted.forEach((name, value) -> members.add(() -> {
                quote(name, text);
                text.append(colon);
                write(value, text);
            }));
            joined('{', members, '}', text);
        } else if (node.isArray()) {
            List<Runnable> elements = new ArrayList<>();
            node.forEach(element -> elements.add(() -> write(element, text)));
            joined('[', elements, ']', text);
        } else if (node.isString()) {
            quote(node.stringValue(), text);
        } else {
            text.append(node);
        }
    }

    private void joined(char open, List<Runnable> parts, char close, StringBuilder text) {
        text.append(open);
        for (int i = 0; i < parts.size(); i++) {
            text.append(i == 0 ? "" : comma);
            parts.get(i).run();
        }
        text.append(close);
    }

    /** {@code ensure_ascii}: everything beyond ASCII is escaped as UTF-16. */
    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < ' ' || c > '~') {
                        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}

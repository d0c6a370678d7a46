package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A value as it was written, before it is read as text, list or map.
 *
 * @param written where and how it was written, such as {@code -Dpycontainer.to.tags} or {@code <to><tags>}
 */
record Setting(String written, String text, List<Child> children) {

    /** One XML child; without text its value is the empty string. */
    record Child(String name, String text, List<Child> children) {}

    /** All of it, however it is read. */
    String value() {
        return children.isEmpty() ? text : text + children;
    }

    static Setting ofText(String written, String text) {
        return new Setting(written, text, List.of());
    }

    String asText() {
        if (!children.isEmpty()) {
            throw BuildRefused.because(written + " takes one value.")
                    .why("it holds <" + children.get(0).name() + ">");
        }
        return text;
    }

    boolean asFlag() {
        String value = asText();
        if (!value.equals("true") && !value.equals("false")) {
            throw BuildRefused.because(written + " is \"" + value + "\".").why("it takes true or false");
        }
        return value.equals("true");
    }

    int asNumber() {
        String value = asText();
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw BuildRefused.because(written + " is \"" + value + "\".")
                    .why("it takes a whole number")
                    .causedBy(e);
        }
    }

    List<String> asList() {
        return children.isEmpty()
                ? split(text)
                : children.stream().map(Child::text).toList();
    }

    Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        children.forEach(child -> map.put(child.name(), child.text()));
        if (children.isEmpty()) {
            for (String pair : split(text)) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw BuildRefused.because(written + " holds \"" + pair + "\".")
                            .why("it takes pairs: key=value,key=value");
                }
                map.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return map;
    }

    /**
     * Structures with fields of these names; another name is refused. On a command line each is {@code id=web url=…}, or
     * for short {@code web=…}, where the word before the sign is no field's name.
     *
     * @param first the field that the short form's name is, such as {@code id}
     * @param second the field that the short form's value is, such as {@code url}
     */
    List<Map<String, String>> asStructures(String first, String second, Set<String> fields) {
        List<Map<String, String>> structures = new ArrayList<>();
        for (Child child : children) {
            Map<String, String> structure = new LinkedHashMap<>();
            for (Child field : child.children) {
                put(structure, field.name, field.text, fields, written + "<" + child.name + "><" + field.name + ">");
            }
            structures.add(structure);
        }
        if (children.isEmpty()) {
            for (String words : split(text)) {
                structures.add(structure(words, first, second, fields));
            }
        }
        return structures;
    }

    private Map<String, String> structure(String words, String first, String second, Set<String> fields) {
        Map<String, String> structure = new LinkedHashMap<>();
        for (String word : words.split("\\s+", -1)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                // The word itself may be a URL with a password.
                throw BuildRefused.because(written + " holds a word without a name.")
                        .why("it takes words of the form name=value, separated by blanks");
            }
            String name = word.substring(0, equals);
            String value = word.substring(equals + 1);
            if (structure.isEmpty() && !fields.contains(name)) {
                structure.put(first, name);
                structure.put(second, value);
            } else {
                put(structure, name, value, fields, written + " with " + name + "=");
            }
        }
        return structure;
    }

    private static void put(
            Map<String, String> structure, String name, String value, Set<String> fields, String place) {
        if (!fields.contains(name)) {
            BuildRefused refused = BuildRefused.because(place + " is not a parameter of this plugin.");
            throw NearestName.of(name, fields)
                    .map(near -> refused.todo("did you mean " + near + "?"))
                    .orElse(refused.todo("it takes " + String.join(", ", new TreeSet<>(fields))));
        }
        if (structure.put(name, value) != null) {
            throw BuildRefused.because(place + " is given twice.");
        }
    }

    /** Comma separated values; {@code \,} is a comma, and the empty text no value at all. */
    private static List<String> split(String text) {
        List<String> values = new ArrayList<>();
        if (text.isEmpty()) {
            return values;
        }
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == ',') {
                value.append(',');
                i++;
            } else if (c == ',') {
                values.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString().strip());
        return values;
    }
}

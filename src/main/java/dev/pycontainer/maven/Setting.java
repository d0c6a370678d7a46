package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value as it was written, before it is read as text, list or map.
 *
 * @param written where and how it was written, such as {@code -Dpycontainer.to.tags} or {@code <to><tags>}
 */
record Setting(String written, String text, List<Child> children) {

    /** One XML child; without text its value is the empty string. */
    record Child(String name, String text) {}

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

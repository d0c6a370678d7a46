package dev.pycontainer.packaging.wheel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The fields of a file in the email message format, such as {@code WHEEL} and {@code METADATA}.
 *
 * <p>"Core metadata specifications": the format is that of {@code email.message_from_string} with the policy
 * {@code compat32}. So names are compared without case, a line that begins with white space continues the field before
 * it, and the fields end at the first empty line or at the first line that is none.
 */
final class HeaderFields {

    private record Field(String name, StringBuilder value) {}

    private final List<Field> fields;

    private HeaderFields(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    static HeaderFields parse(byte[] content) {
        List<Field> fields = new ArrayList<>();
        // One line at a time: the description behind the fields has many, which nobody asks for.
        Iterator<String> lines =
                new String(content, StandardCharsets.UTF_8).lines().iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            int colon = line.indexOf(':');
            if (line.startsWith(" ") || line.startsWith("\t")) {
                if (!fields.isEmpty()) {
                    fields.get(fields.size() - 1).value.append('\n').append(line.strip());
                }
            } else if (colon > 0 && line.substring(0, colon).chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                fields.add(new Field(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        new StringBuilder(line.substring(colon + 1).strip())));
            } else {
                break;
            }
        }
        return new HeaderFields(fields);
    }

    /** All values of a field that may stand there several times, in their order. */
    List<String> all(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return fields.stream()
                .filter(field -> field.name.equals(key))
                .map(field -> field.value.toString())
                .toList();
    }

    /** The field's first value, which is the one that {@code email} gives for a name that stands there twice. */
    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }
}

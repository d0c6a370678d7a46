package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One paragraph (stanza) of a control file: deb822(5).
 *
 * <p>Field names are not case-sensitive. A field without a value is ignored, as the manual page says, but stands there.
 */
public final class ControlParagraph {

    private static final int MAXIMUM_FIELDS = 1000;
    private static final Pattern FOLD = Pattern.compile("[ \\t\\n]+");

    private final String place;
    private final String text;
    private final Map<String, Field> fields = new LinkedHashMap<>();

    /** Where a field's value lies in the text: behind the colon, to the end of its last line. */
    private static final class Field {

        private final int start;
        private int end;

        private Field(int start, int end) {
            this.start = start;
            this.end = end;
        }
    }

    private ControlParagraph(String place, String text) {
        this.place = place;
        this.text = text;
    }

    /**
     * Reads a paragraph's lines; what are none of fields is refused.
     *
     * @param place where the paragraph stands, for refusals: {@code bookworm: paragraph 7}
     * @param text the lines, none of them blank
     */
    static ControlParagraph parse(String place, String text) {
        ControlParagraph paragraph = new ControlParagraph(place, text);
        Field last = null;
        int start = 0;
        while (start < text.length()) {
            int lineEnd = text.indexOf('\n', start);
            int end = lineEnd < 0 ? text.length() : lineEnd;
            if (isBlank(text.charAt(start))) {
                paragraph.continued(last, start, end);
            } else {
                last = paragraph.field(start, end);
            }
            start = end + 1;
        }
        return paragraph;
    }

    // "The lines after the first are called continuation lines and must start with a U+0020 SPACE or a U+0009 TAB."
    private void continued(@Nullable Field field, int start, int end) {
        if (field == null) {
            throw refused("A paragraph begins with the continuation of a field.")
                    .why(shown(start, end));
        }
        field.end = end;
    }

    private Field field(int start, int end) {
        // "Lines starting with U+0023 '#' [...] are comments lines that are only permitted in source package control
        // files (debian/control) and in deb-origin(5) files", none of which is read here.
        int colon = text.indexOf(':', start);
        if (colon < 0 || colon >= end || !isFieldName(start, colon)) {
            throw refused("A line of a paragraph is no field.").why(shown(start, end));
        }
        String name = text.substring(start, colon);
        Field field = new Field(colon + 1, end);
        // "A stanza must not contain more than one instance of a particular field name."
        if (fields.put(name.toLowerCase(Locale.ROOT), field) != null) {
            throw refused("A paragraph has the field " + Excerpt.of(name) + " twice.");
        }
        if (fields.size() > MAXIMUM_FIELDS) {
            throw refused("A paragraph has more than " + MAXIMUM_FIELDS + " fields, the limit for it.");
        }
        return field;
    }

    // "The field name is composed of US-ASCII characters excluding control characters, space, and colon [...]. Field
    // names must not begin with the comment character (U+0023 '#'), nor with the hyphen character (U+002D '-')."
    private boolean isFieldName(int start, int end) {
        if (start == end || text.charAt(start) == '#' || text.charAt(start) == '-') {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (text.charAt(i) < '!' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** The value of a simple field, which "must be a single line"; one that is folded is refused. */
    public Optional<String> simple(String name) {
        return value(name).map(value -> {
            if (value.indexOf('\n') >= 0) {
                throw refused("The field " + name + " of a paragraph spans lines.")
                        .why("deb822(5): it is a simple field, and must be a single line");
            }
            return value;
        });
    }

    /** The value of a simple field that must be there. */
    public String required(String name) {
        return simple(name).orElseThrow(() -> refused("A paragraph has no field " + name + "."));
    }

    /** The value of a folded field as one line: "Whitespace, including any newlines, is not significant". */
    public Optional<String> folded(String name) {
        return value(name)
                .map(value ->
                        value.indexOf('\n') < 0 ? value : FOLD.matcher(value).replaceAll(" "));
    }

    /** The lines of a multiline field without the blanks around them, and without the first where that is empty. */
    public List<String> lines(String name) {
        return value(name).stream()
                .flatMap(String::lines)
                .map(ControlParagraph::trimmed)
                .toList();
    }

    /** The names of the fields in lower case, in the order in which they stand. */
    public List<String> names() {
        return List.copyOf(fields.keySet());
    }

    /** The fields that have a value, by their names as they are written, with what stands behind the colon up to the last line's end. */
    Map<String, String> written() {
        Map<String, String> written = new LinkedHashMap<>();
        fields.forEach((name, field) -> {
            String value = text.substring(field.start, field.end).stripTrailing();
            if (!value.isBlank()) {
                int start = field.start - 1 - name.length();
                written.put(text.substring(start, field.start - 1), value.replaceFirst("^[ \\t]+", ""));
            }
        });
        return written;
    }

    // "Horizontal whitespace (U+0020 SPACE and U+0009 TAB) may occur immediately before or after the value and is
    // ignored there". "Empty field values are only permitted in source package control files [...]. Such fields are
    // ignored."
    private Optional<String> value(String name) {
        Field field = fields.get(name.toLowerCase(Locale.ROOT));
        return field == null
                ? Optional.empty()
                : Optional.of(trimmed(text.substring(field.start, field.end))).filter(value -> !value.isEmpty());
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n';
    }

    /** Where the paragraph stands, and the package that it describes where it does. */
    String place() {
        return place
                + value("Package")
                        .filter(DebianPackage::isName)
                        .map(it -> " (package " + it + ")")
                        .orElse("");
    }

    private BuildRefused refused(String what) {
        return BuildRefused.because(what).in(place());
    }

    private String shown(int start, int end) {
        return "`" + Excerpt.of(text.substring(start, end)) + "`";
    }
}

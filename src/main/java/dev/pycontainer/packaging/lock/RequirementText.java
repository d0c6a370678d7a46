package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Utf8Text;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a requirements file: pip's "Requirements File Format", "Encoding".
 *
 * <p>pip reads any encoding that a mark or a comment names, and where that fails the machine's own; read here is UTF-8
 * alone, and the others are refused by their name.
 */
final class RequirementText {

    /** Names that Python knows UTF-8 and its subset by, without separators. */
    private static final Set<String> UTF_8 = Set.of("utf8", "u8", "utf8sig", "cp65001", "ascii", "usascii", "646");

    // PEP 263, as pip searches it: in a comment among the first two lines.
    private static final Pattern CODING = Pattern.compile("coding[:=]\\s*([-\\w.]+)");

    private static final Map<List<Integer>, String> OTHER_MARKS = Map.of(
            List.of(0xFF, 0xFE), "UTF-16 or UTF-32",
            List.of(0xFE, 0xFF), "UTF-16",
            List.of(0x00, 0x00, 0xFE, 0xFF), "UTF-32");

    private RequirementText() {}

    /** The text without its byte order mark. */
    static String of(byte[] content) {
        OTHER_MARKS.forEach((mark, name) -> {
            if (begins(content, mark)) {
                throw refused(name);
            }
        });
        if (!begins(content, List.of(0xEF, 0xBB, 0xBF))) {
            checkCoding(content);
        }
        try {
            return Utf8Text.of(content);
        } catch (CharacterCodingException e) {
            throw BuildRefused.because("The requirements file is not UTF-8 text.")
                    .todo("save it as UTF-8")
                    .causedBy(e);
        }
    }

    private static void checkCoding(byte[] content) {
        String[] lines = new String(content, StandardCharsets.ISO_8859_1).split("\n", 3);
        for (int i = 0; i < Math.min(2, lines.length); i++) {
            Matcher coding = CODING.matcher(lines[i]);
            if (lines[i].startsWith("#") && coding.find()) {
                String name = coding.group(1);
                if (!UTF_8.contains(name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", ""))) {
                    throw refused(name);
                }
                return;
            }
        }
    }

    private static boolean begins(byte[] content, List<Integer> mark) {
        for (int i = 0; i < mark.size(); i++) {
            if (i >= content.length || (content[i] & 0xFF) != mark.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static BuildRefused refused(String encoding) {
        return BuildRefused.because("The requirements file is " + encoding + " text.")
                .why("requirements files are read as UTF-8 alone")
                .todo("save it as UTF-8, and remove what names another encoding");
    }
}

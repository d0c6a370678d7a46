package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Utf8Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a requirements file: pip's "Requirements File Format", "Encoding".
 *
 * <p>pip reads any encoding that a mark or a comment names, and where that fails the machine's own. Read here is what has
 * the mark of a Unicode encoding (PowerShell writes UTF-16 where a command's output is sent to a file), and without one
 * UTF-8 alone; other encodings are refused by their name.
 */
final class RequirementText {

    /** Names that Python knows UTF-8 and its subset by, without separators. */
    private static final Set<String> UTF_8 = Set.of("utf8", "u8", "utf8sig", "cp65001", "ascii", "usascii", "646");

    // PEP 263, as pip searches it: in a comment among the first two lines.
    private static final Pattern CODING = Pattern.compile("coding[:=]\\s*([-\\w.]+)");

    /** The longer ones first: a mark of UTF-32 begins as one of UTF-16. */
    private static final List<Charset> MARKED = List.of(
            StandardCharsets.UTF_8,
            Charset.forName("UTF-32LE"),
            Charset.forName("UTF-32BE"),
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE);

    private RequirementText() {}

    /** The text without its byte order mark. */
    static String of(byte[] content) {
        Charset charset = MARKED.stream()
                .filter(one -> begins(content, markOf(one)))
                .findFirst()
                .orElse(StandardCharsets.UTF_8);
        boolean isMarked = begins(content, markOf(charset));
        if (!isMarked) {
            checkCoding(content);
        }
        try {
            return charset.equals(StandardCharsets.UTF_8) ? Utf8Text.of(content) : decoded(content, charset);
        } catch (CharacterCodingException e) {
            throw BuildRefused.because("The requirements file is not " + charset + " text.")
                    .todo("save it as UTF-8")
                    .causedBy(e);
        }
    }

    private static String decoded(byte[] content, Charset charset) throws CharacterCodingException {
        String text = charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        // Of UTF-32 the decoder takes the mark away by itself.
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static byte[] markOf(Charset charset) {
        return "\uFEFF".getBytes(charset);
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

    private static boolean begins(byte[] content, byte[] mark) {
        return content.length >= mark.length && Arrays.equals(content, 0, mark.length, mark, 0, mark.length);
    }

    private static BuildRefused refused(String encoding) {
        return BuildRefused.because("The requirements file is " + encoding + " text.")
                .why("a requirements file without the mark of another encoding is read as UTF-8 alone")
                .todo("save it as UTF-8, and remove what names another encoding");
    }
}

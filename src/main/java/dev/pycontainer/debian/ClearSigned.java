package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with its signatures, as in RFC 9580, section 7, "Cleartext Signature Framework", and nothing beside them.
 *
 * <p>Stricter than the framework, as apt is: what stands before, between or behind the parts is no part of what was signed,
 * and a reader that took it for signed would be deceived.
 *
 * @param lines as the signer meant them, without blanks at their ends
 * @param signature the armored signatures
 */
record ClearSigned(List<String> lines, String signature) {

    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String END = "-----END PGP SIGNATURE-----";

    static ClearSigned parse(byte[] content) {
        List<String> lines = linesOf(content);
        if (!lines.get(0).equals(BEGIN)) {
            throw refused("it does not begin with " + BEGIN);
        }
        int first = 1;
        while (first < lines.size() && !lines.get(first).isEmpty()) {
            // "Hash" tells a reader ahead what to digest; the signatures themselves say it too, and are believed.
            if (!lines.get(first).startsWith("Hash: ")) {
                throw refused("it has a header \"" + lines.get(first) + "\" before its text");
            }
            first++;
        }
        int end = lines.indexOf(SIGNATURE);
        if (end <= first) {
            throw refused("it has no " + SIGNATURE + " behind a text");
        }
        if (lines.indexOf(END) != lines.size() - 1) {
            throw refused("it does not end with " + END);
        }
        List<String> text = new ArrayList<>();
        for (String line : lines.subList(first + 1, end)) {
            if (line.startsWith("-") && !line.startsWith("- ")) {
                throw refused("a line of its text begins with a dash that is not escaped");
            }
            text.add(withoutBlanks(line.startsWith("- ") ? line.substring(2) : line));
        }
        return new ClearSigned(text, String.join("\n", lines.subList(end, lines.size())));
    }

    /** Lines ended by line feeds. */
    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** The bytes that signatures are over: between lines a carriage return and a line feed, none behind the last. */
    byte[] signed() {
        return String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> linesOf(byte[] content) {
        String whole;
        try {
            whole = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString()
                    .replace("\r\n", "\n");
        } catch (CharacterCodingException e) {
            throw refused("it is not encoded in UTF-8").causedBy(e);
        }
        return List.of((whole.endsWith("\n") ? whole.substring(0, whole.length() - 1) : whole).split("\n", -1));
    }

    private static String withoutBlanks(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        return line.substring(0, end);
    }

    private static BuildRefused refused(String why) {
        return BuildRefused.because("The file is not a signed text.").why(why);
    }
}

package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The name of a file as Unicode, whatever the encoding that the JVM was started with.
 *
 * <p>Under {@code LC_ALL=C} Java decodes names as ASCII and puts replacement characters for the rest; only the path's
 * URI still tells the bytes.
 */
final class FileName {

    private FileName() {}

    /** The last name of the path; one whose bytes are not UTF-8 is refused. */
    static String of(Path path) {
        Path last = path.getFileName();
        String name = last == null ? "" : last.toString();
        return isAscii(name) ? name : fromBytes(path);
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(c -> c < 0x80);
    }

    private static String fromBytes(Path path) {
        String raw = path.toUri().getRawPath();
        int end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
        byte[] bytes = unescaped(raw.substring(raw.lastIndexOf('/', end - 1) + 1, end));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw BuildRefused.because("The name of the file \"" + new String(bytes, StandardCharsets.UTF_8)
                            + "\" is not valid UTF-8.")
                    .why("an image's layers name files in UTF-8")
                    .todo("rename the file, or leave it out by its directory in python.sources.excludes")
                    .causedBy(e);
        }
    }

    private static byte[] unescaped(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) Integer.parseInt(text.substring(i + 1, i + 3), 16);
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        return Arrays.copyOf(bytes, length);
    }
}

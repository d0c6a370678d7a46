package dev.pycontainer.packaging;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a file that is to be UTF-8: strictly, with or without a byte order mark. */
public final class Utf8Text {

    private Utf8Text() {}

    public static String of(byte[] content) throws CharacterCodingException {
        // Nearly all are ASCII, which needs no decoder.
        String text = isAscii(content)
                ? new String(content, StandardCharsets.US_ASCII)
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(content))
                        .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static boolean isAscii(byte[] content) {
        int bits = 0;
        for (byte one : content) {
            bits |= one;
        }
        return bits >= 0;
    }
}

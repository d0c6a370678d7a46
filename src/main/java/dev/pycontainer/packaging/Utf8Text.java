package dev.pycontainer.packaging;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a file that is to be UTF-8: strictly, with or without a byte order mark. */
public final class Utf8Text {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8Text() {}

    public static String of(byte[] content) throws CharacterCodingException {
        // The platform's own way is several times as fast as a decoder, and puts this character for what is malformed.
        String lenient = new String(content, StandardCharsets.UTF_8);
        String text = lenient.indexOf(REPLACEMENT) < 0
                ? lenient
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(content))
                        .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a lock file: UTF-8, strictly, with or without a byte order mark. */
final class LockText {

    private LockText() {}

    static String of(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw BuildRefused.because("The lock file is not UTF-8 text.").causedBy(e);
        }
    }
}

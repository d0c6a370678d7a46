package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the paragraphs of a control file one after another: deb822(5).
 *
 * <p>No more than one paragraph is in memory; lines and paragraphs have limits far above what is in use.
 */
public final class ReadControl {

    // The longest line of Debian 12 and 13 has 75,649 bytes.
    private static final int MAXIMUM_LINE = 1 << 20;
    private static final int MAXIMUM_PARAGRAPH = 1 << 22;
    private static final byte[] NEW_LINE = {'\n'};
    private static final char REPLACEMENT = '\uFFFD';

    private final InputStream in;
    private final String place;
    private final byte[] block = new byte[1 << 16];
    private byte[] paragraph = new byte[1 << 13];
    private int size;
    private int position;
    private int filled;
    private int number;

    /**
     * @param in the file's bytes; whoever opened it closes it
     * @param place what the file is, for refusals
     */
    public ReadControl(InputStream in, String place) {
        this.in = in;
        this.place = place;
    }

    /** The paragraph of a file that has exactly one, such as a package's {@code control}. */
    public static ControlParagraph only(InputStream in, String place) throws IOException {
        ReadControl file = new ReadControl(in, place);
        ControlParagraph first = file.next()
                .orElseThrow(() ->
                        BuildRefused.because("There is no paragraph of fields.").in(place));
        if (file.next().isPresent()) {
            throw BuildRefused.because("There is more than one paragraph of fields.")
                    .in(place);
        }
        return first;
    }

    /** The next paragraph, or nothing at the end of the file; what is no paragraph is refused with its number. */
    public Optional<ControlParagraph> next() throws IOException {
        number++;
        size = 0;
        int lineStart = 0;
        while (readLine(lineStart)) {
            if (!isBlank(lineStart)) {
                append(NEW_LINE, 0, 1);
                lineStart = size;
            } else if (lineStart == 0) {
                size = 0;
            } else {
                break;
            }
        }
        return lineStart == 0
                ? Optional.empty()
                : Optional.of(ControlParagraph.parse(paragraphPlace(), text(Arrays.copyOf(paragraph, lineStart))));
    }

    // "Parsers may accept lines consisting solely of U+0020 SPACE and U+0009 TAB as stanza separators".
    private boolean isBlank(int lineStart) {
        for (int i = lineStart; i < size; i++) {
            if (paragraph[i] != ' ' && paragraph[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Appends the next line to the paragraph, without its end; false where the file has none. */
    private boolean readLine(int lineStart) throws IOException {
        while (position < filled || fill()) {
            int end = position;
            while (end < filled && block[end] != '\n') {
                end++;
            }
            append(block, position, end - position);
            mustNotExceed("A line of a paragraph", size - lineStart, MAXIMUM_LINE);
            mustNotExceed("A paragraph", size, MAXIMUM_PARAGRAPH);
            position = end + 1;
            if (end < filled) {
                return true;
            }
        }
        return size > lineStart;
    }

    private void append(byte[] bytes, int offset, int length) {
        if (size + length > paragraph.length) {
            paragraph = Arrays.copyOf(paragraph, 2 * (size + length));
        }
        System.arraycopy(bytes, offset, paragraph, size, length);
        size += length;
    }

    private boolean fill() throws IOException {
        position = 0;
        filled = Math.max(0, in.read(block, 0, block.length));
        return filled > 0;
    }

    private void mustNotExceed(String what, int bytes, int limit) {
        if (bytes > limit) {
            throw BuildRefused.because(what + " is larger than " + limit + " bytes, the limit for it.")
                    .in(paragraphPlace());
        }
    }

    // "All control files must be encoded in UTF-8."
    private String text(byte[] bytes) {
        String lenient = new String(bytes, StandardCharsets.UTF_8);
        if (lenient.indexOf(REPLACEMENT) < 0) {
            return lenient;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw BuildRefused.because("A paragraph is not encoded in UTF-8.")
                    .causedBy(e)
                    .in(ControlParagraph.parse(paragraphPlace(), lenient).place());
        }
    }

    private String paragraphPlace() {
        return place + ": paragraph " + number;
    }
}

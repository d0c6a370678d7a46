package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the records of a zip archive's central directory (APPNOTE 6.3.10, section 4.3.12), each for itself. */
final class CentralDirectory {

    private static final long SIGNATURE = 0x02014b50;
    private static final int LENGTH = 46;

    /** Section 4.4.4: encrypted, patched, strongly encrypted, masked. */
    private static final int REFUSED_FLAGS = 1 | (1 << 5) | (1 << 6) | (1 << 13);

    /** What Linux itself allows; each segment of a path costs work, which a hostile one would multiply. */
    private static final int LONGEST_NAME = 4096;

    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int SYMBOLIC_LINK = 0120000;

    private final LittleEndian bytes;

    CentralDirectory(byte[] bytes) {
        this.bytes = new LittleEndian(bytes);
    }

    /** All records in their order, which must be as many as announced and end where the directory ends. */
    List<CentralRecord> records(long announced) {
        List<CentralRecord> records = new ArrayList<>();
        int at = 0;
        while (at < bytes.length()) {
            if (bytes.length() - at < LENGTH || bytes.u4(at) != SIGNATURE) {
                throw damaged("record " + (records.size() + 1) + " of its central directory is damaged");
            }
            int length = LENGTH + bytes.u2(at + 28) + bytes.u2(at + 30) + bytes.u2(at + 32);
            if (bytes.length() - at < length) {
                throw damaged("record " + (records.size() + 1) + " of its central directory is damaged");
            }
            records.add(record(bytes.slice(at, length)));
            at += length;
        }
        if (records.size() != announced) {
            throw damaged("it announces " + announced + " entries and has " + records.size());
        }
        return records;
    }

    private static CentralRecord record(LittleEndian record) {
        int flags = record.u2(8);
        int nameLength = record.u2(28);
        if (nameLength > LONGEST_NAME) {
            throw damaged("it has a name of " + nameLength + " bytes; the limit is " + LONGEST_NAME);
        }
        byte[] name = record.copy(LENGTH, nameLength);
        String text = text(name, flags);
        boolean isDirectory = text.endsWith("/");
        String path = isDirectory ? text.substring(0, text.length() - 1) : text;
        requirePath(path, text);

        int method = record.u2(10);
        if ((flags & REFUSED_FLAGS) != 0) {
            throw entry(text, "it is encrypted or patched");
        }
        if (method != CentralRecord.STORED && method != CentralRecord.DEFLATED) {
            throw entry(
                    text, "its compression method is " + method + "; only 0 (stored) and 8 (deflate) are supported");
        }
        int mode = record.u2(40);
        int type = mode & TYPE;
        if (type != 0 && type != (isDirectory ? DIRECTORY : REGULAR) && (isDirectory || type != SYMBOLIC_LINK)) {
            throw entry(text, "its Unix mode " + Integer.toOctalString(mode) + " contradicts its name");
        }

        long[] large = {record.u4(24), record.u4(20), record.u4(42), record.u2(34)};
        ExtraFields.of(record.slice(LENGTH + nameLength, record.u2(30)), name, text, "its")
                .zip64()
                .ifPresent(field -> zip64(field, text, large));
        long size = large[0];
        long compressedSize = large[1];
        if (large[3] != 0 || size < 0 || compressedSize < 0 || large[2] < 0) {
            throw entry(text, "its place in the archive is impossible");
        }
        if (isDirectory && size != 0) {
            throw entry(text, "it is a directory with content");
        }
        if (method == CentralRecord.STORED && size != compressedSize) {
            throw entry(text, "it is stored as it is, but its two sizes differ");
        }
        return new CentralRecord(text, flags, method, record.u4(16), compressedSize, size, large[2], mode);
    }

    /** Section 4.4.11 and appendix D: ASCII, or UTF-8 and marked so. */
    private static String text(byte[] name, int flags) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException e) {
            throw entry(new String(name, StandardCharsets.ISO_8859_1), "its name is not UTF-8");
        }
        if (text.length() != name.length && (flags & CentralRecord.UTF8_NAME) == 0) {
            throw entry(text, "its name is not ASCII and not marked as UTF-8, so that readers disagree what it is");
        }
        return text;
    }

    private static void requirePath(String path, String text) {
        if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
            throw entry(text, "its name is absolute");
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\') {
                throw entry(text, "its name holds a backslash");
            }
            if (c < ' ' || c == 0x7f) {
                throw entry(printable(text), "its name holds a control character");
            }
        }
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw entry(text, "one of its name's segments is \"" + segment + "\"");
            }
        }
    }

    /** Section 4.5.3: the zip64 field replaces those of the four numbers that are all ones. */
    private static void zip64(LittleEndian field, String text, long[] large) {
        int at = 0;
        for (int i = 0; i < 4; i++) {
            long allOnes = i == 3 ? 0xffff : 0xffffffffL;
            int width = i == 3 ? 4 : 8;
            if (large[i] != allOnes) {
                continue;
            }
            if (at + width > field.length()) {
                throw entry(text, "its zip64 field is too short");
            }
            large[i] = i == 3 ? field.u4(at) : field.u8(at);
            at += width;
        }
        // Some writers give all numbers where one was asked for; some readers take them.
        if (at < field.length() && !holds(field, large)) {
            throw entry(text, "its zip64 field contradicts its record");
        }
    }

    private static boolean holds(LittleEndian field, long[] large) {
        for (int i = 0; i < 3 && i * 8 < field.length(); i++) {
            if (field.length() < i * 8 + 8 || field.u8(i * 8) != large[i]) {
                return false;
            }
        }
        return field.length() <= 24 || (field.length() == 28 && field.u4(24) == large[3]);
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.chars()
                .forEach(c ->
                        printable.append(c < ' ' || c == 0x7f ? "\\x%02x".formatted(c) : String.valueOf((char) c)));
        return printable.toString();
    }

    private static BuildRefused damaged(String why) {
        return BuildRefused.because("The file is not a zip archive that can be trusted.")
                .why(why);
    }

    static BuildRefused entry(String name, String why) {
        return BuildRefused.because("The archive's entry \"" + name + "\" cannot be trusted.")
                .why(why);
    }
}

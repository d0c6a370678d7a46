package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The header blocks of one tar entry: POSIX.1-1988 ustar, preceded by a POSIX.1-2001 extended header only where a name is
 * not ASCII or does not fit, or a size is 8 GiB or more.
 */
final class TarHeader {

    static final int BLOCK = 512;

    private static final long LARGEST_OCTAL_SIZE = 0x1ffffffffL;
    private static final int NAME = 100;
    private static final int PREFIX = 155;

    private TarHeader() {}

    /**
     * {@code type} is {@code '0'} for a file, {@code '5'} for a directory, {@code '1'} for a hard link and {@code '2'} for
     * a symbolic one.
     */
    static byte[] of(EntryHeader header, char type, long size, String linkTarget) {
        if (linkTarget.indexOf('\0') >= 0 || !EntryHeader.isUtf8(linkTarget)) {
            throw BuildRefused.because("The link \"" + header.path() + "\" has a target that no file system can hold.");
        }
        byte[] path = utf8(type == '5' ? header.path() + "/" : header.path());
        byte[] target = utf8(linkTarget);
        int split = isAscii(path) ? split(path) : -1;
        boolean targetFits = isAscii(target) && target.length <= NAME;
        ByteArrayOutputStream extended = new ByteArrayOutputStream();
        if (!targetFits) {
            extended.writeBytes(record("linkpath", target));
        }
        if (split < 0) {
            extended.writeBytes(record("path", path));
        }
        if (size > LARGEST_OCTAL_SIZE) {
            extended.writeBytes(record("size", utf8(Long.toString(size))));
        }

        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        if (extended.size() > 0) {
            byte[] records = extended.toByteArray();
            EntryHeader own = new EntryHeader("PaxHeader", 0644, 0, 0, header.mtime());
            blocks.writeBytes(block(own, 'x', records.length, utf8("PaxHeader"), 0, new byte[0]));
            blocks.writeBytes(Arrays.copyOf(records, (int) padded(records.length)));
        }
        // Where the extended header holds the real value, the field has what fits of it.
        blocks.writeBytes(block(
                header,
                type,
                size > LARGEST_OCTAL_SIZE ? 0 : size,
                split < 0 ? mangled(path) : path,
                Math.max(split, 0),
                targetFits ? target : mangled(target)));
        return blocks.toByteArray();
    }

    /** What ends a tar. */
    static byte[] end() {
        return new byte[2 * BLOCK];
    }

    /** The zeros that fill the last block of content. */
    static byte[] paddingBehind(long size) {
        return new byte[(int) (padded(size) - size)];
    }

    /** {@code size} rounded up to whole blocks. */
    static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static byte[] block(
            EntryHeader header, char type, long size, byte[] path, int prefixLength, byte[] target) {
        byte[] block = new byte[BLOCK];
        int nameFrom = prefixLength == 0 ? 0 : prefixLength + 1;
        System.arraycopy(path, nameFrom, block, 0, path.length - nameFrom);
        octal(block, 100, 7, header.mode());
        octal(block, 108, 7, header.uid());
        octal(block, 116, 7, header.gid());
        octal(block, 124, 11, size);
        octal(block, 136, 11, header.mtime());
        Arrays.fill(block, 148, 156, (byte) ' ');
        block[156] = (byte) type;
        System.arraycopy(target, 0, block, 157, target.length);
        System.arraycopy(utf8("ustar\00000"), 0, block, 257, 8);
        System.arraycopy(path, 0, block, 345, prefixLength);
        int sum = 0;
        for (byte value : block) {
            sum += value & 0xff;
        }
        octal(block, 148, 6, sum);
        block[154] = 0;
        return block;
    }

    /** The length of the prefix field, 0 where the name field is enough, -1 where ustar cannot hold the path. */
    private static int split(byte[] path) {
        if (path.length <= NAME) {
            return 0;
        }
        for (int i = Math.min(PREFIX, path.length - 2); i > 0; i--) {
            if (path[i] == '/') {
                return path.length - i - 1 <= NAME ? i : -1;
            }
        }
        return -1;
    }

    /** {@code "%d %s=%s\n"}, where the number counts the whole record, its own digits too. */
    private static byte[] record(String key, byte[] value) {
        int rest = 1 + key.length() + 1 + value.length + 1;
        int length = rest + 1;
        while (Integer.toString(length).length() + rest != length) {
            length++;
        }
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(utf8(length + " " + key + "="));
        record.writeBytes(value);
        record.write('\n');
        return record.toByteArray();
    }

    private static byte[] mangled(byte[] name) {
        byte[] mangled = Arrays.copyOf(name, Math.min(name.length, NAME));
        for (int i = 0; i < mangled.length; i++) {
            mangled[i] = mangled[i] < 0 ? (byte) '_' : mangled[i];
        }
        return mangled;
    }

    private static boolean isAscii(byte[] name) {
        for (byte value : name) {
            if (value < 0) {
                return false;
            }
        }
        return true;
    }

    private static void octal(byte[] block, int offset, int digits, long value) {
        long rest = value;
        for (int i = offset + digits - 1; i >= offset; i--) {
            block[i] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

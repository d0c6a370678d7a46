package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One header block of a tar: POSIX.1-1988 ustar, with GNU's base-256 numbers. */
record ReadHeader(String name, int mode, long uid, long gid, long size, char typeFlag, String linkName) {

    static final int BLOCK = 512;

    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_END = 156;

    /** @param block {@value #BLOCK} bytes that are not all zero */
    static ReadHeader parse(byte[] block) {
        verifyChecksum(block);
        String name = text(block, 0, 100);
        // Only POSIX ustar has a prefix; GNU's "ustar  " keeps other things in its place.
        boolean posix = text(block, 257, 6).equals("ustar") && block[262] == 0;
        String prefix = posix ? text(block, 345, 155) : "";
        char typeFlag = (char) (block[156] & 0xff);
        return new ReadHeader(
                prefix.isEmpty() ? name : prefix + "/" + name,
                (int) (number(block, 100, 8, "mode") & 07777),
                owner(block, 108, "uid"),
                owner(block, 116, "gid"),
                number(block, 124, 12, "size"),
                typeFlag,
                text(block, 157, 100));
    }

    TarEntry.Type type(String path) {
        return switch (typeFlag) {
            // Before POSIX a directory was a file whose name ends with a slash.
            case '0', '\0' -> path.endsWith("/") ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
            case '7', 'S' -> TarEntry.Type.FILE;
            case '1' -> TarEntry.Type.HARD_LINK;
            case '2' -> TarEntry.Type.SYMBOLIC_LINK;
            case '5' -> TarEntry.Type.DIRECTORY;
            default -> TarEntry.Type.OTHER;
        };
    }

    /** Whether bytes follow: links ({@code 1}, {@code 2}), devices, directories and pipes ({@code 3} to {@code 6}) have none. */
    boolean hasContent() {
        return typeFlag < '1' || typeFlag > '6';
    }

    static BuildRefused damaged(String why) {
        return BuildRefused.because("The tar is damaged.").why(why);
    }

    /** Text up to a NUL: UTF-8, else, so that no name is lost, Latin-1. */
    static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static String text(byte[] block, int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return decode(Arrays.copyOfRange(block, offset, end));
    }

    private static long number(byte[] block, int offset, int length, String field) {
        if ((block[offset] & 0x80) != 0) {
            return base256(block, offset, length, field);
        }
        long value = octal(block, offset, length);
        if (value < 0) {
            throw damaged("a header's " + field + " is not an octal number");
        }
        return value;
    }

    /** Eight bytes; the base-256 form is signed, and as in Go's reader a number below zero is one that was written. */
    private static long owner(byte[] block, int offset, String field) {
        if ((block[offset] & 0xc0) != 0xc0) {
            return number(block, offset, 8, field);
        }
        return ByteBuffer.wrap(block, offset, 8).getLong();
    }

    /** Digits with blanks before them and a blank or NUL behind; -1 for anything else. */
    private static long octal(byte[] block, int offset, int length) {
        long value = 0;
        int at = offset;
        int end = offset + length;
        while (at < end && block[at] == ' ') {
            at++;
        }
        while (at < end && block[at] != 0 && block[at] != ' ') {
            int digit = block[at++] - '0';
            if (digit < 0 || digit > 7) {
                return -1;
            }
            value = value << 3 | digit;
        }
        return value;
    }

    private static long base256(byte[] block, int offset, int length, String field) {
        long value = block[offset] & 0x7f;
        for (int at = offset + 1; at < offset + length; at++) {
            if (value >= 1L << 55) {
                throw damaged("a header's " + field + " is negative or too large");
            }
            value = value << 8 | (block[at] & 0xff);
        }
        return value;
    }

    /** The sum of all bytes with the sum's own field taken as blanks; old writers summed signed bytes. */
    private static void verifyChecksum(byte[] block) {
        long expected = octal(block, CHECKSUM, 8);
        int unsigned = 0;
        int signed = 0;
        for (int at = 0; at < BLOCK; at++) {
            byte value = at >= CHECKSUM && at < CHECKSUM_END ? (byte) ' ' : block[at];
            unsigned += value & 0xff;
            signed += value;
        }
        if (expected != unsigned && expected != signed) {
            throw damaged("a header's checksum is wrong, or this is no tar");
        }
    }
}

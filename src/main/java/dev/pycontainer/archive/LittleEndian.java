package dev.pycontainer.archive;

import java.util.Arrays;

/** Unsigned numbers, least significant byte first, in a slice of an array; reading beyond it is the caller's to prevent. */
final class LittleEndian {

    private final byte[] bytes;
    private final int from;
    private final int length;

    LittleEndian(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private LittleEndian(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.from = from;
        this.length = length;
    }

    int length() {
        return length;
    }

    int u2(int offset) {
        return (bytes[from + offset] & 0xff) | ((bytes[from + offset + 1] & 0xff) << 8);
    }

    long u4(int offset) {
        return u2(offset) | ((long) u2(offset + 2) << 16);
    }

    /** Numbers of 2^63 and more come out negative. */
    long u8(int offset) {
        return u4(offset) | (u4(offset + 4) << 32);
    }

    LittleEndian slice(int offset, int sliceLength) {
        return new LittleEndian(bytes, from + offset, sliceLength);
    }

    /** A copy of {@code count} bytes. */
    byte[] copy(int offset, int count) {
        return Arrays.copyOfRange(bytes, from + offset, from + offset + count);
    }
}

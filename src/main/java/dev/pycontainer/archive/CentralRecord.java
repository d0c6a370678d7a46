package dev.pycontainer.archive;

/**
 * What the central directory says of one entry (APPNOTE 6.3.10, section 4.3.12), with zip64 sizes and offset put in place.
 *
 * @param name as it stands; a directory's ends in {@code /}
 * @param unixMode the upper half of the external attributes, whatever system made the archive, as pip reads it
 */
record CentralRecord(
        String name, int flags, int method, long crc, long compressedSize, long size, long headerOffset, int unixMode) {

    static final int STORED = 0;
    static final int DEFLATED = 8;

    /** Section 4.4.4: sizes and CRC stand behind the data. */
    static final int HAS_DESCRIPTOR = 1 << 3;

    /** Section 4.4.4: the name is UTF-8. */
    static final int UTF8_NAME = 1 << 11;

    /** Those that change how an entry is read; bits 1 and 2, for example, only tell how hard the writer tried. */
    static final int MEANINGFUL_FLAGS = 1 | HAS_DESCRIPTOR | (1 << 5) | (1 << 6) | UTF8_NAME | (1 << 13);

    boolean isDirectory() {
        return name.endsWith("/");
    }

    /** Without the {@code /} that ends a directory's name. */
    String path() {
        return isDirectory() ? name.substring(0, name.length() - 1) : name;
    }
}

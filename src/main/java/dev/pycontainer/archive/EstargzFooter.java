package dev.pycontainer.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The last 51 bytes of an eStargz layer: an empty gzip member that says where the table of contents is; section "Footer". */
final class EstargzFooter {

    private static final int SIZE = 51;

    private EstargzFooter() {}

    /** @param toc where the table's gzip member begins in the layer */
    static byte[] of(long toc) {
        HexFormat hex = HexFormat.of();
        ByteBuffer footer = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        // RFC 1952, section 2.3.1: the flag FEXTRA; 26 bytes of extra fields, which are one of 22 bytes called SG.
        footer.put(hex.parseHex("1f8b08040000000000ff")).putShort((short) 26);
        footer.put(ascii("SG")).putShort((short) 22).put(ascii("%016xSTARGZ".formatted(toc)));
        // A last stored block of no bytes, whose CRC-32 and size are the zeros behind it.
        footer.put(hex.parseHex("010000ffff"));
        return footer.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package dev.pycontainer.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The smallest ELF files that tell what a real one tells: a header, a program header, and strings framed by NULs. */
public final class MinimalElf {

    public static final int X86_64 = 62;
    public static final int AARCH64 = 183;

    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;

    private MinimalElf() {}

    /** A 64-bit little-endian executable that names a loader and holds some strings. */
    public static byte[] executable(int machine, String loader, String... strings) {
        byte[] path = (loader + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] elf = header(machine, 1, HEADER + PROGRAM_HEADER + path.length);
        ByteBuffer fields = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
        fields.putInt(3).putInt(4); // PT_INTERP, readable
        fields.putLong(HEADER + PROGRAM_HEADER).putLong(0).putLong(0);
        fields.putLong(path.length).putLong(path.length).putLong(1);
        fields.put(path);
        return with(elf, strings);
    }

    /** A shared library, or a static program: no loader is named. */
    public static byte[] library(int machine, String... strings) {
        return with(header(machine, 0, HEADER), strings);
    }

    private static byte[] header(int machine, int programHeaders, int size) {
        byte[] elf = new byte[size];
        ByteBuffer fields = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
        fields.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        fields.putShort(16, (short) 3).putShort(18, (short) machine).putInt(20, 1);
        fields.putLong(32, HEADER);
        fields.putShort(52, (short) HEADER).putShort(54, (short) PROGRAM_HEADER).putShort(56, (short) programHeaders);
        return elf;
    }

    private static byte[] with(byte[] elf, String... strings) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(elf);
        bytes.write(0);
        for (String string : strings) {
            bytes.writeBytes((string + "\0").getBytes(StandardCharsets.ISO_8859_1));
        }
        return bytes.toByteArray();
    }
}

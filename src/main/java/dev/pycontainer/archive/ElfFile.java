package dev.pycontainer.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The few header fields of an ELF file that tell where it runs, as in the System V ABI, chapters 4 and 5.
 *
 * @param bits 32 or 64, the class
 * @param machineCode {@code e_machine}
 * @param interpreter the dynamic loader's path of {@code PT_INTERP}; absent in libraries and static programs
 */
public record ElfFile(int bits, boolean littleEndian, int machineCode, Optional<String> interpreter) {

    /** Covers the headers of every linker's output; only what lies beyond is read apart, forwards. */
    private static final int WINDOW = 1 << 16;

    private static final int MOST_PROGRAM_HEADERS = 4096;
    private static final int LONGEST_PATH = 4096;
    private static final int PT_INTERP = 3;

    /**
     * Reads the headers from the beginning of a file, never more than some 300 KiB of it at once.
     *
     * @return empty if the bytes are not an ELF file, or are one whose headers do not hold together
     */
    public static Optional<ElfFile> read(InputStream in) throws IOException {
        Window window = new Window(in);
        byte[] ident = window.bytes(0, 16);
        if (ident.length < 16 || ident[0] != 0x7f || ident[1] != 'E' || ident[2] != 'L' || ident[3] != 'F') {
            return Optional.empty();
        }
        boolean wide = ident[4] == 2;
        boolean little = ident[5] == 1;
        if ((!wide && ident[4] != 1) || (!little && ident[5] != 2)) {
            return Optional.empty();
        }
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        try {
            ByteBuffer header = window.buffer(0, wide ? 64 : 52, order);
            int machine = header.getShort(18) & 0xffff;
            long tableAt = wide ? header.getLong(32) : header.getInt(28) & 0xffffffffL;
            int entrySize = header.getShort(wide ? 54 : 42) & 0xffff;
            int entries = header.getShort(wide ? 56 : 44) & 0xffff;
            if (entries > MOST_PROGRAM_HEADERS || (entries > 0 && entrySize != (wide ? 56 : 32))) {
                return Optional.empty();
            }
            ByteBuffer table = window.buffer(tableAt, entries * entrySize, order);
            Optional<String> interpreter = interpreter(window, table, entries, entrySize, wide);
            return Optional.of(new ElfFile(wide ? 64 : 32, little, machine, interpreter));
        } catch (BufferUnderflowException malformed) {
            return Optional.empty();
        }
    }

    /** The machine as {@code uname -m} names it; {@code e_machine} in decimal where it has no name here. */
    public String machine() {
        return switch (machineCode) {
            case 3 -> "i686";
            case 21 -> littleEndian ? "ppc64le" : "ppc64";
            case 22 -> "s390x";
            case 40 -> "armv7l";
            case 62 -> bits == 64 ? "x86_64" : "x32";
            case 183 -> "aarch64";
            case 243 -> bits == 64 ? "riscv64" : "riscv32";
            case 258 -> "loongarch64";
            default -> Integer.toString(machineCode);
        };
    }

    private static Optional<String> interpreter(
            Window window, ByteBuffer table, int entries, int entrySize, boolean wide) throws IOException {
        for (int i = 0; i < entries; i++) {
            int at = i * entrySize;
            if (table.getInt(at) == PT_INTERP) {
                long offset = wide ? table.getLong(at + 8) : table.getInt(at + 4) & 0xffffffffL;
                long size = wide ? table.getLong(at + 32) : table.getInt(at + 16) & 0xffffffffL;
                if (size == 0 || size == 1) {
                    // In the wild: libraries whose empty path patchelf has moved. No loader looks at a library's.
                    return Optional.empty();
                }
                if (size < 0 || size > LONGEST_PATH) {
                    throw new BufferUnderflowException();
                }
                byte[] path =
                        window.buffer(offset, (int) size, ByteOrder.BIG_ENDIAN).array();
                if (path[path.length - 1] != 0) {
                    throw new BufferUnderflowException();
                }
                // A C string: tools that patch a shorter path in leave NULs behind it.
                int end = 0;
                while (path[end] != 0) {
                    end++;
                }
                return Optional.of(new String(path, 0, end, StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /** The file's first bytes, and what follows them as far as it is read in order. */
    private static final class Window {
        private final InputStream in;
        private final byte[] head;
        private long position;

        Window(InputStream in) throws IOException {
            this.in = in;
            this.head = in.readNBytes(WINDOW);
            this.position = head.length;
        }

        ByteBuffer buffer(long offset, int length, ByteOrder order) throws IOException {
            byte[] bytes = bytes(offset, length);
            if (bytes.length < length) {
                throw new BufferUnderflowException();
            }
            return ByteBuffer.wrap(bytes).order(order);
        }

        /** Fewer than {@code length} bytes where the file has no more, or where they have gone by. */
        byte[] bytes(long offset, int length) throws IOException {
            if (offset >= 0 && offset <= head.length - (long) length) {
                return Arrays.copyOfRange(head, (int) offset, (int) offset + length);
            }
            if (offset < position) {
                return new byte[0];
            }
            byte[] skipped = new byte[8192];
            while (position < offset) {
                int count = in.read(skipped, 0, (int) Math.min(skipped.length, offset - position));
                if (count < 0) {
                    return new byte[0];
                }
                position += count;
            }
            byte[] bytes = in.readNBytes(length);
            position += bytes.length;
            return bytes;
        }
    }
}

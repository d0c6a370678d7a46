package dev.pycontainer.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A library of which only the dynamic section and what it points to is there, in either class and byte order: one loaded
 * segment, which is the file from its beginning to its end.
 */
public final class DynamicElf {

    /** What is added to an offset in the file, so that offsets are no addresses. */
    public static final long ADDRESS = 0x10000;

    private static final int STRINGS = 8192;
    private static final int INTERPRETER = STRINGS - 512;

    private final boolean wide;
    private final ByteOrder order;
    private final int machine;
    private final List<long[]> entries = new ArrayList<>();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final ByteArrayOutputStream versions = new ByteArrayOutputStream();
    private final Map<String, List<String>> needed = new LinkedHashMap<>();
    private List<String> defined = List.of();
    private String interpreter = "";
    private int type = 3;

    public DynamicElf(boolean wide, ByteOrder order, int machine) {
        this.wide = wide;
        this.order = order;
        this.machine = machine;
        strings.write(0);
    }

    public static DynamicElf of(int machine) {
        return new DynamicElf(true, ByteOrder.LITTLE_ENDIAN, machine);
    }

    /** A library with this name and nothing else. */
    public static byte[] library(int machine, String soname) {
        return of(machine).text(14, soname).bytes();
    }

    public DynamicElf soname(String name) {
        return text(14, name);
    }

    /** {@code DT_NEEDED}. */
    public DynamicElf needs(String library) {
        return text(1, library);
    }

    public DynamicElf rpath(String directories) {
        return text(15, directories);
    }

    public DynamicElf runpath(String directories) {
        return text(29, directories);
    }

    /** {@code DT_NEEDED}, and versions that the library must define. */
    public DynamicElf needs(String library, String... versions) {
        needed.put(library, List.of(versions));
        return needs(library);
    }

    public DynamicElf defines(String... versions) {
        defined = List.of(versions);
        return this;
    }

    /** Makes it a program. */
    public DynamicElf interpreter(String path) {
        interpreter = path;
        return this;
    }

    /** {@code e_type}, where it is no library or program that lies anywhere. */
    public DynamicElf type(int number) {
        type = number;
        return this;
    }

    public DynamicElf entry(long tag, long value) {
        entries.add(new long[] {tag, value});
        return this;
    }

    /** An entry whose value is a string's place. */
    public DynamicElf text(long tag, String text) {
        return entry(tag, string(text));
    }

    /** The place of a string in the string table. */
    public int string(String text) {
        int at = strings.size();
        strings.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8));
        return at;
    }

    /** An entry whose value is the address of these numbers, of which negative ones have four bytes and others two. */
    public DynamicElf words(long tag, long... numbers) {
        entry(tag, ADDRESS + 2 * STRINGS + versions.size());
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(order);
        for (long number : numbers) {
            if (number < 0) {
                bytes.putInt((int) ~number);
            } else {
                bytes.putShort((short) number);
            }
        }
        versions.write(bytes.array(), 0, bytes.position());
        return this;
    }

    /** A number that {@link #words} writes in four bytes. */
    public static long four(long number) {
        return ~number;
    }

    /** 24576 bytes: headers and the dynamic section, the string table, the versions. */
    public byte[] bytes() {
        writeVersions();
        entry(5, ADDRESS + STRINGS).entry(10, strings.size()).entry(0, 0);
        byte[] file = new byte[3 * STRINGS];
        ByteBuffer bytes = ByteBuffer.wrap(file).order(order);
        bytes.put(new byte[] {
            0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), (byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2), 1
        });
        bytes.putShort(16, (short) type).putShort(18, (short) machine).putInt(20, 1);
        int header = wide ? 64 : 52;
        int programHeader = wide ? 56 : 32;
        int headers = interpreter.isEmpty() ? 2 : 3;
        if (wide) {
            bytes.putLong(32, header);
        } else {
            bytes.putInt(28, header);
        }
        bytes.putShort(wide ? 52 : 40, (short) header)
                .putShort(wide ? 54 : 42, (short) programHeader)
                .putShort(wide ? 56 : 44, (short) headers);
        int dynamicAt = header + headers * programHeader;
        int dynamicSize = entries.size() * (wide ? 16 : 8);
        segment(bytes.position(header), 1, 0, file.length);
        segment(bytes.position(header + programHeader), 2, dynamicAt, dynamicSize);
        byte[] path = (interpreter + "\0").getBytes(StandardCharsets.UTF_8);
        if (!interpreter.isEmpty()) {
            segment(bytes.position(header + 2 * programHeader), 3, INTERPRETER, path.length);
            bytes.position(INTERPRETER).put(path);
        }
        bytes.position(dynamicAt);
        for (long[] entry : entries) {
            word(bytes, entry[0]);
            word(bytes, entry[1]);
        }
        bytes.position(STRINGS).put(strings.toByteArray());
        bytes.position(2 * STRINGS).put(versions.toByteArray());
        return file;
    }

    /** {@code Elfxx_Verneed} with its {@code Elfxx_Vernaux}, {@code Elfxx_Verdef} with its {@code Elfxx_Verdaux}. */
    private void writeVersions() {
        List<Long> needs = new ArrayList<>();
        int left = needed.size();
        for (Map.Entry<String, List<String>> need : needed.entrySet()) {
            int count = need.getValue().size();
            long next = --left == 0 ? 0 : 16 + 16L * count;
            needs.addAll(List.of(1L, (long) count, four(string(need.getKey())), four(16), four(next)));
            for (int i = 0; i < count; i++) {
                long name = string(need.getValue().get(i));
                needs.addAll(List.of(four(0), 0L, 2L, four(name), four(i == count - 1 ? 0 : 16)));
            }
        }
        if (!needs.isEmpty()) {
            words(0x6ffffffe, needs.stream().mapToLong(Long::longValue).toArray());
        }
        List<Long> definitions = new ArrayList<>();
        for (int i = 0; i < defined.size(); i++) {
            long next = i == defined.size() - 1 ? 0 : 28;
            definitions.addAll(List.of(1L, 0L, 2L, 1L, four(0), four(20), four(next)));
            definitions.addAll(List.of(four(string(defined.get(i))), four(0)));
        }
        if (!definitions.isEmpty()) {
            words(0x6ffffffc, definitions.stream().mapToLong(Long::longValue).toArray());
        }
    }

    private void segment(ByteBuffer bytes, int type, long offset, long size) {
        bytes.putInt(type);
        if (wide) {
            bytes.putInt(4);
        }
        word(bytes, offset);
        word(bytes, ADDRESS + offset);
        word(bytes, ADDRESS + offset);
        word(bytes, size);
        word(bytes, size);
        if (!wide) {
            bytes.putInt(4);
        }
        word(bytes, 4096);
    }

    private void word(ByteBuffer bytes, long number) {
        if (wide) {
            bytes.putLong(number);
        } else {
            bytes.putInt((int) number);
        }
    }
}

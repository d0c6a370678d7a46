package dev.pycontainer.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an {@link ElfDynamic}; {@link BufferUnderflowException} is what everything that leads out of the file ends in. */
final class ReadElfDynamic {

    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;

    private static final int DT_NULL = 0;
    private static final int DT_NEEDED = 1;
    private static final int DT_STRTAB = 5;
    private static final int DT_STRSZ = 10;
    private static final int DT_SONAME = 14;
    private static final int DT_RPATH = 15;
    private static final int DT_RUNPATH = 29;
    private static final int DT_VERDEF = 0x6ffffffc;
    private static final int DT_VERNEED = 0x6ffffffe;

    private static final int VERSION = 1;
    private static final int VER_FLG_BASE = 1;
    private static final int VER_FLG_WEAK = 2;

    private static final int MOST_ENTRIES = 1 << 16;
    private static final int LONGEST_NAME = 4096;

    /** What all names may cost together: their bytes, and something for each. Libraries of some thousand names are unknown. */
    private static final int ALLOWANCE = 1 << 20;

    private static final int COST_OF_A_NAME = 64;

    private final SeekableByteChannel channel;
    private final long size;
    private final boolean wide;
    private final ByteOrder order;
    private final List<Segment> segments = new ArrayList<>();
    private long stringsAt = -1;
    private long stringsSize = Long.MAX_VALUE;
    private int allowance = ALLOWANCE;

    private ReadElfDynamic(SeekableByteChannel channel, ElfFile file) throws IOException {
        this.channel = channel;
        this.size = channel.size();
        this.wide = file.bits() == 64;
        this.order = file.littleEndian() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private record Segment(int type, long offset, long address, long fileSize) {

        /** Where in the file an address lies; unsigned numbers, such as all of these are. */
        Optional<Long> offsetOf(long wanted) {
            long within = wanted - address;
            return Long.compareUnsigned(within, fileSize) < 0 ? Optional.of(offset + within) : Optional.empty();
        }
    }

    private record Entry(long tag, long value) {}

    static Optional<ElfDynamic> of(SeekableByteChannel channel) throws IOException {
        channel.position(0);
        // Not closed, since the channel would be.
        InputStream stream = Channels.newInputStream(channel);
        Optional<ElfFile> file = ElfFile.read(stream);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ReadElfDynamic(channel, file.get()).read(file.get()));
        } catch (BufferUnderflowException malformed) {
            return Optional.empty();
        }
    }

    private ElfDynamic read(ElfFile file) throws IOException {
        ByteBuffer header = bytes(0, wide ? 64 : 52);
        readSegments(header);
        List<Entry> entries = entries();
        value(entries, DT_STRSZ).ifPresent(length -> stringsSize = length);
        Optional<Long> strings = value(entries, DT_STRTAB);
        if (strings.isPresent()) {
            stringsAt = offsetOf(strings.get());
        }
        List<String> needed = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.tag() == DT_NEEDED) {
                needed.add(string(entry.value()));
            }
        }
        return new ElfDynamic(
                file,
                header.getShort(16) & 0xffff,
                strings.isPresent(),
                text(entries, DT_SONAME),
                List.copyOf(needed),
                text(entries, DT_RPATH),
                text(entries, DT_RUNPATH),
                versionNeeds(value(entries, DT_VERNEED)),
                versionDefinitions(value(entries, DT_VERDEF)));
    }

    /** "Program Header": {@code ElfFile} has found their number and size to be possible. */
    private void readSegments(ByteBuffer header) throws IOException {
        int entrySize = wide ? 56 : 32;
        int count = header.getShort(wide ? 56 : 44) & 0xffff;
        ByteBuffer table = bytes(number(header, wide ? 32 : 28), count * entrySize);
        for (int at = 0; at < table.limit(); at += entrySize) {
            int type = table.getInt(at);
            if (type == PT_LOAD || type == PT_DYNAMIC) {
                segments.add(new Segment(
                        type,
                        number(table, at + (wide ? 8 : 4)),
                        number(table, at + (wide ? 16 : 8)),
                        number(table, at + (wide ? 32 : 16))));
            }
        }
    }

    /** The dynamic section up to its {@code DT_NULL}; none in a static program, and where debug information was split off. */
    private List<Entry> entries() throws IOException {
        Optional<Segment> dynamic = segments.stream()
                .filter(segment -> segment.type() == PT_DYNAMIC && segment.fileSize() != 0)
                .findFirst();
        if (dynamic.isEmpty()) {
            return List.of();
        }
        long offset = dynamic.get().offset();
        int word = wide ? 8 : 4;
        int most = MOST_ENTRIES * 2 * word;
        long length = dynamic.get().fileSize();
        if (offset < 0 || offset >= size) {
            throw new BufferUnderflowException();
        }
        length = Math.min(length < 0 ? most : Math.min(length, most), size - offset);
        ByteBuffer section = bytes(offset, (int) length);
        List<Entry> entries = new ArrayList<>();
        for (int at = 0; at + 2 * word <= section.limit(); at += 2 * word) {
            long tag = wide ? section.getLong(at) : section.getInt(at);
            if (tag == DT_NULL) {
                return entries;
            }
            entries.add(new Entry(tag, number(section, at + word)));
        }
        if (entries.size() == MOST_ENTRIES) {
            throw new BufferUnderflowException();
        }
        return entries;
    }

    /** {@code Elfxx_Verneed} and its {@code Elfxx_Vernaux}, the same in both classes; as the loader does, to the end of each chain. */
    private Map<String, List<String>> versionNeeds(Optional<Long> address) throws IOException {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        if (address.isPresent()) {
            long next;
            for (long at = offsetOf(address.get()); ; at += next) {
                ByteBuffer need = version(at, 16);
                List<String> versions = needs.computeIfAbsent(string(u4(need, 4)), library -> new ArrayList<>());
                readNeeded(at + u4(need, 8), versions);
                next = u4(need, 12);
                if (next == 0) {
                    break;
                }
            }
        }
        needs.replaceAll((library, versions) -> List.copyOf(versions));
        return Collections.unmodifiableMap(needs);
    }

    private void readNeeded(long from, List<String> versions) throws IOException {
        long next;
        for (long at = from; ; at += next) {
            ByteBuffer needed = bytes(at, 16);
            String version = string(u4(needed, 8));
            if ((needed.getShort(4) & VER_FLG_WEAK) == 0) {
                versions.add(version);
            }
            next = u4(needed, 12);
            if (next == 0) {
                return;
            }
        }
    }

    /** {@code Elfxx_Verdef}, of whose {@code Elfxx_Verdaux} the first is the version, the others what it builds upon. */
    private List<String> versionDefinitions(Optional<Long> address) throws IOException {
        List<String> definitions = new ArrayList<>();
        if (address.isPresent()) {
            long next;
            for (long at = offsetOf(address.get()); ; at += next) {
                ByteBuffer definition = version(at, 20);
                String version = string(u4(bytes(at + u4(definition, 12), 8), 0));
                if ((definition.getShort(2) & VER_FLG_BASE) == 0) {
                    definitions.add(version);
                }
                next = u4(definition, 16);
                if (next == 0) {
                    break;
                }
            }
        }
        return List.copyOf(definitions);
    }

    private ByteBuffer version(long at, int length) throws IOException {
        ByteBuffer bytes = bytes(at, length);
        if (bytes.getShort(0) != VERSION) {
            throw new BufferUnderflowException();
        }
        return bytes;
    }

    private Optional<String> text(List<Entry> entries, int tag) throws IOException {
        Optional<Long> offset = value(entries, tag);
        return offset.isEmpty() ? Optional.empty() : Optional.of(string(offset.get()));
    }

    /** Where a tag stands twice the loader takes the last. */
    private static Optional<Long> value(List<Entry> entries, int tag) {
        @Nullable Long value = null;
        for (Entry entry : entries) {
            value = entry.tag() == tag ? (Long) entry.value() : value;
        }
        return Optional.ofNullable(value);
    }

    private String string(long offset) throws IOException {
        long left = Math.min(stringsSize - offset, size - stringsAt - offset);
        if (stringsAt < 0 || offset < 0 || left <= 0) {
            throw new BufferUnderflowException();
        }
        byte[] bytes =
                bytes(stringsAt + offset, (int) Math.min(left, LONGEST_NAME)).array();
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        allowance -= end + COST_OF_A_NAME;
        if (end == bytes.length || allowance < 0) {
            throw new BufferUnderflowException();
        }
        return ReadHeader.decode(Arrays.copyOf(bytes, end));
    }

    private long offsetOf(long address) {
        return segments.stream()
                .filter(segment -> segment.type() == PT_LOAD)
                .flatMap(segment -> segment.offsetOf(address).stream())
                .findFirst()
                .orElseThrow(BufferUnderflowException::new);
    }

    private ByteBuffer bytes(long offset, int length) throws IOException {
        if (offset < 0 || offset > size - length) {
            throw new BufferUnderflowException();
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(order);
        channel.position(offset);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new BufferUnderflowException();
            }
        }
        return bytes.flip();
    }

    /** An address, offset or size of the file's class. */
    private long number(ByteBuffer bytes, int at) {
        return wide ? bytes.getLong(at) : u4(bytes, at);
    }

    private static long u4(ByteBuffer bytes, int at) {
        return bytes.getInt(at) & 0xffffffffL;
    }
}

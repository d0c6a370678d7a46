package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Proves that the entries fill the archive from its first byte to the central directory, each beginning with a local header
 * (APPNOTE 6.3.10, section 4.3.7) that agrees with the directory's record: no overlap, and nothing hidden between.
 *
 * <p>A reader that streams sees the local headers, one that seeks the directory; a scanner and an installer must not see different
 * files.
 */
final class ZipLayout {

    private static final long LOCAL_HEADER = 0x04034b50;
    private static final long DESCRIPTOR = 0x08074b50;
    private static final int LENGTH = 30;
    private static final long ALL_ONES = 0xffffffffL;
    private static final int AHEAD = 1 << 13;

    private final FileChannel channel;
    private final long directoryOffset;

    // Small entries lie close together: one read serves many headers.
    private byte[] ahead = new byte[0];
    private long aheadOffset;

    ZipLayout(FileChannel channel, long directoryOffset) {
        this.channel = channel;
        this.directoryOffset = directoryOffset;
    }

    /** The members in the order of the records, with the places of their data. */
    List<ZipMember> prove(List<CentralRecord> records) throws IOException {
        ZipMember[] members = new ZipMember[records.size()];
        Integer[] byOffset = new Integer[records.size()];
        Arrays.setAll(byOffset, i -> i);
        Arrays.sort(byOffset, Comparator.comparingLong(i -> records.get(i).headerOffset()));
        long end = 0;
        for (int i = 0; i < byOffset.length; i++) {
            CentralRecord record = records.get(byOffset[i]);
            requireAdjacent(record, end);
            long next = i + 1 < byOffset.length ? records.get(byOffset[i + 1]).headerOffset() : directoryOffset;
            long dataOffset = dataOffset(record);
            end = dataOffset + record.compressedSize();
            if (end < dataOffset || end > next) {
                throw refused(record, "its data overlap what follows");
            }
            if ((record.flags() & CentralRecord.HAS_DESCRIPTOR) != 0) {
                end += descriptor(record, end, next - end);
            }
            members[byOffset[i]] = new ZipMember(record, dataOffset);
        }
        if (end != directoryOffset) {
            throw BuildRefused.because("The file is not a zip archive that can be trusted.")
                    .why((directoryOffset - end) + " bytes before its central directory belong to no entry");
        }
        return List.of(members);
    }

    private static void requireAdjacent(CentralRecord record, long end) {
        if (record.headerOffset() > end) {
            throw refused(record, (record.headerOffset() - end) + " bytes before it belong to no entry");
        }
    }

    private long dataOffset(CentralRecord record) throws IOException {
        LittleEndian header = at(record, record.headerOffset(), LENGTH);
        if (header.u4(0) != LOCAL_HEADER) {
            throw refused(record, "it has no local header");
        }
        int nameLength = header.u2(26);
        int extraLength = header.u2(28);
        LittleEndian whole = at(record, record.headerOffset(), LENGTH + nameLength + extraLength);
        byte[] name = whole.copy(LENGTH, nameLength);
        if (!Arrays.equals(name, record.name().getBytes(StandardCharsets.UTF_8))) {
            throw refused(record, "its local header gives it another name");
        }
        if (((whole.u2(6) ^ record.flags()) & CentralRecord.MEANINGFUL_FLAGS) != 0 || whole.u2(8) != record.method()) {
            throw refused(record, "its local header gives it another compression method or other flags");
        }
        ExtraFields extra = ExtraFields.of(
                whole.slice(LENGTH + nameLength, extraLength), name, record.path(), "its local header's");
        if (!agrees(record, whole, extra)) {
            throw refused(record, "its local header gives it another size or CRC-32");
        }
        return record.headerOffset() + LENGTH + nameLength + extraLength;
    }

    /** Where the numbers stand behind the data, the header has none of its own: zeros or ones, or the true ones. */
    private static boolean agrees(CentralRecord record, LittleEndian header, ExtraFields extra) {
        boolean later = (record.flags() & CentralRecord.HAS_DESCRIPTOR) != 0;
        long compressedSize = header.u4(18);
        long size = header.u4(22);
        // Section 4.5.3: in a local header the zip64 field holds both sizes, if it is there.
        if (extra.zip64().isPresent()) {
            LittleEndian large = extra.zip64().get();
            if (large.length() < 16
                    || !isTrue(large.u8(0), record.size(), later)
                    || !isTrue(large.u8(8), record.compressedSize(), later)) {
                return false;
            }
            size = size == ALL_ONES ? large.u8(0) : size;
            compressedSize = compressedSize == ALL_ONES ? large.u8(8) : compressedSize;
        }
        return isTrue(header.u4(14), record.crc(), later)
                && isTrue(size, record.size(), later)
                && isTrue(compressedSize, record.compressedSize(), later);
    }

    private static boolean isTrue(long number, long truth, boolean later) {
        return number == truth || (later && (number == 0 || number == ALL_ONES));
    }

    /** Section 4.3.9: CRC and sizes behind the data, in 12 to 24 bytes that must fill the gap. */
    private long descriptor(CentralRecord record, long offset, long gap) throws IOException {
        boolean signed = gap == 16 || gap == 24;
        if (!signed && gap != 12 && gap != 20) {
            throw refused(record, gap + " bytes behind its data are no data descriptor");
        }
        LittleEndian bytes = at(record, offset, (int) gap);
        LittleEndian values = signed ? bytes.slice(4, (int) gap - 4) : bytes;
        boolean large = values.length() == 20;
        if ((signed && bytes.u4(0) != DESCRIPTOR)
                || values.u4(0) != record.crc()
                || (large ? values.u8(4) : values.u4(4)) != record.compressedSize()
                || (large ? values.u8(12) : values.u4(8)) != record.size()) {
            throw refused(record, "its data descriptor contradicts the archive's directory");
        }
        return gap;
    }

    private LittleEndian at(CentralRecord record, long offset, int length) throws IOException {
        if (offset > directoryOffset - length) {
            throw refused(record, "it overlaps the central directory");
        }
        if (offset < aheadOffset || offset + length > aheadOffset + ahead.length) {
            ahead = FileRange.bytes(channel, offset, (int) Math.min(Math.max(length, AHEAD), directoryOffset - offset));
            aheadOffset = offset;
        }
        return new LittleEndian(ahead).slice((int) (offset - aheadOffset), length);
    }

    private static BuildRefused refused(CentralRecord record, String why) {
        return CentralDirectory.entry(record.path(), why);
    }
}

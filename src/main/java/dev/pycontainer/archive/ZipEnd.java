package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Where the central directory lies: the end record (APPNOTE 6.3.10, section 4.3.16) and, where there is one, its zip64 form
 * (4.3.14, 4.3.15), which must agree with it.
 *
 * @param entries as the record counts them
 * @param directoryOffset from the beginning of the file, in bytes
 * @param directorySize in bytes; whatever follows the directory are the end records
 */
record ZipEnd(long entries, long directoryOffset, long directorySize) {

    private static final long END = 0x06054b50;
    private static final long ZIP64_END = 0x06064b50;
    private static final long ZIP64_LOCATOR = 0x07064b50;

    private static final int END_LENGTH = 22;
    private static final int ZIP64_END_LENGTH = 56;
    private static final int ZIP64_LOCATOR_LENGTH = 20;

    static ZipEnd of(FileChannel channel) throws IOException {
        long fileSize = channel.size();
        int tailLength = (int) Math.min(fileSize, 0xffff + END_LENGTH + ZIP64_LOCATOR_LENGTH + ZIP64_END_LENGTH);
        LittleEndian tail = new LittleEndian(FileRange.bytes(channel, fileSize - tailLength, tailLength));
        int at = tailLength - END_LENGTH;
        while (at >= 0 && tail.u4(at) != END) {
            at--;
        }
        if (at < 0) {
            throw refused("it has no end record");
        }
        // Where a comment holds another end record, readers disagree which one counts.
        if (at + END_LENGTH + tail.u2(at + 20) != tailLength) {
            throw refused("its end record is followed by bytes that are not its comment");
        }
        if (tail.u2(at + 4) != 0 || tail.u2(at + 6) != 0 || tail.u2(at + 8) != tail.u2(at + 10)) {
            throw refused("it is one of several disks");
        }
        ZipEnd small = new ZipEnd(tail.u2(at + 10), tail.u4(at + 16), tail.u4(at + 12));
        long endsAt = fileSize - tailLength + at;
        int locator = at - ZIP64_LOCATOR_LENGTH;
        if (locator < 0 || tail.u4(locator) != ZIP64_LOCATOR) {
            return small.upTo(endsAt);
        }
        int large = locator - ZIP64_END_LENGTH;
        long largeAt = endsAt - ZIP64_LOCATOR_LENGTH - ZIP64_END_LENGTH;
        if (large < 0
                || tail.u4(large) != ZIP64_END
                || tail.u8(large + 4) != ZIP64_END_LENGTH - 12
                || tail.u8(locator + 8) != largeAt) {
            throw refused("its zip64 end record is not where its locator says");
        }
        // In the wild: writers give the number of disks as 1 or as 0.
        if (tail.u4(locator + 4) != 0
                || tail.u4(locator + 16) > 1
                || tail.u4(large + 16) != 0
                || tail.u4(large + 20) != 0
                || tail.u8(large + 24) != tail.u8(large + 32)) {
            throw refused("it is one of several disks");
        }
        ZipEnd zip64 = new ZipEnd(tail.u8(large + 32), tail.u8(large + 48), tail.u8(large + 40));
        if (!small.agreesWith(zip64)) {
            throw refused("its two end records contradict each other");
        }
        return zip64.upTo(largeAt);
    }

    // Section 4.4.1.4: a field that is too small for its value is all ones.
    private boolean agreesWith(ZipEnd zip64) {
        return (entries == 0xffff || entries == zip64.entries)
                && (directoryOffset == 0xffffffffL || directoryOffset == zip64.directoryOffset)
                && (directorySize == 0xffffffffL || directorySize == zip64.directorySize);
    }

    private ZipEnd upTo(long endsAt) {
        if (directoryOffset < 0
                || directorySize < 0
                || directoryOffset > endsAt
                || directorySize != endsAt - directoryOffset) {
            throw refused("its central directory is not where its end record says");
        }
        return this;
    }

    private static BuildRefused refused(String why) {
        return BuildRefused.because("The file is not a zip archive that can be trusted.")
                .why(why);
    }
}

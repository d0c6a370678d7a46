package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.FoldedCase;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A zip archive from outside, opened only if all readers must see the same files in it.
 *
 * <p>Refused are: encryption; methods other than stored and deflate; two entries of one name, or one below another that is
 * a file; names that are absolute, climb, hold a backslash or control character, or are not plainly UTF-8; local headers that differ from
 * the directory; entries that overlap; bytes that belong to nothing; and more than the limits allow. CRC-32 and size of a
 * member are proved whenever it is read. Every refusal names the archive.
 *
 * <p>Several threads may read one archive.
 */
public final class ZipArchive implements Closeable {

    /** It is held in memory: 134 bytes for each of the most entries; the largest wheels have some 10 MB. */
    private static final long LARGEST_DIRECTORY = 64L << 20;

    private final FileChannel channel;
    private final String name;
    private final List<ZipMember> members;

    private ZipArchive(FileChannel channel, String name, List<ZipMember> members) {
        this.channel = channel;
        this.name = name;
        this.members = members;
    }

    /** @param name what the archive is called in messages, such as a wheel's file name */
    public static ZipArchive open(Path file, String name, ZipLimits limits) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new ZipArchive(channel, name, membersOf(channel, limits));
        } catch (BuildRefused refused) {
            channel.close();
            throw refused.in(name);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** All entries in the order of the archive's directory. */
    public List<ZipMember> members() {
        return members;
    }

    /** What the archive is called in messages. */
    public String name() {
        return name;
    }

    /**
     * The content of a small member, its CRC-32 and size proved.
     *
     * @param limit the greatest size that is read, in bytes
     */
    public byte[] read(ZipMember member, int limit) throws IOException {
        try {
            if (member.size() > limit) {
                throw BuildRefused.because("A file of " + member.size() + " bytes is too large to be read.")
                        .why("the limit for it is " + limit + " bytes");
            }
            return read(member, ContentCheck.NONE, new Inflate());
        } catch (BuildRefused refused) {
            throw refused.in(member.path()).in(name);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The member's bytes as the archive holds them. */
    InputStream stream(ZipMember member) {
        return new FileRange(channel, member.dataOffset(), member.compressedSize());
    }

    /** The content of a small member, its CRC-32 and size proved, and whatever {@code check} asks for. */
    byte[] read(ZipMember member, ContentCheck check, Inflate inflate) throws IOException {
        MemberProof proof = new MemberProof(member, check);
        ByteBuffer content = ByteBuffer.allocate((int) member.size());
        // The proof refuses what would not fit.
        ByteSink proven = (bytes, offset, length) -> {
            proof.update(bytes, offset, length);
            content.put(bytes, offset, length);
        };
        try (InputStream stream = stream(member)) {
            if (member.isDeflated()) {
                inflate.pass(stream, proven, ByteSink.NOWHERE);
            } else {
                byte[] chunk = new byte[1 << 13];
                for (int length; (length = stream.read(chunk)) > 0; ) {
                    proven.write(chunk, 0, length);
                }
            }
        }
        proof.finish();
        return content.array();
    }

    private static List<ZipMember> membersOf(FileChannel channel, ZipLimits limits) throws IOException {
        ZipEnd end = ZipEnd.of(channel);
        if (end.entries() > limits.entries() || end.directorySize() > LARGEST_DIRECTORY) {
            throw BuildRefused.because("The archive has too many entries.")
                    .why(end.entries() + " entries in a directory of " + end.directorySize() + " bytes; the limit is "
                            + limits.entries() + " entries");
        }
        List<CentralRecord> records = recordsOf(channel, end);
        requireDistinct(records);
        requireDistinctInAnyCase(records);
        requireSizes(records, limits, channel.size());
        return new ZipLayout(channel, end.directoryOffset()).prove(records);
    }

    /** The directory's bytes are forgotten before the records are compared. */
    private static List<CentralRecord> recordsOf(FileChannel channel, ZipEnd end) throws IOException {
        byte[] directory = FileRange.bytes(channel, end.directoryOffset(), (int) end.directorySize());
        return new CentralDirectory(directory).records(end.entries());
    }

    private static void requireDistinct(List<CentralRecord> records) {
        Map<String, CentralRecord> byPath = new HashMap<>(records.size() * 2);
        for (CentralRecord record : records) {
            if (byPath.put(record.path(), record) != null) {
                throw CentralDirectory.entry(record.path(), "there are two entries of this name");
            }
        }
        for (CentralRecord record : records) {
            String path = record.path();
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                CentralRecord parent = byPath.get(path.substring(0, slash));
                if (parent != null && !parent.isDirectory()) {
                    throw CentralDirectory.entry(path, "it lies below \"" + parent.path() + "\", which is a file");
                }
            }
        }
    }

    /** Of two such files, some file systems keep one: what was looked at there is not what runs here. */
    private static void requireDistinctInAnyCase(List<CentralRecord> records) {
        Map<String, CentralRecord> byFolded = new HashMap<>(records.size() * 2);
        for (CentralRecord record : records) {
            String path = record.path();
            CentralRecord other = byFolded.put(FoldedCase.of(path), record);
            if (other != null && !(other.isDirectory() && record.isDirectory())) {
                throw CentralDirectory.entry(path, "it differs from \"" + other.path() + "\" only in case");
            }
        }
    }

    private static void requireSizes(List<CentralRecord> records, ZipLimits limits, long archiveSize) {
        long total = 0;
        for (CentralRecord record : records) {
            if (record.size() > limits.totalSize() - total) {
                throw BuildRefused.because("The archive is too large when unpacked.")
                        .why("with the " + record.size() + " bytes of \"" + record.path()
                                + "\" it exceeds the limit of " + limits.totalSize() + " bytes");
            }
            total += record.size();
        }
        if (total > ZipLimits.RATIO_JUDGED_FROM && total / limits.ratio() > archiveSize) {
            throw BuildRefused.because("The archive is suspiciously small for what it unpacks to.")
                    .why(archiveSize + " bytes become " + total + "; the limit is " + limits.ratio() + " times");
        }
    }
}

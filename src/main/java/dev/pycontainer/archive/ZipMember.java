package dev.pycontainer.archive;

/** One entry of a {@link ZipArchive}, of which the archive has proved that it can be read in one way only. */
public final class ZipMember {

    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int SYMBOLIC_LINK = 0120000;
    private static final int ANY_EXECUTE = 0111;

    // No more than this is kept of the record: an archive may have hundreds of thousands.
    private final String path;
    private final boolean directory;
    private final boolean deflated;
    private final int unixMode;
    private final int crc;
    private final long size;
    private final long compressedSize;
    private final long dataOffset;

    ZipMember(CentralRecord entry, long dataOffset) {
        this.path = entry.path();
        this.directory = entry.isDirectory();
        this.deflated = entry.method() == CentralRecord.DEFLATED;
        this.unixMode = entry.unixMode();
        this.crc = (int) entry.crc();
        this.size = entry.size();
        this.compressedSize = entry.compressedSize();
        this.dataOffset = dataOffset;
    }

    /** Relative, with {@code /} between its segments and none at its end, a directory's path too. */
    public String path() {
        return path;
    }

    /** Uncompressed, in bytes. */
    public long size() {
        return size;
    }

    /** In bytes. */
    public long compressedSize() {
        return compressedSize;
    }

    public boolean isDirectory() {
        return directory;
    }

    /** Whether the Unix mode is that of a regular file that anybody may execute, as pip judges it. */
    public boolean isExecutable() {
        return (unixMode & TYPE) == REGULAR && (unixMode & ANY_EXECUTE) != 0;
    }

    /** Whether the content is a symbolic link's target; no wheel may hold one. */
    public boolean isSymbolicLink() {
        return (unixMode & TYPE) == SYMBOLIC_LINK;
    }

    boolean isDeflated() {
        return deflated;
    }

    long crc() {
        return Integer.toUnsignedLong(crc);
    }

    long dataOffset() {
        return dataOffset;
    }

    @Override
    public String toString() {
        return path;
    }
}

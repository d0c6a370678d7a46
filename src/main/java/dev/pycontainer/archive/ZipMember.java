package dev.pycontainer.archive;

/** One entry of a {@link ZipArchive}, of which the archive has proved that it can be read in one way only. */
public final class ZipMember {

    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int SYMBOLIC_LINK = 0120000;
    private static final int ANY_EXECUTE = 0111;

    private final CentralRecord entry;
    private final long dataOffset;

    ZipMember(CentralRecord entry, long dataOffset) {
        this.entry = entry;
        this.dataOffset = dataOffset;
    }

    /** Relative, with {@code /} between its segments and none at its end, a directory's path too. */
    public String path() {
        return entry.path();
    }

    /** Uncompressed, in bytes. */
    public long size() {
        return entry.size();
    }

    /** In bytes. */
    public long compressedSize() {
        return entry.compressedSize();
    }

    public boolean isDirectory() {
        return entry.isDirectory();
    }

    /** Whether the Unix mode is that of a regular file that anybody may execute, as pip judges it. */
    public boolean isExecutable() {
        return (entry.unixMode() & TYPE) == REGULAR && (entry.unixMode() & ANY_EXECUTE) != 0;
    }

    /** Whether the content is a symbolic link's target; no wheel may hold one. */
    public boolean isSymbolicLink() {
        return (entry.unixMode() & TYPE) == SYMBOLIC_LINK;
    }

    boolean isDeflated() {
        return entry.method() == CentralRecord.DEFLATED;
    }

    long crc() {
        return entry.crc();
    }

    long dataOffset() {
        return dataOffset;
    }

    @Override
    public String toString() {
        return path();
    }
}

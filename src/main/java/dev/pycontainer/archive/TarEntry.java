package dev.pycontainer.archive;

/**
 * One entry of a tar that is read.
 *
 * @param path relative, {@code /}-separated, without {@code .} and {@code ..}; empty for the root itself
 * @param linkTarget a symbolic link's text as written, or a hard link's path in the form of {@code path}; else empty
 * @param mode the twelve permission bits
 * @param size of the content, in bytes
 * @param uid the owner's number as written, be it one that no system has
 * @param gid the group's, likewise
 */
public record TarEntry(String path, Type type, String linkTarget, int mode, long size, long uid, long gid) {

    /** What an entry makes. */
    public enum Type {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        HARD_LINK,
        /** A device, a pipe, or a kind that nobody knows. */
        OTHER
    }

    public boolean isFile() {
        return type == Type.FILE;
    }
}

package dev.pycontainer.debian;

/**
 * One file, directory or link that a package puts on disk.
 *
 * @param path relative to the root, without a slash at either end
 * @param mode the twelve permission bits
 * @param target of a link: a symbolic one's text, or the path of the file that a hard one is another name of; else empty
 * @param begin where a file's content begins in the package's tree, in bytes
 * @param size of a file's content, in bytes
 */
public record PackageEntry(String path, Kind kind, int mode, int uid, int gid, String target, long begin, long size) {

    /** What it is. */
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        HARD_LINK
    }
}

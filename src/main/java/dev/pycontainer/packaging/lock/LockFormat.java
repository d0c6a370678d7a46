package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Disk;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One format of lock files.
 *
 * @param kind the format's name in messages and records
 * @param names the file names under which it is found
 * @param ofTool whether the file is a tool's own lock; {@code requirements.txt} may be anybody's, and counts only
 *     where there is none
 */
record LockFormat(String kind, Pattern names, boolean ofTool, Reader reader) {

    /** Makes a lock of a file's bytes; formats of several files find the others beside it. */
    @FunctionalInterface
    interface Reader {
        Lock read(Disk disk, LockFile file, byte[] content, Map<String, String> environment);
    }

    static LockFormat ofTool(String kind, String names, Reader reader) {
        return new LockFormat(kind, Pattern.compile(names), true, reader);
    }

    static LockFormat ofRequirements(String kind, Reader reader) {
        return new LockFormat(kind, Pattern.compile(Pattern.quote(kind)), false, reader);
    }

    /** Whether a file that lies in the project is found as this format. */
    boolean isFoundAs(Path file) {
        return names.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** Whether a file that the user named may be of this format: a requirements file may have any name with .txt. */
    boolean mayBe(Path file) {
        return isFoundAs(file) || (!ofTool && String.valueOf(file.getFileName()).endsWith(".txt"));
    }
}

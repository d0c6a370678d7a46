package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A path that a lock names: it is relative to the lock, so that the lock means the same on every machine. */
final class LockedPath {

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

    private LockedPath() {}

    /** The path itself, absolute; one that cannot be a path, or is absolute already, is refused. */
    static Path of(LockFile lock, String text) {
        Path directory = lock.path().toAbsolutePath().normalize().getParent();
        if (directory == null) {
            throw new IllegalStateException("a lock file lies in a directory");
        }
        return of(directory, text);
    }

    static Path of(Path directory, String text) {
        String portable = portable(text);
        if (portable.startsWith("/") || DRIVE.matcher(portable).matches()) {
            throw BuildRefused.because("The path \"" + text + "\" is absolute.")
                    .why("a lock is shared, and an absolute path means something else on every machine")
                    .todo("make the path relative where the package is required, and lock again");
        }
        try {
            return directory.resolve(portable).normalize();
        } catch (InvalidPathException e) {
            throw BuildRefused.because("\"" + e.getInput().replace("\0", "\\0") + "\" is not a path.")
                    .why(e.getReason())
                    .todo("lock again with the tool that wrote the lock")
                    .causedBy(e);
        }
    }

    /** The last part of a path. */
    static String nameOf(String text) {
        String portable = portable(text);
        return portable.substring(portable.lastIndexOf('/') + 1);
    }

    // pylock.toml specification: a relative path "MAY use POSIX-style path separators", so that Windows' own may stand
    // there.
    private static String portable(String text) {
        return text.indexOf('/') < 0 ? text.replace('\\', '/') : text;
    }
}

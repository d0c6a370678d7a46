package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Objects;

/** Explains a fault of the disk that no room could foresee: which path, why, and what can be done. */
final class Unwritable {

    private Unwritable() {}

    static BuildRefused explain(IOException fault) {
        String file = fault instanceof FileSystemException of ? String.valueOf(of.getFile()) : "";
        String reason = fault instanceof FileSystemException of && of.getReason() != null
                ? of.getReason()
                : Objects.requireNonNullElse(fault.getMessage(), fault.toString());
        BuildRefused refused = BuildRefused.because(
                        file.isEmpty()
                                ? "A file cannot be read or written."
                                : "\"" + file + "\" cannot be read or written.")
                .why(reason(fault, reason))
                .causedBy(fault);
        return refused.todo(advice(fault, reason.toLowerCase(Locale.ROOT)));
    }

    private static String reason(IOException fault, String reason) {
        if (fault instanceof FileAlreadyExistsException || fault instanceof NotDirectoryException) {
            return "a file stands where a directory is needed";
        }
        if (fault instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return fault instanceof AccessDeniedException ? "permission denied" : reason;
    }

    private static String advice(IOException fault, String reason) {
        if (reason.contains("read-only")) {
            return "build where the file system can be written";
        }
        if (reason.contains("no space")) {
            return "free space on the disk, or set cache.directory to another one";
        }
        if (fault instanceof FileAlreadyExistsException
                || fault instanceof NotDirectoryException
                || reason.contains("not a directory")) {
            return "remove the file";
        }
        if (fault instanceof NoSuchFileException) {
            return "check the path, and that nothing removes it during the build";
        }
        return "check the path's permissions";
    }
}

package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Explains a fault of the disk that no room could foresee: which path, why, and what can be done. */
final class Unwritable {

    private Unwritable() {}

    static BuildRefused explain(IOException fault) {
        if (!(fault instanceof FileSystemException of) || of.getFile() == null) {
            return BuildRefused.because("A file cannot be read or written.")
                    .why(String.valueOf(fault.getMessage()))
                    .todo("check the disk and its permissions")
                    .causedBy(fault);
        }
        Path file = Path.of(of.getFile());
        Optional<Path> obstacle = fileInTheWay(of, file);
        if (obstacle.isPresent()) {
            return BuildRefused.because("The directory \"" + obstacle.get() + "\" cannot be made.")
                    .why("a file stands in its place")
                    .todo("remove the file")
                    .causedBy(fault);
        }
        String reason = reason(of);
        return BuildRefused.because("\"" + file + "\" cannot be read or written.")
                .why(reason)
                .todo(advice(reason.toLowerCase(Locale.ROOT)))
                .causedBy(fault);
    }

    /** A file that stands at the place of a directory, on the way to the path or at its end. */
    private static Optional<Path> fileInTheWay(FileSystemException fault, Path path) {
        if (fault instanceof FileAlreadyExistsException) {
            return Optional.of(path);
        }
        Path at = path.toAbsolutePath().getParent();
        while (at != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return Optional.ofNullable(at).filter(Files::isRegularFile);
    }

    private static String reason(FileSystemException fault) {
        if (fault instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (fault instanceof NoSuchFileException) {
            return "it does not exist";
        }
        return Optional.ofNullable(fault.getReason()).orElse(fault.getClass().getSimpleName());
    }

    private static String advice(String reason) {
        if (reason.contains("read-only")) {
            return "build where the file system can be written";
        }
        if (reason.contains("no space")) {
            return "free space on the disk, or set cache.directory to another one";
        }
        return "check the path's permissions";
    }
}

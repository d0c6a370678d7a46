package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Explains a fault of the disk that no room could foresee: which path, why, and what can be done. */
final class Unwritable {

    private Unwritable() {}

    static BuildRefused explain(IOException fault) {
        Optional<Path> obstacle = fileInTheWay(fault);
        if (obstacle.isPresent()) {
            return BuildRefused.because("The directory \"" + obstacle.get() + "\" cannot be made.")
                    .why("a file stands in its place")
                    .todo("remove the file")
                    .causedBy(fault);
        }
        String subject = pathOf(fault).map(path -> "\"" + path + "\"").orElse("A file");
        String reason = reason(fault);
        return BuildRefused.because(subject + " cannot be read or written.")
                .why(reason)
                .todo(advice(fault, reason.toLowerCase(Locale.ROOT)))
                .causedBy(fault);
    }

    private static Optional<Path> pathOf(IOException fault) {
        return fault instanceof FileSystemException of && of.getFile() != null
                ? Optional.of(Path.of(of.getFile()))
                : Optional.empty();
    }

    /** A file that stands at the place of a directory, at the path's end or on the way to it. */
    private static Optional<Path> fileInTheWay(IOException fault) {
        Optional<Path> path = pathOf(fault);
        if (path.isEmpty() || fault instanceof FileAlreadyExistsException || fault instanceof NotDirectoryException) {
            return path;
        }
        Path at = path.get().toAbsolutePath().getParent();
        while (at != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return Optional.ofNullable(at).filter(Files::isRegularFile);
    }

    private static String reason(IOException fault) {
        if (fault instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (fault instanceof AccessDeniedException) {
            return "permission denied";
        }
        return fault instanceof FileSystemException of && of.getReason() != null
                ? of.getReason()
                : Objects.requireNonNullElse(fault.getMessage(), fault.toString());
    }

    private static String advice(IOException fault, String reason) {
        if (reason.contains("read-only")) {
            return "build where the file system can be written";
        }
        if (reason.contains("no space")) {
            return "free space on the disk, or set cache.directory to another one";
        }
        if (fault instanceof NoSuchFileException) {
            return "check the path, and that nothing removes it during the build";
        }
        return "check the path's permissions";
    }
}

package dev.pycontainer.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A file that appears whole or not at all: written under a temporary name beside its place, synced, and renamed.
 *
 * <p>A process killed in between leaves a {@code .tmp-*} file that nobody reads, and that {@link #sweep} removes.
 */
public final class AtomicFile {

    static final String TEMPORARY = ".tmp-";

    private static final Duration ABANDONED = Duration.ofDays(1);

    private AtomicFile() {}

    /** Writes a file's bytes, as many as there are. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes {@code bytes} to {@code target}, replacing what is there; parent directories are made. */
    public static void write(Path target, byte[] bytes) throws IOException {
        write(target, out -> out.write(bytes));
    }

    /** The same with bytes that are not held in memory; where writing them fails, {@code target} is left as it was. */
    public static void write(Path target, Content content) throws IOException {
        write(temporaryIn(parentOf(target)), target, content, false);
    }

    /** The same with its temporary file in another directory of the same file system, one that is quickly swept. */
    static void write(Path target, Path temporaryDirectory, byte[] bytes) throws IOException {
        Files.createDirectories(parentOf(target));
        write(temporaryIn(temporaryDirectory), target, out -> out.write(bytes), false);
    }

    /** Writes all of {@code in} to {@code target}, read-only. */
    static void copy(InputStream in, Path target) throws IOException {
        write(temporaryIn(parentOf(target)), target, in::transferTo, true);
    }

    /**
     * Removes what killed processes left in a directory: temporary files that nobody has written to for a day. The
     * directory is listed, so that it should be a small one.
     */
    static void sweep(Path directory) throws IOException {
        Instant oldest = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, TEMPORARY + "*")) {
            for (Path file : files) {
                removeOlder(file, oldest);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void removeOlder(Path file, Instant oldest) {
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                Files.delete(file);
            }
        } catch (IOException heldOrGone) {
            // Another process has just removed it, or holds it open on Windows: it harms nobody, and a later sweep
            // comes.
            return;
        }
    }

    private static void write(Path temporary, Path target, Content content, boolean readOnly) throws IOException {
        try {
            try (OutputStream out = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW)) {
                content.writeTo(out);
            }
            publish(temporary, target, readOnly);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Syncs a finished temporary file and gives it its name; an existing file is replaced. */
    static void publish(Path temporary, Path target, boolean readOnly) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        if (readOnly && isPosix(temporary)) {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r--r--r--"));
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(parentOf(target));
    }

    static Path temporaryIn(Path directory) throws IOException {
        Files.createDirectories(directory);
        return directory.resolve(TEMPORARY + UUID.randomUUID());
    }

    static Path parentOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new UncheckedIOException(new NoSuchFileException(file.toString(), null, "a file needs a directory"));
        }
        return parent;
    }

    private static void syncDirectory(Path directory) throws IOException {
        // Windows cannot open directories; its rename is durable without.
        if (isPosix(directory)) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean isPosix(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix");
    }
}

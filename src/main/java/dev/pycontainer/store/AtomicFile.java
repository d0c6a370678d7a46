package dev.pycontainer.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * A file that appears whole or not at all: written under a temporary name beside its place, synced, and renamed.
 *
 * <p>A process killed in between leaves a {@code .tmp-*} file that nobody reads.
 */
public final class AtomicFile {

    private static final String TEMPORARY = ".tmp-";

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

    /** Writes all of {@code in} to {@code target}, read-only. */
    static void copy(InputStream in, Path target) throws IOException {
        write(temporaryIn(parentOf(target)), target, in::transferTo, true);
    }

    private static void write(Path temporary, Path target, Content content, boolean readOnly) throws IOException {
        try {
            try (FileChannel file =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(Channels.newOutputStream(file));
                file.force(true);
            }
            publish(temporary, target, readOnly);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Gives a temporary file that is synced its name; an existing file is replaced. The directory is not synced: with the
     * power gone either file may be there, whole, and nothing here relies on which.
     */
    static void publish(Path temporary, Path target, boolean readOnly) throws IOException {
        if (readOnly && isPosix(temporary)) {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r--r--r--"));
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path temporaryIn(Path directory) throws IOException {
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

    // Of the system, not of the file's own store, for which the JDK reads the list of all mounts.
    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}

package dev.pycontainer.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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

    static final String TEMPORARY = ".tmp-";

    private AtomicFile() {}

    /** Writes {@code bytes} to {@code target}, replacing what is there; parent directories are made. */
    public static void write(Path target, byte[] bytes) throws IOException {
        write(target, new ByteArrayInputStream(bytes), false);
    }

    /** Writes all of {@code in} to {@code target}, read-only. */
    static void copy(InputStream in, Path target) throws IOException {
        write(target, in, true);
    }

    private static void write(Path target, InputStream in, boolean readOnly) throws IOException {
        Path temporary = temporaryIn(parentOf(target));
        try {
            try (OutputStream out = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW)) {
                in.transferTo(out);
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

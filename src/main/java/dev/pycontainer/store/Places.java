package dev.pycontainer.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The directories of a cache, in which nothing but its own has a right to be. */
final class Places {

    private Places() {}

    /** A directory of the cache, made where it is absent; a file in its place is removed. */
    static Path directory(Path directory) throws IOException {
        // Asked first, since all but the first find it there, and for them the JDK throws and catches.
        if (Files.isDirectory(directory)) {
            return directory;
        }
        try {
            return Files.createDirectories(directory);
        } catch (FileAlreadyExistsException file) {
            Files.deleteIfExists(directory);
            return Files.createDirectories(directory);
        }
    }

    /** Removes a file, or a directory with all that is in it; nothing where it is gone. */
    static void remove(Path place) throws IOException {
        try {
            Files.walkFileTree(place, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException fault)
                        throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException gone) {
            return;
        }
    }
}

package dev.pycontainer.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that a cache keeps.
 *
 * @param kind {@code blobs}, or what sort of result is remembered
 * @param size in bytes
 * @param used when it was last noted to be used
 */
record CacheEntry(Path file, String kind, long size, Instant used) {

    /** All that there are, in no order. */
    static List<CacheEntry> all(Path cache) throws IOException {
        List<CacheEntry> entries = new ArrayList<>();
        for (Path directory : list(cache.resolve("blobs").resolve("sha256"))) {
            add(directory, "blobs", entries);
        }
        for (Path directory : list(cache.resolve("remembered"))) {
            add(directory, String.valueOf(directory.getFileName()), entries);
        }
        return entries;
    }

    private static void add(Path directory, String kind, List<CacheEntry> entries) throws IOException {
        for (Path file : list(directory)) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                entries.add(new CacheEntry(
                        file,
                        kind,
                        attributes.size(),
                        attributes.lastModifiedTime().toInstant()));
            } catch (NoSuchFileException removed) {
                // What goes while it is listed need not be counted.
            }
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        }
        return files;
    }
}

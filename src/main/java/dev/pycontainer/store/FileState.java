package dev.pycontainer.store;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says of a file, as git's index keeps it: one that says the same was not changed, unless within a tick
 * of the file system's clock.
 *
 * @param size in bytes
 * @param modified in nanoseconds of the epoch, as {@code changed}, which no program can set back
 */
record FileState(long size, long modified, long changed, long inode) {

    /** Whether the file system tells of changes that a program has covered up. */
    static final boolean IS_WHOLE =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    static FileState of(Path file, LinkOption... options) throws IOException {
        if (IS_WHOLE) {
            Map<String, Object> attributes =
                    Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino", options);
            return new FileState(
                    (Long) Objects.requireNonNull(attributes.get("size")),
                    nanos((FileTime) Objects.requireNonNull(attributes.get("lastModifiedTime"))),
                    nanos((FileTime) Objects.requireNonNull(attributes.get("ctime"))),
                    (Long) Objects.requireNonNull(attributes.get("ino")));
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, options);
        return new FileState(
                attributes.size(),
                nanos(attributes.lastModifiedTime()),
                nanos(attributes.creationTime()),
                Optional.ofNullable(attributes.fileKey()).map(Object::hashCode).orElse(0));
    }

    static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }

    /** Whether whoever looked at the file from this time on has seen what it is. */
    boolean isBefore(long time) {
        return modified < time && changed < time;
    }
}

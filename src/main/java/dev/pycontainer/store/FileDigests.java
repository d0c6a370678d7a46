package dev.pycontainer.store;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Digests of the user's files, remembered by what the file system says of them, as git's index does: a file whose size,
 * times and inode are what they were is not read again.
 *
 * <p>A file that may have been changed after it was read, within the same tick of the file system's clock, would have the same
 * times with other bytes. Only a file that was last changed before a tick that began before it was read is remembered;
 * any other is read again by the next build.
 *
 * <p>The index is a file of one machine: it may be deleted, and is not part of a cache that is carried elsewhere.
 */
public final class FileDigests {

    private static final String FORMAT = "files 1";

    private record Entry(FileState state, Digest digest) {}

    private final Path index;
    private final Map<Path, Entry> before;
    private final Map<Path, Entry> now = new ConcurrentHashMap<>();
    private final long begun;

    private final Tally tally;

    private FileDigests(Path index, Map<Path, Entry> before, long begun, Tally tally) {
        this.index = index;
        this.before = before;
        this.begun = begun;
        this.tally = tally;
    }

    /**
     * What an earlier build remembered; nothing where the file is not there, or is damaged.
     *
     * @param index the file that remembers; its directory is made when it is saved
     */
    public static FileDigests in(Path index, Tally tally) throws IOException {
        return new FileDigests(index, read(index), tick(index), tally);
    }

    /** The digest of the file's bytes, which are read only where they may have changed. */
    public Digest of(Path file) throws IOException {
        Path path = file.toAbsolutePath();
        FileState state = FileState.of(path);
        Entry known = now.getOrDefault(path, before.get(path));
        if (known == null || !known.state.equals(state)) {
            tally.count(Work.PROJECT_FILES_READ);
            known = new Entry(state, hash(path));
        }
        now.put(path, known);
        return known.digest;
    }

    /**
     * Whether the file has not been changed since this value was made: what was seen of it since is what it is.
     *
     * @param options whether a link itself is meant
     */
    public boolean isSteady(Path file, LinkOption... options) throws IOException {
        return FileState.of(file.toAbsolutePath(), options).isBefore(begun);
    }

    /**
     * What the file system says of these files, directories and links, and of what is not there.
     *
     * @param paths absolute
     * @return nothing where one of them has been changed since this value was made
     */
    public Optional<FileStates> states(Collection<Path> paths) throws IOException {
        return FileStates.of(paths, begun);
    }

    /** Remembers what was asked of this value, for the next build. */
    public void save() throws IOException {
        Map<Path, Entry> trusted = new TreeMap<>();
        now.forEach((path, entry) -> {
            if (entry.state.isBefore(begun)) {
                trusted.put(path, entry);
            }
        });
        if (trusted.equals(before)) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        trusted.forEach((path, entry) -> lines.append(entry.state.size())
                .append(' ')
                .append(entry.state.modified())
                .append(' ')
                .append(entry.state.changed())
                .append(' ')
                .append(entry.state.inode())
                .append(' ')
                .append(entry.digest.hex())
                .append(' ')
                .append(path)
                .append('\0'));
        String text = FORMAT + '\0' + lines;
        AtomicFile.write(index, utf8(Digest.of(utf8(text)).hex() + '\0' + text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<Path, Entry> read(Path index) throws IOException {
        Map<Path, Entry> entries = new TreeMap<>();
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(index);
        } catch (NoSuchFileException none) {
            return entries;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        String rest = text.substring(end + 1);
        if (end < 0
                || !rest.startsWith(FORMAT + '\0')
                || !text.startsWith(Digest.of(utf8(rest)).hex())) {
            return entries;
        }
        for (String line : rest.substring(FORMAT.length() + 1).split("\0", -1)) {
            String[] fields = line.split(" ", 6);
            if (fields.length == 6) {
                FileState state = new FileState(
                        Long.parseLong(fields[0]),
                        Long.parseLong(fields[1]),
                        Long.parseLong(fields[2]),
                        Long.parseLong(fields[3]));
                entries.put(Path.of(fields[5]), new Entry(state, Digest.parse("sha256:" + fields[4])));
            }
        }
        return entries;
    }

    private static Digest hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Digest.of(in);
        }
    }

    /** The file system's own time, which need not be this machine's; no directory is made for it. */
    private static long tick(Path index) throws IOException {
        Path directory = AtomicFile.parentOf(index);
        Path probe = Files.isDirectory(directory)
                ? Files.createTempFile(directory, ".tmp-", "")
                : Files.createTempFile("pycontainer-", "");
        try {
            return FileState.nanos(Files.getLastModifiedTime(probe));
        } finally {
            Files.deleteIfExists(probe);
        }
    }
}

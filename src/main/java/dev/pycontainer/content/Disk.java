package dev.pycontainer.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The user's files, through which a build reads everything that it does not make itself, and which knows in the end what was
 * asked of them: as long as all of that would be answered alike, the build would lead to the same image.
 *
 * <p>Only questions are kept here, no answers. One value serves one build, and any number of its threads.
 */
public final class Disk {

    /** What was asked of a path. */
    public enum Question {
        /** What there is: a file, a directory, a link and where to, or nothing; and whether its owner may execute it. */
        KIND,
        /** A directory's names. */
        NAMES,
        /** A file's bytes. */
        CONTENT
    }

    private final Map<Path, Set<Question>> asked = new TreeMap<>();

    /** Whether there is anything, links followed unless told otherwise. */
    public boolean exists(Path path, LinkOption... options) {
        ask(path, Question.KIND);
        return Files.exists(path, options);
    }

    /** Whether there is a regular file, links followed unless told otherwise. */
    public boolean isFile(Path path, LinkOption... options) {
        ask(path, Question.KIND);
        return Files.isRegularFile(path, options);
    }

    /** Whether there is a directory, links followed. */
    public boolean isDirectory(Path path) {
        ask(path, Question.KIND);
        return Files.isDirectory(path);
    }

    /** What there is, a link itself; times are nobody's business. */
    public BasicFileAttributes attributes(Path path) throws IOException {
        ask(path, Question.KIND);
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the file's owner may execute it; never, where the file system has no such permission. */
    public boolean isExecutable(Path path) throws IOException {
        ask(path, Question.KIND);
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view != null && view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }

    /** Where a symbolic link points to, as it states it. */
    public Path readLink(Path link) throws IOException {
        ask(link, Question.KIND);
        return Files.readSymbolicLink(link);
    }

    /** The path of what a path leads to, all links resolved. */
    public Path realPath(Path path) throws IOException {
        ask(path, Question.KIND);
        return path.toRealPath();
    }

    /** Whether two paths lead to the same file. */
    public boolean isSame(Path one, Path other) throws IOException {
        ask(one, Question.KIND);
        ask(other, Question.KIND);
        return Files.isSameFile(one, other);
    }

    /** A file's size in bytes. */
    public long size(Path file) throws IOException {
        ask(file, Question.CONTENT);
        return Files.size(file);
    }

    /** A file's bytes; the caller limits how many it takes. */
    public InputStream open(Path file) throws IOException {
        ask(file, Question.CONTENT);
        return Files.newInputStream(file);
    }

    /**
     * A directory's entries, in no order.
     *
     * @throws java.nio.file.NotDirectoryException where it is none
     */
    public List<Path> list(Path directory) throws IOException {
        ask(directory, Question.NAMES);
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /** What was asked so far, of absolute paths in the order of their names. */
    public Map<Path, Set<Question>> asked() {
        synchronized (asked) {
            Map<Path, Set<Question>> copy = new TreeMap<>();
            asked.forEach((path, questions) -> copy.put(path, EnumSet.copyOf(questions)));
            return copy;
        }
    }

    private void ask(Path path, Question question) {
        Path absolute = path.toAbsolutePath();
        synchronized (asked) {
            asked.computeIfAbsent(absolute, first -> EnumSet.noneOf(Question.class))
                    .add(question);
        }
    }
}

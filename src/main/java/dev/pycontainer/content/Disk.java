package dev.pycontainer.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The user's files, through which a build reads everything that it does not make itself, and which knows in the end what was
 * asked of them: as long as all of that would be answered alike, the build would lead to the same image.
 *
 * <p>Questions are kept here, and of the answers a directory's names alone. One value serves one build, and any number of its threads. What a build or a
 * test run leaves behind is no file of the user's: no listing has {@code .git} and {@code __pycache__}, a {@code target}
 * beside a {@code pom.xml}, nor the paths that are passed over.
 */
public final class Disk {

    /** What was asked of a path. */
    public enum Question {
        /** What there is itself: a file, a directory, a link and where to, or nothing; and whether its owner may execute it. */
        KIND,
        /** What the path leads to: the path without links of a file or a directory and which of them it is, or nothing. */
        REACHED,
        /** A directory's names, as {@link #list} has them. */
        NAMES,
        /** A file's bytes. */
        CONTENT
    }

    /** What finds out a file's digest. */
    @FunctionalInterface
    public interface Digests {
        Digest of(Path file) throws IOException;
    }

    private final Set<Path> passedOver;
    private final Map<Path, Set<Question>> asked = new HashMap<>();
    private final Map<Path, List<String>> listed = new HashMap<>();
    private volatile Digests digests = Disk::read;

    public Disk() {
        this(List.of());
    }

    /** @param passedOver files and directories that no listing has, wherever they are: what the build itself writes */
    public Disk(Collection<Path> passedOver) {
        this.passedOver = passedOver.stream()
                .map(path -> path.toAbsolutePath().normalize())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether there is anything, links followed unless told otherwise. */
    public boolean exists(Path path, LinkOption... options) {
        ask(path, options);
        return Files.exists(path, options);
    }

    /** Whether there is certainly nothing, as {@link Files#notExists}. */
    public boolean isAbsent(Path path, LinkOption... options) {
        ask(path, options);
        return Files.notExists(path, options);
    }

    /** Whether there is a regular file, links followed unless told otherwise. */
    public boolean isFile(Path path, LinkOption... options) {
        ask(path, options);
        return Files.isRegularFile(path, options);
    }

    /** Whether there is a directory, links followed. */
    public boolean isDirectory(Path path) {
        ask(path, Question.REACHED);
        return Files.isDirectory(path);
    }

    /** What there is, a link itself; times are nobody's business, and who goes by the size reads the file too. */
    public BasicFileAttributes attributes(Path path) throws IOException {
        ask(path, Question.KIND);
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** As {@link Executable}. */
    public boolean isExecutable(Path path) throws IOException {
        ask(path, Question.KIND);
        return Executable.is(path);
    }

    /** Where a symbolic link points to, as it states it. */
    public Path readLink(Path link) throws IOException {
        ask(link, Question.KIND);
        return Files.readSymbolicLink(link);
    }

    /** The path of what a path leads to, all links resolved. */
    public Path realPath(Path path) throws IOException {
        ask(path, Question.REACHED);
        return path.toRealPath();
    }

    /** Whether two paths lead to the same file. */
    public boolean isSame(Path one, Path other) throws IOException {
        ask(one, Question.REACHED);
        ask(other, Question.REACHED);
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

    /** The digest of a file's bytes, which are read unless it is known. */
    public Digest digest(Path file) throws IOException {
        ask(file, Question.CONTENT);
        return digests.of(file);
    }

    private static Digest read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Digest.of(in);
        }
    }

    /** From here on digests are asked for there: by one that knows those of files which have not changed. */
    public void digestsBy(Digests known) {
        digests = known;
    }

    /** All of a small file's bytes. */
    public byte[] bytes(Path file) throws IOException {
        ask(file, Question.CONTENT);
        return Files.readAllBytes(file);
    }

    /**
     * A small file's text, in UTF-8.
     *
     * @throws java.nio.charset.CharacterCodingException where it is in another encoding
     */
    public String text(Path file) throws IOException {
        ask(file, Question.CONTENT);
        return Files.readString(file);
    }

    /** The file itself, for one who reads its bytes in another order than theirs, as those of a zip archive. */
    public Path reading(Path file) {
        ask(file, Question.CONTENT);
        return file;
    }

    /**
     * A directory's entries, in no order, without those that no listing has.
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
        entries.removeIf(this::isUnlisted);
        synchronized (asked) {
            listed.putIfAbsent(directory.toAbsolutePath(), namesOf(entries));
        }
        return entries;
    }

    /** The names that {@link #list} gave for a directory, the first time, in the order of their bytes. */
    public List<String> listed(Path directory) {
        synchronized (asked) {
            return listed.getOrDefault(directory.toAbsolutePath(), List.of());
        }
    }

    /** The names of a directory's entries, in the order of their bytes. */
    public static List<String> namesOf(List<Path> entries) {
        return entries.stream()
                .map(entry -> String.valueOf(entry.getFileName()))
                .sorted(Utf8Order.INSTANCE)
                .toList();
    }

    private boolean isUnlisted(Path entry) {
        return switch (String.valueOf(entry.getFileName())) {
            case ".git", "__pycache__" -> true;
            case "target" -> exists(entry.resolveSibling("pom.xml")) || isPassedOver(entry);
            default -> isPassedOver(entry);
        };
    }

    private boolean isPassedOver(Path entry) {
        return !passedOver.isEmpty()
                && passedOver.contains(entry.toAbsolutePath().normalize());
    }

    /** One that goes by the same rules and was asked nothing yet. */
    public Disk another() {
        return new Disk(passedOver);
    }

    /** What was asked so far, of absolute paths in the order of their names. */
    public Map<Path, Set<Question>> asked() {
        synchronized (asked) {
            Map<Path, Set<Question>> copy = new TreeMap<>();
            asked.forEach((path, questions) -> copy.put(path, EnumSet.copyOf(questions)));
            return copy;
        }
    }

    private void ask(Path path, LinkOption... options) {
        ask(path, options.length == 0 ? Question.REACHED : Question.KIND);
    }

    private void ask(Path path, Question question) {
        Path absolute = path.toAbsolutePath();
        synchronized (asked) {
            asked.computeIfAbsent(absolute, first -> EnumSet.noneOf(Question.class))
                    .add(question);
        }
    }
}

package dev.pycontainer.build;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Disk.Question;
import dev.pycontainer.content.Json;
import dev.pycontainer.store.FileDigests;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * What a build asked of the user's files, and what they answered, in a form that a later build on any machine can compare:
 * paths are relative to the project.
 */
final class Answers {

    /** One path with what was asked of it, as letters, and what it answered. */
    private record Answer(String path, String questions, String told) {}

    private static final String NOTHING = "-";
    private static final String AS_IT_STANDS = "./";

    private final List<Answer> answers;

    private Answers(List<Answer> answers) {
        this.answers = answers;
    }

    /**
     * The answers to all that was asked.
     *
     * @return nothing where a file or a directory has been changed since {@code digests} began, so that nobody knows which of
     *     its contents the build has seen, and where a path cannot be written down
     */
    static Optional<Answers> toldTo(Disk disk, Path project, FileDigests digests) throws IOException {
        List<Answer> answers = new ArrayList<>();
        Asking asking = new Asking(disk.another(), project, digests);
        for (Map.Entry<Path, Set<Question>> asked : disk.asked().entrySet()) {
            Path path = asked.getKey();
            if (!asking.isSteady(path, asked.getValue())
                    || (asked.getValue().contains(Question.NAMES)
                            && !asking.namesIn(path).equals(disk.listed(path)))) {
                return Optional.empty();
            }
            String questions = asked.getValue().stream()
                    .map(question -> question.name().substring(0, 1))
                    .collect(Collectors.joining());
            Optional<String> name = nameOf(path, project);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            answers.add(new Answer(name.get(), questions, asking.ask(path, asked.getValue())));
        }
        return Optional.of(new Answers(answers));
    }

    /** The first path that would answer otherwise now, from the project's directory; nothing where all is as it was. */
    Optional<String> changed(Disk disk, Path project, FileDigests digests) throws IOException {
        // What is asked in order to compare is no question of the build's.
        Asking asking = new Asking(disk.another(), project, digests);
        for (Answer answer : answers) {
            if (!isToldBy(asking, answer)) {
                return Optional.of(answer.path.isEmpty() ? "." : answer.path);
            }
        }
        return Optional.empty();
    }

    private static boolean isToldBy(Asking asking, Answer answer) throws IOException {
        try {
            return asking.ask(at(answer.path, asking.project), questions(answer.questions))
                    .equals(answer.told);
        } catch (InvalidPathException unnameable) {
            // It was written down by a JVM that was not started with LC_ALL=C, as this one was.
            return false;
        }
    }

    /**
     * As {@link #at} finds it again where the project lies elsewhere: the very same path, since contents are known by it.
     *
     * @return nothing where the JVM was started with {@code LC_ALL=C} and can open the file, but not say how it is called
     */
    private static Optional<String> nameOf(Path path, Path project) {
        String name = relative(path, project);
        try {
            if (at(name, project).equals(path)) {
                return Optional.of(name);
            }
        } catch (InvalidPathException unnameable) {
            return Optional.empty();
        }
        // Behind a link, the way up and the parent are two places: so many names of the project's path, and the rest.
        int shared = 0;
        while (shared < project.getNameCount()
                && shared < path.getNameCount() - 1
                && project.getName(shared).equals(path.getName(shared))) {
            shared++;
        }
        String rest = path.subpath(shared, path.getNameCount()).toString();
        return Optional.of(AS_IT_STANDS + (project.getNameCount() - shared) + "/" + rest.replace('\\', '/'));
    }

    private static Path at(String name, Path project) {
        if (!name.startsWith(AS_IT_STANDS)) {
            return project.resolve(name).normalize();
        }
        int slash = name.indexOf('/', AS_IT_STANDS.length());
        Path from = project;
        for (int up = Integer.parseInt(name.substring(AS_IT_STANDS.length(), slash)); up > 0; up--) {
            from = Objects.requireNonNullElse(from.getParent(), from);
        }
        return from.resolve(name.substring(slash + 1));
    }

    /** On another drive, where that is a thing, a path stays what it is. */
    private static String relative(Path path, Path project) {
        Path from = path.isAbsolute() ? project.toAbsolutePath() : project;
        boolean isReachable = path.getRoot() == null || path.getRoot().equals(from.getRoot());
        return (isReachable ? from.relativize(path) : path).toString().replace('\\', '/');
    }

    /** The paths that were asked something of. */
    List<Path> paths(Path project) {
        return answers.stream().map(answer -> at(answer.path, project)).toList();
    }

    private static Set<Question> questions(String letters) {
        Set<Question> questions = EnumSet.noneOf(Question.class);
        for (Question question : Question.values()) {
            if (letters.indexOf(question.name().charAt(0)) >= 0) {
                questions.add(question);
            }
        }
        return questions;
    }

    ArrayNode json() {
        ArrayNode list = Json.array();
        for (Answer answer : answers) {
            list.addArray().add(answer.path).add(answer.questions).add(answer.told);
        }
        return list;
    }

    static Answers read(JsonNode list) {
        List<Answer> answers = new ArrayList<>();
        for (JsonNode node : list) {
            answers.add(new Answer(
                    node.path(0).stringValue(),
                    node.path(1).stringValue(),
                    node.path(2).stringValue()));
        }
        return new Answers(answers);
    }

    /** Puts questions to the files as they are now. */
    private record Asking(Disk disk, Path project, FileDigests digests) {

        String ask(Path path, Set<Question> questions) throws IOException {
            List<String> told = new ArrayList<>();
            for (Question question : questions) {
                told.add(
                        switch (question) {
                            case KIND -> kind(path);
                            case REACHED -> reached(path);
                            case NAMES -> names(path);
                            case CONTENT -> content(path);
                        });
            }
            return String.join(" ", told);
        }

        private String kind(Path path) throws IOException {
            try {
                BasicFileAttributes attributes = disk.attributes(path);
                if (attributes.isSymbolicLink()) {
                    return "link to " + disk.readLink(path);
                }
                if (attributes.isRegularFile()) {
                    return disk.isExecutable(path) ? "executable" : "file";
                }
                return attributes.isDirectory() ? "directory" : "other";
            } catch (FileSystemException absent) {
                return NOTHING;
            }
        }

        private String reached(Path path) throws IOException {
            try {
                return relative(disk.realPath(path), project) + (disk.isDirectory(path) ? "/" : "");
            } catch (FileSystemException absent) {
                return NOTHING;
            }
        }

        private String names(Path directory) throws IOException {
            return disk.isDirectory(directory)
                    ? Digest.of(String.join("\0", namesIn(directory))).hex()
                    : NOTHING;
        }

        List<String> namesIn(Path directory) throws IOException {
            return disk.isDirectory(directory) ? Disk.namesOf(disk.list(directory)) : List.of();
        }

        /** Whether what was seen of a file is what there is; a directory's own times tell nothing of what was asked. */
        boolean isSteady(Path path, Set<Question> questions) throws IOException {
            boolean isLookedAt = questions.contains(Question.CONTENT) || questions.contains(Question.KIND);
            return !isLookedAt
                    || !disk.exists(path, LinkOption.NOFOLLOW_LINKS)
                    || disk.isDirectory(path)
                    || (digests.isSteady(path, LinkOption.NOFOLLOW_LINKS)
                            && (!disk.isFile(path) || digests.isSteady(path)));
        }

        private String content(Path file) throws IOException {
            return disk.isFile(file) ? digests.of(file).hex() : NOTHING;
        }
    }
}

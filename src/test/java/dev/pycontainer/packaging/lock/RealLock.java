package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A case of {@code src/test/oracle/locks}, whose README describes it: a lock, and what its own tool takes from it. */
record RealLock(Path directory, String kind, Path lock, List<Question> questions) {

    private static final Path CORPUS = Path.of("src/test/oracle/locks/corpus").toAbsolutePath();
    private static final Path OWN_NAME = Path.of("golden.txt");

    static final Map<String, Target> TARGETS = targets();

    /** What is asked of a lock, and for each target the lines {@code name version file}, or a line that is a refusal. */
    record Question(
            Path project,
            List<String> extras,
            List<String> groups,
            SortedMap<String, SortedMap<String, String>> answers) {

        static final String REFUSED = "refused";

        @Override
        public String toString() {
            return project + " extras " + extras + " groups " + groups;
        }
    }

    @Override
    public String toString() {
        return String.valueOf(directory.getFileName());
    }

    /** Whether local projects stand in the lock, or are needed by one. */
    boolean isWorkspace() {
        try {
            return rows().anyMatch(row -> row.getValue().contains(" member:"))
                    || Files.readString(lock).contains("\n[manifest]\nmembers = [");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a package has another version for another target, or with other extras. */
    boolean hasForks() {
        return rows().map(row -> row.getKey() + " " + row.getValue().split(" ", -1)[0])
                        .distinct()
                        .count()
                > rows().map(Map.Entry::getKey).distinct().count();
    }

    boolean needs(String prefix) {
        return rows().anyMatch(row -> row.getKey().startsWith(prefix));
    }

    private Stream<Map.Entry<String, String>> rows() {
        return questions.stream()
                .flatMap(question -> question.answers().values().stream())
                .flatMap(answer -> answer.entrySet().stream())
                .filter(row -> !row.getKey().equals(Question.REFUSED));
    }

    static Stream<RealLock> all() throws IOException {
        try (Stream<Path> cases = Files.list(CORPUS)) {
            return cases.sorted().map(RealLock::of).toList().stream();
        }
    }

    private static RealLock of(Path directory) {
        try {
            String about = Files.readString(directory.resolve("case.toml"));
            String kind = value(about, "kind").orElseThrow();
            Path lock = directory.resolve(value(about, "lock").orElse(kind));
            return new RealLock(
                    directory, kind, lock, questions(directory, Files.readAllLines(directory.resolve(OWN_NAME))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> value(String toml, String key) {
        return toml.lines()
                .filter(line -> line.startsWith(key + " = "))
                .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                .findFirst();
    }

    private static List<Question> questions(Path directory, List<String> lines) {
        SortedMap<String, SortedMap<String, String>> files = new TreeMap<>();
        List<Question> questions = new ArrayList<>();
        for (List<String> part : parts(lines)) {
            List<String> rows = part.subList(1, part.size());
            if (part.get(0).equals("files")) {
                files.putAll(files(rows));
            } else {
                Map<String, String> asked = new LinkedHashMap<>();
                for (String word : part.get(0).substring("selection ".length()).split(" ", -1)) {
                    asked.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
                }
                questions.add(new Question(
                        directory.resolve(asked.getOrDefault("project", ".")).normalize(),
                        names(asked.getOrDefault("extras", "")),
                        names(asked.getOrDefault("groups", "")),
                        answers(rows, files)));
            }
        }
        return questions;
    }

    /** What stands between the empty lines, without the first, which is the title. */
    private static List<List<String>> parts(List<String> lines) {
        List<List<String>> parts = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.isEmpty()) {
                parts.add(new ArrayList<>());
            } else {
                parts.get(parts.size() - 1).add(line);
            }
        }
        return parts;
    }

    private static List<String> names(String list) {
        return list.isEmpty() ? List.of() : Arrays.asList(list.split(",", -1));
    }

    /** For each package and version, what each target gets. */
    private static SortedMap<String, SortedMap<String, String>> files(List<String> rows) {
        SortedMap<String, SortedMap<String, String>> files = new TreeMap<>();
        for (String row : rows) {
            String[] words = row.split(" ", -1);
            SortedMap<String, String> chosen =
                    files.computeIfAbsent(words[0] + " " + words[1], absent -> new TreeMap<>());
            meant(row, TARGETS.keySet()).forEach(target -> chosen.put(target, words[2]));
        }
        return files;
    }

    private static SortedMap<String, SortedMap<String, String>> answers(
            List<String> rows, SortedMap<String, SortedMap<String, String>> files) {
        SortedMap<String, SortedMap<String, String>> answers = new TreeMap<>();
        TARGETS.keySet().forEach(target -> answers.put(target, new TreeMap<>()));
        List<String> accepted = new ArrayList<>(TARGETS.keySet());
        // Refusals stand first.
        for (String row : rows) {
            String[] words = row.split(" ", -1);
            if (words[0].equals(Question.REFUSED)) {
                for (String target : meant(row, accepted)) {
                    answers.put(target, new TreeMap<>(Map.of(Question.REFUSED, words[1])));
                    accepted.remove(target);
                }
            } else {
                String wanted = words[0] + " " + words[1];
                for (String target : meant(row, accepted)) {
                    String file = files.getOrDefault(wanted, new TreeMap<>()).get(target);
                    if (file == null) {
                        throw new AssertionError("no file of " + wanted + " for " + target);
                    }
                    answers.getOrDefault(target, new TreeMap<>()).put(words[0], words[1] + " " + file);
                }
            }
        }
        return answers;
    }

    /** The targets after the "@" of a line, as products of three axes. */
    private static List<String> meant(String line, Collection<String> otherwise) {
        if (!line.contains(" @ ")) {
            return List.copyOf(otherwise);
        }
        List<String> meant = new ArrayList<>();
        for (String product : line.substring(line.indexOf(" @ ") + 3).split(" ", -1)) {
            List<List<String>> axes = Stream.of(product.split("/", -1))
                    .map(axis -> Arrays.asList(axis.split(",", -1)))
                    .toList();
            TARGETS.keySet().stream()
                    .filter(target -> {
                        String[] axis = target.split("/", -1);
                        for (int i = 0; i < axis.length; i++) {
                            if (!axes.get(i).contains("*") && !axes.get(i).contains(axis[i])) {
                                return false;
                            }
                        }
                        return true;
                    })
                    .forEach(meant::add);
        }
        return meant;
    }

    private static Map<String, Target> targets() {
        Map<String, Target> targets = new LinkedHashMap<>();
        Map<String, String> pythons =
                new TreeMap<>(Map.of("311", "3.11.13", "312", "3.12.11", "313", "3.13.7", "314", "3.14.0"));
        pythons.forEach((python, version) -> Stream.of("x86_64", "aarch64")
                .forEach(machine -> Stream.of("2.28", "2.36", "musl")
                        .forEach(libc -> targets.put(
                                python + "/" + machine + "/" + libc, target(python, version, machine, libc)))));
        return targets;
    }

    private static Target target(String python, String version, String machine, String libc) {
        String minor = "3." + python.substring(1);
        boolean musl = libc.equals("musl");
        return new Target(
                "cpython",
                Version.parse(version),
                "cp" + python,
                musl ? Libc.MUSL : Libc.GLIBC,
                musl ? "1.2" : libc,
                machine,
                "/usr/bin/python" + minor,
                "lib/python" + minor + "/site-packages");
    }

    /** The index as {@code files.json} keeps it; empty where the lock itself lists its files. */
    Map<String, List<LockedFile>> pages() throws IOException {
        Path file = directory.resolve("files.json");
        if (!Files.exists(file)) {
            return Map.of();
        }
        Map<String, List<LockedFile>> pages = new LinkedHashMap<>();
        JsonNode names = Json.readObject(Files.readAllBytes(file), "files.json");
        names.forEachEntry((name, versions) -> versions.forEachEntry((version, entries) -> {
            for (JsonNode entry : entries) {
                pages.computeIfAbsent(key(PackageName.of(name), Version.parse(version)), absent -> new ArrayList<>())
                        .add(new LockedFile(
                                entry.path("file").asString(),
                                Digest.parse("sha256:" + entry.path("sha256").asString()),
                                OptionalLong.empty(),
                                new FileLocation.Url("https://files.index.example/"
                                        + entry.path("file").asString())));
            }
        }));
        return pages;
    }

    static String key(PackageName name, Version version) {
        return name.value() + " " + version.publicVersion();
    }
}

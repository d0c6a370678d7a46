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
record RealLock(Path directory, Path lock, List<Question> questions) {

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

    static Stream<RealLock> all() throws IOException {
        try (Stream<Path> cases = Files.list(CORPUS)) {
            return cases
                    .filter(directory -> Files.exists(directory.resolve(OWN_NAME)))
                    .sorted()
                    .map(RealLock::of)
                    .toList()
                    .stream();
        }
    }

    private static RealLock of(Path directory) {
        try {
            String about = Files.readString(directory.resolve("case.toml"));
            String kind = value(about, "kind").orElseThrow();
            Path lock = directory.resolve(value(about, "lock").orElse(kind));
            return new RealLock(directory, lock, questions(directory, Files.readAllLines(directory.resolve(OWN_NAME))));
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
        List<Question> questions = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        for (int at = lines.size() - 1; at >= 0; at--) {
            String line = lines.get(at);
            if (line.startsWith("selection ")) {
                Map<String, String> asked = new LinkedHashMap<>();
                for (String word : line.substring("selection ".length()).split(" ", -1)) {
                    asked.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
                }
                Path project =
                        directory.resolve(asked.getOrDefault("project", ".")).normalize();
                questions.add(
                        0,
                        new Question(
                                project, names(asked.get("extras")), names(asked.get("groups")), answers(answers)));
                answers.clear();
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                answers.add(0, line);
            }
        }
        return questions;
    }

    private static List<String> names(String list) {
        return list.isEmpty() ? List.of() : Arrays.asList(list.split(",", -1));
    }

    private static SortedMap<String, SortedMap<String, String>> answers(Collection<String> lines) {
        SortedMap<String, SortedMap<String, String>> answers = new TreeMap<>();
        for (String line : lines) {
            if (line.startsWith(Question.REFUSED + " ")) {
                meant(line)
                        .forEach(target ->
                                answers.put(target, new TreeMap<>(Map.of(Question.REFUSED, line.split(" ", -1)[1]))));
            }
        }
        List<String> accepted = TARGETS.keySet().stream()
                .filter(target -> !answers.containsKey(target))
                .toList();
        accepted.forEach(target -> answers.put(target, new TreeMap<>()));
        for (String line : lines) {
            if (!line.startsWith(Question.REFUSED + " ")) {
                String[] words = line.split(" ", -1);
                Collection<String> targets = words.length > 3 ? meant(line) : accepted;
                targets.forEach(target -> answers.get(target).put(words[0], words[1] + " " + words[2]));
            }
        }
        return answers;
    }

    /** The targets after the "@" of a line, as products of three axes. */
    private static List<String> meant(String line) {
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
                                        + entry.path("file").asString()),
                                Optional.empty()));
            }
        }));
        return pages;
    }

    static String key(PackageName name, Version version) {
        return name.value() + " " + version.publicVersion();
    }
}

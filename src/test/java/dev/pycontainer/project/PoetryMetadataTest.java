package dev.pycontainer.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Json;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.wheel.InstallScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The answers of poetry-core that {@code src/test/oracle/poetry/make} keeps, compared with ours by what they mean. */
class PoetryMetadataTest {

    private static final String PYTHON = "python ";
    private static final String BUILT =
            "[build-system]\nrequires = [\"poetry-core\"]\nbuild-backend = \"poetry.core.masonry.api\"\n";
    private static final InstallScheme SCHEME =
            new InstallScheme("/opt/venv", "lib/python3.11/site-packages", "/opt/venv/bin/python", "3.11");

    private static final List<Version> VERSIONS = versions(
            "0 0.0.3 0.0.4 0.2 0.2.3 0.3 0.3.9 0.4 1 1.0.dev3 1.0rc1 1.0+local 1.0.post1 1.1.9 1.2 1.2.post1 1.2.2 1.2.3b1"
                    + " 1.2.3b2 1.2.3 1.2.4 1.3 1.3.4 1.4 1.5 1.5.2 1.9.9 2.dev0 2.0a1 2 2.1 3 3.1 4 4.1 5 5.2 13 13.9 14"
                    + " 2021.1 2021.10.8 2021.10.9 2021.11 2022 1!2.2 1!2.3 1!2.9 1!3");
    private static final List<Version> PYTHONS =
            versions("2.7.18 3.0.1 3.1.5 3.5.10 3.6.15 3.7.17 3.8.0 3.8.20 3.9.0 3.9.1 3.9.21 3.10.0 3.10.4 3.10.16"
                    + " 3.11.0 3.11.11 3.12.8 3.13.1 3.14.0 4.0");

    @TempDir
    Path root;

    private static List<Version> versions(String texts) {
        return Stream.of(texts.split(" ", -1)).map(Version::parse).toList();
    }

    private static List<MarkerEnvironment> environments() {
        List<MarkerEnvironment> environments = new ArrayList<>();
        for (Version python : PYTHONS) {
            for (String system : List.of("linux", "darwin", "win32")) {
                String minor = python.release().get(0) + "." + python.release().get(1);
                boolean isPyPy = minor.equals("3.9");
                environments.add(MarkerEnvironment.of(Map.of(
                        "python_version",
                        minor,
                        "python_full_version",
                        python.toString(),
                        "sys_platform",
                        system,
                        "os_name",
                        system.equals("win32") ? "nt" : "posix",
                        "platform_machine",
                        system.equals("darwin") ? "arm64" : "x86_64",
                        "implementation_name",
                        isPyPy ? "pypy" : "cpython",
                        "platform_python_implementation",
                        isPyPy ? "PyPy" : "CPython")));
            }
        }
        return environments;
    }

    private static List<JsonNode> goldens() throws IOException {
        try (InputStream in = PoetryMetadataTest.class.getResourceAsStream("poetry-core.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), "poetry-core.jsonl"))
                    .toList();
        }
    }

    @Test
    void saysWhatPoetryCoreWrites() throws IOException {
        List<MarkerEnvironment> environments = environments();
        List<String> differences = new ArrayList<>();
        List<JsonNode> goldens = goldens();
        for (int i = 0; i < goldens.size(); i++) {
            JsonNode golden = goldens.get(i);
            // poetry-core no longer reads what its first releases did: constraints in parentheses, and 1.x. For
            // versions
            // with "or" it writes what is no requirement, ">=1,<2 || >=3,<4"; ours are the outer bounds.
            boolean isAnswer = !golden.has("refused")
                    && texts(golden.path("requires")).noneMatch(requirement -> requirement.contains("||"));
            if (isAnswer) {
                List<String> theirs = meaning(golden, environments);
                List<String> ours = meaning(written(golden.path("pyproject").stringValue(), i), environments);
                ours = ours.stream()
                        .filter(line -> !theirs.contains(line) && !isStricter(line, theirs))
                        .toList();
                if (!ours.isEmpty()) {
                    differences.add(golden.path("pyproject").stringValue() + "theirs " + golden + "\nours   " + ours);
                }
            }
        }

        assertThat(differences).isEmpty();
        assertThat(goldens).hasSizeGreaterThan(130);
    }

    /** poetry-core loses exclusions of Python, "!=3.9.*", and some bounds beside an "or"; ours says all that is written. */
    private static boolean isStricter(String line, List<String> theirs) {
        return line.startsWith(PYTHON)
                && theirs.stream()
                        .filter(other -> other.startsWith(PYTHON))
                        .allMatch(other -> IntStream.range(PYTHON.length(), line.length())
                                .allMatch(i -> line.charAt(i) == '0' || other.charAt(i) == '1'));
    }

    /** What our METADATA and entry_points.txt say, in the form of a golden. */
    private JsonNode written(String pyproject, int number) throws IOException {
        ProjectDirectory directory = new ProjectDirectory(Files.createDirectory(root.resolve("p" + number)));
        directory.pyproject(pyproject + BUILT).files("app/__init__.py");
        Map<String, String> files = new EditableInstall(SCHEME, "/app")
                .of(directory.read(), new SourceRoots(List.of(""))).stream()
                        .collect(Collectors.toMap(
                                file -> file.path().substring(file.path().lastIndexOf('/') + 1),
                                file -> new String(file.content(), StandardCharsets.UTF_8),
                                (first, second) -> first));
        var answer = Json.object();
        var requires = answer.putArray("requires");
        var extras = answer.putArray("extras");
        for (String line : files.getOrDefault("METADATA", "").split("\n", -1)) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            switch (line.substring(0, Math.max(0, line.indexOf(':')))) {
                case "Name" -> answer.put("name", value);
                case "Version" -> answer.put("version", value);
                case "Requires-Python" -> answer.put("python", value);
                case "Provides-Extra" -> extras.add(value);
                case "Requires-Dist" -> requires.add(value);
                default -> {}
            }
        }
        var groups = answer.putObject("entryPoints");
        for (String block : files.getOrDefault("entry_points.txt", "").split("\n\n", -1)) {
            List<String> lines = block.lines().toList();
            if (!lines.isEmpty()) {
                var group = groups.putArray(lines.get(0).replaceAll("[\\[\\]]", ""));
                lines.stream().skip(1).sorted().forEach(group::add);
            }
        }
        return answer;
    }

    private static List<String> meaning(JsonNode answer, List<MarkerEnvironment> environments) {
        List<String> meaning = new ArrayList<>();
        meaning.add("name " + answer.path("name").asString());
        meaning.add("version " + Version.parse(answer.path("version").asString()));
        String python = answer.path("python").asString("");
        meaning.add(PYTHON + allowed(SpecifierSet.parse(python), PYTHONS));
        List<String> extras = texts(answer.path("extras")).sorted().toList();
        meaning.add("extras " + extras);
        answer.path("entryPoints").properties().forEach(group -> meaning.add("group " + group));
        List<Requirement> requires =
                texts(answer.path("requires")).map(Requirement::parse).toList();
        List<List<String>> asked = new ArrayList<>(List.of(List.of(), extras));
        extras.forEach(extra -> asked.add(List.of(extra)));
        for (MarkerEnvironment environment : environments) {
            for (List<String> some : asked) {
                meaning.add("requires " + some + " " + needed(requires, environment.withExtras(some)));
            }
        }
        return meaning;
    }

    private static SortedMap<String, String> needed(List<Requirement> requires, MarkerEnvironment environment) {
        SortedMap<String, String> needed = new TreeMap<>();
        requires.stream()
                .filter(requirement -> requirement.appliesIn(environment))
                .forEach(requirement -> needed.merge(
                        requirement.name() + requirement.extras().toString(),
                        requirement.url().orElseGet(() -> allowed(requirement.specifiers(), VERSIONS)),
                        (one, other) -> one.equals(other) ? one : one + " and " + other));
        return needed;
    }

    private static String allowed(SpecifierSet specifiers, List<Version> versions) {
        return versions.stream()
                .map(version -> specifiers.contains(version) ? "1" : "0")
                .collect(Collectors.joining());
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::stringValue);
    }
}

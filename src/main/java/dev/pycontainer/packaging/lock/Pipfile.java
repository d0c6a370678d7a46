package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BoundedInputStream;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Json;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.TomlTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A {@code Pipfile}: what a {@code Pipfile.lock} was made from. */
final class Pipfile {

    private static final String FILE = "Pipfile";
    private static final String CORRECT = "correct it, and run `pipenv lock`";
    private static final long LIMIT = 16 << 20;
    private static final Set<String> OTHERS =
            Set.of("source", "requires", "scripts", "pipfile", "pipenv", "default", "develop");
    private static final List<String> ELSEWHERE = List.of("git", "hg", "svn", "bzr", "path", "file");

    private final LockFile lock;
    private final TomlTable file;

    private Pipfile(LockFile lock, TomlTable file) {
        this.lock = lock;
        this.file = file;
    }

    /** The file in the lock's directory, where there is one. */
    static Optional<Pipfile> beside(Disk disk, LockFile lock) {
        Path path = lock.path().resolveSibling(FILE);
        if (!disk.isFile(path)) {
            return Optional.empty();
        }
        try (InputStream in = new BoundedInputStream(disk.open(path), LIMIT, "The file " + path)) {
            return Optional.of(
                    new Pipfile(lock, TomlTable.parse(in.readAllBytes()).advising(CORRECT)));
        } catch (IOException e) {
            throw BuildRefused.because("The file " + path + " cannot be read.")
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        } catch (BuildRefused refused) {
            throw refused.orTodo(CORRECT).in(FILE);
        }
    }

    /** The Pythons that a table {@code requires}, of a Pipfile or its lock, allows, by its keys. */
    static Map<String, SpecifierSet> pythons(TomlTable requires) {
        Map<String, SpecifierSet> pythons = new LinkedHashMap<>();
        requires.text("python_version", version -> SpecifierSet.parse("==" + version + ".*"))
                .ifPresent(allowed -> pythons.put("python_version", allowed));
        requires.text("python_full_version", version -> SpecifierSet.parse("==" + version))
                .ifPresent(allowed -> pythons.put("python_full_version", allowed));
        return pythons;
    }

    /** Where it does not allow the target's Python, and the lock was made when it still did. */
    List<StaleEntry> forbidden(Target target, TomlTable lockedRequires) {
        List<StaleEntry> forbidden = new ArrayList<>();
        try {
            TomlTable requires = file.table("requires");
            pythons(requires).forEach((key, allowed) -> {
                if (!target.satisfies(allowed)) {
                    forbidden.add(new StaleEntry(
                            FILE + ": requires." + key,
                            requires.text(key).orElse(""),
                            "the lock was made for "
                                    + lockedRequires
                                            .text(key)
                                            .map(version -> "Python " + version)
                                            .orElse("any Python")));
                }
            });
        } catch (BuildRefused refused) {
            throw refused.in(FILE);
        }
        return forbidden;
    }

    /**
     * Whether pipenv would take this for the file of which it wrote the hash: of its tables as JSON, the names of
     * packages normalised in newer versions, the categories left out in older ones.
     *
     * @param sources those of the lock, which stand for pipenv's own where the file names none
     */
    boolean hasHash(Digest hash, JsonNode sources) {
        return Stream.of(true, false)
                .flatMap(normalised -> Stream.of(inputs(sources, normalised, true), inputs(sources, normalised, false)))
                .anyMatch(inputs -> PythonJson.compact().sha256(inputs).equals(hash));
    }

    private ObjectNode inputs(JsonNode lockedSources, boolean normalised, boolean withCategories) {
        JsonNode tree = file.tree();
        ObjectNode inputs = Json.object();
        ObjectNode meta = inputs.putObject("_meta");
        meta.set("sources", tree.has("source") ? tree.path("source") : lockedSources);
        meta.set("requires", orEmpty(tree.path("requires")));
        inputs.set("default", packages(tree.path("packages"), normalised));
        inputs.set("develop", packages(tree.path("dev-packages"), normalised));
        if (withCategories) {
            for (Map.Entry<String, JsonNode> category : tree.properties()) {
                String name = category.getKey();
                if (!OTHERS.contains(name) && !name.equals("packages") && !name.equals("dev-packages")) {
                    inputs.set(name, packages(category.getValue(), normalised));
                }
            }
        }
        return inputs;
    }

    private static JsonNode orEmpty(JsonNode node) {
        return node.isMissingNode() ? Json.object() : node;
    }

    private static JsonNode packages(JsonNode table, boolean normalised) {
        ObjectNode packages = Json.object();
        table.properties()
                .forEach(entry ->
                        packages.set(normalised ? Extra.normalized(entry.getKey()) : entry.getKey(), entry.getValue()));
        return packages;
    }

    /** What it requires in these categories of the lock, on the target; the project itself is none of it. */
    List<ConsumedRequirement> requirements(Wanted wanted, Set<String> categories) {
        List<ConsumedRequirement> requirements = new ArrayList<>();
        try {
            for (String section : file.keys()) {
                if (!OTHERS.contains(section) && categories.contains(PipfileLock.categoryOf(section))) {
                    TomlTable table = file.table(section);
                    table.keys()
                            .forEach(key -> requirement(table, key, wanted)
                                    .ifPresent(found ->
                                            requirements.add(new ConsumedRequirement(FILE + ": " + section, found))));
                }
            }
        } catch (BuildRefused refused) {
            throw refused.in(FILE);
        }
        return requirements;
    }

    private Optional<Requirement> requirement(TomlTable section, String key, Wanted wanted) {
        if (section.isText(key)) {
            return Optional.of(section.read(
                    key, () -> requirement(key, List.of(), section.text(key).orElse(""))));
        }
        TomlTable table = section.table(key);
        Optional<Marker> marker = PipfileMarkers.of(table);
        boolean applies = section.read(
                key,
                () -> marker.filter(
                                condition -> !condition.evaluate(wanted.target().markers()))
                        .isEmpty());
        if (!applies || isProject(table, wanted)) {
            return Optional.empty();
        }
        List<String> extras = table.texts("extras");
        String version = ELSEWHERE.stream().anyMatch(table::has)
                ? ""
                : table.text("version").orElse("");
        return Optional.of(section.read(key, () -> requirement(key, extras, version)));
    }

    private static Requirement requirement(String name, List<String> extras, String version) {
        return Requirement.parse(name
                + (extras.isEmpty() ? "" : "[" + String.join(",", extras) + "]")
                + SpecifierSet.parse(specifier(version)));
    }

    private boolean isProject(TomlTable table, Wanted wanted) {
        return table.text("path")
                .or(() -> table.text("file"))
                .filter(path -> PipfilePackage.isLocal(path)
                        && LockedPath.of(lock, path).equals(wanted.directory()))
                .isPresent();
    }

    // pipenv reads a version without an operator as pinned.
    private static String specifier(String version) {
        String text = version.strip();
        return text.isEmpty() || text.equals("*") ? "" : (Character.isDigit(text.charAt(0)) ? "==" : "") + text;
    }
}

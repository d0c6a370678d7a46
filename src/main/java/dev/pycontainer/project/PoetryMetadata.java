package dev.pycontainer.project;

import dev.pycontainer.packaging.BuildSystem;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.lock.PoetryProject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code [tool.poetry]} says of a project, in the words of {@code [project]}: Poetry's page "The pyproject.toml
 * file". What stands in {@code [project]} itself counts first, as for Poetry.
 */
final class PoetryMetadata {

    private static final String CONSOLE = "console_scripts";

    private final PoetryProject dependencies;
    private final TomlTable poetry;
    private final TomlTable project;
    private final ObjectNode words;

    private PoetryMetadata(PoetryProject dependencies, TomlTable file) {
        this.dependencies = dependencies;
        this.poetry = file.table("tool").table("poetry");
        this.project = file.table("project");
        this.words = project.tree().asObject();
    }

    /** The same file, described; as it is where Poetry does not build it. */
    static Pyproject described(Pyproject pyproject) {
        boolean isPoetry = pyproject.read(file -> file.table("tool").has("poetry"));
        boolean isBuilt = pyproject
                .buildSystem()
                .map(BuildSystem::backend)
                .filter(PoetryBackend.REFERENCES::contains)
                .isPresent();
        boolean counts = isPoetry && (isBuilt || !pyproject.hasProject());
        if (!counts) {
            return pyproject;
        }
        PoetryProject dependencies = PoetryProject.of(pyproject);
        return pyproject.describedBy(
                pyproject.read(file -> new PoetryMetadata(dependencies, file).words()),
                pyproject.hasProject() ? "project" : "tool.poetry");
    }

    private ObjectNode words() {
        text("name");
        text("version");
        dependencies();
        Map<String, Map<String, String>> plugins = plugins();
        if (!project.has("scripts")) {
            Map<String, String> scripts = new LinkedHashMap<>(scripts());
            scripts.putAll(plugins.getOrDefault(CONSOLE, Map.of()));
            scripts.forEach(words.withObject("/scripts")::put);
        }
        if (!project.has("entry-points")) {
            plugins.forEach((group, entries) -> {
                if (!group.equals(CONSOLE)) {
                    ObjectNode table = words.withObject("/entry-points").putObject(group);
                    entries.forEach(table::put);
                }
            });
        }
        settleDynamic();
        return words;
    }

    private void text(String key) {
        if (!project.has(key)) {
            poetry.text(key).ifPresent(value -> words.put(key, value));
        }
    }

    private void dependencies() {
        if (!project.has("requires-python")) {
            dependencies.requiresPython().ifPresent(clauses -> words.put("requires-python", clauses));
        }
        List<String> dynamic = project.texts("dynamic");
        // "[project.dependencies]" that are empty count as none.
        boolean standard = !project.isEmpty("dependencies") || !project.isEmpty("optional-dependencies");
        if (!standard || dynamic.contains("dependencies") || dynamic.contains("optional-dependencies")) {
            List<String> required = dependencies.requirements();
            required.forEach(words.putArray("dependencies")::add);
            ObjectNode extras = words.putObject("optional-dependencies");
            dependencies.optionalRequirements().forEach((extra, requirements) -> {
                requirements.forEach(extras.putArray(extra)::add);
            });
        }
    }

    /** Scripts are a text, or a table with its kind: {@code { reference = "app:main", type = "console" }}. */
    private Map<String, String> scripts() {
        TomlTable table = poetry.table("scripts");
        Map<String, String> scripts = new LinkedHashMap<>();
        for (String name : table.keys()) {
            if (table.isText(name)) {
                table.text(name).ifPresent(value -> scripts.put(name, value));
            } else {
                scripts.put(name, reference(name, table.table(name)));
            }
        }
        return scripts;
    }

    private static String reference(String name, TomlTable script) {
        if (script.text("type").filter(type -> !type.equals("console")).isPresent()) {
            throw NotEditable.because("A script of the project is a file, which only its build backend can install.")
                    .why("pycontainer makes the scripts of entry points alone")
                    .in(script.pathOf("type"));
        }
        Optional<String> reference = script.text("reference").or(() -> script.text("callable"));
        return reference.orElseThrow(() -> script.refused("The script \"" + name + "\" says not what it runs.")
                .todo("write reference = \"module:function\""));
    }

    private Map<String, Map<String, String>> plugins() {
        TomlTable table = poetry.table("plugins");
        Map<String, Map<String, String>> plugins = new LinkedHashMap<>();
        table.keys().forEach(group -> plugins.put(group, table.textsByKey(group)));
        return plugins;
    }

    /** What is given now is no longer known to the build backend alone. */
    private void settleDynamic() {
        List<String> open = project.texts("dynamic").stream()
                .filter(field -> !words.has(field))
                .toList();
        words.remove("dynamic");
        open.forEach(words.putArray("dynamic")::add);
    }
}

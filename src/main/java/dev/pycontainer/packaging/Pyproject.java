package dev.pycontainer.packaging;

import dev.pycontainer.content.BoundedInputStream;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** A {@code pyproject.toml}: the "pyproject.toml specification" (PEP 518, PEP 621). Every refusal names the key's path. */
public final class Pyproject {

    public static final String FILE = "pyproject.toml";

    private static final long LIMIT = 16 << 20;

    private final TomlTable file;
    private final TomlTable project;
    private final boolean isDescribed;
    private final Set<String> dynamic;

    private Pyproject(TomlTable file) {
        this(file, file.table("project"), file.has("project"));
    }

    private Pyproject(TomlTable file, TomlTable project, boolean isDescribed) {
        this.file = file;
        this.project = project;
        this.isDescribed = isDescribed;
        this.dynamic = Set.copyOf(project.texts("dynamic"));
        for (String field : dynamic) {
            // "Build back-ends MUST raise an error if the metadata specifies a field statically as well as being listed
            // in dynamic."
            if (project.has(field)) {
                throw BuildRefused.because("\"" + field + "\" is both given and listed as dynamic.")
                        .todo("remove one of the two")
                        .in("project." + field);
            }
        }
    }

    /** Reads the file of this directory; empty where there is none. */
    public static Optional<Pyproject> in(Disk disk, Path directory) throws IOException {
        Path path = directory.resolve(FILE);
        if (!disk.isFile(path)) {
            return Optional.empty();
        }
        try (InputStream in = new BoundedInputStream(disk.open(path), LIMIT, FILE)) {
            return Optional.of(parse(in.readAllBytes()));
        }
    }

    public static Pyproject parse(byte[] content) {
        return placed(() -> new Pyproject(TomlTable.parse(content)));
    }

    /**
     * The same file where a tool's own tables describe the project, said in the words of {@code [project]}.
     *
     * @param place of those tables, for refusals: {@code tool.poetry}
     */
    public Pyproject describedBy(JsonNode words, String place) {
        return placed(() -> new Pyproject(file, TomlTable.of(words, place), true));
    }

    /** Does something with the file's values; a refusal is placed in this file. */
    public <T> T read(Function<TomlTable, T> question) {
        return placed(() -> question.apply(file));
    }

    /** Looks at the file's values; a refusal is placed in this file. */
    public void check(Consumer<TomlTable> look) {
        read(table -> {
            look.accept(table);
            return table;
        });
    }

    private static <T> T placed(Supplier<T> question) {
        try {
            return question.get();
        } catch (BuildRefused refused) {
            throw refused.in(FILE);
        }
    }

    /** The whole file as a tree. */
    public JsonNode tree() {
        return file.tree();
    }

    /** Whether there is a {@code [project]} table, or a tool's own tables that say the same. */
    public boolean hasProject() {
        return isDescribed;
    }

    /** Where a field of the project stands, or would stand: {@code project.version}, or in a tool's own table. */
    public String pathOf(String field) {
        return project.pathOf(field);
    }

    /**
     * The project's name as written; only a file that describes no package has none. In the wild: name and version as
     * empty text, with which pdm begins an application, and a {@code [project]} that holds nothing but a {@code
     * requires-python}, which is there for linters.
     */
    public Optional<String> name() {
        return unlessEmpty("name", name -> {
            PackageName.of(name);
            return name;
        });
    }

    public Optional<Version> version() {
        return unlessEmpty("version", Version::parse);
    }

    private <T> Optional<T> unlessEmpty(String key, Function<String, T> parse) {
        return placed(() -> project.isText(key)
                        && project.text(key).filter(String::isEmpty).isPresent())
                ? Optional.empty()
                : field(key, parse);
    }

    public Optional<SpecifierSet> requiresPython() {
        return field("requires-python", SpecifierSet::parse);
    }

    private <T> Optional<T> field(String key, Function<String, T> parse) {
        return placed(() -> project.text(key, parse));
    }

    private static <T> T at(String path, Supplier<T> value) {
        try {
            return value.get();
        } catch (BuildRefused refused) {
            throw refused.in(path);
        }
    }

    /** The fields that only the build backend knows. */
    public Set<String> dynamic() {
        return dynamic;
    }

    /** Console scripts: name to object reference, in the file's order. */
    public Map<String, String> scripts() {
        return placed(() -> project.textsByKey("scripts"));
    }

    public Map<String, String> guiScripts() {
        return placed(() -> project.textsByKey("gui-scripts"));
    }

    /** The other entry points by their group. The groups of scripts have keys of their own and are refused here. */
    public Map<String, Map<String, String>> entryPoints() {
        return placed(() -> {
            TomlTable table = project.table("entry-points");
            Map<String, Map<String, String>> groups = new LinkedHashMap<>();
            for (String group : table.keys()) {
                // "Build back-ends MUST raise an error if the metadata defines a [project.entry-points.console_scripts]
                // or [project.entry-points.gui_scripts] table, as they would be ambiguous".
                if (group.equals("console_scripts") || group.equals("gui_scripts")) {
                    throw BuildRefused.because("The scripts stand in the wrong table.")
                            .todo("move them to [project."
                                    + group.replace('_', '-').replace("console-", "") + "]")
                            .in(table.pathOf(group));
                }
                groups.put(group, table.textsByKey(group));
            }
            return groups;
        });
    }

    public List<Requirement> dependencies() {
        return placed(() -> requirements(project, "dependencies"));
    }

    /** The dependencies of each extra, by the extra's normal form. */
    public Map<String, List<Requirement>> optionalDependencies() {
        return placed(() -> {
            TomlTable table = project.table("optional-dependencies");
            Map<String, List<Requirement>> extras = new LinkedHashMap<>();
            for (String extra : table.keys()) {
                String name = at(table.pathOf(extra), () -> Extra.of(extra));
                if (extras.put(name, requirements(table, extra)) != null) {
                    throw BuildRefused.because("The extra \"" + name + "\" stands there twice.")
                            .in(table.pathOf(extra));
                }
            }
            return extras;
        });
    }

    /** The dependencies of each group (PEP 735), what it includes among them, by the group's normal form. */
    public Map<String, List<Requirement>> dependencyGroups() {
        return placed(() -> DependencyGroups.of(file));
    }

    /** Absent for a project that is not built into a package: its files are only copied. */
    public Optional<BuildSystem> buildSystem() {
        return placed(() -> {
            if (!file.has("build-system")) {
                return Optional.empty();
            }
            TomlTable table = file.table("build-system");
            return Optional.of(new BuildSystem(
                    requirements(table, "requires"),
                    table.text("build-backend").orElse(BuildSystem.DEFAULT_BACKEND),
                    table.texts("backend-path")));
        });
    }

    private static List<Requirement> requirements(TomlTable table, String key) {
        return table.texts(key, Requirement::ofProject);
    }
}

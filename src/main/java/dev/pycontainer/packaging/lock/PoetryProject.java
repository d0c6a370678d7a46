package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a project depends on, as Poetry reads its {@code pyproject.toml}: {@code [project]} and {@code [dependency-groups]}
 * with what {@code [tool.poetry]} adds to them, or {@code [tool.poetry]} alone.
 */
public final class PoetryProject {

    private final Pyproject pyproject;
    private final Optional<PackageName> name;
    private final List<PoetryDependency> dependencies;
    private final Map<String, List<PackageName>> extras;
    private final PoetryGroups groups;
    private final Optional<String> python;

    private PoetryProject(Pyproject pyproject, Map<String, List<Requirement>> standardGroups, TomlTable file) {
        TomlTable project = file.table("project");
        TomlTable poetry = file.table("tool").table("poetry");
        this.pyproject = pyproject;
        this.name = project.text("name", PackageName::of).or(() -> poetry.text("name", PackageName::of));
        boolean ofProject = !project.isEmpty("optional-dependencies") || !project.isEmpty("dependencies");
        this.extras = ofProject ? extrasOf(project.table("optional-dependencies")) : extrasOf(poetry.table("extras"));
        this.dependencies = ofProject
                ? dependenciesOfProject(project, poetry)
                : PoetryDependency.of(poetry.table("dependencies")).stream()
                        .map(dependency -> dependency.in(extrasThatAskFor(dependency.name(), extras)))
                        .toList();
        this.groups = new PoetryGroups(poetry, standardGroups);
        this.python = poetry.table("dependencies").text("python").or(() -> project.text("requires-python"));
    }

    /** What the file says; what it says wrongly is refused at its place. */
    public static PoetryProject of(Pyproject pyproject) {
        try {
            Map<String, List<Requirement>> standardGroups = pyproject.dependencyGroups();
            return pyproject.read(file -> new PoetryProject(pyproject, standardGroups, file));
        } catch (BuildRefused refused) {
            throw refused.orTodo("correct it and run `poetry lock`");
        }
    }

    private static Map<String, List<PackageName>> extrasOf(TomlTable table) {
        Map<String, List<PackageName>> extras = new LinkedHashMap<>();
        for (String extra : table.keys()) {
            // In the wild: an extra in [tool.poetry] that names a requirement, "psycopg2[binary]"; its name counts.
            List<PackageName> names =
                    table.texts(extra, text -> Requirement.parse(text).name());
            extras.put(table.placed(() -> Extra.of(extra)), names);
        }
        return extras;
    }

    private static Set<String> extrasThatAskFor(PackageName name, Map<String, List<PackageName>> extras) {
        SortedSet<String> asking = new TreeSet<>(Utf8Order.INSTANCE);
        extras.forEach((extra, names) -> {
            if (names.contains(name)) {
                asking.add(extra);
            }
        });
        return asking;
    }

    private static List<PoetryDependency> dependenciesOfProject(TomlTable project, TomlTable poetry) {
        List<PoetryDependency> declared = new ArrayList<>();
        for (Requirement requirement : project.texts("dependencies", Requirement::parse)) {
            declared.add(PoetryDependency.of(requirement, Set.of(), project.pathOf("dependencies")));
        }
        TomlTable optional = project.table("optional-dependencies");
        for (String extra : optional.keys()) {
            for (Requirement requirement : optional.texts(extra, Requirement::parse)) {
                declared.add(PoetryDependency.of(requirement, Set.of(Extra.normalized(extra)), optional.pathOf(extra)));
            }
        }
        // Dynamic ones stand in [tool.poetry]. Of extras there Poetry takes none beside [project].
        if (project.texts("dynamic").contains("dependencies")) {
            List<PoetryDependency> added = PoetryDependency.of(poetry.table("dependencies"));
            List<PoetryDependency> all = new ArrayList<>(PoetryGroups.enriched(declared, added));
            all.addAll(added);
            return all;
        }
        // What adds to nothing counts for nothing, its name neither. In the wild: a key "orm[fast]".
        Set<String> names = new HashSet<>();
        declared.forEach(dependency -> names.add(dependency.name().value()));
        return PoetryGroups.enriched(
                declared,
                PoetryDependency.of(poetry.table("dependencies"), key -> names.contains(Extra.normalized(key))));
    }

    /** The project's own name in its normal form. */
    Optional<PackageName> name() {
        return name;
    }

    /** The constraint on Python, as written. */
    Optional<String> python() {
        return python;
    }

    /** Where the constraint on Python stands, or would stand. */
    String pythonPlace() {
        return pyproject.read(
                file -> file.table("tool").table("poetry").table("dependencies").has("python")
                        ? "tool.poetry.dependencies.python"
                        : "project.requires-python");
    }

    /** Where the extras stand. */
    String extrasPlace() {
        return pyproject.read(file -> file.table("project").has("optional-dependencies"))
                ? "project.optional-dependencies"
                : "tool.poetry.extras";
    }

    /** Where the project's own dependencies stand. */
    String dependenciesPlace() {
        return pyproject.read(file -> file.table("project").has("dependencies")
                        || file.table("project").has("optional-dependencies"))
                ? "project.dependencies"
                : "tool.poetry.dependencies";
    }

    /** Where a dependency group stands. */
    String placeOf(String group) {
        boolean isStandard = pyproject.dependencyGroups().containsKey(group);
        return (isStandard ? "dependency-groups." : "tool.poetry.group.") + group;
    }

    /** Every package that the project names, for whichever extra or group. */
    Set<PackageName> names() {
        Set<PackageName> names = new HashSet<>();
        dependencies.forEach(dependency -> names.add(dependency.name()));
        groups.dependencies().forEach(dependency -> names.add(dependency.name()));
        extras.values().forEach(names::addAll);
        return names;
    }

    /** The packages that each extra asks for. */
    Map<String, List<PackageName>> extras() {
        return extras;
    }

    /** The names of the dependency groups. */
    Set<String> groups() {
        return groups.names();
    }

    /** Who needs a dependency of the project: {@code app}, {@code app[extra]}, {@code app (group dev)}. */
    record Needs(String requiredBy, PoetryDependency dependency) {}

    /** The dependencies of the project itself with these extras and groups. */
    List<Needs> needs(Collection<String> askedExtras, Collection<String> askedGroups) {
        String label = name.map(PackageName::value).orElse("the project");
        Set<String> closed = withExtrasOfItself(askedExtras);
        List<Needs> needs = new ArrayList<>();
        for (PoetryDependency dependency : dependencies) {
            if (!dependency.optional()) {
                needs.add(new Needs(label, dependency));
            } else {
                dependency.inExtras().stream()
                        .filter(closed::contains)
                        .forEach(extra -> needs.add(new Needs(label + "[" + extra + "]", dependency)));
            }
        }
        for (String group : askedGroups) {
            groups.dependencies(group)
                    .forEach(dependency -> needs.add(new Needs(label + " (group " + group + ")", dependency)));
        }
        return needs.stream()
                .filter(need -> !name.equals(Optional.of(need.dependency().name())))
                .toList();
    }

    /** The dependencies that some extra asks for, or that are optional and nothing asks for. */
    List<Needs> optionalNeeds() {
        String label = name.map(PackageName::value).orElse("the project");
        return dependencies.stream()
                .filter(PoetryDependency::optional)
                .filter(dependency -> !name.equals(Optional.of(dependency.name())))
                .map(dependency -> new Needs(label, dependency))
                .toList();
    }

    /** An extra may ask for others of the same project: {@code all = ["app[json,yaml]"]}. */
    private Set<String> withExtrasOfItself(Collection<String> asked) {
        Set<String> closed = new TreeSet<>(asked);
        for (boolean grew = true; grew; ) {
            grew = dependencies.stream()
                            .filter(dependency -> name.equals(Optional.of(dependency.name())))
                            .filter(dependency -> dependency.inExtras().stream().anyMatch(closed::contains))
                            .map(dependency -> closed.addAll(dependency.extras()))
                            .filter(added -> added)
                            .count()
                    > 0;
        }
        return closed;
    }

    /**
     * The requirements (PEP 508) that Poetry would write into the metadata of the project's wheel: what an extra names is
     * the extra's there, be it optional or not.
     */
    public List<String> requirements() {
        return pyproject.read(file -> dependencies.stream()
                .filter(dependency ->
                        !dependency.optional() && dependency.inExtras().isEmpty())
                .map(PoetryDependency::requirement)
                .distinct()
                .toList());
    }

    /** The requirements of each extra, in the order of the file. */
    public Map<String, List<String>> optionalRequirements() {
        Map<String, List<String>> optional = new LinkedHashMap<>();
        for (String extra : extras.keySet()) {
            optional.put(
                    extra,
                    dependencies.stream()
                            .filter(dependency -> dependency.inExtras().contains(extra))
                            .map(PoetryDependency::requirement)
                            .distinct()
                            .toList());
        }
        return optional;
    }

    /** The constraint on Python in the clauses of PEP 440; absent where every Python will do. */
    public Optional<String> requiresPython() {
        return pyproject.read(file -> file.table("tool")
                .table("poetry")
                .table("dependencies")
                .text("python", PoetryConstraint::parse)
                .map(PoetryPython::requires)
                .filter(clauses -> !clauses.isEmpty()));
    }
}

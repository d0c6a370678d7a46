package dev.pycontainer.project;

import dev.pycontainer.packaging.BuildSystem;
import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Setuptools, as its pages "Configuring setuptools using pyproject.toml files" and "Package Discovery" say. */
final class SetuptoolsBackend implements BuildBackend {

    /** "Automatic discovery", "Flat-layout": the directories that are reserved for other things. */
    private static final Set<String> NO_PACKAGE = Set.of(
            "ci",
            "bin",
            "debian",
            "doc",
            "docs",
            "documentation",
            "manpages",
            "news",
            "newsfragments",
            "changelog",
            "test",
            "tests",
            "unit_test",
            "unit_tests",
            "example",
            "examples",
            "scripts",
            "tools",
            "util",
            "utils",
            "python",
            "build",
            "benchmark",
            "benchmarks",
            "exercise",
            "exercises",
            "htmlcov");

    /** The same for modules, "single-module distribution". */
    private static final Set<String> NO_MODULE = Set.of(
            "setup",
            "conftest",
            "test",
            "tests",
            "example",
            "examples",
            "build",
            "toxfile",
            "noxfile",
            "pavement",
            "dodo",
            "tasks",
            "fabfile",
            "SConstruct",
            "sconstruct",
            "conanfile",
            "manage",
            "benchmark",
            "benchmarks",
            "exercise",
            "exercises");

    @Override
    public List<String> references() {
        return List.of("setuptools.build_meta", BuildSystem.DEFAULT_BACKEND);
    }

    @Override
    public List<String> requirements() {
        return List.of("setuptools", "wheel", "setuptools-scm");
    }

    @Override
    public SourceRoots roots(TomlTable tool, PackageSearch search) {
        TomlTable setuptools = tool.table("setuptools");
        NotEditable.refuse(setuptools, "ext-modules", "cmdclass", "data-files", "script-files");
        NotEditable.refuse(tool.table("setuptools_scm"), "write_to", "version_file");
        SetupFiles.refuseWhatTheyAdd(search);
        List<String> roots = new ArrayList<>(packageDirectories(setuptools));
        TomlTable find =
                setuptools.isTable("packages") ? setuptools.table("packages").table("find") : setuptools;
        if (roots.isEmpty() && setuptools.isTable("packages")) {
            find.texts("where").forEach(where -> roots.add(NotEditable.directory(where, find.pathOf("where"))));
        }
        if (!roots.isEmpty()) {
            return search.ofDirectories(roots);
        }
        if (setuptools.has("packages") || setuptools.has("py-modules")) {
            return search.ofDirectories(List.of(""));
        }
        return discovered(search);
    }

    /** The directories above the packages of {@code package-dir}; one that renames a package is refused. */
    private static List<String> packageDirectories(TomlTable setuptools) {
        List<String> roots = new ArrayList<>();
        for (Map.Entry<String, String> entry :
                setuptools.textsByKey("package-dir").entrySet()) {
            String key = setuptools.pathOf("package-dir");
            String directory = "/" + NotEditable.directory(entry.getValue(), key);
            String ending = entry.getKey().isEmpty() ? "" : "/" + entry.getKey().replace('.', '/');
            if (!directory.endsWith(ending)) {
                throw NotEditable.because("The package \"" + entry.getKey()
                                + "\" lies in a directory of another name, \"" + entry.getValue() + "\".")
                        .why("Python imports a package by the name of its directory")
                        .in(key);
            }
            roots.add(NotEditable.directory(
                    directory.substring(0, directory.length() - ending.length()).replaceFirst("^/", ""), key));
        }
        return roots;
    }

    private static SourceRoots discovered(PackageSearch search) {
        if (search.importableIn("src").findAny().isPresent()) {
            return new SourceRoots(List.of("src"));
        }
        List<String> packages =
                search.packagesIn("").filter(name -> !NO_PACKAGE.contains(name)).toList();
        // Modules are looked for only where there is no package: a manage.py beside a package is no second one.
        List<String> found = packages.isEmpty()
                ? search.importableIn("")
                        .filter(name -> !NO_PACKAGE.contains(name) && !NO_MODULE.contains(name))
                        .toList()
                : packages;
        // "if … multiple top-level packages, or modules [are found], setuptools will refuse"
        if (found.size() > 1) {
            throw NotEditable.because("The project has several packages at its root: " + String.join(", ", found) + ".")
                    .why("setuptools finds one of them by itself, or those that are named")
                    .todo("move them below src, or name them as tool.setuptools.packages");
        }
        return found.isEmpty() ? search.ofNamed(search.ownNames(), "src", "") : new SourceRoots(List.of(""));
    }
}

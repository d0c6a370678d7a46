package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks among the project's files for what Python can import. */
final class PackageSearch {

    private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    private final Disk disk;
    private final String project;
    private final SourceFiles files;

    /** @param project its name as written */
    PackageSearch(Disk disk, String project, SourceFiles files) {
        this.disk = disk;
        this.project = project;
        this.files = files;
    }

    /** The names that a project's package may have by its own name: {@code my-app} is imported as {@code my_app}. */
    Set<String> ownNames() {
        Set<String> names = new LinkedHashSet<>();
        names.add(project.replaceAll("[-_.]+", "_").toLowerCase(Locale.ROOT));
        names.add(project.replaceAll("[-.]+", "_"));
        if (project.contains(".")) {
            names.add(project.replace('-', '_'));
        }
        return names;
    }

    /** The one of these directories that holds one of these packages or modules. Neither none nor two will do. */
    SourceRoots ofNamed(Collection<String> names, String... directories) {
        List<String> sought = new ArrayList<>();
        Set<String> found = new LinkedHashSet<>();
        for (String directory : directories) {
            for (String name : names) {
                String path = join(directory, name.replace('.', '/'));
                sought.add(path + "/");
                sought.add(path + ".py");
                if (isImportable(path)) {
                    found.add(directory);
                }
            }
        }
        if (found.isEmpty()) {
            throw nothing("looked for " + String.join(", ", sought));
        }
        if (found.size() > 1) {
            throw NotEditable.because("The package of the project \"" + project + "\" is there twice.")
                    .why("it lies in src and beside it, and only one of them can be imported");
        }
        return new SourceRoots(List.copyOf(found));
    }

    /** These directories, each of which must hold something that can be imported. */
    SourceRoots ofDirectories(Collection<String> directories) {
        for (String directory : directories) {
            if (importableIn(directory).findAny().isEmpty()) {
                throw nothing("looked for packages and modules in "
                        + (directory.isEmpty() ? "the project" : directory + "/"));
            }
        }
        return new SourceRoots(List.copyOf(directories));
    }

    /** The directories above these packages, each of which must be there. */
    SourceRoots ofPackages(Collection<String> packages) {
        List<String> roots = new ArrayList<>();
        for (String path : packages) {
            if (!isImportable(path)) {
                throw nothing("looked for " + path + "/ and " + path + ".py");
            }
            roots.add(path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "");
        }
        return new SourceRoots(roots);
    }

    /** The names of packages and modules right in a directory. */
    Stream<String> importableIn(String directory) {
        return files.names(directory)
                .map(entry -> entry.endsWith("/") ? entry.substring(0, entry.length() - 1) : withoutEnding(entry))
                .filter(name -> IDENTIFIER.matcher(name).matches() && isImportable(join(directory, name)))
                .distinct();
    }

    /** The names of packages right in a directory, modules left out. */
    Stream<String> packagesIn(String directory) {
        return importableIn(directory)
                .filter(name -> files.below(join(directory, name))
                        .anyMatch(file -> file.path().endsWith(".py")));
    }

    private static String withoutEnding(String file) {
        return file.endsWith(".py") ? file.substring(0, file.length() - ".py".length()) : "";
    }

    /** The text of a file of the project; empty where it has no such file. */
    Optional<String> textOf(String path) {
        return files.at(path).map(file -> {
            try {
                return disk.text(file.location());
            } catch (IOException e) {
                throw BuildRefused.because("The file cannot be read.")
                        .why(e.toString())
                        .causedBy(e)
                        .in(path);
            }
        });
    }

    /** A module, or a directory with modules in it: {@code __init__.py} is not needed for a namespace. */
    private boolean isImportable(String path) {
        return files.at(path + ".py").isPresent()
                || files.below(path).anyMatch(file -> file.path().endsWith(".py"));
    }

    private BuildRefused nothing(String where) {
        return NotEditable.because("No package of the project \"" + project + "\" was found among its files.")
                .why(where)
                .todo("name the package as the project, or tell the build backend where it lies; a project that is not"
                        + " to be installed needs no [build-system]");
    }

    private static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}

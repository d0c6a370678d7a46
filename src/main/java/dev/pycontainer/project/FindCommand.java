package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Pyproject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds what the container runs: what {@code python.run} names, or the project's only console script. */
public final class FindCommand {

    private static final String ADVICE =
            "set python.run to a file of the project, a console script or a module, or give"
                    + " the whole command as container.entrypoint";
    private static final Pattern CALLABLE = Pattern.compile("[\\w.]+:[\\w.]+(\\(.*\\))?");
    private static final Pattern MODULE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*(\\.[\\p{L}_][\\p{L}\\p{N}_]*)*");
    private static final Pattern PYTHON_FILE = Pattern.compile(".*\\.(py|pyw|pyz)");

    private final Disk disk;
    private final String appRoot;
    private final Predicate<String> installedScript;
    private final Predicate<String> installedModule;

    /**
     * @param appRoot where the project's files lie in the image
     * @param installedScript whether the environment's {@code bin} holds a script of this name from a dependency
     * @param installedModule whether a dependency has a module of this dotted name that {@code python -m} can run
     */
    public FindCommand(
            Disk disk, String appRoot, Predicate<String> installedScript, Predicate<String> installedModule) {
        this.disk = disk;
        this.appRoot = appRoot;
        this.installedScript = installedScript;
        this.installedModule = installedModule;
    }

    /**
     * The command.
     *
     * @param run the parameter {@code python.run}: a file of the project, a console script or a module, tried in this
     *     order
     */
    public Command of(Project project, SourceFiles files, SourceRoots roots, Optional<String> run) {
        Set<String> scripts = project.isInstalled() ? scriptsOf(project) : Set.of();
        return run.isPresent() ? named(run.get(), project, files, roots, scripts) : onlyScript(project);
    }

    private static Set<String> scriptsOf(Project project) {
        return project.pyproject()
                .map(pyproject -> ProjectEntryPoints.of(pyproject).scripts().keySet())
                .orElse(Set.of());
    }

    private Command onlyScript(Project project) {
        List<String> scripts = project.pyproject().map(Pyproject::scripts).map(Map::keySet).stream()
                .flatMap(Set::stream)
                .toList();
        if (scripts.size() == 1 && project.isInstalled()) {
            return new Command(
                    scripts,
                    "the project's only console script, " + Pyproject.FILE + ": project.scripts." + scripts.get(0));
        }
        BuildRefused refused = BuildRefused.because("It is not known what the container is to run.");
        if (scripts.size() == 1) {
            throw refused.why("python.run is not set, and the script \"" + scripts.get(0)
                            + "\" is not installed: the project has no [build-system]")
                    .todo(ADVICE + "; or write [build-system]");
        }
        throw refused.why("python.run is not set, and [project.scripts] names "
                        + (scripts.isEmpty() ? "no script" : "several: " + String.join(", ", scripts)))
                .todo(ADVICE);
    }

    private Command named(String run, Project project, SourceFiles files, SourceRoots roots, Set<String> scripts) {
        String path = run.startsWith("./") ? run.substring(2) : run;
        Optional<SourceFile> file = files.at(path);
        if (file.isPresent()) {
            return ofFile(file.get());
        }
        if (existsIn(project, path)) {
            throw refused("The file \"" + path + "\" is left out of the image.")
                    .todo("bring it back with python.sources.includes");
        }
        if (scripts.contains(run)) {
            return new Command(List.of(run), "python.run names a console script of the project");
        }
        if (installedScript.test(run)) {
            return new Command(List.of(run), "python.run names a console script of a dependency");
        }
        if (CALLABLE.matcher(run).matches()) {
            throw refused("\"" + run + "\" names a callable, and nothing says which server is to call it.")
                    .todo("give the whole command as container.entrypoint, such as gunicorn," + run);
        }
        return ofModule(run, files, roots);
    }

    private Command ofFile(SourceFile file) {
        String path = appRoot + "/" + file.path();
        if (PYTHON_FILE.matcher(file.path()).matches() || firstLineOf(file).matches("#!.*python.*")) {
            return new Command(List.of("python", path), "python.run names a file of the project");
        }
        if (file.executable()) {
            return new Command(List.of(path), "python.run names an executable file of the project");
        }
        throw refused("The file \"" + file.path() + "\" cannot be run.")
                .why("it is neither a Python file nor executable")
                .todo("name another file, or make it executable");
    }

    private String firstLineOf(SourceFile file) {
        if (file.isLink()) {
            return "";
        }
        try (InputStream in = disk.open(file.location())) {
            String start = new String(in.readNBytes(256), StandardCharsets.ISO_8859_1);
            return start.lines().findFirst().orElse("");
        } catch (IOException e) {
            throw refused("The file \"" + file.path() + "\" cannot be read.")
                    .why(e.toString())
                    .causedBy(e);
        }
    }

    private boolean existsIn(Project project, String path) {
        try {
            Path file = project.directory().resolve(path).normalize();
            return file.startsWith(project.directory()) && disk.isFile(file, LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            // A name that this system cannot write names no file of it.
            return false;
        }
    }

    /** Python finds a module in the source roots, and in the working directory, which is the app root. */
    private Command ofModule(String run, SourceFiles files, SourceRoots roots) {
        List<String> directories = new ArrayList<>(roots.directories());
        directories.add("");
        boolean isPackage = false;
        for (String directory : MODULE.matcher(run).matches() ? directories : List.<String>of()) {
            String path = (directory.isEmpty() ? "" : directory + "/") + run.replace('.', '/');
            if (files.at(path + ".py").isPresent()
                    || files.at(path + "/__main__.py").isPresent()) {
                return new Command(List.of("python", "-m", run), "python.run names a module of the project");
            }
            isPackage |= files.at(path + "/__init__.py").isPresent();
        }
        if (installedModule.test(run)) {
            return new Command(List.of("python", "-m", run), "python.run names a module of a dependency");
        }
        if (isPackage) {
            throw refused("The package \"" + run + "\" cannot be run.")
                    .why("it has no module __main__")
                    .todo("name one of its modules, or add " + run.replace('.', '/') + "/__main__.py");
        }
        throw refused("Nothing that could be run is called \"" + run + "\".")
                .why("it is no file of the project, no console script of the project or of a dependency, and no module")
                .todo(ADVICE);
    }

    private static BuildRefused refused(String what) {
        return BuildRefused.because(what).in("python.run");
    }
}

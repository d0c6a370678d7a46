package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.PathPattern;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Selects the project's files as {@code git add} would, without git.
 *
 * <ul>
 *   <li>What {@code .gitignore} files ignore stays out ({@link IgnoreRules}); whether git tracks a file is not asked.
 *   <li>Never part of a project: virtual environments (directories with a {@code pyvenv.cfg}), {@code target} at the
 *       project's root, and what no listing of {@link Disk} has, such as {@code __pycache__}.
 *   <li>Left out at the project's root unless an include brings them back: {@code pom.xml}, {@code pycontainer.lock}, {@code .mvn},
 *       {@code .git*}, {@code README*}, {@code CHANGELOG*}, {@code docs} and {@code tests}.
 *   <li>Excludes win over includes. Both are {@link PathPattern Ant patterns}; an include brings nothing back that git
 *       ignores, and one that names no file at all is refused.
 * </ul>
 *
 * <p>Secrets, links that leave the project, special files and names that no layer can hold are refused by name.
 */
public final class SelectSources {

    private static final List<PathPattern> LEFT_OUT_AT_ROOT = Stream.of(
                    "pom.xml", "pycontainer.lock", ".mvn", ".git*", "README*", "CHANGELOG*", "docs", "tests")
            .map(PathPattern::parse)
            .toList();

    /** The prefix of the files by which a layer deletes those of layers below (OCI image layer, "Whiteouts"). */
    private static final String WHITEOUT = ".wh.";

    private final Disk disk;
    private final List<PathPattern> includes;
    private final List<PathPattern> excludes;

    /**
     * @param includes patterns of {@code python.sources.includes}
     * @param excludes patterns of {@code python.sources.excludes}
     */
    public SelectSources(Disk disk, Collection<String> includes, Collection<String> excludes) {
        this(disk, patterns(includes, "python.sources.includes"), patterns(excludes, "python.sources.excludes"));
    }

    private SelectSources(Disk disk, List<PathPattern> includes, List<PathPattern> excludes) {
        this.disk = disk;
        this.includes = includes;
        this.excludes = excludes;
    }

    /** The same for other local projects: includes name files of the project alone, excludes hold for each. */
    public SelectSources forMembers() {
        return new SelectSources(disk, List.of(), excludes);
    }

    private static List<PathPattern> patterns(Collection<String> texts, String parameter) {
        try {
            return texts.stream().map(PathPattern::parse).toList();
        } catch (BuildRefused refused) {
            throw refused.in(parameter);
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** The files of the project in this directory. */
    public SourceFiles from(Path project) {
        Path root = absolute(project);
        try {
            List<SourceFile> files = new ArrayList<>();
            collect(root, "", IgnoreRules.forProject(disk, root), false, files);
            refuseIdleIncludes(files);
            SourceFiles selected = SourceFiles.of(files);
            new CheckLinks(disk, root).of(selected);
            new FindSecrets(disk).in(selected);
            return selected;
        } catch (IOException e) {
            throw BuildRefused.because("The project's files in " + root + " cannot be read.")
                    .why(e.toString())
                    .causedBy(e);
        }
    }

    /** @param onlyIncludes whether this directory is left out, so that only what an include names comes back */
    private void collect(Path directory, String prefix, IgnoreRules rules, boolean onlyIncludes, List<SourceFile> files)
            throws IOException {
        for (Path entry : disk.list(directory)) {
            BasicFileAttributes attributes = disk.attributes(entry);
            String name = nameOf(entry, prefix);
            String path = prefix + name;
            if ((prefix.isEmpty() && name.equals("target"))
                    || isVirtualEnvironment(entry, attributes)
                    || rules.ignores(name, attributes.isDirectory())
                    || covers(excludes, path)) {
                continue;
            }
            boolean leftOut =
                    (onlyIncludes || (prefix.isEmpty() && covers(LEFT_OUT_AT_ROOT, path))) && !covers(includes, path);
            if (attributes.isDirectory()) {
                if (!leftOut || includes.stream().anyMatch(include -> include.reachesInto(path))) {
                    collect(entry, path + "/", rules.in(entry, name), leftOut, files);
                }
            } else if (!leftOut) {
                files.add(sourceFile(path, entry, attributes));
            }
        }
    }

    private static String nameOf(Path entry, String prefix) {
        try {
            return FileName.of(entry);
        } catch (BuildRefused e) {
            throw prefix.isEmpty() ? e : e.in(prefix);
        }
    }

    private static boolean covers(List<PathPattern> patterns, String path) {
        return patterns.stream().anyMatch(pattern -> pattern.covers(path));
    }

    /** A link may lead to one. */
    private boolean isVirtualEnvironment(Path entry, BasicFileAttributes attributes) {
        return !attributes.isRegularFile() && disk.exists(entry.resolve("pyvenv.cfg"));
    }

    private SourceFile sourceFile(String path, Path entry, BasicFileAttributes attributes) throws IOException {
        for (String name : path.split("/", -1)) {
            if (name.startsWith(WHITEOUT)) {
                throw BuildRefused.because("The file \"" + path + "\" cannot be in an image.")
                        .why("a name that begins with " + WHITEOUT + " would delete files of the layers below")
                        .todo("rename it, or leave it out with python.sources.excludes");
            }
        }
        if (attributes.isSymbolicLink()) {
            return new SourceFile(path, entry, 0, false, Optional.of(LinkTarget.of(disk.readLink(entry))));
        }
        if (!attributes.isRegularFile()) {
            throw BuildRefused.because("\"" + path + "\" is neither a file, a directory nor a symbolic link.")
                    .why("a socket, pipe or device cannot be copied into an image")
                    .todo("remove it, or leave it out with python.sources.excludes");
        }
        return new SourceFile(path, entry, attributes.size(), disk.isExecutable(entry), Optional.empty());
    }

    private void refuseIdleIncludes(List<SourceFile> files) {
        for (PathPattern include : includes) {
            if (files.stream().noneMatch(file -> include.covers(file.path()))) {
                throw BuildRefused.because("No file of the project matches \"" + include + "\".")
                        .why("an include brings back what is left out by default; it brings back nothing that git"
                                + " ignores, nothing that an exclude names, and no build output")
                        .todo("correct the pattern, or remove it")
                        .in("python.sources.includes");
            }
        }
    }
}

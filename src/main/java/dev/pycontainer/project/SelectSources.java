package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.PathPattern;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects the project's files as {@code git add} would, without git.
 *
 * <ul>
 *   <li>What {@code .gitignore} files ignore stays out ({@link IgnoreRules}); whether git tracks a file is not asked.
 *   <li>Never part of a project: {@code .git}, virtual environments (directories with a {@code pyvenv.cfg}),
 *       {@code __pycache__}, Maven's {@code target} (at the project's root and beside any {@code pom.xml}), and what
 *       the build writes to.
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

    private final List<PathPattern> includes;
    private final List<PathPattern> excludes;
    private final Set<Path> outputs;

    /**
     * @param includes patterns of {@code python.sources.includes}
     * @param excludes patterns of {@code python.sources.excludes}
     * @param outputs directories and files that the build writes to: no sources, wherever they are
     */
    public SelectSources(Collection<String> includes, Collection<String> excludes, Collection<Path> outputs) {
        this.includes = patterns(includes, "python.sources.includes");
        this.excludes = patterns(excludes, "python.sources.excludes");
        this.outputs = outputs.stream().map(SelectSources::absolute).collect(Collectors.toUnmodifiableSet());
    }

    private SelectSources(List<PathPattern> includes, List<PathPattern> excludes, Set<Path> outputs) {
        this.includes = includes;
        this.excludes = excludes;
        this.outputs = outputs;
    }

    /** The same for other local projects: includes name files of the project alone, excludes hold for each. */
    public SelectSources forMembers() {
        return new SelectSources(List.of(), excludes, outputs);
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
            collect(root, "", IgnoreRules.forProject(root), false, files);
            refuseIdleIncludes(files);
            SourceFiles selected = SourceFiles.of(files);
            new CheckLinks(root).of(selected);
            new FindSecrets().in(selected);
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
        for (Path entry : entriesOf(directory)) {
            BasicFileAttributes attributes =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String name = nameOf(entry, prefix);
            String path = prefix + name;
            if (isNeverSource(entry, name, prefix.isEmpty())
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

    private static List<Path> entriesOf(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
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

    private boolean isNeverSource(Path entry, String name, boolean atRoot) {
        return switch (name) {
            case ".git", "__pycache__" -> true;
            case "target" -> atRoot || Files.exists(entry.resolveSibling("pom.xml"));
            default -> Files.exists(entry.resolve("pyvenv.cfg")) || outputs.contains(entry);
        };
    }

    private static SourceFile sourceFile(String path, Path entry, BasicFileAttributes attributes) throws IOException {
        for (String name : path.split("/", -1)) {
            if (name.startsWith(WHITEOUT)) {
                throw BuildRefused.because("The file \"" + path + "\" cannot be in an image.")
                        .why("a name that begins with " + WHITEOUT + " would delete files of the layers below")
                        .todo("rename it, or leave it out with python.sources.excludes");
            }
        }
        if (attributes.isSymbolicLink()) {
            return new SourceFile(path, entry, 0, false, Optional.of(LinkTarget.of(entry)));
        }
        if (!attributes.isRegularFile()) {
            throw BuildRefused.because("\"" + path + "\" is neither a file, a directory nor a symbolic link.")
                    .why("a socket, pipe or device cannot be copied into an image")
                    .todo("remove it, or leave it out with python.sources.excludes");
        }
        return new SourceFile(path, entry, attributes.size(), Executable.is(entry), Optional.empty());
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

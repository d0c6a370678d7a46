package dev.pycontainer.base;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.oci.ImageConfig;
import dev.pycontainer.rootfs.FileTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the full version of an interpreter from the files that were built with it. */
final class ReadPythonVersion {

    private static final Pattern PATCHLEVEL = Pattern.compile("(?m)^\\s*#\\s*define\\s+PY_VERSION\\s+\"([^\"\\n]+)\"");

    private ReadPythonVersion() {}

    /** The version as CPython spells it, such as {@code 3.11.2}, {@code 3.14.0rc1} or, between releases, {@code 3.12.0+}. */
    static Fact of(BaseFiles files, ImageConfig config, Interpreter interpreter) {
        Fact fact = fromHeader(files, interpreter)
                .or(() -> fromBinaries(files, interpreter))
                .orElseThrow(() -> BuildRefused.because(
                                "The base does not tell the full version of its Python " + interpreter.minor() + ".")
                        .why("there is no " + headerOf(interpreter) + ", and neither "
                                + interpreter.file().path() + " nor a libpython holds a version")
                        .todo("use a base whose Python is an ordinary CPython"));
        String claim = config.environment().getOrDefault("PYTHON_VERSION", "");
        // Some bases claim the first two numbers alone.
        if (!claim.isEmpty() && !fact.value().equals(claim) && !fact.value().startsWith(claim + ".")) {
            throw BuildRefused.because(
                            "The base says PYTHON_VERSION=" + claim + ", but its Python is " + fact.value() + ".")
                    .why(interpreter.file().path() + " comes first on its PATH; its version was read from "
                            + fact.file())
                    .todo("let the base's PATH lead to the Python that it means, or use another base");
        }
        return fact;
    }

    private static Optional<Fact> fromHeader(BaseFiles files, Interpreter interpreter) {
        Optional<FileTree.Found> header =
                files.find(headerOf(interpreter)).filter(found -> found.node().isFile());
        if (header.isEmpty()) {
            return Optional.empty();
        }
        String text = files.reading(header.get().node()).text();
        Matcher version = PATCHLEVEL.matcher(text);
        if (!version.find() || !version.group(1).startsWith(interpreter.minor() + ".")) {
            throw BuildRefused.because("The base's Python " + interpreter.minor() + " and its headers do not agree.")
                    .why(header.get().path() + " is not of " + interpreter.minor())
                    .todo("use another base, or one without these headers");
        }
        return Optional.of(fact(files, header.get(), version.group(1)));
    }

    private static Optional<Fact> fromBinaries(BaseFiles files, Interpreter interpreter) {
        List<FileTree.Found> binaries = new ArrayList<>(List.of(interpreter.file()));
        binaries.addAll(sharedLibraries(files, interpreter));
        return clear(files, interpreter, binaries, VersionStrings::pythons)
                .or(() -> clear(files, interpreter, binaries, VersionStrings::mergedPythons));
    }

    /** The version that the first of the binaries with any holds; more than one in it is no answer. */
    private static Optional<Fact> clear(
            BaseFiles files,
            Interpreter interpreter,
            List<FileTree.Found> binaries,
            BiFunction<VersionStrings, String, Set<String>> evidence) {
        for (FileTree.Found binary : binaries) {
            Set<String> versions = evidence.apply(files.reading(binary.node()).versions(), interpreter.minor());
            if (versions.size() > 1) {
                throw BuildRefused.because("The base does not tell the full version of its Python clearly.")
                        .why(binary.path() + " holds " + String.join(" and ", versions))
                        .todo("use a base that has " + headerOf(interpreter));
            }
            if (versions.size() == 1) {
                return Optional.of(fact(files, binary, versions.iterator().next()));
            }
        }
        return Optional.empty();
    }

    /** {@code libpython3.11.so.1.0} and its kin, in the library directories of the interpreter's prefix. */
    private static List<FileTree.Found> sharedLibraries(BaseFiles files, Interpreter interpreter) {
        Pattern name = Pattern.compile("lib" + Pattern.quote(interpreter.directoryName()) + "\\.so(\\.[0-9]+)*");
        List<FileTree.Found> found = new ArrayList<>();
        for (String lib : List.of(interpreter.prefix() + "/lib", interpreter.prefix() + "/lib64")) {
            List<String> directories = new ArrayList<>(List.of(lib));
            namesIn(files, lib).stream()
                    .filter(child -> child.contains("-linux-"))
                    .forEach(child -> directories.add(lib + "/" + child));
            for (String directory : directories) {
                namesIn(files, directory).stream()
                        .filter(child -> name.matcher(child).matches())
                        .flatMap(child -> files.find(directory + "/" + child).stream())
                        .filter(library -> library.node().isFile())
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static Set<String> namesIn(BaseFiles files, String directory) {
        return files.find(directory).map(found -> found.node().names()).orElse(Set.of());
    }

    private static String headerOf(Interpreter interpreter) {
        return interpreter.prefix() + "/include/" + interpreter.directoryName() + "/patchlevel.h";
    }

    private static Fact fact(BaseFiles files, FileTree.Found file, String version) {
        return new Fact(
                "python",
                version,
                file.path(),
                files.layerOf(file.node()).descriptor().digest());
    }
}

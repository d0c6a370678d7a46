package dev.pycontainer.base;

import dev.pycontainer.archive.ElfFile;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.rootfs.FileTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A CPython executable of the base.
 *
 * @param file the executable
 * @param elf its headers
 * @param loader the dynamic loader that they name
 * @param minor such as {@code 3.11}
 * @param freeThreaded whether it runs without the GIL, PEP 703
 */
record Interpreter(FileTree.Found file, ElfFile elf, String loader, String minor, boolean freeThreaded) {

    /** "python3.13td": PEP 3149 and PEP 703 give the ABI flags; d is a debug build. */
    private static final Pattern NAME = Pattern.compile("python3\\.(?<minor>[0-9]{1,2})(?<flags>[a-z]*)");

    private static final int OLDEST_MINOR = 8;

    /** Reads what an executable is; anything but a CPython that wheels can be chosen for is refused by name. */
    static Interpreter of(BaseFiles files, FileTree.Found file) {
        otherImplementation(file).ifPresent(name -> {
            throw BuildRefused.because("The base's Python is " + name + ", and only CPython is supported.")
                    .why("its interpreter is " + file.path())
                    .todo("set from.image to an image with CPython, such as python:3.13-slim");
        });
        ElfFile elf = files.reading(file.node())
                .elf()
                .orElseThrow(() -> refused(
                        file,
                        "it is not an ELF executable",
                        "let the base's PATH name the directory of the real interpreter"));
        String loader = elf.interpreter()
                .orElseThrow(() -> refused(
                        file,
                        "it is linked statically, so that it loads no compiled modules of wheels",
                        "use a base whose Python is linked dynamically"));
        List<Matcher> names = named(file.aliases());
        List<Matcher> known = names.isEmpty() ? named(libraries(files, file)) : names;
        Set<String> minors = known.stream()
                .map(name -> "3." + name.group("minor"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (minors.size() != 1) {
            throw refused(
                    file,
                    minors.isEmpty()
                            ? "neither its name nor a directory lib/python3.* beside it tells its version"
                            : "its version may be any of " + String.join(", ", minors),
                    "use a base whose python3 leads to an executable named for its version, as python3.13");
        }
        String minor = minors.iterator().next();
        if (Integer.parseInt(minor.substring(2)) < OLDEST_MINOR) {
            throw refused(
                    file, "it is Python " + minor + ", older than 3." + OLDEST_MINOR, "use a base with a newer Python");
        }
        // Free-threaded and debug builds are installed as python3.13t, with python3.13 as a hard link to it.
        String flags =
                known.stream().map(name -> name.group("flags")).distinct().collect(Collectors.joining());
        if (flags.contains("d")) {
            throw refused(file, "it is a debug build, for which no wheels are made", "use a base with a release build");
        }
        return new Interpreter(file, elf, loader, minor, flags.contains("t") || onlyFreeThreaded(files, file, minor));
    }

    /** PyPy and GraalPy are called so, whatever links lead to them; PyPy's library lies beside a copy too. */
    private static Optional<String> otherImplementation(FileTree.Found file) {
        if (isNamed(file.aliases(), "graalpy")) {
            return Optional.of("GraalPy");
        }
        return isNamed(file.aliases(), "pypy") || isNamed(file.directory().names(), "libpypy")
                ? Optional.of("PyPy")
                : Optional.empty();
    }

    private static boolean isNamed(Collection<String> names, String beginning) {
        return names.stream().anyMatch(name -> name.startsWith(beginning));
    }

    /** Such as {@code cp313t}, PEP 425. */
    String abi() {
        return "cp" + minor.replace(".", "") + (freeThreaded ? "t" : "");
    }

    /** Such as {@code python3.13t}: how its directories are called. */
    String directoryName() {
        return "python" + minor + (freeThreaded ? "t" : "");
    }

    /** The directory that holds {@code bin} and {@code lib}, without a slash at its end. */
    String prefix() {
        return prefixOf(file);
    }

    private static String prefixOf(FileTree.Found file) {
        String bin = file.parent();
        return bin.substring(0, bin.lastIndexOf('/'));
    }

    private static boolean onlyFreeThreaded(BaseFiles files, FileTree.Found file, String minor) {
        String library = prefixOf(file) + "/lib/python" + minor;
        return files.find(library + "/os.py").isEmpty()
                && files.find(library + "t/os.py").isPresent();
    }

    /** The directories of standard libraries beside the executable. */
    private static List<String> libraries(BaseFiles files, FileTree.Found file) {
        String lib = prefixOf(file) + "/lib";
        List<String> names = new ArrayList<>();
        Optional<FileTree.Found> directory = files.find(lib);
        if (directory.isPresent()) {
            for (String name : directory.get().node().names()) {
                if (files.find(lib + "/" + name + "/os.py").isPresent()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static List<Matcher> named(List<String> names) {
        return names.stream().map(NAME::matcher).filter(Matcher::matches).toList();
    }

    private static BuildRefused refused(FileTree.Found file, String why, String todo) {
        return BuildRefused.because("The base's Python, " + file.path() + ", cannot be used.")
                .why(why)
                .todo(todo);
    }
}

package dev.pycontainer.base;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.rootfs.FileTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which C library an interpreter runs on, and its version, by following the loader that the interpreter names. */
final class ReadLibc {

    private static final Pattern MUSL_LOADER = Pattern.compile("ld-musl-[^/]+\\.so\\.1");
    private static final Pattern GLIBC_LOADER =
            Pattern.compile("ld-linux[^/]*\\.so\\.[0-9]|ld64\\.so\\.[0-9]|ld\\.so\\.1");
    private static final Pattern GLIBC_FILE = Pattern.compile("libc-([0-9]+\\.[0-9]+)\\.so");
    private static final List<String> LIBRARY_DIRECTORIES = List.of("/lib64", "/usr/lib64", "/lib", "/usr/lib");

    private ReadLibc() {}

    /** The C library's kind, and its version as a fact. */
    record Read(Libc libc, Fact version) {}

    static Read of(BaseFiles files, Interpreter interpreter) {
        String path = interpreter.loader();
        String name = path.substring(path.lastIndexOf('/') + 1);
        FileTree.Found loader = files.find(path)
                .filter(found -> found.node().isFile())
                .orElseThrow(() -> BuildRefused.because("The base's Python cannot run in it.")
                        .why(interpreter.file().path() + " needs the loader " + path + ", which the base lacks")
                        .todo("use a base whose Python was built for its C library"));
        if (MUSL_LOADER.matcher(name).matches()) {
            // With musl the loader is the C library.
            return new Read(
                    Libc.MUSL,
                    fact(
                            files,
                            loader,
                            "musl",
                            files.reading(loader.node()).versions().musl()));
        }
        if (!GLIBC_LOADER.matcher(name).matches()) {
            throw BuildRefused.because("The base's C library is neither glibc nor musl.")
                    .why(interpreter.file().path() + " needs the loader " + path)
                    .todo("use a base with glibc or musl");
        }
        FileTree.Found library = library(files, path, loader);
        Matcher named = GLIBC_FILE.matcher(library.name());
        Optional<String> version = files.reading(library.node())
                .versions()
                .glibc()
                .or(() -> named.matches() ? Optional.of(named.group(1)) : Optional.empty());
        return new Read(Libc.GLIBC, fact(files, library, "glibc", version));
    }

    private static FileTree.Found library(BaseFiles files, String path, FileTree.Found loader) {
        List<String> directories = new ArrayList<>(List.of(loader.parent(), path.substring(0, path.lastIndexOf('/'))));
        directories.addAll(LIBRARY_DIRECTORIES);
        return directories.stream()
                .distinct()
                .flatMap(directory -> files.find(directory + "/libc.so.6").stream())
                .filter(found -> found.node().isFile())
                .findFirst()
                .orElseThrow(() -> BuildRefused.because("The base has no libc.so.6.")
                        .why("there is none in " + String.join(", ", new LinkedHashSet<>(directories)))
                        .todo("use a base whose Python can run"));
    }

    private static Fact fact(BaseFiles files, FileTree.Found file, String libc, Optional<String> version) {
        return new Fact(
                "libc",
                libc + " "
                        + version.orElseThrow(
                                () -> BuildRefused.because("The base does not tell the version of its " + libc + ".")
                                        .why(file.path() + " holds none")
                                        .todo("use a base with an ordinary " + libc)),
                file.path(),
                files.layerOf(file.node()).descriptor().digest());
    }
}

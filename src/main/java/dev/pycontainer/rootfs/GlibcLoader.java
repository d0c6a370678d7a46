package dev.pycontainer.rootfs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How glibc's ld.so(8) finds libraries: {@code DT_RPATH} of the file and of those that loaded it, where the file has no
 * {@code DT_RUNPATH}, then {@code LD_LIBRARY_PATH}, {@code DT_RUNPATH}, and the system's directories.
 *
 * <p>The system's directories stand for {@code /etc/ld.so.cache}, which ldconfig(8) writes from them.
 */
final class GlibcLoader implements Loader {

    private final List<String> libraryPath;
    private final List<String> directories;
    private final String machine;

    /**
     * @param libraryPath {@code LD_LIBRARY_PATH}
     * @param directories the system's, in the order of their search
     * @param machine as {@code uname -m} has it
     */
    GlibcLoader(List<String> libraryPath, List<String> directories, String machine) {
        this.libraryPath = List.copyOf(libraryPath);
        this.directories = List.copyOf(directories);
        this.machine = machine;
    }

    @Override
    public List<String> places(String name, Loaded needer, Optional<Loaded> program) {
        if (name.contains("/")) {
            return expanded(name, needer).stream()
                    .filter(path -> path.startsWith("/"))
                    .toList();
        }
        Set<String> searched = new LinkedHashSet<>();
        if (needer.elf().runpath().isEmpty()) {
            for (@Nullable Loaded file = needer; file != null; file = file.by()) {
                addRpath(file, searched);
            }
            program.ifPresent(main -> addRpath(main, searched));
        }
        searched.addAll(libraryPath);
        needer.elf().runpath().ifPresent(path -> add(path, needer, searched));
        searched.addAll(directories);
        return searched.stream().map(directory -> directory + "/" + name).toList();
    }

    private void addRpath(Loaded file, Set<String> searched) {
        if (file.elf().runpath().isEmpty()) {
            file.elf().rpath().ifPresent(path -> add(path, file, searched));
        }
    }

    /** A relative directory is below the one in which the process happens to be, and so is an empty one. */
    private void add(String path, Loaded file, Set<String> searched) {
        for (String directory : path.split(":", -1)) {
            expanded(directory, file).stream()
                    .filter(expanded -> expanded.startsWith("/"))
                    .forEach(searched::add);
        }
    }

    /** "Dynamic string tokens"; what {@code $LIB} means was decided when the loader was built: all that it may be. */
    private List<String> expanded(String text, Loaded file) {
        if (!text.contains("$")) {
            return List.of(text);
        }
        String known = replaced(replaced(text, "ORIGIN", file.origin()), "PLATFORM", machine);
        List<String> all = new ArrayList<>();
        for (String lib : List.of("lib/" + machine + "-linux-gnu", "lib64", "lib")) {
            all.add(replaced(known, "LIB", lib));
        }
        return all.stream().distinct().toList();
    }

    private static String replaced(String text, String token, String value) {
        return text.replace("${" + token + "}", value).replace("$" + token, value);
    }

    @Override
    public Set<String> namesOf(Loaded file) {
        Set<String> names = new HashSet<>();
        file.elf().soname().ifPresent(names::add);
        names.add(file.place());
        return names;
    }

    @Override
    public boolean isItself(String name) {
        return false;
    }

    @Override
    public boolean asksForVersions() {
        return true;
    }
}

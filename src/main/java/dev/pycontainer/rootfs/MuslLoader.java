package dev.pycontainer.rootfs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How musl's {@code ldso/dynlink.c} finds libraries: {@code LD_LIBRARY_PATH}, then {@code DT_RPATH} or {@code DT_RUNPATH}, between
 * which it makes no difference, of the file and of those that loaded it, then the directories of {@code /etc/ld-musl-ARCH.path}.
 */
final class MuslLoader implements Loader {

    private static final String DEFAULT_PATH = "/lib:/usr/local/lib:/usr/lib";

    /** What the loader itself is, whatever the version behind the name. */
    private static final List<String> ITSELF =
            List.of("libc.", "libpthread.", "librt.", "libm.", "libdl.", "libutil.", "libxnet.");

    private final List<String> libraryPath;
    private final List<String> directories;

    private MuslLoader(List<String> libraryPath, List<String> directories) {
        this.libraryPath = List.copyOf(libraryPath);
        this.directories = directories;
    }

    /**
     * @param libraryPath {@code LD_LIBRARY_PATH}
     * @param program the loader's own path, such as {@code /lib/ld-musl-x86_64.so.1}
     */
    static MuslLoader of(RootFiles root, List<String> libraryPath, String program) {
        String name = program.substring(program.lastIndexOf('/') + 1);
        int end = name.indexOf(".so");
        String path = root.text("/etc/" + (end < 0 ? name : name.substring(0, end)) + ".path")
                .filter(text -> !text.isEmpty())
                .orElse(DEFAULT_PATH);
        return new MuslLoader(libraryPath, split(path));
    }

    @Override
    public List<String> places(String name, Loaded needer, Optional<Loaded> program) {
        if (name.contains("/")) {
            return name.startsWith("/") ? List.of(name) : List.of();
        }
        Set<String> searched = new LinkedHashSet<>(libraryPath);
        for (@Nullable Loaded file = needer; file != null; file = file.by()) {
            searched.addAll(searchPath(file));
        }
        searched.addAll(directories);
        return searched.stream().map(directory -> directory + "/" + name).toList();
    }

    private static List<String> searchPath(Loaded file) {
        String path = file.elf().runpath().or(() -> file.elf().rpath()).orElse("");
        String expanded = path.replace("${ORIGIN}", file.origin()).replace("$ORIGIN", file.origin());
        // With a token that it does not know it takes none of the path.
        return expanded.contains("$") ? List.of() : split(expanded);
    }

    private static List<String> split(String path) {
        List<String> directories = new ArrayList<>();
        for (String directory : path.split("[:\n]", -1)) {
            if (directory.startsWith("/")) {
                directories.add(directory);
            }
        }
        return directories;
    }

    /** It knows nothing by a SONAME; a file that was found by search is known by the name that was searched for. */
    @Override
    public Set<String> namesOf(Loaded file) {
        return Set.of();
    }

    @Override
    public boolean isItself(String name) {
        return ITSELF.stream().anyMatch(name::startsWith);
    }

    @Override
    public boolean asksForVersions() {
        return false;
    }
}

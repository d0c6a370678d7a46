package dev.pycontainer.rootfs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What one process has loaded, and by which names that is found again; libraries come breadth first, as loaders load them. */
final class LoaderProcess {

    private final Loader loader;
    private final Function<String, Optional<NativeFile>> files;
    private final Optional<Loaded> program;
    private final Map<String, Loaded> byName = new HashMap<>();
    private final Set<FileTree.Node> loaded = new HashSet<>();

    /**
     * @param files gives the file at a path, if this loader would take it for a library
     * @param program what was started, if that is known
     */
    LoaderProcess(Loader loader, Function<String, Optional<NativeFile>> files, Optional<Loaded> program) {
        this.loader = loader;
        this.files = files;
        this.program = program;
    }

    boolean isOfMusl() {
        return loader instanceof MuslLoader;
    }

    /** Another one that has come as far as this. */
    LoaderProcess copy() {
        LoaderProcess copy = new LoaderProcess(loader, files, program);
        copy.byName.putAll(byName);
        copy.loaded.addAll(loaded);
        return copy;
    }

    /** The loader is loaded itself. */
    void add(Loaded file) {
        loader.namesOf(file).forEach(name -> byName.putIfAbsent(name, file));
        loaded.add(file.file().node());
    }

    /** Loads a file with all that it needs, and tells what is met and what not. */
    void load(Loaded first, Needs needs) {
        add(first);
        Deque<Loaded> rest = new ArrayDeque<>(List.of(first));
        while (!rest.isEmpty()) {
            Loaded file = rest.remove();
            for (String name : file.elf().needed()) {
                if (!loader.isItself(name)) {
                    needs.tell(LoadFault.Kind.LIBRARY, first, file, name, isThere(name, file, rest), List.of());
                }
            }
            if (loader.asksForVersions()) {
                file.elf()
                        .versionNeeds()
                        .forEach((name, versions) -> Optional.ofNullable(byName.get(name))
                                .ifPresent(library -> {
                                    List<String> lacking = Needs.lacking(versions, library.elf());
                                    needs.tell(LoadFault.Kind.VERSION, first, file, name, lacking.isEmpty(), lacking);
                                }));
            }
        }
    }

    private boolean isThere(String name, Loaded needer, Deque<Loaded> rest) {
        if (byName.containsKey(name)) {
            return true;
        }
        Optional<Loaded> found = find(name, needer);
        found.ifPresent(library -> {
            byName.put(name, library);
            if (!loaded.contains(library.file().node())) {
                rest.add(library);
            }
            add(library);
        });
        return found.isPresent();
    }

    /** What the loader finds by a name under which it has nothing yet. */
    Optional<Loaded> find(String name, Loaded needer) {
        for (String place : loader.places(name, needer, program)) {
            Optional<NativeFile> file = files.apply(place);
            if (file.isPresent()) {
                return Optional.of(new Loaded(file.get(), place, needer));
            }
        }
        return Optional.empty();
    }
}

package dev.pycontainer.rootfs;

import dev.pycontainer.archive.ElfDynamic;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What files need of libraries: met once and for all, or not met in any process so far. */
final class Needs {

    private record Need(LoadFault.Kind kind, FileTree.Node file, String library) {}

    private final Set<Need> met = new HashSet<>();
    private final Map<Need, LoadFault> unmet = new LinkedHashMap<>();
    private final Set<FileTree.Node> own = new HashSet<>();
    private final Collection<NativeFile> brought;
    private final Predicate<String> shared;

    /**
     * @param brought the files that are looked at
     * @param shared which libraries are there for all as soon as one package brings them
     */
    Needs(Collection<NativeFile> brought, Predicate<String> shared) {
        this.shared = shared;
        this.brought = List.copyOf(brought);
        brought.forEach(file -> own.add(file.node()));
    }

    /**
     * @param first what was loaded; it is what is told of where the needing file is another one's
     * @param versions that are lacking
     */
    void tell(LoadFault.Kind kind, Loaded first, Loaded file, String library, boolean isMet, List<String> versions) {
        FileTree.Node node = file.file().node();
        Need need = new Need(kind, node, library);
        if (isMet) {
            met.add(need);
            unmet.remove(need);
        } else if (!met.contains(need)) {
            NativeFile told = own.contains(node) ? file.file() : first.file();
            unmet.putIfAbsent(need, new LoadFault(kind, told, library, versions));
        }
    }

    /** What no process found, and none of the brought files is. */
    List<LoadFault> unmet() {
        return unmet.values().stream().filter(fault -> !isBrought(fault)).toList();
    }

    /** Packages load what they bring themselves by its path, so that it is there by name for what needs it. */
    private boolean isBrought(LoadFault fault) {
        return brought.stream()
                .filter(file -> file.elf().isSharedObject()
                        && file.elf()
                                .file()
                                .machine()
                                .equals(fault.file().elf().file().machine()))
                .filter(file -> file.layer() == fault.file().layer() || shared.test(fault.library()))
                .filter(file -> file.elf().soname().orElse(file.name()).equals(fault.library())
                        || file.name().equals(fault.library()))
                .anyMatch(file -> lacking(fault.versions(), file.elf()).isEmpty());
    }

    /** Of a library without any version the loader asks for none. */
    static List<String> lacking(List<String> versions, ElfDynamic library) {
        return library.versionDefinitions().isEmpty()
                ? List.of()
                : versions.stream()
                        .filter(version -> !library.versionDefinitions().contains(version))
                        .toList();
    }
}

package dev.pycontainer.rootfs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the files of an image that no loader could load, without running any: a function of the names, links and ELF headers.
 *
 * <p>Each file is loaded as Python would load it, or started if it is a program, with all that it needs. A need counts as met where it
 * is met in any of these ways, since a library is found by the search path of those that load it; or where one of the files that are
 * looked at <em>is</em> the library, wherever it lies: packages load what they bring themselves, by its path, before those that need it.
 * What one brings under the name of a library of the system is there for itself alone, as {@link PackageRules} tell.
 */
public final class FindLoadFaults {

    private static final Pattern MUSL = Pattern.compile("ld-musl-[^/]+\\.so\\.1");

    /** libc's name when it is linked to on Alpine, and elsewhere. */
    private static final Pattern MUSL_LIBC = Pattern.compile("libc\\.musl-[^/]+\\.so\\.1|libc\\.so");

    private static final String GLIBC = "libc.so.6";

    /** With it musl's loader runs what is made for glibc. */
    private static final String GLIBC_ON_MUSL = "/lib/libgcompat.so.0";

    /** Code for CUDA, AMD's GPUs and the kernel's BPF: ELF files for no processor, which programs read as data. */
    private static final Set<Integer> DATA_FOR_DEVICES = Set.of(190, 224, 247);

    private static final int PROGRAM = 2;
    private static final int SHARED_OBJECT = 3;

    private final RootFiles root;
    private final LoaderSettings settings;
    private final Map<String, Optional<NativeFile>> looked = new HashMap<>();

    public FindLoadFaults(RootFiles root, LoaderSettings settings) {
        this.root = root;
        this.settings = settings;
    }

    /**
     * What is wrong with these files: first what they are not made for, in their order, then what is missing. Files of one layer
     * count as of one package.
     */
    public List<LoadFault> in(Collection<NativeFile> files, PackageRules rules) {
        List<NativeFile> loadable =
                files.stream().filter(FindLoadFaults::isLoadable).toList();
        List<LoadFault> faults = new ArrayList<>();
        Needs needs = new Needs(loadable, rules::isShared);
        LoaderProcess python = python();
        for (NativeFile file : loadable) {
            if (!runsHere(file)) {
                faults.add(new LoadFault(
                        LoadFault.Kind.MACHINE, file, file.elf().file().machine(), List.of()));
            } else if (!rules.isInner(file)) {
                (file.isProgram() ? start(file, needs) : load(file, python, needs)).ifPresent(faults::add);
            }
        }
        faults.addAll(needs.unmet());
        return faults;
    }

    /** Neither an object file for a linker, nor data. */
    private static boolean isLoadable(NativeFile file) {
        int type = file.elf().type();
        return (type == PROGRAM || type == SHARED_OBJECT)
                && !DATA_FOR_DEVICES.contains(file.elf().file().machineCode());
    }

    private Optional<LoadFault> start(NativeFile file, Needs needs) {
        String loader = file.elf().file().interpreter().orElse("");
        if (root.find(loader).isEmpty()) {
            return Optional.of(new LoadFault(LoadFault.Kind.LOADER, file, loader, List.of()));
        }
        Loaded program = new Loaded(file, file.path(), null);
        process(loader, Optional.of(program)).load(program, needs);
        return Optional.empty();
    }

    private Optional<LoadFault> load(NativeFile file, LoaderProcess python, Needs needs) {
        Loaded module = new Loaded(file, file.path(), null);
        Optional<String> otherLibc = otherLibc(module, python);
        if (otherLibc.isPresent()) {
            return otherLibc.map(libc -> new LoadFault(LoadFault.Kind.LIBC, file, libc, List.of()));
        }
        python.copy().load(module, needs);
        return Optional.empty();
    }

    private Optional<String> otherLibc(Loaded module, LoaderProcess python) {
        if (python.isOfMusl()) {
            boolean needsGlibc = module.elf().versionNeeds().getOrDefault(GLIBC, List.of()).stream()
                    .anyMatch(version -> version.startsWith("GLIBC_"));
            return needsGlibc && root.find(GLIBC_ON_MUSL).isEmpty() ? Optional.of(GLIBC) : Optional.empty();
        }
        return module.elf().needed().stream()
                .filter(name -> MUSL_LIBC.matcher(name).matches())
                .filter(name -> python.find(name, module).isEmpty())
                .findFirst();
    }

    /** Python with all that it needs, before it has loaded any module. */
    private LoaderProcess python() {
        Optional<Loaded> program =
                root.nativeFile(settings.interpreter()).map(file -> new Loaded(file, file.path(), null));
        String loader =
                program.flatMap(python -> python.elf().file().interpreter()).orElse("");
        LoaderProcess process = process(loader, program);
        program.ifPresent(python -> process.load(python, new Needs(List.of(), library -> false)));
        return process;
    }

    private LoaderProcess process(String loader, Optional<Loaded> program) {
        boolean musl =
                MUSL.matcher(loader.substring(loader.lastIndexOf('/') + 1)).matches();
        LoaderProcess process = new LoaderProcess(
                musl
                        ? MuslLoader.of(root, settings.libraryPath(), loader)
                        : new GlibcLoader(settings.libraryPath(), settings.directories(), settings.machine()),
                this::library,
                program);
        root.nativeFile(loader).ifPresent(file -> process.add(new Loaded(file, loader, null)));
        return process;
    }

    /** Loaders pass over files of other machines. */
    private Optional<NativeFile> library(String path) {
        return looked.computeIfAbsent(
                path, place -> root.nativeFile(place).filter(file -> file.elf().isSharedObject() && runsHere(file)));
    }

    private boolean runsHere(NativeFile file) {
        return file.elf().file().machine().equals(settings.machine());
    }
}

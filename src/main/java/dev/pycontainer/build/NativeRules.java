package dev.pycontainer.build;

import dev.pycontainer.debian.LibraryPackages;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.rootfs.NativeFile;
import dev.pycontainer.rootfs.PackageRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What looks like a fault of a native library and is none, each with the reason: all that the check of native libraries knows
 * beyond what loaders do.
 */
final class NativeRules implements PackageRules {

    /**
     * @param owner names of packages, PEP 503's form
     * @param library SONAMEs
     */
    private record Optionally(Pattern owner, Pattern library, String why) {

        static Optionally of(String owner, String library, String why) {
            return new Optionally(Pattern.compile(owner), Pattern.compile(library), why);
        }
    }

    private static final List<Optionally> NOT_MISSED = List.of(
            Optionally.of(
                    ".*",
                    "libcuda\\.so\\.1|libcudadebugger\\.so\\.1|libnvcuvid\\.so\\.1|libnvoptix\\.so\\.1|libnvidia-.*"
                            + "|lib(EGL|GLX|GLESv2)_nvidia\\.so.*|libvdpau_nvidia\\.so.*",
                    "the host's driver, which the container runtime puts into the container"),
            Optionally.of(
                    "nvidia-.*",
                    "libibverbs\\.so\\.1|librdmacm\\.so\\.1|libmlx5\\.so\\.1|libmpi\\.so\\..*|liboshmem\\.so\\..*"
                            + "|libpmix\\.so\\..*|libuc[pst]\\.so\\.0|libfabric\\.so\\.1|libnvToolsExt\\.so\\.1",
                    "plug-ins for a cluster's network, which are loaded where there is one"),
            Optionally.of(
                    "numba",
                    "libtbb\\.so\\..*|libgomp\\.so\\..*",
                    "two of three threading layers, of which it takes the first that can be loaded"),
            Optionally.of(
                    "tbb",
                    "libhwloc\\.so\\..*",
                    "its bindings to the processor's topology, taken where they can be loaded"),
            Optionally.of("torch", "libquadmath\\.so\\.0", "its Fortran runtime, which none of its files needs"),
            Optionally.of(
                    "open3d",
                    "lib(torch.*|c10.*|tensorflow_framework)\\.so.*|libcudart\\.so.*",
                    "operators for other frameworks, loaded with these"),
            Optionally.of(
                    "onnxruntime(-gpu)?",
                    "libnvinfer.*|libnvonnxparser\\..*|libmigraphx.*|librocm.*",
                    "execution providers, each loaded where it is asked for"));

    /** Python's name of a module's file, PEP 3149: one for another Python is not imported. */
    private static final Pattern EXTENSION = Pattern.compile(
            ".*\\.(?<tag>(?:cpython|pypy|graalpy)-?[0-9a-z_]+)-(?<machine>[a-z0-9_]+)-linux-[a-z0-9]+\\.so");

    /** How packages that bring files for several machines name them in paths; by the machine's own name. */
    private static final Map<String, Pattern> IN_PATHS = Map.of(
            "x86_64", named("x86[_-]?64|x64|amd64"),
            "i686", named("x86|x32|i[3-6]86|ia32|32bit"),
            "aarch64", named("aarch64|arm64|arm64v8|armv8"),
            "armv7l", named("armv?[5-7][a-z]*|armhf|armel|arm32[a-z0-9]*|arm"),
            "ppc64le", named("ppc64(?:le|el)|powerpc64le"),
            "s390x", named("s390x"),
            "riscv64", named("riscv64?"),
            "loongarch64", named("loong(?:arch)?64"));

    /** auditwheel's, delocate's: copies of libraries for the wheel's own files, which find them by their paths. */
    private static final Pattern INNER = Pattern.compile(".*\\.libs/[^/]+", Pattern.DOTALL);

    /** OpenCV's windows, which are for a display. */
    private static final Pattern FOR_A_DISPLAY = Pattern.compile(".*/cv2/qt/plugins/.*", Pattern.DOTALL);

    private static final Pattern ASIDE = Pattern.compile(
            "(?:.*/)?(?:tests?|testing|_?testdata|test_.*|examples?|samples?|demos?|benchmarks?)/.*", Pattern.DOTALL);

    private final Target target;
    private final Set<String> ofTheSystem = LibraryPackages.libraries();

    NativeRules(Target target) {
        this.target = target;
    }

    /** Whether something may load the file in this image. */
    boolean isForThisImage(NativeFile file) {
        if (FOR_A_DISPLAY.matcher(file.path()).matches()) {
            return false;
        }
        Matcher extension = EXTENSION.matcher(file.name());
        if (extension.matches()) {
            return isForThisPython(extension.group("tag"));
        }
        // Which one is taken is decided by the machine: debugpy's helpers, drivers beside each other.
        String machine = file.elf().file().machine();
        @Nullable Pattern names = IN_PATHS.get(machine);
        return machine.equals(target.machine())
                || names == null
                || !names.matcher(file.path()).find();
    }

    private static Pattern named(String names) {
        return Pattern.compile("(?i)(?:^|[^a-z0-9])(?:" + names + ")(?:[^a-z0-9]|$)");
    }

    private boolean isForThisPython(String tag) {
        String minor = target.pythonMinor().replace(".", "");
        return !tag.startsWith("cpython-") || tag.matches("cpython-" + minor + "[a-z]*");
    }

    @Override
    public boolean isInner(NativeFile file) {
        return INNER.matcher(file.path()).matches();
    }

    /**
     * CUDA's, Qt's and others' libraries come in wheels of their own, which those that need them load. A libgomp.so.1 that lies in
     * one wheel is no help to another.
     */
    @Override
    public boolean isShared(String library) {
        return !ofTheSystem.contains(library);
    }

    /** Why nobody misses a library there. */
    Optional<String> whyNotMissed(String owner, String library) {
        return NOT_MISSED.stream()
                .filter(rule -> rule.owner().matcher(owner).matches()
                        && rule.library().matcher(library).matches())
                .map(Optionally::why)
                .findFirst();
    }

    /** Whether a package brings the file for its own tests, or to show something: such a fault ends no build. */
    static boolean isAside(String path) {
        return ASIDE.matcher(path).matches();
    }
}

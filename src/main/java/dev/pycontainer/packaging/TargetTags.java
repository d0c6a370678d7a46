package dev.pycontainer.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tags that a Python on Linux accepts, the best first: platform compatibility tags (PEP 425, 600, 656, 703, 803).
 *
 * <p>The order is that of pip, which comes from pypa/packaging: own ABI, stable ABI, no ABI, the stable ABI of older
 * Pythons, then pure Python; in each by platform, the bare {@code linux} first (since packaging 26.3), then from the
 * newest C library to the oldest.
 */
final class TargetTags {

    private static final Pattern ABI = Pattern.compile("cp[0-9]+([a-z]*)");

    /** PEP 513, 571 and 599: names that stand for a glibc. */
    private static final Map<Integer, String> LEGACY =
            Map.of(17, "manylinux2014", 12, "manylinux2010", 5, "manylinux1");

    /** The machines for which there are manylinux wheels; others get the bare {@code linux} tag alone. */
    private static final Set<String> MANYLINUX_MACHINES =
            Set.of("x86_64", "i686", "aarch64", "armv7l", "ppc64le", "s390x", "riscv64", "ppc64", "loongarch64");

    private static final int FIRST_STABLE_ABI = 2;

    private final Target target;
    private final List<String> platforms;
    private final List<WheelTag> tags = new ArrayList<>();

    private TargetTags(Target target) {
        this.target = target;
        this.platforms = platforms(target);
    }

    static List<WheelTag> of(Target target) {
        TargetTags tags = new TargetTags(target);
        tags.ownTags();
        tags.pureTags();
        return List.copyOf(tags.tags);
    }

    /** The letters after the version in an ABI tag: {@code t} for free-threaded, {@code d} for debug. */
    static String flags(String abi) {
        Matcher parts = ABI.matcher(abi);
        return parts.matches() ? parts.group(1) : "";
    }

    private void ownTags() {
        String interpreter = target.kind().tag() + "3" + target.minor();
        if (target.kind() != Implementation.CPYTHON) {
            onEachPlatform(interpreter, target.abi());
            onEachPlatform(interpreter, "none");
            return;
        }
        // PEP 703: a free-threaded build has another ABI, so that abi3 does not apply; PEP 803 gives it abi3t.
        String stable = target.isFreeThreaded() ? "abi3t" : "abi3";
        for (String abi : abis()) {
            onEachPlatform(interpreter, abi);
        }
        onEachPlatform(interpreter, stable);
        onEachPlatform(interpreter, "none");
        // PEP 384: an extension for the stable ABI of one Python runs on every later Python 3.
        for (int minor = target.minor() - 1; minor >= FIRST_STABLE_ABI; minor--) {
            onEachPlatform("cp3" + minor, stable);
        }
    }

    // Since Python 3.8 a debug build loads the extensions of a release build too.
    private List<String> abis() {
        String flags = flags(target.abi());
        String release = "cp3" + target.minor() + flags.replace("d", "");
        return target.minor() >= 8 && flags.contains("d") ? List.of(target.abi(), release) : List.of(target.abi());
    }

    private void pureTags() {
        List<String> pythons = pythons();
        pythons.forEach(python -> onEachPlatform(python, "none"));
        ownPureTag().ifPresent(interpreter -> tags.add(new WheelTag(interpreter, "none", "any")));
        pythons.forEach(python -> tags.add(new WheelTag(python, "none", "any")));
    }

    // Of all implementations PyPy alone is named without its minor version here, and others not at all.
    private Optional<String> ownPureTag() {
        return switch (target.kind()) {
            case CPYTHON -> Optional.of("cp3" + target.minor());
            case PYPY -> Optional.of("pp3");
            case GRAALPY -> Optional.empty();
        };
    }

    /** py311, py3, then py310 down to py30. */
    private List<String> pythons() {
        List<String> pythons = new ArrayList<>(List.of("py3" + target.minor(), "py3"));
        for (int minor = target.minor() - 1; minor >= 0; minor--) {
            pythons.add("py3" + minor);
        }
        return pythons;
    }

    private void onEachPlatform(String interpreter, String abi) {
        platforms.forEach(platform -> tags.add(new WheelTag(interpreter, abi, platform)));
    }

    private static List<String> platforms(Target target) {
        List<String> platforms = new ArrayList<>(List.of("linux_" + target.machine()));
        if (target.libc() == Libc.MUSL) {
            // PEP 656: a wheel for musl 1.1 runs on musl 1.2, and none on another major version.
            for (int minor = target.libcMinor(); minor >= 0; minor--) {
                platforms.add("musllinux_" + target.libcMajor() + "_" + minor + "_" + target.machine());
            }
        } else if (target.libcMajor() == 2 && MANYLINUX_MACHINES.contains(target.machine())) {
            manylinux(target, platforms);
        }
        return platforms;
    }

    // PEP 600: every glibc back to the first for which there were wheels, which is 2.5 for x86 (PEP 513) and else 2.17
    // (PEP 599).
    private static void manylinux(Target target, List<String> platforms) {
        String machine = target.machine();
        int oldest = machine.equals("x86_64") || machine.equals("i686") ? 5 : 17;
        for (int minor = target.libcMinor(); minor >= oldest; minor--) {
            platforms.add("manylinux_2_" + minor + "_" + machine);
            String legacy = LEGACY.get(minor);
            if (legacy != null) {
                platforms.add(legacy + "_" + machine);
            }
        }
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.TomlTable;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of {@code [[metadata.targets]]} of {@code pdm.lock}: for which Pythons, platform and implementation it was made.
 *
 * <p>A libc older than the target's own says nothing here, as with pdm: which wheel fits is found out later.
 */
record PdmTarget(PdmRange python, Optional<String> platform, Optional<String> implementation) {

    private static final Pattern LINUX = Pattern.compile("(?:(many|musl)linux_[0-9]+_[0-9]+|linux)_(.+)");
    private static final Map<String, String> MACHINES =
            Map.of("amd64", "x86_64", "arm64", "aarch64", "i386", "i686", "x86", "i686");

    static PdmTarget of(TomlTable table) {
        return new PdmTarget(
                table.text("requires_python", PdmRange::parse).orElseGet(() -> PdmRange.parse("")),
                table.text("platform").map(PdmTarget::withoutAlias),
                table.text("implementation"));
    }

    // pdm's documentation, "Lock for specific platforms or Python versions": the aliases.
    private static String withoutAlias(String platform) {
        return switch (platform) {
            case "linux" -> "manylinux_2_17_x86_64";
            case "alpine" -> "musllinux_1_2_x86_64";
            default -> platform;
        };
    }

    boolean allows(Target target) {
        return python.contains(target.python())
                && implementation
                        .filter(name -> !name.equalsIgnoreCase(target.implementation()))
                        .isEmpty()
                && platform.filter(name -> !isOf(name, target)).isEmpty();
    }

    private static boolean isOf(String platform, Target target) {
        Matcher linux = LINUX.matcher(platform);
        if (!linux.matches()) {
            return false;
        }
        String libc = linux.group(1);
        boolean sameLibc = libc == null || libc.equals("musl") == (target.libc() == Libc.MUSL);
        return sameLibc && machine(linux.group(2)).equals(machine(target.machine()));
    }

    private static String machine(String name) {
        return MACHINES.getOrDefault(name, name);
    }

    @Override
    public String toString() {
        return "Python " + (python.text().isBlank() ? "of any version" : python.text())
                + platform.map(name -> " on " + name).orElse("")
                + implementation.map(name -> " (" + name + ")").orElse("");
    }
}

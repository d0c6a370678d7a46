package dev.pycontainer.base;

import dev.pycontainer.oci.Platform;
import java.util.Optional;

/** What Python's {@code platform.machine()} says on a platform of images, which have Go's names. */
public final class MachineName {

    private MachineName() {}

    /** Such as {@code aarch64} for {@code linux/arm64}; nothing for an architecture that is not known. */
    public static Optional<String> of(Platform platform) {
        return switch (platform.architecture()) {
            case "amd64" -> Optional.of("x86_64");
            case "arm64" -> Optional.of("aarch64");
            case "386" -> Optional.of("i686");
            case "arm" ->
                Optional.of("armv7l").filter(machine -> platform.normalized().isVariant("v7"));
            case "loong64" -> Optional.of("loongarch64");
            case "ppc64le", "riscv64", "s390x" -> Optional.of(platform.architecture());
            default -> Optional.empty();
        };
    }
}

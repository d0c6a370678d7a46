package dev.pycontainer.oci;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operating system, architecture and variant in Go's names, as in the image index specification, "platform".
 *
 * @param variant such as {@code v7} of {@code arm}; null where the architecture has none
 */
public record Platform(
        String os, String architecture, @Nullable String variant) {

    public static final Platform LINUX_AMD64 = new Platform("linux", "amd64", null);

    /** Reads {@code os/architecture} or {@code os/architecture/variant}. */
    public static Platform parse(String text) {
        List<String> parts = List.of(text.split("/", -1));
        if (parts.size() < 2 || parts.size() > 3 || parts.contains("")) {
            throw BuildRefused.because("\"" + text + "\" is not a platform.")
                    .todo("write os/architecture, for example linux/amd64");
        }
        return new Platform(parts.get(0), parts.get(1), parts.size() == 3 ? parts.get(2) : null);
    }

    /**
     * The same without a variant that every machine of its architecture has, as containers' tools compare platforms:
     * {@code arm64/v8} is {@code arm64}, {@code amd64/v1} is {@code amd64}, and {@code arm} means {@code arm/v7}.
     */
    public Platform normalized() {
        return switch (toString().substring(os.length() + 1)) {
            case "amd64/v1", "arm64/v8" -> new Platform(os, architecture, null);
            case "arm" -> new Platform(os, architecture, "v7");
            default -> this;
        };
    }

    /** Whether it is this variant of its architecture. */
    public boolean isVariant(String name) {
        return name.equals(variant);
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}

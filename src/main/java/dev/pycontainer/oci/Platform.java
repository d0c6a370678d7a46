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

    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}

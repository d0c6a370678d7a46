package dev.pycontainer.layer;

import dev.pycontainer.content.Digest;
import java.util.Optional;

/**
 * A package that a layer holds.
 *
 * @param file the wheel or Debian package that it was installed from; a local project has none
 */
public record LayerPackage(String name, String version, Optional<File> file) {

    /** @param sha256 of its bytes */
    public record File(String name, Digest sha256) {}

    /** Name and version, such as {@code numpy 2.3.2}. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}

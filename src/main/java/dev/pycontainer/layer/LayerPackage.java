package dev.pycontainer.layer;

import dev.pycontainer.content.Digest;
import java.util.Optional;

/**
 * A package that a layer holds.
 *
 * @param wheel the file that it was installed from; a local project has none
 */
public record LayerPackage(String name, String version, Optional<Wheel> wheel) {

    /** @param sha256 of the file */
    public record Wheel(String file, Digest sha256) {}
}

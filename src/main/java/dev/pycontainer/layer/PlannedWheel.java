package dev.pycontainer.layer;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.WheelFileName;
import java.util.Optional;

/**
 * A wheel that goes into the image.
 *
 * @param size of the wheel's file, in bytes
 * @param directUrl the text of its {@code direct_url.json}, where it was asked for by URL or path
 */
public record PlannedWheel(WheelFileName fileName, Digest sha256, long size, Optional<String> directUrl) {

    LayerPackage asPackage() {
        return new LayerPackage(
                fileName.name().value(),
                fileName.version().toString(),
                Optional.of(new LayerPackage.File(fileName.fileName(), sha256)));
    }
}

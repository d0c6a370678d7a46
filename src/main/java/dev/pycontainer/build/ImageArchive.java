package dev.pycontainer.build;

import dev.pycontainer.oci.ImageReference;
import java.nio.file.Path;
import java.util.List;

/**
 * An image in one file.
 *
 * @param size in bytes
 * @param names under which its readers know the image, the one with the main tag first
 */
public record ImageArchive(Path file, long size, List<ImageReference> names) {

    /** Its name in {@code target/pycontainer}. */
    public static final String FILE = "image.tar";
}

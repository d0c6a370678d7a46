package dev.pycontainer.build;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.layer.FilesModificationTime;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.LibcVersion;
import dev.pycontainer.packaging.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the user decides about an image.
 *
 * @param compression of all layers above the base
 * @param outputDirectory {@code target/pycontainer}
 * @param created for config and history
 */
public record BuildRequest(
        Python python,
        From from,
        Destination destination,
        ContainerSettings container,
        FilesModificationTime filesModificationTime,
        int maximumLayers,
        LayerForm compression,
        Path outputDirectory,
        Instant created) {

    /** The same without the places of things, for a cache that may be carried to where the project lies elsewhere. */
    BuildRequest inputs() {
        return new BuildRequest(
                python.inputs(),
                from,
                destination,
                container,
                filesModificationTime,
                maximumLayers,
                compression,
                Path.of(""),
                created);
    }

    /**
     * What the image is built upon.
     *
     * @param image as the user wrote it; without one it is chosen by the Python
     * @param python two numbers or the whole version; what the base must have, or be chosen by
     * @param packages names of Debian packages to add to the base
     * @param libc of a plan without a base
     */
    public record From(
            Optional<String> image,
            Platform platform,
            List<String> packages,
            Optional<Version> python,
            Optional<LibcVersion> libc) {

        /** Whether the target is told by parameters alone. */
        boolean isWithoutBase() {
            return image.isEmpty() && libc.isPresent();
        }
    }

    /**
     * The Python project and what is wanted of it.
     *
     * @param fallbackName the project's name where it has no {@code pyproject.toml}
     * @param projectVersion where only the project's build backend knows it
     */
    public record Python(
            Path project,
            String fallbackName,
            Optional<String> projectVersion,
            Optional<Path> lock,
            List<String> extras,
            List<String> groups,
            List<String> includes,
            List<String> excludes,
            String prefix,
            Optional<String> run) {

        private Python inputs() {
            Path here = project.toAbsolutePath().normalize();
            return new Python(
                    Path.of(""),
                    fallbackName,
                    projectVersion,
                    lock.map(file -> here.relativize(file.toAbsolutePath().normalize())),
                    extras,
                    groups,
                    includes,
                    excludes,
                    prefix,
                    run);
        }
    }
}

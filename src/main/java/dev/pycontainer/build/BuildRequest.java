package dev.pycontainer.build;

import dev.pycontainer.layer.FilesModificationTime;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the user decides about an image.
 *
 * @param outputDirectory {@code target/pycontainer}
 * @param created for config and history
 */
public record BuildRequest(
        Python python,
        String base,
        Destination destination,
        ContainerSettings container,
        FilesModificationTime filesModificationTime,
        int maximumLayers,
        Path outputDirectory,
        Instant created) {

    /**
     * The Python project and what is wanted of it.
     *
     * @param fallbackName the project's name where it has no {@code pyproject.toml}
     * @param version where only the project's build backend knows it
     * @param outputs directories that the build writes to, which are no sources
     */
    public record Python(
            Path project,
            String fallbackName,
            Optional<String> version,
            Optional<Path> lock,
            List<String> extras,
            List<String> groups,
            List<String> includes,
            List<String> excludes,
            List<Path> outputs,
            String prefix,
            Optional<String> run) {}
}

package dev.pycontainer.build;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user wants of the container, as written; {@link ConfigureImage} makes the configuration from it.
 *
 * @param entrypoint empty where nothing was written; {@code INHERIT} alone keeps the base's
 * @param args empty where nothing was written; {@code INHERIT} alone keeps the base's
 * @param workingDirectory the application root where nothing was written
 */
public record ContainerSettings(
        String appRoot,
        Optional<List<String>> entrypoint,
        Optional<List<String>> args,
        Map<String, String> environment,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<ExposedPort> ports,
        Optional<String> user,
        List<String> volumes,
        Optional<String> workingDirectory,
        ImageFormat format,
        Optional<String> stopSignal,
        Optional<Healthcheck> healthcheck) {}

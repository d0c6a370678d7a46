package dev.pycontainer.registry;

import java.util.List;

/** The names under which one registry is known: Docker Hub has several. */
final class RegistryNames {

    private static final String DOCKER_HUB = "docker.io";
    private static final String DOCKER_HUB_HOST = "registry-1.docker.io";
    private static final List<String> DOCKER_HUB_NAMES =
            List.of(DOCKER_HUB, "index.docker.io", DOCKER_HUB_HOST, "registry.hub.docker.com");

    private RegistryNames() {}

    /** All names of a registry, the given one first. */
    static List<String> of(String registry) {
        return registry.equals(DOCKER_HUB) ? DOCKER_HUB_NAMES : List.of(registry);
    }

    /** The host, with its port if one was written, that answers for a registry. */
    static String host(String registry) {
        return registry.equals(DOCKER_HUB) ? DOCKER_HUB_HOST : registry;
    }
}

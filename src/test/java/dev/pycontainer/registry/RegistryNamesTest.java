package dev.pycontainer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegistryNamesTest {

    @Test
    void dockerHubAnswersAtAnotherHostAndIsKnownByManyNames() {
        assertThat(RegistryNames.host("docker.io")).isEqualTo("registry-1.docker.io");
        assertThat(RegistryNames.of("docker.io"))
                .containsExactly("docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");
    }

    @Test
    void anotherRegistryIsItsOwnHost() {
        assertThat(RegistryNames.host("localhost:5000")).isEqualTo("localhost:5000");
        assertThat(RegistryNames.of("localhost:5000")).containsExactly("localhost:5000");
    }
}

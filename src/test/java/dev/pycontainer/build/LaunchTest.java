package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.build.Launch.Found;
import dev.pycontainer.oci.ImageConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Entrypoint and Cmd from what was configured, what was found and what the base has. */
class LaunchTest {

    private static final ImageConfig BASE = ImageConfig.parse(
            "{\"config\":{\"Entrypoint\":[\"/init\"],\"Cmd\":[\"python3\"]}}".getBytes(StandardCharsets.UTF_8), "base");
    private static final Found FOUND = new Found(List.of("serve"), "the only script");

    @Test
    void aFoundCommandIsCmdWithTheEntrypointCleared() {
        assertThat(decide(null, null)).isEqualTo(new Launch(List.of(), List.of("serve"), "the only script"));
    }

    @Test
    void argumentsAreAppendedToAFoundCommand() {
        assertThat(decide(null, List.of("--port", "1")).cmd()).containsExactly("serve", "--port", "1");
    }

    @Test
    void aConfiguredEntrypointClearsTheBasesCmd() {
        Launch launch = decide(List.of("python", "-m", "app"), null);

        assertThat(launch.entrypoint()).containsExactly("python", "-m", "app");
        assertThat(launch.cmd()).isEmpty();
    }

    @Test
    void anEmptyEntrypointWithArgumentsIsJustTheArguments() {
        assertThat(decide(List.of(), List.of("python", "x.py")))
                .isEqualTo(new Launch(List.of(), List.of("python", "x.py"), "container.entrypoint"));
    }

    @Test
    void inheritKeepsTheBases() {
        List<String> inherit = List.of("INHERIT");

        assertThat(decide(inherit, null).entrypoint()).containsExactly("/init");
        assertThat(decide(inherit, null).cmd()).containsExactly("python3");
        assertThat(decide(inherit, List.of("x")).cmd()).containsExactly("x");
        assertThat(decide(null, inherit)).isEqualTo(new Launch(List.of(), List.of("python3"), "the base's arguments"));
        assertThat(decide(List.of("a"), inherit).cmd()).containsExactly("python3");
    }

    private static Launch decide(List<String> entrypoint, List<String> args) {
        ContainerSettings settings = new ContainerSettings(
                "/app",
                Optional.ofNullable(entrypoint),
                Optional.ofNullable(args),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                ImageFormat.OCI,
                Optional.empty(),
                Optional.empty());
        return Launch.decide(BASE, settings, () -> FOUND);
    }
}

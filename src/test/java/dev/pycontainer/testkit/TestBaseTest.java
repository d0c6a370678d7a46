package dev.pycontainer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBaseTest {

    @TempDir
    Path directory;

    @Test
    void theBaseIsPushedPulledBackAndServesHttp() throws Exception {
        Path repository = Repository.above(Path.of(""));
        try (TestRegistry registry = TestRegistry.start(directory.resolve("registry"))) {
            TestBase.in(repository).pushTo(registry);
            String name = registry.host() + "/" + TestBase.NAME;
            String digest = Command.of(
                            "skopeo", "inspect", "--tls-verify=false", "--format={{.Digest}}", "docker://" + name)
                    .run();

            PulledImage image = PulledImage.pull(
                    name.substring(0, name.lastIndexOf(':')),
                    digest,
                    Files.createTempDirectory(Path.of("target").toAbsolutePath(), "test-base-"));
            Bundle bundle = image.unpack();

            assertThat(image.config().at("/os").asString()).isEqualTo("linux");
            assertThat(bundle.container()
                            .command("python3", "-c", "print(6 * 7)")
                            .run())
                    .isEqualTo("42\n");
            ContainerRun http =
                    bundle.container().command("sh", "-c", "cd /etc && exec python3 -m http.server \"$PORT\"");
            try (Server server = http.serve("PORT")) {
                assertThat(server.get("/debian_version")).startsWith("12.");
                assertThat(server.ask("/no-such-file").statusCode()).isEqualTo(404);
            }
        }
    }
}

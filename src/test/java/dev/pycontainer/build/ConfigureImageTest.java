package dev.pycontainer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Digest;
import dev.pycontainer.layer.ImageUser;
import dev.pycontainer.oci.ImageConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The base's configuration, patched: what is ours is set, what nobody knows survives. */
class ConfigureImageTest {

    private static final Digest BASE_LAYER = Digest.of("base layer");
    private static final Digest OUR_LAYER = Digest.of("our layer");
    private static final String BASE = """
            {"architecture":"amd64","os":"linux","os.features":["x"],"created":"2020-01-01T00:00:00Z",
             "config":{"Env":["PATH=/usr/bin","LANG=C.UTF-8"],"Entrypoint":["/init"],"Cmd":["python3"],"User":"root",
               "Labels":{"org.opencontainers.image.title":"Debian","maintainer":"them"},
               "ExposedPorts":{"80/tcp":{}},"StopSignal":"SIGINT","Unknown":{"kept":true}},
             "rootfs":{"type":"layers","diff_ids":["%s"]},
             "history":[{"created_by":"apt"},{"created_by":"env","empty_layer":true}]}""".formatted(BASE_LAYER);

    @Test
    void unknownFieldsOfTheBaseSurvive() {
        JsonNode json = configure(settings(Map.of()));

        assertThat(json.path("os.features").toString()).isEqualTo("[\"x\"]");
        assertThat(json.path("config").path("Unknown").path("kept").asBoolean()).isTrue();
        assertThat(json.path("config").path("StopSignal").asString()).isEqualTo("SIGINT");
    }

    @Test
    void thePathBeginsWithTheEnvironmentsBin() {
        JsonNode environment =
                configure(settings(Map.of("MODE", "fast"))).path("config").path("Env");

        assertThat(environment.toString())
                .isEqualTo("[\"PATH=/opt/venv/bin:/usr/bin\",\"LANG=C.UTF-8\",\"VIRTUAL_ENV=/opt/venv\","
                        + "\"PYTHONUNBUFFERED=1\",\"MODE=fast\"]");
    }

    @Test
    void aFoundCommandIsCmdAndTheBasesEntrypointIsCleared() {
        JsonNode config = configure(settings(Map.of())).path("config");

        assertThat(config.has("Entrypoint")).isFalse();
        assertThat(config.path("Cmd").toString()).isEqualTo("[\"serve\"]");
        assertThat(config.path("User").asString()).isEqualTo("65532:65532");
        assertThat(config.path("WorkingDir").asString()).isEqualTo("/app");
    }

    @Test
    void labelsThatDescribeTheBaseAreReplacedOrDropped() {
        JsonNode labels = configure(settings(Map.of())).path("config").path("Labels");

        assertThat(labels.path("org.opencontainers.image.title").asString()).isEqualTo("shop");
        assertThat(labels.path("maintainer").asString()).isEqualTo("them");
        assertThat(labels.path("org.opencontainers.image.base.name").asString()).isEqualTo("registry.example/base:1");
    }

    @Test
    void layersAndHistoryOfTheBaseComeFirst() {
        JsonNode json = configure(settings(Map.of()));

        assertThat(json.path("rootfs").path("diff_ids").toString())
                .isEqualTo("[\"%s\",\"%s\"]".formatted(BASE_LAYER, OUR_LAYER));
        assertThat(json.path("history").size()).isEqualTo(3);
        assertThat(json.path("history").get(2).toString())
                .isEqualTo(
                        "{\"created\":\"1970-01-01T00:00:00Z\",\"created_by\":\"pycontainer\",\"comment\":\"numpy\"}");
        assertThat(json.path("created").asString()).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void aBaseWithoutHistoryGetsOneEntryPerLayer() {
        ImageConfig base = ImageConfig.parse(
                "{\"rootfs\":{\"diff_ids\":[\"%s\"]}}".formatted(BASE_LAYER).getBytes(UTF_8), "base");

        JsonNode json =
                new ConfigureImage().from(base, settings(Map.of()), facts()).json();

        assertThat(json.path("history").size()).isEqualTo(2);
    }

    @Test
    void aBaseWhoseHistoryTellsOfMoreLayersThanItHasGetsOneEntryPerLayer() {
        JsonNode history = configure("""
                {"rootfs":{"diff_ids":["%s"]},"history":[{"created_by":"a"},{"created_by":"b"}]}""").path("history");

        assertThat(history.valueStream().map(entry -> entry.path("comment").asString()))
                .containsExactly("a layer of the base", "numpy");
    }

    @Test
    void nullIsNothing() {
        JsonNode json = configure("""
                {"os":null,"variant":null,"history":null,"rootfs":{"diff_ids":["%s"]},
                 "config":{"Env":null,"Entrypoint":null,"Cmd":null,"Labels":null,"User":null,"WorkingDir":null,
                   "ExposedPorts":null,"Volumes":null}}""");

        assertThat(json.path("config").toString())
                .isEqualTo("""
                {"Env":["PATH=/opt/venv/bin:%s","VIRTUAL_ENV=/opt/venv","PYTHONUNBUFFERED=1"],\
                "Labels":{"org.opencontainers.image.base.digest":"%s",\
                "org.opencontainers.image.base.name":"registry.example/base:1",\
                "org.opencontainers.image.title":"shop"},"User":"65532:65532",\
                "WorkingDir":"/app","Cmd":["serve"]}""".formatted(ConfigureImage.DEFAULT_PATH, Digest.of("base")));
        assertThat(json.path("history").size()).isEqualTo(2);
    }

    @Test
    void thePlatformIsToldWhereTheBaseTellsNone() {
        JsonNode json = configure("{\"rootfs\":{\"diff_ids\":[\"%s\"]}}");

        assertThat(json.path("os").asString()).isEqualTo("linux");
        assertThat(json.path("architecture").asString()).isEqualTo("amd64");
    }

    @Test
    void anEmptyPathOfTheBaseDoesNotNameTheWorkingDirectory() {
        JsonNode json = configure("{\"config\":{\"Env\":[\"PATH=\"]},\"rootfs\":{\"diff_ids\":[\"%s\"]}}");

        assertThat(json.path("config").path("Env").get(0).asString()).isEqualTo("PATH=/opt/venv/bin");
    }

    @Test
    void portsVolumesAndHealthCheckAreDockersFields() {
        JsonNode config = configure(settings(Map.of())).path("config");

        assertThat(config.path("ExposedPorts").toString()).isEqualTo("{\"80/tcp\":{},\"8000/tcp\":{},\"8001/tcp\":{}}");
        assertThat(config.path("Volumes").toString()).isEqualTo("{\"/data\":{}}");
        assertThat(config.path("Healthcheck").toString())
                .isEqualTo("{\"Test\":[\"CMD\",\"true\"],\"Interval\":30000000000,\"Retries\":3}");
    }

    @Test
    void aNameThatCannotBeAVariableIsRefused() {
        assertThatThrownBy(() -> configure(settings(Map.of("A=B", "c"))))
                .hasMessageStartingWith("\"A=B\" is not the name of an environment variable.");
    }

    private static JsonNode configure(ContainerSettings settings) {
        return new ConfigureImage()
                .from(ImageConfig.parse(BASE.getBytes(UTF_8), "base"), settings, facts())
                .json();
    }

    /** With plain settings, above a base whose one layer's diff_id stands for {@code %s}. */
    private static JsonNode configure(String base) {
        return new ConfigureImage()
                .from(
                        ImageConfig.parse(base.formatted(BASE_LAYER).getBytes(UTF_8), "base"),
                        TestBuild.container(ImageFormat.OCI, Map.of()),
                        facts())
                .json();
    }

    private static ConfigureImage.Facts facts() {
        return new ConfigureImage.Facts(
                Map.of(
                        "org.opencontainers.image.base.name",
                        "registry.example/base:1",
                        "org.opencontainers.image.base.digest",
                        Digest.of("base").toString()),
                "/opt/venv",
                Map.of("org.opencontainers.image.title", "shop"),
                new Launch(List.of(), List.of("serve"), "the only script"),
                new ImageUser(65532, 65532, true),
                Instant.EPOCH,
                List.of(new ImageConfig.AddedLayer(OUR_LAYER, "numpy")));
    }

    private static ContainerSettings settings(Map<String, String> environment) {
        return new ContainerSettings(
                "/app",
                Optional.empty(),
                Optional.empty(),
                environment,
                Map.of(),
                Map.of(),
                ExposedPort.parse("8000-8001"),
                Optional.empty(),
                List.of("/data"),
                Optional.empty(),
                ImageFormat.OCI,
                Optional.empty(),
                Optional.of(new Healthcheck(
                        List.of("true"),
                        Optional.of(Duration.ofSeconds(30)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(3))));
    }
}

package dev.pycontainer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigTest {

    private static final String AUTH = base64("alice:s3c:ret");

    @TempDir
    Path home;

    private DockerConfig config(String json) throws Exception {
        Path file = home.resolve(".docker/config.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, json);
        return DockerConfig.of(Map.of(), home);
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io, ghcr.io",
        "ghcr.io, https://ghcr.io",
        "ghcr.io, https://ghcr.io/",
        "ghcr.io, https://ghcr.io/v1/",
        "ghcr.io, https://ghcr.io/v2/",
        "ghcr.io, ghcr.io/v2",
        "localhost:5000, http://localhost:5000",
        "docker.io, https://index.docker.io/v1/",
        "docker.io, docker.io",
        "docker.io, registry-1.docker.io"
    })
    void aKeyNamesItsHostInManyForms(String registry, String key) throws Exception {
        DockerConfig config = config("{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(key, AUTH));

        Login login = config.find(registry).orElseThrow();

        assertThat(login.username()).isEqualTo("alice");
        assertThat(login.password().reveal()).isEqualTo("s3c:ret");
        assertThat(login.source()).isEqualTo(home.resolve(".docker/config.json").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghcr.io/team/app", "ghcr.io.evil.example", "xghcr.io", "https://ghcr.io/v2/team"})
    void anotherKeyIsNotTheHosts(String key) throws Exception {
        assertThat(config("{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(key, AUTH))
                        .find("ghcr.io"))
                .isEmpty();
    }

    @Test
    void thePlainKeyWins() throws Exception {
        assertThat(config("{\"auths\":{\"https://ghcr.io\":{\"auth\":\"%s\"},\"ghcr.io\":{\"auth\":\"%s\"}}}"
                                .formatted(base64("bob:b"), AUTH))
                        .find("ghcr.io")
                        .orElseThrow()
                        .username())
                .isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"auth\":\"YWxpY2U6cw==\"}",
                "{\"auth\":\"YWxpY2U6cw\"}",
                "{\"auth\":\"YWxpY2U6cwA=\"}",
                "{\"username\":\"alice\",\"password\":\"s\"}"
            })
    void paddingIsOptionalAndFieldsAreRead(String entry) throws Exception {
        Login login = config("{\"auths\":{\"ghcr.io\":" + entry + "}}")
                .find("ghcr.io")
                .orElseThrow();

        assertThat(login.username()).isEqualTo("alice");
        assertThat(login.password().reveal()).isEqualTo("s");
    }

    @Test
    void dockerConfigNamesAnotherDirectory(@TempDir Path other) throws Exception {
        config("{}");
        Files.writeString(other.resolve("config.json"), "{\"auths\":{\"ghcr.io\":{\"auth\":\"%s\"}}}".formatted(AUTH));

        assertThat(DockerConfig.of(Map.of("DOCKER_CONFIG", other.toString()), home)
                        .find("ghcr.io"))
                .isPresent();
    }

    @Test
    void aMissingFileHoldsNothing() {
        DockerConfig config = DockerConfig.of(Map.of(), home);

        assertThat(config.find("ghcr.io")).isEmpty();
        assertThat(config.place("ghcr.io"))
                .isEqualTo(home.resolve(".docker/config.json").toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"credHelpers":{"ghcr.io":"gh"},"credsStore":"pass"} | (which leaves it to the credential helper "gh"; helpers are not supported)
            {"auths":{"ghcr.io":{}},"credsStore":"pass"}         | (which leaves it to the credential helper "pass"; helpers are not supported)
            {"auths":{"ghcr.io":{"auth":"YWxpY2U6cw==","identitytoken":"s3cret"}}} | (which has an identity token for it; those are not supported)
            """)
    void whatIsNotUsedIsNamed(String json, String note) throws Exception {
        DockerConfig config = config(json);

        assertThat(config.find("ghcr.io")).isEmpty();
        assertThat(config.place("ghcr.io")).isEqualTo(home.resolve(".docker/config.json") + " " + note);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret!", "czNjcmV0", "OnMzY3JldA=="})
    void anAuthThatIsNotUserAndPasswordIsRefusedWithoutQuotingIt(String auth) throws Exception {
        DockerConfig config = config("{\"auths\":{\"ghcr.io\":{\"auth\":\"%s\"}}}".formatted(auth));

        assertThatThrownBy(() -> config.find("ghcr.io"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The auth of \"ghcr.io\" in " + home.resolve(".docker/config.json")
                        + " is not user:password in base64.\n"
                        + "  do     log in again, for example with docker login ghcr.io")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"auths\":{\"ghcr.io\":{\"auth\":s3cret}}}", "[\"s3cret\"]", "", "s3cret"})
    void aFileThatIsNotJsonIsRefusedWithoutQuotingIt(String json) throws Exception {
        DockerConfig config = config(json);

        assertThatThrownBy(() -> config.find("ghcr.io"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(home.resolve(".docker/config.json") + " is not a JSON object.")
                .hasNoCause();
    }

    @Test
    void aFileThatCannotBeReadIsRefused() throws Exception {
        Files.createDirectories(home.resolve(".docker/config.json"));

        assertThatThrownBy(() -> DockerConfig.of(Map.of(), home).find("ghcr.io"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(home.resolve(".docker/config.json") + " cannot be read.\n  why    ");
    }

    @Test
    void placesAreAskedInTheirOrder() throws Exception {
        DockerConfig config = config("{\"auths\":{\"ghcr.io\":{\"auth\":\"%s\"}}}".formatted(AUTH));
        RegistryCredentials settings = RegistryCredentials.byId(
                "<server> of settings.xml",
                id -> id.equals("index.docker.io") || id.equals("ghcr.io")
                        ? Optional.of(new Login("bob", new Secret("b"), "server " + id))
                        : Optional.empty());
        RegistryCredentials both = RegistryCredentials.inOrder(List.of(settings, config));

        assertThat(both.find("ghcr.io").orElseThrow().source()).isEqualTo("server ghcr.io");
        assertThat(both.find("docker.io").orElseThrow().source()).isEqualTo("server index.docker.io");
        assertThat(both.find("quay.io")).isEmpty();
        assertThat(both.place("quay.io"))
                .isEqualTo("\"quay.io\" as <server> of settings.xml, then " + home.resolve(".docker/config.json"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}

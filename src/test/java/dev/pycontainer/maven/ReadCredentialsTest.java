package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.Login;
import dev.pycontainer.registry.RegistryCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parameters' login, then the server of settings.xml, then docker's configuration. */
class ReadCredentialsTest {

    private static final String REGISTRY = "registry.example:5000";

    @TempDir
    Path home;

    private final Settings settings = new Settings();
    private boolean decryptable = true;

    @Test
    void theStrongestPlaceThatKnowsTheRegistryWins() throws IOException {
        GivenParameters given = new GivenParameters(home);
        assertThat(read(given).find(REGISTRY)).isEmpty();

        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(
                home.resolve(".docker/config.json"),
                "{\"auths\":{\"" + REGISTRY + "\":{\"username\":\"docker\",\"password\":\"d\"}}}");
        assertThat(read(given).find(REGISTRY)).map(Login::username).contains("docker");

        server(REGISTRY, "maven", "m");
        server("elsewhere.example", "nobody", "n");
        assertThat(read(given).find(REGISTRY)).map(Login::username).contains("maven");

        given.with("to.auth.username", "pom").with("to.auth.password", "p");
        assertThat(read(given).find(REGISTRY)).map(Login::username).contains("pom");
    }

    @Test
    void theBasesLoginIsNotTheDestinations() {
        GivenParameters given =
                new GivenParameters(home).with("from.auth.username", "pom").with("from.auth.password", "p");

        assertThat(read(given).find(REGISTRY)).isEmpty();
    }

    @Test
    void halfALoginIsRefused() {
        GivenParameters given = new GivenParameters(home).with("to.auth.username", "pom");

        assertThatThrownBy(() -> read(given)).isInstanceOf(BuildRefused.class).hasMessage("""
                to.auth has a user name or a password, and not both.
                  do     set to.auth.username and to.auth.password, or neither""");
    }

    @Test
    void aPasswordThatCannotBeDecryptedIsRefused() {
        server(REGISTRY, "maven", "{secret}");
        decryptable = false;

        assertThatThrownBy(() -> read(new GivenParameters(home)).find(REGISTRY))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The password of the server "registry.example:5000" cannot be decrypted.
                          where  settings.xml
                          why    no master password
                          do     encrypt it anew: mvn --encrypt-password""");
    }

    @Test
    void noSecretIsInATextOfALogin() {
        server(REGISTRY, "maven", "hush");

        Login login = read(new GivenParameters(home)).find(REGISTRY).orElseThrow();

        assertThat(login.password().reveal()).isEqualTo("hush");
        assertThat(login.toString()).doesNotContain("hush");
    }

    private void server(String id, String username, String password) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(username);
        server.setPassword(password);
        settings.addServer(server);
    }

    private RegistryCredentials read(GivenParameters given) {
        return new ReadCredentials(given.parameters(), new SettingsServers(settings, new Decrypter()), Map.of(), home)
                .of("to");
    }

    /** Hands the server on as it is, or tells why not. */
    private final class Decrypter implements SettingsDecrypter {
        @Override
        public SettingsDecryptionResult decrypt(SettingsDecryptionRequest request) {
            return new SettingsDecryptionResult() {
                @Override
                public Server getServer() {
                    return request.getServers().get(0);
                }

                @Override
                public List<Server> getServers() {
                    return request.getServers();
                }

                @Override
                public Proxy getProxy() {
                    return null;
                }

                @Override
                public List<Proxy> getProxies() {
                    return List.of();
                }

                @Override
                public List<SettingsProblem> getProblems() {
                    return decryptable
                            ? List.of()
                            : List.of(new DefaultSettingsProblem(
                                    "no master password", SettingsProblem.Severity.ERROR, "settings", -1, -1, null));
                }
            };
        }
    }
}

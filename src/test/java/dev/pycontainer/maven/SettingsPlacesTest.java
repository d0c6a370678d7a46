package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.Login;
import dev.pycontainer.http.ProxyPlace;
import dev.pycontainer.packaging.index.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers and proxies of settings.xml. */
class SettingsPlacesTest {

    private static final String URL = "https://corp.example:8443/simple";

    private final Settings settings = new Settings();
    private final List<Object> decrypted = new ArrayList<>();
    private boolean decryptable = true;

    @Test
    void anIndexsServerIsTheOneOfItsIdThenOfItsHost() {
        for (String id : List.of("corp.example", "corp.example:8443", "corp")) {
            server(id);
            assertThat(find(Optional.empty())).contains(id.replace(':', '-'));
        }
        assertThat(find(Optional.of("nexus"))).isEmpty();
        server("nexus");
        assertThat(find(Optional.of("nexus"))).contains("nexus");
    }

    @Test
    void onlyTheServerThatIsNeededIsDecrypted() {
        server("other");
        server("corp");

        find(Optional.empty());

        assertThat(decrypted).containsExactly(settings.getServer("corp"));
    }

    @Test
    void messagesNameEveryIdThatWasTried() {
        SettingsServers servers = new SettingsServers(settings, new Decrypter());

        assertThat(servers.place(index(Optional.empty())))
                .isEqualTo("\"corp\" or \"corp.example:8443\" or \"corp.example\" as <server> of settings.xml");
        assertThat(servers.place(index(Optional.of("nexus")))).isEqualTo("\"nexus\" as <server> of settings.xml");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    # protocols of the proxies | nonProxyHosts            | URL                       | chosen
                    -                          | -                        | https://index.example/    | -
                    https                      | -                        | https://index.example/    | https-proxy:8080
                    https                      | -                        | http://index.example/     | -
                    http                       | -                        | https://index.example/    | http-proxy:8080
                    http https                 | -                        | https://index.example/    | https-proxy:8080
                    HTTP                       | -                        | http://index.example/     | HTTP-proxy:8080
                    http                       | index.example            | https://index.example/    | direct
                    http                       | localhost or *.EXAMPLE   | https://index.example/    | direct
                    http                       | index.*                  | https://index.example/    | direct
                    http                       | example                  | https://index.example/    | http-proxy:8080
                    http                       | *.example.org            | https://index.example/    | http-proxy:8080
                    http                       | index+example            | https://index.example/    | http-proxy:8080
                    """)
    void aProxyIsTakenAsMavenTakesIt(String protocols, String nonProxyHosts, String url, String chosen) {
        for (String protocol : protocols == null ? new String[0] : protocols.split(" ", -1)) {
            proxy(protocol, nonProxyHosts == null ? null : nonProxyHosts.replace(" or ", "|"), true);
        }

        Optional<ProxyPlace.Choice> choice = new SettingsProxies(settings, new Decrypter()).choose(HttpUrl.get(url));

        assertThat(choice.map(
                        made -> made.server().map(server -> server.address()).orElse("direct")))
                .isEqualTo(Optional.ofNullable(chosen));
    }

    @Test
    void aProxyThatIsNotActiveIsNone() {
        proxy("https", null, false);

        assertThat(new SettingsProxies(settings, new Decrypter()).choose(HttpUrl.get(URL)))
                .isEmpty();
    }

    @Test
    void aProxysPasswordIsDecryptedOnceAndShownNowhere() {
        proxy("https", null, true).setUsername("alice");
        SettingsProxies proxies = new SettingsProxies(settings, new Decrypter());

        proxies.choose(HttpUrl.get(URL));
        Login login = proxies.choose(HttpUrl.get(URL))
                .flatMap(ProxyPlace.Choice::server)
                .flatMap(server -> server.login())
                .orElseThrow();

        assertThat(login.password().reveal()).isEqualTo("clear");
        assertThat(login.toString()).doesNotContain("clear");
        assertThat(login.source()).isEqualTo("<proxy> \"the-https\" of settings.xml");
        assertThat(decrypted).hasSize(1);
    }

    @Test
    void aProxysPasswordThatCannotBeDecryptedIsRefused() {
        proxy("https", null, true).setUsername("alice");
        decryptable = false;

        assertThatThrownBy(() -> new SettingsProxies(settings, new Decrypter()).choose(HttpUrl.get(URL)))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The password of the proxy "the-https" cannot be decrypted.
                          where  settings.xml
                          why    no master password
                          do     encrypt it anew: mvn --encrypt-password""");
    }

    private Optional<String> find(Optional<String> serverId) {
        return new SettingsServers(settings, new Decrypter())
                .find(index(serverId))
                .map(Login::username);
    }

    private static Index index(Optional<String> serverId) {
        return Index.of("corp", URL, List.of(), serverId, "the test");
    }

    private void server(String id) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(id.replace(':', '-'));
        server.setPassword("clear");
        settings.addServer(server);
    }

    private Proxy proxy(String protocol, String nonProxyHosts, boolean active) {
        Proxy proxy = new Proxy();
        proxy.setId("the-" + protocol);
        proxy.setProtocol(protocol);
        proxy.setHost(protocol + "-proxy");
        proxy.setPort(8080);
        proxy.setNonProxyHosts(nonProxyHosts);
        proxy.setActive(active);
        proxy.setPassword("{encrypted}");
        settings.addProxy(proxy);
        return proxy;
    }

    /** Gives servers back as they are and proxies with a clear password, or tells why not. */
    private final class Decrypter implements SettingsDecrypter {
        @Override
        public SettingsDecryptionResult decrypt(SettingsDecryptionRequest request) {
            decrypted.addAll(request.getServers());
            decrypted.addAll(request.getProxies());
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
                    Proxy clear = request.getProxies().get(0).clone();
                    clear.setPassword("clear");
                    return clear;
                }

                @Override
                public List<Proxy> getProxies() {
                    return List.of(getProxy());
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

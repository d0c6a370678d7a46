package dev.pycontainer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Tally;
import dev.pycontainer.testkit.SelfSigned;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which proxy is taken, and what passes through it. */
class ProxiesTest {

    private static final String BASIC = "Basic YWxpY2U6czNjcmV0"; // alice:s3cret

    @StartStop
    final MockWebServer proxy = new MockWebServer();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // the environment                                        | URL                      | proxy, or - for
                // none said
                "                                                         | https://index.example/   | -",
                "https_proxy=http://p:1                                   | https://index.example/   | p:1 https_proxy",
                "HTTPS_PROXY=http://p:1                                   | https://index.example/   | p:1 HTTPS_PROXY",
                "https_proxy=http://p:1;HTTPS_PROXY=http://q:2            | https://index.example/   | p:1 https_proxy",
                "http_proxy=http://p:1                                    | https://index.example/   | -",
                "http_proxy=http://p:1                                    | http://index.example/    | p:1 http_proxy",
                "ALL_PROXY=p:1                                            | https://index.example/   | p:1 ALL_PROXY",
                "all_proxy=p:1;HTTPS_PROXY=q:2                            | https://index.example/   | q:2 HTTPS_PROXY",
                "https_proxy=http://p                                     | https://index.example/   | p:80 https_proxy",
                "https_proxy=;ALL_PROXY=p:1                               | https://index.example/   | p:1 ALL_PROXY",
                "https_proxy=p:1;no_proxy=index.example                   | https://index.example/   | direct",
                "https_proxy=p:1;NO_PROXY=other, example                  | https://index.example/   | direct",
                "https_proxy=p:1;no_proxy=.example                        | https://index.example/   | direct",
                "https_proxy=p:1;no_proxy=*.Example                       | https://index.example/   | direct",
                "https_proxy=p:1;no_proxy=*                               | https://index.example/   | direct",
                "https_proxy=p:1;no_proxy=dex.example                     | https://index.example/   | p:1 https_proxy",
                "https_proxy=p:1;no_proxy=index.example:8443              | https://index.example/   | p:1 https_proxy",
                "https_proxy=p:1;no_proxy=index.example:8443              | https://index.example:8443/ | direct",
                "https_proxy=p:1;no_proxy=10.0.0.0/8                      | https://10.9.8.7/        | direct",
                "https_proxy=p:1;no_proxy=10.0.0.0/8,192.168.1.128/25     | https://192.168.1.127/   | p:1 https_proxy",
                "https_proxy=p:1;no_proxy=10.0.0.0/8,192.168.1.128/25     | https://192.168.1.129/   | direct",
                "https_proxy=p:1;no_proxy=10.0.0.0/99,x/8,10.0.0.0/y      | https://10.9.8.7/        | p:1 https_proxy",
                "https_proxy=p:1;no_proxy=fd00::/8                        | https://[fd12::1]/       | direct",
                "https_proxy=p:1;no_proxy=10.0.0.0/8                      | https://index.example/   | p:1 https_proxy"
            })
    void theEnvironmentNamesProxies(String variables, String url, String expected) {
        Map<String, String> environment = new HashMap<>();
        if (variables != null) {
            for (String variable : variables.split(";", -1)) {
                environment.put(
                        variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
            }
        }

        Optional<ProxyPlace.Choice> choice = new EnvironmentProxies(environment).choose(HttpUrl.get(url));

        assertThat(choice.map(made -> made.server()
                        .map(server -> server.address() + " " + server.source())
                        .orElse("direct")))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me:s3cret@p:1", "socks5://me:s3cret@p:1", "http://", "http://p:x"})
    void aProxyThatCannotBeUsedIsRefusedWithoutItsPassword(String url) {
        assertThatThrownBy(() -> new EnvironmentProxies(Map.of("https_proxy", url))
                        .choose(HttpUrl.get("https://index.example/")))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The proxy %s cannot be used.
                          where  https_proxy
                          why    only proxies of the form http://host:port can""".formatted(RedactedUrl.of(url)))
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void theFirstPlaceThatHasAWordDecides() {
        ProxyPlace direct = url -> Optional.of(new ProxyPlace.Choice(Optional.empty()));
        ProxyPlace silent = url -> Optional.empty();
        ProxyPlace named = new EnvironmentProxies(Map.of("https_proxy", "p:1"));
        HttpUrl url = HttpUrl.get("https://index.example/");

        assertThat(Proxies.inOrder(List.of(silent, named)).of(url)).isPresent();
        assertThat(Proxies.inOrder(List.of(direct, named)).of(url)).isEmpty();
        assertThat(Proxies.inOrder(List.of(named)).of(HttpUrl.get("https://127.0.0.1/")))
                .isEmpty();
        assertThat(Proxies.ofJvm().of(url)).isEmpty();
    }

    @Test
    void aPlainRequestPassesAndTheProxyIsToldWhoAsks() throws Exception {
        proxy.enqueue(new MockResponse.Builder()
                .code(407)
                .addHeader("Proxy-Authenticate", "Basic realm=\"p\"")
                .build());
        proxy.enqueue(new MockResponse.Builder().body("page").build());

        try (Http http = through("http://alice:s3cret@localhost:" + proxy.getPort())) {
            assertThat(Body.beginning(http.send(get("http://index.example/simple/"))))
                    .isEqualTo("page");
        }

        assertThat(proxy.takeRequest().getHeaders().get("Proxy-Authorization")).isNull();
        RecordedRequest second = proxy.takeRequest();
        assertThat(second.getRequestLine()).startsWith("GET http://index.example/simple/ ");
        assertThat(second.getHeaders().get("Proxy-Authorization")).isEqualTo(BASIC);
    }

    @Test
    void anEncryptedRequestPassesThroughATunnelWhichAloneIsToldWhoAsks(@TempDir Path directory) throws Exception {
        proxy.useHttps(SelfSigned.in(directory));
        proxy.enqueue(new MockResponse.Builder().inTunnel().build());
        proxy.enqueue(new MockResponse.Builder().body("page").build());

        try (Http http = through("http://alice:s3cret@localhost:" + proxy.getPort())) {
            assertThat(Body.beginning(http.sendInsecurely(get("https://index.example/simple/"))))
                    .isEqualTo("page");
        }

        RecordedRequest connect = proxy.takeRequest();
        assertThat(connect.getRequestLine()).isEqualTo("CONNECT index.example:443 HTTP/1.1");
        assertThat(connect.getHeaders().get("Proxy-Authorization")).isEqualTo(BASIC);
        assertThat(proxy.takeRequest().getHeaders().get("Proxy-Authorization")).isNull();
    }

    @Test
    void aProxyThatWantsCredentialsThatNobodyHasIsNamed() {
        proxy.enqueue(new MockResponse.Builder().code(407).build());

        try (Http http = through("http://localhost:" + proxy.getPort())) {
            assertThatThrownBy(() -> http.send(get("http://index.example/")))
                    .hasMessage("""
                            The proxy localhost:%d asks for credentials, and none were found.
                              why    they are looked for in http_proxy""".formatted(proxy.getPort()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void aProxyThatDoesNotAcceptThemIsNamed(String scheme, @TempDir Path directory) throws Exception {
        if (scheme.equals("https")) {
            proxy.useHttps(SelfSigned.in(directory));
        }
        for (int i = 0; i < 3; i++) {
            MockResponse.Builder refusal =
                    new MockResponse.Builder().code(407).addHeader("Proxy-Authenticate", "Basic realm=\"p\"");
            proxy.enqueue((scheme.equals("https") ? refusal.inTunnel() : refusal).build());
        }

        try (Http http = through("http://alice:s3cret@localhost:" + proxy.getPort())) {
            assertThatThrownBy(() -> http.sendInsecurely(get(scheme + "://index.example/")))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessage("""
                            The proxy localhost:%d did not accept the credentials of "alice".
                              do     check user name and password in %s_proxy""".formatted(proxy.getPort(), scheme));
        }
    }

    @Test
    void aHostThatCannotBeReachedThroughTheProxySaysSo() {
        int port = proxy.getPort();
        proxy.close();

        try (Http http = through("http://localhost:" + port)) {
            assertThatThrownBy(() -> http.send(get("https://index.example/")))
                    .hasMessageStartingWith(
                            "index.example:443 cannot be reached.\n  where  through the proxy localhost:" + port
                                    + ": GET ");
        }
    }

    private static Http through(String url) {
        return new Http(
                HttpSettings.standard(),
                RequestLog.SILENT,
                new Tally(),
                Retry.NEVER,
                Proxies.inOrder(List.of(new EnvironmentProxies(Map.of("http_proxy", url, "https_proxy", url)))));
    }

    private static Request get(String url) {
        return new Request.Builder().url(url).build();
    }
}

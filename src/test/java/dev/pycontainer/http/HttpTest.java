package dev.pycontainer.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.testkit.EndlessBody;
import dev.pycontainer.testkit.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTest {

    @StartStop
    final MockWebServer server = new MockWebServer();

    @StartStop
    final MockWebServer other = new MockWebServer();

    private final Tally tally = new Tally();
    private final List<String> logged = new ArrayList<>();
    private final RequestLog log = (method, url, status) -> logged.add(method + " " + url + " " + status);
    private final Http http = new Http(HttpSettings.standard(), log, tally);

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void bodiesAreAskedForAndPassedOnWithoutContentCoding() throws Exception {
        byte[] gzip = {0x1f, (byte) 0x8b, 8, 0};
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(new Buffer().write(gzip))
                .build());

        assertThat(Body.read(http.send(get(server.url("/a"))), 10, "a")).isEqualTo(gzip);

        Headers sent = server.takeRequest().getHeaders();
        assertThat(sent.values("Accept-Encoding")).containsExactly("identity");
        assertThat(sent.values("User-Agent")).containsExactly("pycontainer");
    }

    @Test
    void everyStatusComesBackAsAnAnswer() {
        for (int status : new int[] {200, 304, 401, 404, 429, 500}) {
            server.enqueue(new MockResponse.Builder().code(status).build());
            try (Response response = http.send(get(server.url("/a")))) {
                assertThat(response.code()).isEqualTo(status);
            }
        }
    }

    @Test
    void aRedirectToAnotherHostLosesTheAuthorization() throws Exception {
        redirect(server, other.url("/there").toString());
        other.enqueue(new MockResponse.Builder().body("bytes").build());

        http.send(withAuthorization(server.url("/here"))).close();

        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer s3cret");
        assertThat(other.takeRequest().getHeaders().get("Authorization")).isNull();
    }

    @Test
    void aRedirectWithinTheHostKeepsTheAuthorization() throws Exception {
        redirect(server, "/there");
        server.enqueue(new MockResponse.Builder().body("bytes").build());

        http.send(withAuthorization(server.url("/here"))).close();

        server.takeRequest();
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer s3cret");
    }

    @Test
    void aSignedAddressIsFollowedAsItWasWritten() throws Exception {
        String signed = "/b?X-Sig=a%2Bb%2F%3D%3D&x=a+b%20c~!*()&e=&f";
        redirect(server, other.url("/").resolve(signed).toString());
        other.enqueue(new MockResponse.Builder().build());

        http.send(get(server.url("/here"))).close();

        assertThat(other.takeRequest().getTarget()).isEqualTo(signed);
    }

    @Test
    void aRedirectFromHttpsToHttpIsNotFollowed(@TempDir Path directory) throws Exception {
        server.useHttps(SelfSigned.in(directory));
        redirect(server, other.url("/there?sig=s3cret").toString());

        assertThatThrownBy(() -> http.sendInsecurely(get(server.url("/here"))))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        localhost redirects to where pycontainer does not follow.
                          where  GET https://localhost:%d/here
                          why    it names http://localhost:%d/there?sig=…; a redirect between https and http is not followed
                          do     use the address that it redirects to, if you trust it""".formatted(server.getPort(), other.getPort()));
        assertThat(other.getRequestCount()).isZero();
    }

    @Test
    void eachRequestIsCountedAndLoggedWithoutItsSecrets() {
        redirect(server, other.url("/there?sig=s3cret").toString());
        other.enqueue(new MockResponse.Builder().code(404).build());

        http.send(withAuthorization(server.url("/here"))).close();

        assertThat(tally.of(Work.REQUESTS_SENT)).isEqualTo(2);
        assertThat(logged)
                .containsExactly("GET " + server.url("/here") + " 307", "GET " + other.url("/there") + "?sig=… 404");
    }

    @Test
    void credentialsNeverGoOverPlainHttpToAnotherMachine() {
        Request request = withAuthorization(HttpUrl.get("http://bob:pw@registry.example/v2/?token=s3cret"));

        assertThatThrownBy(() -> http.send(request))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        Credentials for registry.example would go over plain HTTP, unencrypted.
                          where  GET http://registry.example/v2/?token=…
                          do     use its https address, or take its credentials away if nobody needs them""");
        assertThat(tally.of(Work.REQUESTS_SENT)).isZero();
    }

    @Test
    void offlineNothingIsSent() {
        try (Http offline = new Http(HttpSettings.standard().offline(true), log, tally)) {
            assertThatThrownBy(() -> offline.send(get(server.url("/a"))))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessage("""
                            %s is needed, and the build is offline.
                              why    the cache does not hold what it would give
                              do     run the build once online""".formatted(server.url("/a")));
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aPortWhereNothingListensIsUnreachable() throws Exception {
        int port = freePort();
        assertThatThrownBy(() -> http.send(get(HttpUrl.get("http://127.0.0.1:" + port + "/a"))))
                .isInstanceOfSatisfying(
                        Unreachable.class, fault -> assertThat(fault.kind()).isEqualTo(Unreachable.Kind.REFUSED))
                .hasMessage("""
                        127.0.0.1:%d cannot be reached.
                          where  GET http://127.0.0.1:%d/a
                          why    it takes no connection: Failed to connect to /127.0.0.1:%d
                          do     check name and port, and whether it is running""".formatted(port, port, port));
    }

    @Test
    void anUnknownHostIsUnreachable() {
        assertThatThrownBy(() -> http.send(get(HttpUrl.get("https://no-such-host.invalid/a"))))
                .isInstanceOfSatisfying(
                        Unreachable.class, fault -> assertThat(fault.kind()).isEqualTo(Unreachable.Kind.UNKNOWN_HOST))
                .hasMessageStartingWith("no-such-host.invalid:443 cannot be reached.")
                .hasMessageContaining("  why    its name is not known")
                .hasMessageContaining("  do     check the name, and the network of this machine");
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefusedUnlessAllowed(@TempDir Path directory) throws Exception {
        server.useHttps(SelfSigned.in(directory));
        server.enqueue(new MockResponse.Builder().body("bytes").build());

        assertThatThrownBy(() -> http.send(get(server.url("/a"))))
                .isInstanceOfSatisfying(
                        Unreachable.class, fault -> assertThat(fault.kind()).isEqualTo(Unreachable.Kind.CERTIFICATE))
                .hasMessageContaining("  why    its TLS certificate is not trusted: PKIX path building failed")
                .hasMessageContaining(
                        "  do     add its certificate authority to the trust store of the JDK that runs the build");
        assertThat(Body.beginning(http.sendInsecurely(get(server.url("/a"))))).isEqualTo("bytes");
    }

    @Test
    void aServerWithoutTlsIsUnreachableOverHttps() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
                try (Socket connection = plain.accept()) {
                    connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                    connection.getInputStream().read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThatThrownBy(() -> http.send(get(HttpUrl.get("https://127.0.0.1:" + plain.getLocalPort() + "/a"))))
                    .isInstanceOfSatisfying(
                            Unreachable.class, fault -> assertThat(fault.kind()).isEqualTo(Unreachable.Kind.TLS))
                    .hasMessageContaining("  why    it does not speak TLS as expected")
                    .hasMessageContaining("  do     check name and port, and whether it speaks https");
            answered.join();
        }
    }

    @Test
    void aSilentServerIsUnreachableInTime() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        Duration moment = Duration.ofMillis(50);
        HttpSettings impatient = new HttpSettings(moment, moment, moment, Duration.ZERO, false);
        try (Http quick = new Http(impatient, log, tally)) {
            assertThatThrownBy(() -> quick.send(get(server.url("/a"))))
                    .isInstanceOfSatisfying(
                            Unreachable.class, fault -> assertThat(fault.kind()).isEqualTo(Unreachable.Kind.TIMEOUT))
                    .hasMessageContaining("  why    it gave no answer in time")
                    .hasMessageContaining("  do     check the network, or try again later");
        }
    }

    @Test
    void aBodyThatIsCutShortIsRefused() {
        server.enqueue(new MockResponse.Builder()
                .body("half of the bytes")
                .setHeader("Content-Length", 1000)
                .onResponseEnd(new SocketEffect.CloseSocket())
                .build());

        assertThatThrownBy(() -> Body.read(http.send(get(server.url("/a"))), 2000, "a"))
                .isInstanceOf(Unreachable.class)
                .hasMessage("""
                        localhost:%d broke off its answer.
                          where  GET http://localhost:%d/a
                          why    the connection broke: unexpected end of stream
                          do     check the network, or try again later""".formatted(server.getPort(), server.getPort()));
    }

    @Test
    void anEndlessBodyIsReadWithinItsLimit() {
        server.enqueue(new MockResponse.Builder().body(new EndlessBody()).build());
        assertThatThrownBy(() -> Body.read(http.send(get(server.url("/a"))), 1 << 20, "The token"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The token is larger than 1048576 bytes, the limit for it.");
    }

    @Test
    void ofAnEndlessErrorPageTheBeginningIsRead() {
        server.enqueue(
                new MockResponse.Builder().code(500).body(new EndlessBody()).build());
        assertThat(Body.beginning(http.send(get(server.url("/a"))))).hasSize(64 << 10);
    }

    @Test
    void aRedirectLoopIsRefused() {
        for (int i = 0; i < 30; i++) {
            redirect(server, "/a");
        }
        assertThatThrownBy(() -> http.send(get(server.url("/a"))))
                .isInstanceOf(Unreachable.class)
                .hasMessageStartingWith("localhost:" + server.getPort() + " broke off the exchange.\n")
                .hasMessageContaining("  why    the connection broke: Too many follow-up requests: 21");
    }

    @Test
    void afterClosingNoThreadHoldsUpTheEnd() {
        Set<Thread> before = nonDaemons();
        Http shortLived = new Http(HttpSettings.standard(), log, tally);
        server.enqueue(new MockResponse.Builder().build());
        shortLived.send(get(server.url("/a"))).close();
        shortLived.close();

        assertThat(nonDaemons()).isSubsetOf(before);
    }

    private static Set<Thread> nonDaemons() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && !thread.getName().startsWith("MockWebServer"))
                .collect(Collectors.toSet());
    }

    private static void redirect(MockWebServer from, String location) {
        from.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", location)
                .build());
    }

    private static Request get(HttpUrl url) {
        return new Request.Builder().url(url).build();
    }

    private static Request withAuthorization(HttpUrl url) {
        return new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer s3cret")
                .build();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

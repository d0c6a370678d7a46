package dev.pycontainer.registry;

import static dev.pycontainer.registry.Script.json;
import static dev.pycontainer.registry.Script.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Tally;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.Unreachable;
import dev.pycontainer.oci.ImageReference;
import dev.pycontainer.oci.Manifest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a registry's refusal says to the reader: whose fault it is, in the registry's own words, and what to do. */
class RefusalsTest {

    private static final Manifest MANIFEST = Manifest.parse(
            "{\"schemaVersion\":2,\"config\":{},\"layers\":[]}".getBytes(StandardCharsets.UTF_8), "test");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final Script registry = Script.of(server);
    private final Tally tally = new Tally();
    private final Http http = Script.http(tally);

    @AfterEach
    void close() {
        http.close();
    }

    private BuildRefused refusal(int status, String body) {
        registry.on("PUT /v2/app/manifests/1.0", json(status, body));
        RegistryClient client = new Registries(http, Script.alice(), false, tally).toPush(Script.app(server));
        return catchThrowableOfType(BuildRefused.class, () -> client.putManifest(MANIFEST, "1.0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | HOST refused uploading the manifest of HOST/app:1.0. |
            403 | HOST does not allow uploading the manifest of HOST/app:1.0. | check the repository's name, or ask for this right for "alice"
            404 | HOST knows no repository "app". | check the name; some registries want a repository to be made beforehand
            413 | HOST refused uploading the manifest of HOST/app:1.0 as too large. | raise the limit of the registry, or of the proxy in front of it
            415 | HOST refused uploading the manifest of HOST/app:1.0. |
            429 | HOST limits the number of requests, and uploading the manifest of HOST/app:1.0 was one too many. | try again later, or as a user with a higher limit
            500 | HOST failed at uploading the manifest of HOST/app:1.0. | try again later; the registry's own log says more
            503 | HOST failed at uploading the manifest of HOST/app:1.0. | try again later; the registry's own log says more
            """)
    void eachStatusHasItsOwnAnswer(int status, String what, String todo) {
        String host = "127.0.0.1:" + server.getPort();

        assertThat(refusal(status, "{\"errors\":[{\"code\":\"A_CODE\",\"message\":\"some words\",\"detail\":{}}]}"))
                .hasMessage(what.replace("HOST", host)
                        + "\n  where  PUT http://" + host + "/v2/app/manifests/1.0"
                        + "\n  why    it answered " + status + ": A_CODE: some words"
                        + (todo == null ? "" : "\n  do     " + todo));
    }

    @Test
    void withoutCredentialsTheRightMayBeALoginsAway() {
        registry.on("GET /v2/app/manifests/1.0", status(403));
        RegistryClient client = new Registries(http, Script.nobody(), false, tally).toPull(Script.app(server));
        String host = "127.0.0.1:" + server.getPort();

        assertThatThrownBy(() -> client.manifest("1.0")).hasMessage("""
                        %s does not allow reading the manifest of %s/app:1.0.
                          where  GET http://%s/v2/app/manifests/1.0
                          why    it answered 403
                          do     check the repository's name, or give credentials; they are looked for in "%s" as <server> of settings.xml""".formatted(host, host, host, host));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"errors":[{"code":"A"},{"message":"b"}]}    | : A; b
            {"errors":[]}                                | ''
            {"errors":"A"}                               | ''
            {"message":"m"}                              | ''
            <html>nginx</html>                           | ''
            {"errors":[{"code":"\\u001b[31mA\\r\\nB"}]}  | : [31mA B
            """)
    void theRegistrysWordsAreShortAndPlain(String body, String words) {
        assertThat(refusal(500, body)).hasMessageContaining("  why    it answered 500" + words + "\n");
    }

    @Test
    void longWordsAreCut() {
        assertThat(refusal(500, "{\"errors\":[{\"message\":\"" + "x".repeat(10_000) + "\"}]}"))
                .hasMessageContaining("500: " + "x".repeat(300) + "…\n");
    }

    @Test
    void aRegistryThatDoesNotRunIsNamed() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        RegistryClient client = new Registries(http, Script.nobody(), false, tally)
                .toPull(ImageReference.parse("127.0.0.1:" + port + "/app"));

        assertThatThrownBy(() -> client.manifest("1.0"))
                .isInstanceOf(Unreachable.class)
                .hasMessage("""
                        127.0.0.1:%d cannot be reached.
                          where  registry 127.0.0.1:%d: GET http://127.0.0.1:%d/v2/
                          why    it takes no connection: Failed to connect to /127.0.0.1:%d
                          do     check name and port, and whether it is running""".formatted(port, port, port, port));
    }

    @Test
    void aServerThatIsNoRegistryIsNamed() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return status(400).build();
            }
        });
        String host = "127.0.0.1:" + server.getPort();
        try (Http impatient = Script.impatient(tally)) {
            RegistryClient client = new Registries(impatient, Script.nobody(), false, tally).toPull(Script.app(server));

            assertThatThrownBy(() -> client.manifest("1.0"))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessageStartingWith(host + " refused reading the manifest of " + host + "/app:1.0.\n")
                    .hasMessageEndingWith("  why    it answered 400");
        }
    }
}

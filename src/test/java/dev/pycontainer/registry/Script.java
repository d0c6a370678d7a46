package dev.pycontainer.registry;

import dev.pycontainer.content.Secret;
import dev.pycontainer.content.Tally;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.http.Login;
import dev.pycontainer.http.RequestLog;
import dev.pycontainer.oci.ImageReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/**
 * A registry that answers as it is told: answers to one request line come in order, the last one again and again; an
 * unknown line is answered 404. Remembers what it was asked, the search for http or https left out.
 */
final class Script extends Dispatcher {

    /** A plain server that hears TLS reports a crash; the reference keeps the muted logger from being collected. */
    private static final Logger SERVER = Logger.getLogger(MockWebServer.class.getName());

    private final Map<String, Deque<MockResponse>> answers = new HashMap<>();
    private final List<RecordedRequest> asked = new ArrayList<>();

    /** Makes the server follow the script. */
    static Script of(MockWebServer server) {
        SERVER.setLevel(Level.OFF);
        Script script = new Script();
        server.setDispatcher(script);
        return script;
    }

    /** @param line such as {@code GET /v2/app/manifests/1.0}, without the query */
    Script on(String line, MockResponse.Builder... responses) {
        Deque<MockResponse> queue = answers.computeIfAbsent(line, unused -> new ArrayDeque<>());
        for (MockResponse.Builder response : responses) {
            queue.add(response.build());
        }
        return this;
    }

    /** The request lines so far, with their queries. */
    synchronized List<String> lines() {
        return asked.stream()
                .map(request -> request.getMethod() + " " + request.getTarget())
                .toList();
    }

    /** The values of a header in the requests so far, null where it was not sent. */
    synchronized List<String> header(String name) {
        return asked.stream().map(request -> request.getHeaders().get(name)).toList();
    }

    synchronized RecordedRequest request(int index) {
        return asked.get(index);
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        if (request.getTarget().equals("/v2/")) {
            return status(200).build();
        }
        asked.add(request);
        Deque<MockResponse> queue =
                answers.get(request.getMethod() + " " + request.getUrl().encodedPath());
        if (queue == null) {
            return status(404).build();
        }
        return queue.size() > 1 ? queue.remove() : queue.element();
    }

    static MockResponse.Builder status(int status) {
        return new MockResponse.Builder().code(status);
    }

    static MockResponse.Builder json(int status, String body) {
        return status(status).setHeader("Content-Type", "application/json").body(body);
    }

    static MockResponse.Builder bytes(byte[] body) {
        return status(200).body(new Buffer().write(body));
    }

    static MockResponse.Builder unauthorized(String... challenges) {
        MockResponse.Builder response = status(401);
        for (String challenge : challenges) {
            response.addHeader("WWW-Authenticate", challenge);
        }
        return response;
    }

    /** The reference of a repository at a server. */
    static ImageReference app(MockWebServer server) {
        return ImageReference.parse("127.0.0.1:" + server.getPort() + "/app");
    }

    static Http http(Tally tally) {
        return new Http(HttpSettings.standard(), RequestLog.SILENT, tally);
    }

    /** A client for servers that may keep silent when they hear TLS. */
    static Http impatient(Tally tally) {
        Duration second = Duration.ofSeconds(1);
        return new Http(new HttpSettings(second, second, second, Duration.ZERO, false), RequestLog.SILENT, tally);
    }

    /** No credentials, and a place that tells so. */
    static RegistryCredentials nobody() {
        return RegistryCredentials.byId("<server> of settings.xml", id -> Optional.empty());
    }

    static RegistryCredentials alice() {
        return RegistryCredentials.of(new Login("alice", new Secret("s3cret"), "the parameter to.auth"));
    }
}

package dev.pycontainer.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/**
 * A real private index, pypiserver, that lets in one user alone by HTTP Basic, and a gateway before it that can do what
 * networks do: answer in the index's place, or spoil its answer.
 *
 * <p>{@code src/it/install-tools} installs pypiserver. It speaks plain HTTP on a loopback port.
 */
public final class PrivateIndex implements AutoCloseable {

    /** What becomes of the index's answer to a request; the gateway's own answer, or as it was where empty. */
    public interface Weather extends BiFunction<RecordedRequest, MockResponse, Optional<MockResponse>> {}

    private static final List<String> PASSED_ON =
            List.of("Authorization", "Accept", "Range", "If-Range", "If-None-Match");
    private static final List<String> PASSED_BACK = List.of(
            "Content-Type", "Content-Range", "Accept-Ranges", "ETag", "Last-Modified", "WWW-Authenticate", "Location");

    private final Process process;
    private final MockWebServer gateway = new MockWebServer();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String server;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private volatile Weather weather = (request, answer) -> Optional.empty();

    private PrivateIndex(Process process, int port) {
        this.process = process;
        this.server = "http://127.0.0.1:" + port;
    }

    /**
     * Starts one.
     *
     * @param wheels the directory whose wheels it offers
     */
    public static PrivateIndex start(Path wheels, String user, String password) throws IOException {
        Path passwords = wheels.resolveSibling(wheels.getFileName() + ".htpasswd");
        String line = Command.of("htpasswd", "-nbm", user, password).run();
        Files.writeString(passwords, line.strip() + "\n");
        int port = freePort();
        Process process = new ProcessBuilder(
                        Repository.toolHome()
                                .resolve("pypiserver/bin/pypi-server")
                                .toString(),
                        "run",
                        "--interface=127.0.0.1",
                        "--port=" + port,
                        "--passwords=" + passwords,
                        "--authenticate=list,download,update",
                        "--disable-fallback",
                        "--hash-algo=sha256",
                        wheels.toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        wheels.resolveSibling(wheels.getFileName() + ".log").toFile())
                .start();
        PrivateIndex index = new PrivateIndex(process, port);
        index.awaitAnswer();
        index.gateway.setDispatcher(index.new Gateway());
        index.gateway.start(InetAddress.getLoopbackAddress(), 0);
        return index;
    }

    /** The index's URL, such as {@code http://127.0.0.1:40123/simple/}. */
    public String url() {
        return "http://" + host() + "/simple/";
    }

    /** Host and port. */
    public String host() {
        return "127.0.0.1:" + gateway.getPort();
    }

    /** From now on answers pass through this. */
    public void weather(Weather other) {
        weather = other;
    }

    /** The requests so far with what they were answered, such as {@code GET /simple/demo/ 200}. */
    public List<String> log() {
        return List.copyOf(log);
    }

    @Override
    public void close() {
        gateway.close();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Its port is open once a connection succeeds: there is nothing else that it tells. */
    private void awaitAnswer() throws IOException {
        while (true) {
            try {
                ask(HttpRequest.newBuilder(URI.create(server + "/health")));
                return;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw notYet;
                }
                Thread.onSpinWait();
            }
        }
    }

    private HttpResponse<byte[]> ask(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private final class Gateway extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            try {
                HttpRequest.Builder asked = HttpRequest.newBuilder(URI.create(server + request.getTarget()));
                for (String name : PASSED_ON) {
                    request.getHeaders().values(name).forEach(value -> asked.header(name, value));
                }
                HttpResponse<byte[]> answered = ask(asked);
                MockResponse.Builder answer = new MockResponse.Builder()
                        .code(answered.statusCode())
                        .body(new Buffer().write(answered.body()));
                for (String name : PASSED_BACK) {
                    answered.headers().firstValue(name).ifPresent(value -> answer.addHeader(name, value));
                }
                MockResponse sunny = answer.build();
                MockResponse sent = weather.apply(request, sunny).orElse(sunny);
                log.add(request.getMethod() + " " + request.getTarget() + " " + sent.getCode());
                return sent;
            } catch (IOException e) {
                byte[] why = e.toString().getBytes(UTF_8);
                return new MockResponse.Builder()
                        .code(502)
                        .body(new Buffer().write(why))
                        .build();
            }
        }
    }
}

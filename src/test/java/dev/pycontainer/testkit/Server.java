package dev.pycontainer.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** A container that answers HTTP on a loopback port. */
public final class Server implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Container container;
    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Server(Container container, int port) {
        this.container = container;
        this.address = URI.create("http://127.0.0.1:" + port);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server once it answers; an error with the container's log where it ends before, or takes too long. */
    static Server await(Container container, int port) {
        Server server = new Server(container, port);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!server.answers()) {
            if (!container.isAlive() || Instant.now().isAfter(deadline)) {
                container.close();
                throw new AssertionError("The container does not answer on port " + port + ":\n" + container.log());
            }
            container.awaitEnd(Duration.ofMillis(20));
        }
        return server;
    }

    /** The answer's body; the status must be 200. */
    public String get(String path) {
        HttpResponse<String> answer = ask(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError("GET " + path + " was answered with " + answer.statusCode() + ": " + answer.body()
                    + "\n" + container.log());
        }
        return answer.body();
    }

    /** The answer, whatever its status. */
    public HttpResponse<String> ask(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("GET " + path + " was not answered:\n" + container.log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for an answer", e);
        }
    }

    @Override
    public void close() {
        container.close();
    }

    /** Whether anybody listens; a refused connection is answered at once, so that asking again is cheap. */
    private boolean answers() {
        try {
            client.send(
                    HttpRequest.newBuilder(address)
                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException refused) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a server", e);
        }
    }
}

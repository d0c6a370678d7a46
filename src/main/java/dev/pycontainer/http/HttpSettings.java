package dev.pycontainer.http;

import java.time.Duration;

/**
 * How the client behaves.
 *
 * @param connect for TCP and TLS together, each address of the host anew
 * @param read between two bytes received
 * @param write between two bytes sent
 * @param call for one request with its redirects and its whole body; zero for no limit
 * @param offline whether every request is refused instead of sent
 */
public record HttpSettings(Duration connect, Duration read, Duration write, Duration call, boolean offline) {

    /** Limits that a slow line with large wheels keeps, and a server that has gone silent does not. */
    public static HttpSettings standard() {
        return new HttpSettings(
                Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofHours(2), false);
    }

    /** The same settings with this word on being offline. */
    public HttpSettings offline(boolean other) {
        return new HttpSettings(connect, read, write, call, other);
    }
}

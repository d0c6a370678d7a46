package dev.pycontainer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DelayingProxyTest {

    @Test
    void everyByteArrivesInBothDirections() throws IOException {
        byte[] sent = new byte[300_000];
        new Random(1).nextBytes(sent);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DelayingProxy proxy =
                        new DelayingProxy(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 2);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> echo(server));
            client.getOutputStream().write(sent);

            assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            echo.join();
        }
    }

    private static void echo(ServerSocket server) {
        try (Socket there = server.accept()) {
            there.getInputStream().transferTo(there.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

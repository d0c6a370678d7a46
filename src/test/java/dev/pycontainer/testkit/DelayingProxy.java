package dev.pycontainer.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stands on a loopback port before a server as if that were far away: every byte arrives half a round trip after it was sent,
 * and a connection is there after a whole one. How much arrives in a second stays the same.
 */
public final class DelayingProxy implements AutoCloseable {

    private static final int CHUNK = 64 << 10;

    /** As much as is on its way at once, in chunks: 16 MiB. */
    private static final int ON_THE_WAY = 256;

    private record Chunk(long due, ByteBuffer bytes) {}

    private final ServerSocket listening;
    private final InetSocketAddress server;
    private final long half;

    /** @param roundTrip in milliseconds */
    public DelayingProxy(InetSocketAddress server, int roundTrip) throws IOException {
        this.listening = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        this.server = server;
        this.half = TimeUnit.MILLISECONDS.toNanos(roundTrip) / 2;
        start(this::accept);
    }

    /** Where it listens. */
    public int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "delaying-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket there = new Socket(server.getAddress(), server.getPort());
                client.setTcpNoDelay(true);
                there.setTcpNoDelay(true);
                long connected = System.nanoTime() + 2 * half;
                carry(client, there, connected);
                carry(there, client, connected);
            } catch (IOException e) {
                // Closed, or the server has gone: whoever speaks to it notices.
                return;
            }
        }
    }

    private void carry(Socket from, Socket to, long connected) {
        BlockingQueue<Chunk> way = new ArrayBlockingQueue<>(ON_THE_WAY);
        start(() -> send(from, way, connected));
        start(() -> deliver(way, to));
    }

    private void send(Socket from, BlockingQueue<Chunk> way, long connected) {
        try {
            try (from) {
                InputStream in = from.getInputStream();
                byte[] buffer = new byte[CHUNK];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    way.put(new Chunk(
                            Math.max(System.nanoTime(), connected) + half, ByteBuffer.wrap(Arrays.copyOf(buffer, n))));
                }
            } catch (IOException e) {
                // Reset by one side; the other gets the end.
            }
            way.put(new Chunk(System.nanoTime() + half, ByteBuffer.allocate(0)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void deliver(BlockingQueue<Chunk> way, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = way.take(); chunk.bytes().hasRemaining(); chunk = way.take()) {
                TimeUnit.NANOSECONDS.sleep(chunk.due() - System.nanoTime());
                out.write(chunk.bytes().array());
            }
        } catch (IOException e) {
            drain(way);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody waits for these any more; the sender must not wait for room. */
    private static void drain(BlockingQueue<Chunk> way) {
        try {
            while (way.take().bytes().hasRemaining()) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code HOST PORT ROUND-TRIP}: prints its port, and stands there until it is killed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (DelayingProxy proxy = new DelayingProxy(
                new InetSocketAddress(args[0], Integer.parseInt(args[1])), Integer.parseInt(args[2]))) {
            System.out.println(proxy.port());
            new CountDownLatch(1).await();
        }
    }
}

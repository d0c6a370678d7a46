package dev.pycontainer.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real {@code dockerd} of the test's own: with its own socket and data, and without a bridge or a rule of iptables, so
 * that it leaves the machine and other daemons alone. It needs root.
 */
public final class DockerDaemon implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final Path runtime;
    private final Process process;

    private DockerDaemon(Path data, Path runtime, Process process) {
        this.data = data;
        this.runtime = runtime;
        this.process = process;
    }

    /**
     * The daemon, once it answers.
     *
     * @param directory for images and containers, which are gone when the daemon is closed, and for its log
     */
    public static DockerDaemon start(Path directory) throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        // A socket's path has 107 bytes at most, so that it does not stand below the test's directory.
        Path runtime = Files.createTempDirectory("dockerd-");
        // The machine's own configuration counts for nothing.
        Files.writeString(runtime.resolve("daemon.json"), "{}");
        Path log = directory.resolve("dockerd.log");
        Process process = Command.of(
                        "dockerd",
                        "--config-file=" + runtime.resolve("daemon.json"),
                        "--data-root=" + data,
                        "--exec-root=" + runtime,
                        "--pidfile=" + runtime.resolve("docker.pid"),
                        "--host=unix://" + runtime.resolve("docker.sock"),
                        "--storage-driver=vfs",
                        "--iptables=false",
                        "--ip6tables=false",
                        "--bridge=none")
                .start(log);
        DockerDaemon daemon = new DockerDaemon(data, runtime, process);
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::end));
        daemon.await(log);
        return daemon;
    }

    /** Runs {@code docker} with these words; its standard output, without the last line's end. */
    public String run(Object... words) {
        List<Object> all = new ArrayList<>(List.of("docker", "--host=unix://" + runtime.resolve("docker.sock")));
        all.addAll(List.of(words));
        return Command.of(all.toArray())
                .with("DOCKER_CONFIG", runtime.resolve("client").toString())
                .run();
    }

    @Override
    public void close() {
        end();
        Command.of("rm", "-rf", "--one-file-system", data, runtime).run();
    }

    private void await(Path log) throws IOException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!Files.readString(log).contains("API listen on")) {
            if (hasEnded(Duration.ofMillis(50)) || Instant.now().isAfter(deadline)) {
                close();
                throw new AssertionError("dockerd did not start:\n" + Files.readString(log));
            }
        }
    }

    /** SIGTERM, on which it ends its containers and the containerd that it has started. */
    private void end() {
        process.destroy();
        if (!hasEnded(Duration.ofSeconds(30))) {
            process.destroyForcibly();
        }
    }

    private boolean hasEnded(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for dockerd", e);
        }
    }
}

package dev.pycontainer.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A real {@code containerd} of the test's own, which unpacks each layer to a directory and needs no mount for it. It needs
 * root.
 */
public final class Containerd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final Path runtime;
    private final Process process;

    private Containerd(Path data, Path runtime, Process process) {
        this.data = data;
        this.runtime = runtime;
        this.process = process;
    }

    /**
     * The daemon, once it answers.
     *
     * @param directory for images, which are gone when the daemon is closed, and for its log
     */
    public static Containerd start(Path directory) throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        // A socket's path has 107 bytes at most, so that it does not stand below the test's directory.
        Path runtime = Files.createTempDirectory("containerd-");
        Path configuration = Files.writeString(runtime.resolve("config.toml"), """
                version = 2
                root = '%s'
                state = '%s'
                disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
                [grpc]
                  address = '%s'
                """.formatted(
                        data, runtime.resolve("state"), runtime.resolve("containerd.sock")));
        Path log = directory.resolve("containerd.log");
        Process process = Command.of("containerd", "--config", configuration).start(log);
        Containerd daemon = new Containerd(data, runtime, process);
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::end));
        daemon.await(log);
        return daemon;
    }

    /** Takes in all images of a layout and unpacks them; containerd checks every layer's digest and diff_id. */
    public void load(LayerImages images, Path archive) {
        Command.of("tar", "-C", images.layout(), "-cf", archive, ".").run();
        ctr("images", "import", "--snapshotter=native", "--base-name=golden", archive);
    }

    /** Pulls an image of a registry without TLS and unpacks it; containerd checks every layer's digest and diff_id. */
    public void pull(String image) {
        ctr("images", "pull", "--plain-http", "--snapshotter=native", image);
    }

    /** Runs a pulled image as it says; what it printed. */
    public String run(String image) {
        return ctr("run", "--rm", "--snapshotter=native", image, "test-" + UUID.randomUUID());
    }

    /** Shows the files of a pulled image as long as {@code reader} reads them. */
    public void withFiles(String image, Consumer<Path> reader) throws IOException {
        Path root = Files.createTempDirectory(runtime, "files-");
        ctr("images", "mount", "--snapshotter=native", image, root);
        try {
            reader.accept(root);
        } finally {
            Command.of("umount", root).run();
        }
    }

    private String ctr(Object... words) {
        List<Object> all =
                new ArrayList<>(List.of("ctr", "--address", runtime.resolve("containerd.sock"), "--timeout=5m"));
        all.addAll(List.of(words));
        return Command.of(all.toArray()).run();
    }

    /** The directories that layers without one below them were unpacked to. */
    public List<Path> unpacked() throws IOException {
        try (Stream<Path> snapshots = Files.list(data.resolve("io.containerd.snapshotter.v1.native/snapshots"))) {
            return new ArrayList<>(snapshots.toList());
        }
    }

    @Override
    public void close() {
        end();
        Command.of("rm", "-rf", "--one-file-system", data, runtime).run();
    }

    private void await(Path log) throws IOException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!Files.readString(log).contains("containerd successfully booted")) {
            if (hasEnded(Duration.ofMillis(50)) || Instant.now().isAfter(deadline)) {
                close();
                throw new AssertionError("containerd did not start:\n" + Files.readString(log));
            }
        }
    }

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
            throw new AssertionError("interrupted while waiting for containerd", e);
        }
    }
}

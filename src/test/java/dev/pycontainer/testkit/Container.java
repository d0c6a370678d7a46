package dev.pycontainer.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A container under runc, from its start until it is closed. */
public final class Container implements AutoCloseable {

    private final String id;
    private final Path log;
    private final Process process;

    private Container(String id, Path log, Process process) {
        this.id = id;
        this.log = log;
        this.process = process;
    }

    static Container start(Path bundle, String id) throws IOException {
        Path log = bundle.resolve("container.log");
        return new Container(
                id, log, Command.of("runc", "run", "--bundle", bundle, id).start(log));
    }

    /** Whether its first process still runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end, which must be with 0; what it printed. */
    public String output() {
        if (!awaitEnd(Duration.ofMinutes(2))) {
            throw new AssertionError("The container did not end within two minutes:\n" + log());
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("The container ended with " + process.exitValue() + ":\n" + log());
        }
        return log();
    }

    /** Waits for its end, for this long at most; whether it has ended. */
    boolean awaitEnd(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a container", e);
        }
    }

    /** Stops it as a runtime does: SIGTERM, which runc hands on to its first process, and SIGKILL after three seconds. */
    @Override
    public void close() {
        process.destroy();
        if (!awaitEnd(Duration.ofSeconds(3))) {
            Command.of("runc", "delete", "--force", id).run();
        }
    }
}

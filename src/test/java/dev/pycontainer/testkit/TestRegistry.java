package dev.pycontainer.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real registry, the distribution project's {@code docker-registry}, on a free loopback port, with its access log.
 *
 * <p>{@code docker-registry} must be on the PATH, and {@code htpasswd} for a registry with a password. It speaks plain
 * HTTP. Blobs, configuration and password file are kept below the given directory, which outlives the registry.
 */
public final class TestRegistry implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:[0-9]+)");
    /** Apache's combined form: {@code 127.0.0.1 - - [time] "GET /v2/ HTTP/1.1" 200 2 "" "agent"}. */
    private static final Pattern ACCESS =
            Pattern.compile("\\S+ - \\S+ \\[[^]]*] \"(?<method>[A-Z]+) (?<path>\\S+) \\S+\" (?<status>[0-9]{3}) .*");

    private static final String MARK = "/v2/?mark=";

    private final Process process;
    private final Thread reader;
    private final List<String> requests = new ArrayList<>();
    private final StringBuilder output = new StringBuilder();
    private @Nullable String host;
    private boolean ended;
    private int marks;
    private int marksSeen;

    private TestRegistry(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "docker-registry-log");
        reader.setDaemon(true);
    }

    /** A registry that asks for no password. */
    public static TestRegistry start(Path directory) throws IOException {
        return started(directory, "");
    }

    /** A registry that lets in this user alone, by HTTP Basic. */
    public static TestRegistry start(Path directory, String user, String password) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("htpasswd");
        Files.writeString(file, htpasswd(user, password));
        return started(directory, """
                auth:
                  htpasswd:
                    realm: test
                    path: %s
                """.formatted(file.toAbsolutePath()));
    }

    /** Host and port, as an image reference names them: {@code 127.0.0.1:40123}. */
    public synchronized String host() {
        if (host == null) {
            throw new IllegalStateException("the registry has not started");
        }
        return host;
    }

    /**
     * The requests answered so far, in order, such as {@code PUT /v2/app/manifests/1.0 201}; upload sessions' ids and
     * queries are left out of the paths, so that lines can be compared.
     */
    public List<String> log() throws IOException {
        awaitMark();
        synchronized (this) {
            return List.copyOf(requests);
        }
    }

    /** Forgets the requests so far. */
    public void clearLog() throws IOException {
        awaitMark();
        synchronized (this) {
            requests.clear();
        }
    }

    /** Ends the process; what it stored stays in its directory. */
    @Override
    public void close() {
        // Process.destroy would close the stream that is being read; the handle only sends the signal.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.toHandle().destroyForcibly();
            }
            reader.join();
        } catch (InterruptedException e) {
            process.toHandle().destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static TestRegistry started(Path directory, String auth) throws IOException {
        Path root = Files.createDirectories(directory).toAbsolutePath();
        Path configuration = root.resolve("registry.yml");
        Files.writeString(configuration, """
                version: 0.1
                log:
                  level: info
                storage:
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: 127.0.0.1:0
                """.formatted(root.resolve("storage")) + auth);
        ProcessBuilder command = new ProcessBuilder("docker-registry", "serve", configuration.toString());
        // The machine's own REGISTRY_… variables would override the file.
        command.environment().keySet().removeIf(name -> name.startsWith("REGISTRY_"));
        TestRegistry registry =
                new TestRegistry(command.redirectErrorStream(true).start());
        registry.reader.start();
        registry.awaitHost();
        return registry;
    }

    /** One line for a password file; the password goes over standard input. */
    private static String htpasswd(String user, String password) throws IOException {
        Process tool = new ProcessBuilder("htpasswd", "-niB", user)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        tool.getOutputStream().write(password.getBytes(StandardCharsets.UTF_8));
        tool.getOutputStream().close();
        return new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip() + "\n";
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }

    private synchronized void take(String line) {
        Matcher access = ACCESS.matcher(line);
        Matcher listening = LISTENING.matcher(line);
        if (access.matches()) {
            if (access.group("path").startsWith(MARK)) {
                marksSeen++;
            } else {
                requests.add(access.group("method") + " " + plain(access.group("path")) + " " + access.group("status"));
            }
        } else {
            output.append(line).append('\n');
            if (listening.find()) {
                host = listening.group(1);
            }
        }
        notifyAll();
    }

    private static String plain(String path) {
        return path.replaceFirst("\\?.*", "").replaceFirst("(/blobs/uploads/).+", "$1…");
    }

    private void awaitHost() throws IOException {
        await(() -> host != null || ended);
        synchronized (this) {
            if (host == null) {
                throw new IOException("docker-registry did not start:\n" + output);
            }
        }
    }

    /** A line is written just after its answer was sent: a request of our own, seen in the log, proves it is there. */
    private void awaitMark() throws IOException {
        final int awaited;
        synchronized (this) {
            awaited = ++marks;
        }
        HttpURLConnection request = (HttpURLConnection)
                URI.create("http://" + host() + MARK + awaited).toURL().openConnection();
        request.getResponseCode();
        request.disconnect();
        await(() -> marksSeen >= awaited || ended);
    }

    private synchronized void await(BooleanSupplier condition) throws IOException {
        try {
            while (!condition.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for docker-registry", e);
        }
    }
}

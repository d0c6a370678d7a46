package dev.pycontainer.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program of the machine and its arguments; running it fails with all that it printed where it does not exit with 0. */
public final class Command {

    private final List<String> words;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path directory = Path.of("").toAbsolutePath();

    private Command(List<String> words) {
        this.words = words;
    }

    /** Paths among the words are written absolutely where they are absolute. */
    public static Command of(Object... words) {
        List<String> texts = new ArrayList<>();
        for (Object word : words) {
            texts.add(word.toString());
        }
        return new Command(texts);
    }

    /** Runs it in this directory. */
    public Command in(Path workingDirectory) {
        this.directory = workingDirectory;
        return this;
    }

    /** Sets a variable over the machine's own. */
    public Command with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Its standard output, without the last line's end. */
    public String run() {
        try {
            Path errors = Files.createTempFile("pycontainer-it-", ".log");
            try {
                Process process = builder().redirectError(errors.toFile()).start();
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), UTF_8);
                int exit = process.waitFor();
                if (exit != 0) {
                    throw new AssertionError(this + " ended with " + exit + ":\n" + output + Files.readString(errors));
                }
                return output.strip();
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new AssertionError(this + " cannot be run; src/it/install-tools installs it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(this + " was interrupted", e);
        }
    }

    /** Starts it; output and errors go to {@code log}, whose former content is lost. */
    public Process start(Path log) throws IOException {
        return builder().redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().putAll(environment);
        // runc and others live where an ordinary user's PATH does not look.
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, sbin) -> path + ":" + sbin);
        return builder;
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}

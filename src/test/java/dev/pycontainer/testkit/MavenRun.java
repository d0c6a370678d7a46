package dev.pycontainer.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A run of Maven on a project beside those that the invoker does: with another environment, or to be killed. */
public final class MavenRun {

    private final Path repository;
    private final Path project;
    private final Map<String, String> properties = new TreeMap<>();
    private final List<String> options = new ArrayList<>(List.of("-B", "-ntp"));
    private final Map<String, String> environment = new TreeMap<>(Map.of("LC_ALL", "C.UTF-8"));
    private Path home;
    private String jvmOptions = "";
    private String umask = "022";

    MavenRun(Path repository, Path project, Map<String, String> properties) {
        this.repository = repository;
        this.project = project;
        this.properties.putAll(properties);
        this.home = unpackedBeside(repository);
    }

    /** Sets a property of the command line. */
    public MavenRun with(String property, Object value) {
        properties.put(property, value.toString());
        return this;
    }

    /** Runs the Maven that runs the outer build, instead of the one that the build unpacked for its tests. */
    public MavenRun withTheMachinesOwn() {
        this.home = Path.of(System.getProperty("maven.home"));
        return this;
    }

    /** Adds an option, such as {@code -X}. */
    public MavenRun option(String option) {
        options.add(option);
        return this;
    }

    /** Sets a variable of the environment; the locale is C.UTF-8 without it. */
    public MavenRun environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Adds a settings.xml with this server, whose password Maven encrypts with a master password. */
    public MavenRun server(String id, String username, String password) {
        Path directory = project.resolve("target/maven-settings");
        Path security = directory.resolve("settings-security.xml");
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    security,
                    "<settingsSecurity><master>%s</master></settingsSecurity>\n"
                            .formatted(encrypted("--encrypt-master-password", "master of the test", security)));
            Files.writeString(directory.resolve("settings.xml"), """
                    <settings>
                      <servers>
                        <server>
                          <id>%s</id>
                          <username>%s</username>
                          <password>%s</password>
                        </server>
                      </servers>
                    </settings>
                    """.formatted(
                            id, username, encrypted("--encrypt-password", password, security)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // As the global settings: the user's are those that every run gets.
        option("--global-settings").option(directory.resolve("settings.xml").toString());
        return with("settings.security", security);
    }

    private String encrypted(String option, String password, Path security) {
        String encrypted = Command.of(home.resolve("bin/mvn"), "-Dsettings.security=" + security, option, password)
                .with("MAVEN_HOME", home.toString())
                .run();
        if (!encrypted.matches("\\{[A-Za-z0-9+/=]+}")) {
            throw new AssertionError("mvn " + option + " printed no encrypted password:\n" + encrypted);
        }
        return encrypted;
    }

    /** Sets the JVM's own options. */
    public MavenRun jvm(String jvmArguments) {
        this.jvmOptions = jvmArguments;
        return this;
    }

    /** Sets the process's umask. */
    public MavenRun umask(String mask) {
        this.umask = mask;
        return this;
    }

    /** Runs the phase or goal; they must succeed. */
    public BuildLog succeeds(String goal) {
        return ended(goal, true);
    }

    /** Runs the phase or goal; they must fail. */
    public BuildLog fails(String goal) {
        return ended(goal, false);
    }

    /** Starts the phase or goal and kills the process (SIGKILL) as soon as {@code moment} has come, before its end. */
    public void killed(String goal, BooleanSupplier moment) {
        Process process = start(goal);
        while (!moment.getAsBoolean()) {
            if (ended(process, 1)) {
                throw new AssertionError("Maven ended before it was killed:\n" + log().text());
            }
        }
        process.destroyForcibly();
        ended(process, 10_000);
    }

    private BuildLog ended(String goal, boolean well) {
        Process process = start(goal);
        if (!ended(process, TimeUnit.MINUTES.toMillis(10))) {
            process.destroyForcibly();
            throw new AssertionError("Maven did not end within ten minutes:\n" + log().text());
        }
        if (well != (process.exitValue() == 0)) {
            throw new AssertionError("mvn " + goal + " ended with " + process.exitValue() + ":\n" + log().text());
        }
        return log();
    }

    private Process start(String goal) {
        List<Object> words = new ArrayList<>();
        words.addAll(List.of("sh", "-c", "umask " + umask + " && exec \"$0\" \"$@\"", home.resolve("bin/mvn")));
        words.addAll(options);
        words.add("-s");
        words.add(repository.resolve("target/it/interpolated-settings.xml"));
        words.add("-Dmaven.repo.local=" + repository.resolve("target/local-repo"));
        properties.forEach((name, value) -> words.add("-D" + name + "=" + value));
        words.add(goal);
        try {
            Command command = Command.of(words.toArray())
                    .in(project)
                    .with("MAVEN_OPTS", jvmOptions)
                    .with("MAVEN_HOME", home.toString());
            environment.forEach(command::with);
            return command.start(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ended(Process process, long milliseconds) {
        try {
            return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for Maven", e);
        }
    }

    private BuildLog log() {
        return new BuildLog(logFile());
    }

    private Path logFile() {
        return project.resolveSibling(project.getFileName() + ".further-build.log");
    }

    /** The Maven that the build unpacked for the invoker. */
    private static Path unpackedBeside(Path repository) {
        try (var entries = Files.newDirectoryStream(repository.resolve("target"), "apache-maven-*")) {
            return entries.iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

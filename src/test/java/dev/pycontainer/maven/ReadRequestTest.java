package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.build.BuildRequest;
import dev.pycontainer.build.ContainerSettings;
import dev.pycontainer.build.ExposedPort;
import dev.pycontainer.build.ImageFormat;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Tally;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.http.RequestLog;
import dev.pycontainer.layer.FilesModificationTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is built, as the parameters say: defaults, good values, and the answer to each bad one. */
class ReadRequestTest {

    @TempDir
    Path directory;

    private GivenParameters given;

    @BeforeEach
    void give() {
        given = new GivenParameters(directory).with("from.image", "registry.example/python:3.12");
    }

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        BuildRequest request = read();
        ContainerSettings container = request.container();

        assertThat(request.from().image()).contains("registry.example/python:3.12");
        assertThat(request.from().platform()).hasToString("linux/amd64");
        assertThat(request.python().project()).isEqualTo(directory);
        assertThat(request.python().fallbackName()).isEqualTo("Shop");
        assertThat(request.python().prefix()).isEqualTo("/opt/venv");
        assertThat(request.python().lock()).isEmpty();
        assertThat(request.python().run()).isEmpty();
        assertThat(new ReadRequest(given.invocation()).outputs())
                .containsExactly(
                        directory.resolve("target/pycontainer"),
                        directory.resolve("target/pycontainer/image.tar"),
                        directory.resolve("target"));
        assertThat(request.outputDirectory()).isEqualTo(directory.resolve("target/pycontainer"));
        assertThat(request.maximumLayers()).isEqualTo(40);
        assertThat(request.compression()).isEqualTo(LayerForm.GZIP);
        assertThat(request.filesModificationTime()).isEqualTo(FilesModificationTime.FROM_CONTENT);
        assertThat(container.appRoot()).isEqualTo("/app");
        assertThat(container.format()).isEqualTo(ImageFormat.OCI);
        assertThat(container.entrypoint()).isEmpty();
        assertThat(container.healthcheck()).isEmpty();
    }

    @Test
    void everyValueArrives() {
        given.with("python.project", "service")
                .with("python.projectVersion", "2.0")
                .with("python.lock", "locks/requirements.txt")
                .with("python.run", "app.py")
                .with("python.extras", "a,b")
                .with("python.groups", "g")
                .with("python.sources.includes", "docs/**")
                .with("python.sources.excludes", "*.csv")
                .with("python.prefix", "/srv/venv")
                .with("layers.maximum", "127")
                .with("layers.compression", "estargz")
                .with("outputDirectory", "build/image")
                .with("tar.file", "shop.tar")
                .with("container.appRoot", "/srv/app")
                .with("container.entrypoint", "python,-m,app")
                .with("container.args", "--port,80")
                .with("container.environment", "A=1")
                .with("container.labels", "B=2")
                .with("container.annotations", "C=3")
                .with("container.ports", "8000,53/udp")
                .with("container.user", "1000:1000")
                .with("container.volumes", "/data")
                .with("container.workingDirectory", "/work")
                .with("container.creationTime", "EPOCH")
                .with("container.filesModificationTime", "EPOCH_PLUS_SECOND")
                .with("container.format", "Docker")
                .with("container.stopSignal", "SIGINT")
                .with("container.healthcheck.command", "CMD-SHELL,true")
                .with("container.healthcheck.interval", "30s")
                .with("container.healthcheck.timeout", "3s")
                .with("container.healthcheck.startPeriod", "1m")
                .with("container.healthcheck.retries", "5");

        BuildRequest request = read();
        BuildRequest.Python python = request.python();
        ContainerSettings container = request.container();

        assertThat(python.project()).isEqualTo(directory.resolve("service"));
        assertThat(python.projectVersion()).contains("2.0");
        assertThat(python.lock()).contains(directory.resolve("locks/requirements.txt"));
        assertThat(python.run()).contains("app.py");
        assertThat(python.extras()).containsExactly("a", "b");
        assertThat(python.groups()).containsExactly("g");
        assertThat(python.includes()).containsExactly("docs/**");
        assertThat(python.excludes()).containsExactly("*.csv");
        assertThat(python.prefix()).isEqualTo("/srv/venv");
        assertThat(new ReadRequest(given.invocation()).outputs())
                .containsExactly(
                        directory.resolve("build/image"),
                        directory.resolve("shop.tar"),
                        directory.resolve("service/target"));
        assertThat(request.outputDirectory()).isEqualTo(directory.resolve("build/image"));
        assertThat(request.maximumLayers()).isEqualTo(127);
        assertThat(request.compression()).isEqualTo(LayerForm.ESTARGZ);
        assertThat(request.created()).isEqualTo(Instant.EPOCH);
        assertThat(request.filesModificationTime())
                .hasToString(FilesModificationTime.parse("1970-01-01T00:00:01Z").toString());
        assertThat(container.appRoot()).isEqualTo("/srv/app");
        assertThat(container.entrypoint()).contains(List.of("python", "-m", "app"));
        assertThat(container.args()).contains(List.of("--port", "80"));
        assertThat(container.environment()).isEqualTo(Map.of("A", "1"));
        assertThat(container.labels()).isEqualTo(Map.of("B", "2"));
        assertThat(container.annotations()).isEqualTo(Map.of("C", "3"));
        assertThat(container.ports()).containsExactly(new ExposedPort(8000, "tcp"), new ExposedPort(53, "udp"));
        assertThat(container.user()).contains("1000:1000");
        assertThat(container.volumes()).containsExactly("/data");
        assertThat(container.workingDirectory()).contains("/work");
        assertThat(container.format()).isEqualTo(ImageFormat.DOCKER);
        assertThat(container.stopSignal()).contains("SIGINT");
        assertThat(container.healthcheck()).hasValueSatisfying(check -> {
            assertThat(check.command()).containsExactly("CMD-SHELL", "true");
            assertThat(check.interval()).contains(Duration.ofSeconds(30));
            assertThat(check.timeout()).contains(Duration.ofSeconds(3));
            assertThat(check.startPeriod()).contains(Duration.ofMinutes(1));
            assertThat(check.retries()).contains(5);
        });
    }

    @Test
    void aPlatformIsTheSameInEverySpellingOfIt() {
        given.with("from.platforms", "linux/arm64/v8");
        assertThat(read().from().platform()).hasToString("linux/arm64");
    }

    @Test
    void severalPlatformsAreRefusedByName() {
        given.with("from.platforms", "linux/amd64,linux/arm64");

        assertThatThrownBy(this::read).isInstanceOf(BuildRefused.class).hasMessage("""
                Several platforms cannot be built into one image yet: linux/amd64, linux/arm64.
                  where  -Dpycontainer.from.platforms
                  do     name one, and build each in a run of its own""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows/amd64", "linux/arm/v5", "linux/mips"})
    void aPlatformWithoutWheelsIsRefused(String platform) {
        given.with("from.platforms", platform);

        assertThatThrownBy(this::read).isInstanceOf(BuildRefused.class).hasMessage("""
                "%s" is not a platform that images can be built for.
                  where  -Dpycontainer.from.platforms
                  why    no wheels are known for its machine
                  do     write one such as linux/amd64 or linux/arm64""".formatted(platform));
    }

    @Test
    void patternsOfFilesToLeaveOutAreReadAndRefusedWhereTheyAreWritten() {
        assertThat(new ReadRequest(given.invocation()).fileFilter().patterns()).isEmpty();
        given.with("layers.excludes", "**/tests/**,**/*.a");
        assertThat(new ReadRequest(given.invocation()).fileFilter().patterns())
                .containsExactly("**/*.a", "**/tests/**");
        given.with("layers.excludes", "/tests");
        assertThatThrownBy(() -> new ReadRequest(given.invocation()).fileFilter())
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("\"/tests\" is not a pattern of paths.\n  where  ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GZIP", "xz", ""})
    void aCompressionThatThereIsNotIsRefused(String compression) {
        given.with("layers.compression", compression);

        assertThatThrownBy(this::read).isInstanceOf(BuildRefused.class).hasMessage("""
                "%s" is no compression of layers.
                  where  -Dpycontainer.layers.compression
                  do     write gzip, estargz or zstd""".formatted(compression));
    }

    @Test
    void everyParameterOfTheTableIsReadBySomebody() {
        given.with("container.healthcheck.command", "true");
        Invocation invocation = given.invocation();
        new ReadRequest(invocation).build();
        for (String group : List.of("from", "to")) {
            new ReadCredentials(
                            invocation.parameters(),
                            new SettingsServers(new Settings(), undecrypted()),
                            Map.of(),
                            directory)
                    .of(group);
        }
        Checks.read(invocation.parameters(), finding -> {});
        ReadWheelhouse.of(new Disk(), invocation);
        new ReadRequest(invocation).fileFilter();
        ReadCache cache = new ReadCache(invocation);
        cache.cache();
        cache.pruning();
        new ReadRequest(invocation).outputs();
        new ReadIndexes(invocation.parameters(), new Settings(), Map.of()).all();
        try (Http http = new Http(HttpSettings.standard(), RequestLog.SILENT, new Tally())) {
            ReadDebian debian = new ReadDebian(new Disk(), invocation, new Settings(), id -> Optional.empty(), http);
            debian.mirrors();
            debian.keys();
            debian.acceptScripts();
        }
        Set<String> unread = new TreeSet<>(Leaves.paths());
        unread.removeAll(given.asked);

        // These are asked for by what surrounds the goals' deeds, AbstractGoal and Workshop, and by PlanMojo.
        assertThat(unread).containsExactly("allowInsecureRegistries", "plan.tree", "skip");
    }

    @Test
    void withoutABaseTheParametersTellTheTarget() {
        given = new GivenParameters(directory)
                .with("python.version", "3.12")
                .with("python.libc", "musl-1.2")
                .with("from.platforms", "linux/arm64");

        assertThat(read().from())
                .hasToString("From[image=Optional.empty, platform=linux/arm64, packages=[], python=Optional[3.12],"
                        + " libc=Optional[musl-1.2]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "python.version | 1.4.2 | \"1.4.2\" is not a version of Python, such as 3.12 or 3.12.4.",
                "python.version | 3.13t | \"3.13t\" is not a version of Python, such as 3.12 or 3.12.4.",
                "python.libc | glibc | \"glibc\" is not a C library in a version.",
                "python.libc | uclibc-1.0 | \"uclibc-1.0\" is not a C library in a version.",
                "from.platforms | arm64 | \"arm64\" is not a platform.",
                "container.ports | http | \"http\" is not a port.",
                "container.format | Podman | \"Podman\" is not a format of images.",
                "container.stopSignal | TERM | \"TERM\" is not a signal.",
                "container.stopSignal | SIGterm | \"SIGterm\" is not a signal.",
                "container.creationTime | noon | container.creationTime is \"noon\".",
                "container.filesModificationTime | noon | \"noon\"",
                "container.volumes | data | \"data\" is not a path in the image.",
                "container.environment | A | holds \"A\"",
                "container.labels | =x | holds \"=x\"",
                "container.annotations | x | holds \"x\"",
                "container.healthcheck.retries | 5 | The health check has times and no command.",
                "container.healthcheck.interval | 5s | The health check has times and no command.",
                "layers.maximum | 0 | layers.maximum is 0.",
                "layers.maximum | 128 | layers.maximum is 128.",
                "layers.maximum | x | -Dpycontainer.layers.maximum is \"x\".",
            })
    void aBadValueIsRefused(String path, String value, String message) {
        given.with(path, value);

        assertThatThrownBy(this::read).isInstanceOf(BuildRefused.class).hasMessageContaining(message);
        assertThatThrownBy(this::read)
                .as("where it was written")
                .hasMessageContaining(path.replaceFirst("(healthcheck).*", "$1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "container.healthcheck.interval | soon | \"soon\" is not a duration.",
                "container.healthcheck.timeout | 3 | \"3\" is not a duration.",
                "container.healthcheck.startPeriod | -1s | \"-1s\" is not a duration.",
                "container.healthcheck.retries | -1 | it must not be negative",
                "container.healthcheck.retries | some | it takes a whole number",
            })
    void aBadValueOfAHealthCheckIsRefused(String path, String value, String message) {
        given.with("container.healthcheck.command", "true").with(path, value);

        assertThatThrownBy(this::read)
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining(message)
                .hasMessageContaining(path);
    }

    @Test
    void anEmptyCommandIsNoHealthCheck() {
        given.with("container.healthcheck.command", "");

        assertThatThrownBy(this::read).hasMessageStartingWith("The health check has no command.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "/", "/app/", "/a//b", "/a/../b", "/./a", "/a/..", ""})
    void whatIsNoPathInTheImageIsRefusedWhereItWasWritten(String path) {
        for (String parameter : List.of("container.appRoot", "container.workingDirectory", "python.prefix")) {
            give();
            given.with(parameter, path);

            assertThatThrownBy(this::read).isInstanceOf(BuildRefused.class).hasMessage("""
                    "%s" is not a path in the image.
                      where  -Dpycontainer.%s
                      why    it must be absolute, without . and .. and without a slash at its end""".formatted(path, parameter));
        }
    }

    @ParameterizedTest
    @CsvSource({"/app, /app", "/app, /app/.venv", "/srv/venv/src, /srv/venv"})
    void theProjectAndTheVirtualEnvironmentLieApart(String appRoot, String prefix) {
        given.with("container.appRoot", appRoot).with("python.prefix", prefix);

        assertThatThrownBy(this::read).isInstanceOf(BuildRefused.class).hasMessage("""
                The project's directory %s and the virtual environment %s are not apart in the image.
                  why    the project's files could replace the environment's
                  do     set container.appRoot or python.prefix so that neither lies in the other""".formatted(appRoot, prefix));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "service/.."})
    void theOutputDirectoryHoldsNothingOfTheProject(String output) {
        given.with("python.project", "service").with("outputDirectory", output);

        assertThatThrownBy(this::read).isInstanceOf(BuildRefused.class).hasMessage("""
                The output directory %s holds the Python project.
                  where  -Dpycontainer.outputDirectory
                  why    what lies there is none of the project's, and is replaced
                  do     name a directory for the image alone, such as target/pycontainer""".formatted(
                        directory.resolve(output).normalize()));
    }

    @Test
    void whatLiesInTheDefaultsIsToldToo() {
        given.with("python.prefix", "/app/venv");
        assertThatThrownBy(this::read).hasMessageStartingWith("The project's directory /app and ");

        give();
        given.with("container.appRoot", "/opt");
        assertThatThrownBy(this::read).hasMessageStartingWith("The project's directory /opt and ");
    }

    @Test
    void aNameThatOnlyBeginsAlikeIsApart() {
        given.with("python.prefix", "/app-venv");

        assertThat(read().python().prefix()).isEqualTo("/app-venv");
    }

    @Test
    void withoutAPomANamelessProjectIsCalledAsItsDirectory() throws Exception {
        given.withoutPom(Files.createDirectory(directory.resolve("My Shop")));

        assertThat(read().python().fallbackName()).isEqualTo("My Shop");
    }

    @Test
    void aPythonProjectIsToldByItsFiles() throws Exception {
        assertThat(new ReadRequest(given.invocation()).hasPythonProject()).isFalse();
        Files.writeString(directory.resolve("requirements.txt"), "");
        assertThat(new ReadRequest(given.invocation()).hasPythonProject()).isTrue();
        given.with("python.project", "elsewhere");
        assertThat(new ReadRequest(given.invocation()).hasPythonProject()).isFalse();
        given.with("python.lock", "locks/requirements.txt");
        assertThat(new ReadRequest(given.invocation()).hasPythonProject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pyproject.toml", "uv.lock", "pylock.toml", "Pipfile", "Pipfile.lock"})
    void anyOfTheseFilesMakesAPythonProject(String file) throws Exception {
        Files.writeString(directory.resolve(file), "");
        assertThat(new ReadRequest(given.invocation()).hasPythonProject()).isTrue();
    }

    private BuildRequest read() {
        return new ReadRequest(given.invocation()).build();
    }

    private static SettingsDecrypter undecrypted() {
        return request -> {
            throw new AssertionError("no server is asked for");
        };
    }
}

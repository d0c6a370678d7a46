package dev.pycontainer.maven;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.base.MachineName;
import dev.pycontainer.build.BuildRequest;
import dev.pycontainer.build.ContainerSettings;
import dev.pycontainer.build.ExposedPort;
import dev.pycontainer.build.Healthcheck;
import dev.pycontainer.build.ImageArchive;
import dev.pycontainer.build.ImageFormat;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.layer.FilesModificationTime;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.LibcVersion;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.project.ReadProject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from the resolved parameters what the build room is to do; each value is checked where it was written. */
final class ReadRequest {

    private static final int DEFAULT_MAXIMUM_LAYERS = 40;

    /** What overlay file systems can stack. */
    private static final int GREATEST_MAXIMUM_LAYERS = 127;

    private final Invocation invocation;
    private final Parameters parameters;

    ReadRequest(Invocation invocation) {
        this.invocation = invocation;
        this.parameters = invocation.parameters();
    }

    BuildRequest build() {
        requireApart(appRoot(), prefix());
        requireBesideProject(invocation.outputDirectory());
        return new BuildRequest(
                python(),
                from(),
                new ReadDestination(invocation).read(),
                container(),
                parameters
                        .text("container.filesModificationTime", ReadRequest::modificationTime)
                        .orElse(FilesModificationTime.FROM_CONTENT),
                maximumLayers(),
                compression(),
                invocation.outputDirectory(),
                BuildTimestamp.of(
                        parameters.text("container.creationTime"),
                        invocation.project().getProperties().getProperty("project.build.outputTimestamp"),
                        System.getenv("SOURCE_DATE_EPOCH"),
                        Clock.systemUTC()));
    }

    private BuildRequest.From from() {
        return new BuildRequest.From(
                parameters.text("from.image"),
                platform(),
                parameters.list("from.packages").orElse(List.of()),
                parameters.text("python.version", ReadRequest::pythonVersion),
                parameters.text("python.libc", LibcVersion::parse));
    }

    private static Version pythonVersion(String text) {
        if (!text.matches("3\\.[0-9]{1,2}(\\.[0-9]{1,3})?")) {
            throw BuildRefused.because("\"" + text + "\" is not a version of Python, such as 3.12 or 3.12.4.")
                    .todo("write one; the project's own version is python.projectVersion");
        }
        return Version.parse(text);
    }

    private Platform platform() {
        String parameter = "from.platforms";
        List<Platform> platforms = each(parameter, ReadRequest::platform);
        if (platforms.size() > 1) {
            throw BuildRefused.because("Several platforms cannot be built into one image yet: "
                            + platforms.stream().map(Platform::toString).collect(Collectors.joining(", ")) + ".")
                    .todo("name one, and build each in a run of its own")
                    .in(parameters.written(parameter).orElse(parameter));
        }
        return platforms.isEmpty() ? Platform.LINUX_AMD64 : platforms.get(0);
    }

    private static Platform platform(String text) {
        Platform platform = Platform.parse(text).normalized();
        if (!platform.os().equals("linux") || MachineName.of(platform).isEmpty()) {
            throw BuildRefused.because("\"" + text + "\" is not a platform that images can be built for.")
                    .why("no wheels are known for its machine")
                    .todo("write one such as linux/amd64 or linux/arm64");
        }
        return platform;
    }

    /** Whether there is a Python project where one is expected. */
    boolean hasPythonProject() {
        // A build asks again, through the Disk of its own.
        return parameters.isSet("python.lock") || ReadProject.isProject(new Disk(), projectDirectory());
    }

    /** Where the goal {@code tar} writes. */
    Path archive() {
        return parameters
                .text("tar.file", invocation::resolve)
                .orElseGet(() -> invocation.outputDirectory().resolve(ImageArchive.FILE));
    }

    /** What the goals write to, directories and files, which are no sources; without a POM in the project's target. */
    List<Path> outputs() {
        return List.of(
                invocation.outputDirectory(), archive(), projectDirectory().resolve("target"));
    }

    private Path projectDirectory() {
        return parameters.text("python.project").map(invocation::resolve).orElseGet(invocation::directory);
    }

    private BuildRequest.Python python() {
        return new BuildRequest.Python(
                projectDirectory(),
                invocation.name(),
                parameters.text("python.projectVersion"),
                parameters.text("python.lock").map(invocation::resolve),
                parameters.list("python.extras").orElse(List.of()),
                parameters.list("python.groups").orElse(List.of()),
                parameters.list("python.sources.includes").orElse(List.of()),
                parameters.list("python.sources.excludes").orElse(List.of()),
                prefix(),
                parameters.text("python.run"));
    }

    private ContainerSettings container() {
        return new ContainerSettings(
                appRoot(),
                parameters.list("container.entrypoint"),
                parameters.list("container.args"),
                parameters.map("container.environment").orElse(Map.of()),
                parameters.map("container.labels").orElse(Map.of()),
                parameters.map("container.annotations").orElse(Map.of()),
                each("container.ports", ExposedPort::parse).stream()
                        .flatMap(List::stream)
                        .toList(),
                parameters.text("container.user"),
                each("container.volumes", ReadRequest::absolute),
                path("container.workingDirectory"),
                parameters.text("container.format", ImageFormat::parse).orElse(ImageFormat.OCI),
                parameters.text("container.stopSignal", ReadRequest::signal),
                healthcheck());
    }

    private Optional<Healthcheck> healthcheck() {
        Optional<List<String>> command = parameters.list("container.healthcheck.command");
        boolean hasMore = Leaves.paths().stream()
                .filter(path -> path.startsWith("container.healthcheck."))
                .anyMatch(parameters::isSet);
        if (command.isEmpty() && hasMore) {
            throw BuildRefused.because("The health check has times and no command.")
                    .todo("set container.healthcheck.command");
        }
        return command.map(words -> new Healthcheck(
                words,
                parameters.text("container.healthcheck.interval", Healthcheck::duration),
                parameters.text("container.healthcheck.timeout", Healthcheck::duration),
                parameters.text("container.healthcheck.startPeriod", Healthcheck::duration),
                parameters.number("container.healthcheck.retries")));
    }

    /** What of the wheels is left out. */
    FileFilter fileFilter() {
        String parameter = "layers.excludes";
        return FileFilter.of(
                parameters.list(parameter).orElse(List.of()),
                parameters.written(parameter).orElse(parameter));
    }

    /** How layers are compressed. */
    LayerForm compression() {
        return parameters.text("layers.compression", ReadRequest::form).orElse(LayerForm.GZIP);
    }

    private static LayerForm form(String text) {
        return Stream.of(LayerForm.values())
                .filter(form -> form.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> BuildRefused.because("\"" + text + "\" is no compression of layers.")
                        .todo("write gzip, estargz or zstd"));
    }

    private int maximumLayers() {
        int maximum = parameters.number("layers.maximum").orElse(DEFAULT_MAXIMUM_LAYERS);
        if (maximum < 1 || maximum > GREATEST_MAXIMUM_LAYERS) {
            throw BuildRefused.because("layers.maximum is " + maximum + ".")
                    .why("it must lie between 1 and " + GREATEST_MAXIMUM_LAYERS + ", the most that runtimes can stack");
        }
        return maximum;
    }

    private <T> List<T> each(String parameter, Function<String, T> reader) {
        try {
            return parameters.list(parameter).orElse(List.of()).stream()
                    .map(reader)
                    .toList();
        } catch (BuildRefused refused) {
            throw refused.in(parameters.written(parameter).orElse(parameter));
        }
    }

    private String appRoot() {
        return path("container.appRoot").orElse("/app");
    }

    private String prefix() {
        return path("python.prefix").orElse("/opt/venv");
    }

    /** The project's layer lies above the environment's, and would hide files of it. */
    private static void requireApart(String appRoot, String prefix) {
        if (isWithin(appRoot, prefix) || isWithin(prefix, appRoot)) {
            throw BuildRefused.because("The project's directory " + appRoot + " and the virtual environment " + prefix
                            + " are not apart in the image.")
                    .why("the project's files could replace the environment's")
                    .todo("set container.appRoot or python.prefix so that neither lies in the other");
        }
    }

    /** What is written there is no part of the project, and replaces what lay there. */
    private void requireBesideProject(Path output) {
        if (projectDirectory().normalize().startsWith(output.normalize())) {
            throw BuildRefused.because("The output directory " + output + " holds the Python project.")
                    .why("what lies there is none of the project's, and is replaced")
                    .todo("name a directory for the image alone, such as target/pycontainer")
                    .in(parameters.written("outputDirectory").orElse("outputDirectory"));
        }
    }

    private static boolean isWithin(String path, String directory) {
        return (path + "/").startsWith(directory + "/");
    }

    private Optional<String> path(String parameter) {
        return parameters.text(parameter, ReadRequest::absolute);
    }

    private static FilesModificationTime modificationTime(String text) {
        return switch (text) {
            case "FROM_CONTENT" -> FilesModificationTime.FROM_CONTENT;
            case "EPOCH_PLUS_SECOND" -> FilesModificationTime.parse("1970-01-01T00:00:01Z");
            default -> FilesModificationTime.parse(text);
        };
    }

    private static String signal(String text) {
        if (!text.matches("SIG[A-Z0-9+-]{2,12}|[1-9][0-9]?")) {
            throw BuildRefused.because("\"" + text + "\" is not a signal.")
                    .todo("write its name or number, such as SIGTERM");
        }
        return text;
    }

    private static String absolute(String path) {
        if (!path.matches("(/[^/\\x00]+)+") || path.matches(".*/\\.\\.?(/.*)?")) {
            throw BuildRefused.because("\"" + path + "\" is not a path in the image.")
                    .why("it must be absolute, without . and .. and without a slash at its end");
        }
        return path;
    }
}

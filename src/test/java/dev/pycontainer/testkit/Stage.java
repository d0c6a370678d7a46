package dev.pycontainer.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stage of one integration test: its project, and a registry of its own that holds the base.
 *
 * <p>{@code setup.groovy} opens it, which also tells Maven by properties where registry and cache are; the invoker runs
 * Maven; {@code verify.groovy} judges what came of it, which closes it.
 */
public final class Stage implements AutoCloseable {

    private static final String NAME = "stage";

    private final Path project;
    private final Path repository;
    private final TestBase base;
    private final TestRegistry registry;
    private final Map<String, String> properties = new TreeMap<>();

    private Stage(Path project) throws IOException {
        this.project = project;
        this.repository = Repository.above(project);
        this.base = TestBase.in(repository);
        this.registry = TestRegistry.start(project.resolve("target/registry"));
        properties.put("registry", registry.host());
        properties.put(
                "pycontainer.cache.directory",
                repository.resolve("target/it-cache").toString());
        AptMirrors mirrors = AptMirrors.ofThisMachine();
        properties.put("pycontainer.from.debian.mirror", mirrors.main());
        properties.put("pycontainer.from.debian.securityMirror", mirrors.security());
        properties.put("maven.plugin.validation", "VERBOSE");
    }

    /** Opens it for the project in {@code basedir}. */
    public static Stage open(File basedir, Map<String, Object> context) throws IOException {
        Stage stage = new Stage(basedir.toPath().toRealPath());
        context.put(NAME, stage);
        // Where Maven fails, the invoker calls no script that could close the stage.
        Runtime.getRuntime().addShutdownHook(new Thread(stage.registry::close));
        stage.base.pushTo(stage.registry);
        stage.registry.clearLog();
        stage.tell();
        return stage;
    }

    /** Judges what Maven did on the stage that {@code setup.groovy} opened, and closes it. */
    public static void judge(Map<String, Object> context, Consumer<Stage> judgement) {
        try (Stage stage = (Stage) context.get(NAME)) {
            judgement.accept(stage);
        }
    }

    /** The project's directory, which the invoker has cloned. */
    public Path project() {
        return project;
    }

    /** A file of the project, for scripts to read and change. */
    public File file(String name) {
        return project.resolve(name).toFile();
    }

    /** A place for the test's own files, ignored by the product. */
    public Path scratch(String name) {
        return project.resolve("target").resolve(name);
    }

    public TestRegistry registry() {
        return registry;
    }

    /** uv for the project. */
    public Uv uv() {
        return new Uv(project);
    }

    /** Sets a property for the invoker's and all further runs of Maven. */
    public Stage with(String property, Object value) throws IOException {
        properties.put(property, value.toString());
        tell();
        return this;
    }

    /** What the invoker's runs of Maven printed. */
    public BuildLog log() {
        return new BuildLog(repository
                .resolve("target/it-logs")
                .resolve(project.getFileName())
                .resolve("build.log"));
    }

    /** A further run of Maven on the project. */
    public MavenRun maven() {
        return maven(project);
    }

    /** A further run of Maven on another project, with the same properties. */
    public MavenRun maven(Path directory) {
        return new MavenRun(repository, directory, properties);
    }

    /** The digest that the last build of the project wrote. */
    public String digest() {
        return digest(project);
    }

    /** The digest that the last build of another directory wrote. */
    public static String digest(Path directory) {
        try {
            return Files.readString(directory.resolve("target/pycontainer/image.digest"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last build's {@code image.json}. */
    public JsonNode image() throws IOException {
        return new JsonMapper().readTree(Files.readAllBytes(project.resolve("target/pycontainer/image.json")));
    }

    /** The Debian packages that {@code image.json} tells of, each as {@code NAME VERSION}, sorted. */
    public List<String> debianPackages() throws IOException {
        List<String> packages = new ArrayList<>();
        for (JsonNode layer : image().at("/platforms/0/layers")) {
            if (layer.path("kind").asString().equals("system")) {
                layer.path("packages")
                        .forEach(each -> packages.add(each.path("name").asString() + " "
                                + each.path("version").asString()));
            }
        }
        return packages.stream().sorted().toList();
    }

    /** The image that the build deployed, pulled back from the registry by the digest that the build wrote. */
    public PulledImage pull() throws IOException {
        return pull(digest());
    }

    /** The image of an earlier build, pulled back by its digest. */
    public PulledImage pull(String digest) throws IOException {
        String name = "it/" + project.getFileName();
        return PulledImage.pull(
                registry.host() + "/" + name, digest, scratch("pulled-" + digest.substring("sha256:".length(), 19)));
    }

    /** What uv installs for the project's lock on the same base: the root of the files. */
    public Path installedByUv() throws IOException {
        return uv().install(base, scratch("installed-by-uv"));
    }

    /** A copy of a directory, such as of the project, without {@code target}. */
    public static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.endsWith("target")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()), LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() {
        registry.close();
    }

    /** The invoker hands this file's lines to Maven as properties of the command line. */
    private void tell() throws IOException {
        StringBuilder lines = new StringBuilder();
        properties.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        Files.writeString(scratch("test.properties"), lines);
    }
}

package dev.pycontainer.testkit;

import dev.pycontainer.layer.WriteLayers;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The golden lists: a hundred real wheels of CPython 3.11 on x86_64, and the layer of each under {@code /opt/venv}, in one
 * form.
 *
 * <p>A list has a line for each: the wheel's file name and SHA-256, the layer's digest, diff_id and size, and the digest of
 * its table of contents where it has one.
 */
public final class GoldenLayers {

    /** Machines whose wheels pip is to take, the newest first. */
    private static final List<String> PLATFORMS = List.of(
            "manylinux_2_28_x86_64",
            "manylinux_2_27_x86_64",
            "manylinux_2_26_x86_64",
            "manylinux_2_24_x86_64",
            "manylinux_2_17_x86_64",
            "manylinux2014_x86_64",
            "manylinux_2_12_x86_64",
            "manylinux2010_x86_64",
            "manylinux_2_5_x86_64",
            "manylinux1_x86_64",
            "any");

    private static final String LISTS = "src/test/resources/dev/pycontainer/layer";

    /** The list of each form; what zstd makes is its library's, and has the tars of gzip. */
    private static final Map<String, String> FILES =
            Map.of("gzip", "golden-layers.tsv", "estargz", "golden-estargz.tsv");

    /**
     * One line of a list.
     *
     * @param toc the digest of the table of contents, or empty
     */
    public record Layer(String wheel, String sha256, String digest, String diffId, long size, String toc) {

        /** @param line as {@link WriteLayers} prints it */
        public static Layer of(String line) {
            String[] fields = line.split("\t", -1);
            String toc = fields.length > 5 ? fields[5] : "";
            return new Layer(fields[0], fields[1], fields[2], fields[3], Long.parseLong(fields[4]), toc);
        }

        /** The project's name as wheels write it: {@code pydantic_core}. */
        public String name() {
            return wheel.substring(0, wheel.indexOf('-'));
        }

        /** The digest without its algorithm. */
        public String hex() {
            return digest.substring("sha256:".length());
        }

        private String requirement() {
            String version = wheel.split("-", -1)[1];
            return name() + "==" + version + " --hash=sha256:" + sha256 + "\n";
        }
    }

    private final Path repository;
    private final List<String> lines;
    private final List<Layer> layers;

    private GoldenLayers(Path repository, List<String> lines) {
        this.repository = repository;
        this.lines = lines;
        this.layers = lines.stream().map(Layer::of).toList();
    }

    /**
     * The list of layers in a form.
     *
     * @param directory in the repository, or in {@code target}
     * @param form {@code gzip} or {@code estargz}
     */
    public static GoldenLayers above(Path directory, String form) throws IOException {
        Path repository = Repository.above(directory);
        Path list = repository.resolve(LISTS).resolve(FILES.get(form));
        return new GoldenLayers(
                repository, Files.readAllLines(list).stream().skip(1).toList());
    }

    public List<Layer> layers() {
        return layers;
    }

    /** The layer of a project, by its name as wheels write it. */
    public Layer layer(String name) {
        return layers.stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The list as {@link WriteLayers} prints it. */
    public List<String> lines() {
        return lines;
    }

    /** A script or program beside the other writer of layers. */
    public Path oracle(String name) {
        return repository.resolve("src/test/oracle/layers").resolve(name);
    }

    /**
     * Has the wheels, downloaded by pip where they are not yet kept on this machine.
     *
     * @param directory gets links to them, and nothing else stands there
     * @return them in the list's order
     */
    public List<Path> wheels(Path directory) throws IOException {
        Path kept = Files.createDirectories(Repository.toolHome().resolve("golden-wheels"));
        List<Layer> missing = new ArrayList<>();
        for (Layer layer : layers) {
            Path file = kept.resolve(layer.wheel());
            if (!Files.exists(file) || !sha256(file).equals(layer.sha256())) {
                Files.deleteIfExists(file);
                missing.add(layer);
            }
        }
        download(missing, kept);
        Files.createDirectories(directory);
        List<Path> wheels = new ArrayList<>();
        for (Layer layer : layers) {
            wheels.add(Files.createSymbolicLink(directory.resolve(layer.wheel()), kept.resolve(layer.wheel())));
        }
        return wheels;
    }

    private static void download(List<Layer> wheels, Path directory) throws IOException {
        if (wheels.isEmpty()) {
            return;
        }
        Path requirements = directory.resolve("requirements.txt");
        Files.writeString(requirements, wheels.stream().map(Layer::requirement).collect(Collectors.joining()));
        List<Object> words = new ArrayList<>(List.of(
                Repository.toolHome().resolve("uv/bin/python"),
                "-m",
                "pip",
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
                "--only-binary=:all:",
                "--require-hashes",
                "--implementation=cp",
                "--python-version=3.11",
                "--abi=cp311",
                "--abi=abi3",
                "--abi=none"));
        PLATFORMS.forEach(platform -> words.add("--platform=" + platform));
        words.addAll(List.of("--dest=" + directory, "--requirement=" + requirements));
        Command.of(words.toArray()).run();
    }

    /**
     * The list that the product writes in a virtual machine of its own.
     *
     * @param form as {@code layers.compression} names it
     * @param cache where the layers are then
     * @param options of the virtual machine
     */
    public static List<String> written(
            String form, Path javaHome, Path wheels, int threads, Path cache, String... options) throws IOException {
        List<Object> words = new ArrayList<>(List.of(javaHome.resolve("bin/java")));
        words.addAll(Arrays.asList(options));
        words.addAll(List.of("-cp", classPath(), WriteLayers.class.getName(), form, wheels, threads, cache));
        return Command.of(words.toArray()).run().lines().toList();
    }

    /** That of the tests: of Maven's invoker, whose scripts have a loader of their own, or of the machine. */
    private static String classPath() throws IOException {
        if (!(GoldenLayers.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        List<String> places = new ArrayList<>();
        for (URL url : loader.getURLs()) {
            try {
                places.add(Path.of(url.toURI()).toString());
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
        }
        return String.join(File.pathSeparator, places);
    }

    /** The files of the list's layers in a cache, in its order. */
    public List<Path> blobs(Path cache) throws IOException {
        return blobs(cache, layers);
    }

    /** The files of layers in a cache. */
    public static List<Path> blobs(Path cache, List<Layer> layers) throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            var byName = files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(file -> file.getFileName().toString(), file -> file, (a, b) -> a));
            return layers.stream().map(layer -> byName.get(layer.hex())).toList();
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(hash.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}

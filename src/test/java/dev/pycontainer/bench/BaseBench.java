package dev.pycontainer.bench;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.base.AssembleBase;
import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseSource;
import dev.pycontainer.base.ReadLoaderCache;
import dev.pycontainer.base.ReadSystem;
import dev.pycontainer.base.ReadTarget;
import dev.pycontainer.build.CheckNativeLibraries;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.debian.DebianSuite;
import dev.pycontainer.layer.FindPackage;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerStore;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.rootfs.ReadLayer;
import dev.pycontainer.rootfs.ReadLayerIndex;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What it costs to learn what a base is, and to check the native libraries of an image upon it: with nothing remembered,
 * with one layer changed, and with nothing changed. CPU time of the whole process, since layers are read by several threads.
 *
 * <p>{@code BaseBench IMAGE WHEELS WORK ROUNDS}: IMAGE is what a build of a {@code debian://} base wrote, WHEELS a directory
 * of wheels for its Python, WORK a directory for layers.
 */
public final class BaseBench {

    private static final int WARM_UP = 2;

    /** Whose layer is the one that changes. */
    private static final String CHANGED = "scipy";

    private final Path work;
    private final int rounds;
    private final Tally tally = new Tally();
    private final BlobStore store;
    private final Map<String, List<Run>> runs = new LinkedHashMap<>();

    private BaseBench(Path work, int rounds) {
        this.work = work;
        this.rounds = rounds;
        this.store = new BlobStore(work.resolve("layers"), tally);
    }

    public static void main(String[] arguments) throws IOException {
        new BaseBench(Path.of(arguments[2]), Integer.parseInt(arguments[3]))
                .compare(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    /** Work of one run. */
    private record Run(double cpu, double wall, long blobs, long bytes) {}

    private interface Deed {
        void run() throws IOException;
    }

    private record StoredLayer(Descriptor descriptor, Digest diffId, Blob blob) implements Layer {
        @Override
        public InputStream open() throws IOException {
            return blob.open();
        }
    }

    private void compare(Path image, Path wheelDirectory) throws IOException {
        List<Layer> layers = baseOf(image);
        Base base = new AssembleBase()
                .of(new BaseSource.Debian(DebianSuite.TRIXIE), Platform.LINUX_AMD64, layers, layer -> "");
        Target target = new ReadTarget(new Remembered(work.resolve("first")))
                .of(base, "/opt/venv", Map.of())
                .target();
        InstallScheme scheme = InstallScheme.of("/opt/venv", target);
        List<LayerBlob> wheels = wheelLayers(wheelDirectory, scheme);
        for (int round = 0; round < WARM_UP + rounds; round++) {
            if (round == WARM_UP) {
                runs.clear();
            }
            readBase(base, work.resolve("base-" + round));
            checkLibraries(layers, target, scheme, wheels, work.resolve("check-" + round));
        }
        long baseSize = size(layers);
        long wheelSize = size(wheels);
        long changed = size(wheels.stream().filter(BaseBench::changes).toList());
        System.out.printf(
                Locale.ROOT,
                "The base has %.1f MB in %d layers (%.1f MB compressed), the wheels %.1f MB in %d layers, that of %s %.1f MB.%n%n",
                baseSize / 1e6,
                layers.size(),
                layers.stream().mapToLong(layer -> layer.descriptor().size()).sum() / 1e6,
                wheelSize / 1e6,
                wheels.size(),
                CHANGED,
                changed / 1e6);
        System.out.println("| | CPU ms | wall ms | blobs opened | MB read | MB/s of CPU, uncompressed |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        for (Map.Entry<String, List<Run>> each : runs.entrySet()) {
            long content = each.getKey().startsWith("libraries")
                    ? each.getKey().contains(CHANGED) ? changed : baseSize + wheelSize
                    : baseSize;
            print(each.getKey(), each.getValue(), content);
        }
    }

    private void readBase(Base base, Path cache) throws IOException {
        ReadTarget target = new ReadTarget(new Remembered(cache));
        ReadSystem system = new ReadSystem(new Remembered(cache));
        measure("target, cold", () -> target.of(base, "/opt/venv", Map.of()));
        measure("target, warm", () -> target.of(base, "/opt/venv", Map.of()));
        measure("system for `from.packages`, cold", () -> system.of(base));
        measure("system for `from.packages`, warm", () -> system.of(base));
        measure("`ld.so.cache`", () -> new ReadLoaderCache(store).of(base.layers(), "x86_64"));
        LayerBench.delete(cache);
    }

    private void checkLibraries(
            List<Layer> base, Target target, InstallScheme scheme, List<LayerBlob> wheels, Path cache)
            throws IOException {
        Libraries all = libraries(base, target, scheme, cache.resolve("all"));
        measure("libraries, cold", () -> all.check(wheels));
        measure("libraries, warm", () -> all.check(wheels));
        Libraries changed = libraries(base, target, scheme, cache.resolve("changed"));
        changed.check(wheels.stream().filter(layer -> !changes(layer)).toList());
        measure("libraries, the layer of " + CHANGED + " changed", () -> changed.check(wheels));
        LayerBench.delete(cache);
    }

    private interface Libraries {
        void check(List<LayerBlob> wheels) throws IOException;
    }

    /** The check, which remembers what it has read in an empty cache of its own. */
    private Libraries libraries(List<Layer> base, Target target, InstallScheme scheme, Path cache) {
        Remembered remembered = new Remembered(cache);
        FindPackage find =
                new FindPackage(new LayerStore(store, remembered, tally, LayerForm.GZIP), scheme, FileFilter.NONE);
        CheckNativeLibraries check = new CheckNativeLibraries(
                new ReadLayerIndex(store, remembered),
                remembered,
                new Check("checks.nativeLibraries", Check.Level.WARN, finding -> {}));
        return wheels -> check.in(base, target, wheels, Map.of(), find);
    }

    private static boolean changes(LayerBlob layer) {
        return layer.packages().get(0).name().equals(CHANGED);
    }

    private void measure(String name, Deed deed) throws IOException {
        long blobs = tally.of(Work.BLOBS_READ);
        long bytes = tally.of(Work.BLOB_BYTES_READ);
        double cpu = LayerBench.processSeconds();
        double ofThread = LayerBench.cpuSeconds();
        long wall = System.nanoTime();
        deed.run();
        runs.computeIfAbsent(name, it -> new ArrayList<>())
                .add(new Run(
                        // The clock of the process counts hundredths; where nothing is read there is one thread.
                        tally.of(Work.BLOBS_READ) > blobs
                                ? LayerBench.processSeconds() - cpu
                                : LayerBench.cpuSeconds() - ofThread,
                        (System.nanoTime() - wall) / 1e9,
                        tally.of(Work.BLOBS_READ) - blobs,
                        tally.of(Work.BLOB_BYTES_READ) - bytes));
    }

    private static void print(String name, List<Run> all, long content) {
        double cpu = LayerBench.median(all.stream().map(Run::cpu).toList());
        long bytes = all.get(0).bytes();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %d | %.1f | %s |%n",
                name,
                cpu * 1e3,
                LayerBench.median(all.stream().map(Run::wall).toList()) * 1e3,
                all.get(0).blobs(),
                bytes / 1e6,
                bytes == 0 ? "" : String.format(Locale.ROOT, "%.0f", content / 1e6 / cpu));
    }

    /** The layers of Debian packages, put into the store. */
    private List<Layer> baseOf(Path image) throws IOException {
        List<Layer> layers = new ArrayList<>();
        JsonNode json = Json.read(Files.readAllBytes(image.resolve("image.json")), "image.json");
        for (JsonNode layer : json.path("platforms").path(0).path("layers")) {
            if (layer.path("kind").stringValue().equals("system")) {
                Digest digest = Digest.parse(layer.path("digest").stringValue());
                Path file = image.resolve("layout/blobs/sha256").resolve(digest.hex());
                Blob blob = store.keep(Files.readAllBytes(file));
                layers.add(new StoredLayer(
                        Descriptor.of(MediaTypes.OCI_LAYER_GZIP, digest, blob.size()),
                        Digest.parse(layer.path("diffId").stringValue()),
                        blob));
            }
        }
        return layers;
    }

    private List<LayerBlob> wheelLayers(Path directory, InstallScheme scheme) throws IOException {
        LayerStore written = new LayerStore(store, new Remembered(work.resolve("layers")), tally, LayerForm.GZIP);
        List<LayerBlob> layers = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path wheel : files.filter(file -> file.toString().endsWith(".whl"))
                    .sorted()
                    .toList()) {
                layers.add(LayerBench.write(LayerBench.stored(wheel, store), written, scheme));
            }
        }
        return layers;
    }

    private static long size(List<? extends Layer> layers) {
        AtomicLong size = new AtomicLong();
        layers.forEach(layer ->
                ReadLayer.entries(layer, "the image", (number, entry, content) -> size.addAndGet(entry.size())));
        return size.get();
    }
}

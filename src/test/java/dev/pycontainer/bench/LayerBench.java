package dev.pycontainer.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.content.Tally;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerStore;
import dev.pycontainer.layer.PlannedWheel;
import dev.pycontainer.layer.WheelGroup;
import dev.pycontainer.layer.WheelInStore;
import dev.pycontainer.layer.WriteWheelLayer;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a wheel's layer costs the product, against what no program could save. Both run in turn in one JVM; what is counted is
 * the CPU time of all its threads. In the end all wheels at once, as a build writes them, with the time on the clock: the
 * limit on one thread, the product on as many as it takes.
 *
 * <p>{@code LayerBench DIRECTORY ROUNDS} compares all wheels of a directory, {@code LayerBench DIRECTORY ROUNDS all} only all
 * of them at once. {@code LayerBench DIRECTORY 0 CACHE} writes each layer once into a cache, for a measurement of the whole
 * process from outside.
 */
public final class LayerBench {

    /** Of one part of the warm-up, after which it is seen whether it was enough. */
    private static final long WARM_UP_NANOS = 10_000_000_000L;

    private static final long LONGEST_WARM_UP_NANOS = 120_000_000_000L;

    /** The compiler's part of the CPU time, from which on what is compiled is no longer part of what is measured. */
    private static final double COMPILED_WHEN_WARM = 0.05;

    /** As many layers as a build writes at once. */
    private static final int AT_ONCE = 4;

    /** At least as long is measured in one round. */
    private static final long SHORTEST_NANOS = 1_000_000_000L;

    private static final InstallScheme SCHEME =
            new InstallScheme("/opt/venv", "lib/python3.11/site-packages", "/opt/venv/bin/python", "3.11");

    private LayerBench() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        List<Path> wheels;
        try (Stream<Path> files = Files.list(directory)) {
            wheels = files.filter(file -> file.toString().endsWith(".whl"))
                    .sorted()
                    .toList();
        }
        if (rounds == 0) {
            Path cache = Path.of(arguments[2]);
            LayerStore layers = layersIn(cache, new Tally());
            InParallel.map(wheels, AT_ONCE, wheel -> write(stored(wheel, cache), layers));
            return;
        }
        Path work = Files.createTempDirectory(directory, "layers");
        warmUp(wheels, work);
        if (arguments.length == 2) {
            compareEach(wheels, work, rounds);
        }
        compareAll(wheels, work, rounds);
        delete(work);
    }

    /** Until hardly anything is compiled any more, which takes the longer the less a round has to do. */
    private static void warmUp(List<Path> files, Path work) throws IOException {
        long begin = System.nanoTime();
        boolean isWarm = false;
        while (!isWarm && System.nanoTime() - begin < LONGEST_WARM_UP_NANOS) {
            long start = System.nanoTime();
            double cpu = processSeconds();
            double compiled = compilerSeconds();
            while (System.nanoTime() - start < WARM_UP_NANOS) {
                LayerStore cache = emptyIn(work);
                List<LayerBlob> layers = InParallel.map(files, AT_ONCE, file -> write(stored(file, work), cache));
                for (int each = 0; each < files.size(); each++) {
                    LayerLimit.of(files.get(each), layers.get(each).blob().file())
                            .run();
                }
            }
            isWarm = compilerSeconds() - compiled < COMPILED_WHEN_WARM * (processSeconds() - cpu);
        }
    }

    private static double compilerSeconds() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime() / 1e3;
    }

    private static void compareEach(List<Path> wheels, Path work, int rounds) throws IOException {
        System.out.println("| wheel | MB | layer/wheel | limit, CPU s | ours, CPU s | ours/limit |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        for (Path wheel : wheels) {
            compare(wheel, work, rounds);
        }
        System.out.println();
    }

    private static void compareAll(List<Path> files, Path work, int rounds) throws IOException {
        List<WheelInStore> wheels = new ArrayList<>();
        List<LayerLimit> limits = new ArrayList<>();
        LayerStore layers = emptyIn(work);
        for (Path file : files) {
            WheelInStore wheel = stored(file, work);
            wheels.add(wheel);
            limits.add(LayerLimit.of(file, write(wheel, layers).blob().file()));
        }
        wheels.sort(Comparator.comparingLong(wheel -> -wheel.wheel().size()));
        List<Double> limitCpu = new ArrayList<>();
        List<Double> limitWall = new ArrayList<>();
        List<Double> oursCpu = new ArrayList<>();
        List<Double> oursWall = new ArrayList<>();
        long first = System.nanoTime();
        limits.forEach(LayerLimit::run);
        // The process's CPU time comes in steps of 10 ms.
        int times = (int) Math.max(1, SHORTEST_NANOS / (System.nanoTime() - first));
        for (int round = 0; round < 1 + rounds; round++) {
            List<LayerStore> empty = new ArrayList<>();
            for (int time = 0; time < times; time++) {
                empty.add(emptyIn(work));
            }
            double cpu = processSeconds();
            long wall = System.nanoTime();
            for (int time = 0; time < times; time++) {
                limits.forEach(LayerLimit::run);
            }
            double middleCpu = processSeconds();
            long middle = System.nanoTime();
            for (LayerStore fresh : empty) {
                InParallel.map(wheels, AT_ONCE, wheel -> write(wheel, fresh));
            }
            double endCpu = processSeconds();
            long end = System.nanoTime();
            if (round > 0) {
                limitCpu.add((middleCpu - cpu) / times);
                limitWall.add((middle - wall) / 1e9 / times);
                oursCpu.add((endCpu - middleCpu) / times);
                oursWall.add((end - middle) / 1e9 / times);
            }
        }
        System.out.printf("| all %d at once | CPU s | wall s |%n", files.size());
        System.out.println("| --- | ---: | ---: |");
        System.out.printf(Locale.ROOT, "| limit, one thread | %.3f | %.3f |%n", median(limitCpu), median(limitWall));
        System.out.printf(Locale.ROOT, "| ours | %.3f | %.3f |%n", median(oursCpu), median(oursWall));
        System.out.printf(
                Locale.ROOT,
                "| ours/limit | **%.2f** | **%.2f** |%n",
                median(oursCpu) / median(limitCpu),
                median(oursWall) / median(limitWall));
    }

    private static void compare(Path file, Path work, int rounds) throws IOException {
        WheelInStore wheel = stored(file, work);
        List<Double> limits = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        LayerBlob layer = write(wheel, emptyIn(work));
        LayerLimit limit = LayerLimit.of(file, layer.blob().file());
        for (int round = 0; round < 1 + rounds; round++) {
            LayerStore fresh = emptyIn(work);
            double begin = processSeconds();
            limit.run();
            double middle = processSeconds();
            write(wheel, fresh);
            double end = processSeconds();
            if (round > 0) {
                limits.add(middle - begin);
                ours.add(end - middle);
            }
        }
        double[] medians = {median(limits), median(ours)};
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.4f | %.3f | %.3f | %.2f |%n",
                String.join(
                        " ",
                        Arrays.asList(file.getFileName().toString().split("-")).subList(0, 2)),
                limit.contentSize() / 1e6,
                (double) layer.blob().size() / Files.size(file),
                medians[0],
                medians[1],
                medians[1] / medians[0]);
    }

    /** The wheel in a store, of which the product proves the digest when it reads it: that is part of the work. */
    static WheelInStore stored(Path file, Path work) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Blob blob = new BlobStore(work.resolve("wheels"), new Tally()).keep(bytes);
        WheelFileName name = WheelFileName.parse(file.getFileName().toString());
        PlannedWheel planned = new PlannedWheel(name, Digest.of(bytes), bytes.length, Optional.empty());
        return new WheelInStore(planned, blob, false);
    }

    private static LayerBlob write(WheelInStore wheel, LayerStore layers) throws IOException {
        return write(wheel, layers, SCHEME);
    }

    /** @param tally counts how the layer is read later */
    static LayerBlob write(WheelInStore wheel, Path cache, InstallScheme scheme, Tally tally) throws IOException {
        return write(wheel, layersIn(cache, tally), scheme);
    }

    private static LayerBlob write(WheelInStore wheel, LayerStore layers, InstallScheme scheme) throws IOException {
        return new WriteWheelLayer(layers, scheme, FileFilter.NONE)
                .of(WheelGroup.of(List.of(wheel.wheel())), List.of(wheel));
    }

    /** An empty cache, which is deleted with all others in the end: files are made slowly where others have just gone. */
    private static LayerStore emptyIn(Path work) throws IOException {
        return layersIn(Files.createTempDirectory(work, "cache"), new Tally());
    }

    private static LayerStore layersIn(Path cache, Tally tally) {
        return new LayerStore(new BlobStore(cache, tally), new Remembered(cache), tally, LayerForm.GZIP);
    }

    /** Of this thread. */
    static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    /** Of all threads. */
    static double processSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = new ArrayList<>(walk.toList());
        }
        for (int i = files.size() - 1; i >= 0; i--) {
            Files.delete(files.get(i));
        }
    }
}

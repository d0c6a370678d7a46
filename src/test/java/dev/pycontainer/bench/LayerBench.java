package dev.pycontainer.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.pycontainer.archive.LayerForm;
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
import dev.pycontainer.store.Cache;
import dev.pycontainer.store.CacheEvents;
import dev.pycontainer.store.CacheSize;
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
 * of them at once. {@code LayerBench DIRECTORY 0 PLACE} writes each layer once, into a cache in {@code PLACE/layers}, for a
 * measurement of the whole process from outside.
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

    /**
     * A wheel in a store, as the product has it when it writes the layer.
     *
     * @param limit of this wheel and of its layer
     */
    private record Subject(Path file, WheelInStore wheel, LayerBlob layer, LayerLimit limit) {

        String name() {
            return String.join(
                    " ", Arrays.asList(file.getFileName().toString().split("-")).subList(0, 2));
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        List<Path> files;
        try (Stream<Path> children = Files.list(directory)) {
            files = children.filter(file -> file.toString().endsWith(".whl"))
                    .sorted()
                    .toList();
        }
        if (rounds == 0) {
            Path place = Path.of(arguments[2]);
            try (Cache cache = cacheIn(place.resolve("wheels"))) {
                BlobStore store = cache.blobs(new Tally());
                write(InParallel.map(files, AT_ONCE, file -> stored(file, store)), cacheIn(place.resolve("layers")));
            }
            return;
        }
        Path work = Files.createTempDirectory(directory, "layers");
        try (Cache cache = emptyIn(work)) {
            List<Subject> subjects = subjects(files, cache);
            warmUp(subjects, work);
            if (arguments.length == 2) {
                compareEach(subjects, work, rounds);
            }
            compareAll(subjects, work, rounds);
        }
        delete(work);
    }

    private static List<Subject> subjects(List<Path> files, Cache cache) throws IOException {
        List<Subject> subjects = new ArrayList<>();
        for (Path file : files) {
            WheelInStore wheel = stored(file, cache.blobs(new Tally()));
            LayerBlob layer = write(wheel, layersOf(cache), SCHEME);
            subjects.add(new Subject(
                    file, wheel, layer, LayerLimit.of(file, layer.blob().file())));
        }
        return subjects;
    }

    /** Until hardly anything is compiled any more, which takes the longer the less a round has to do. */
    private static void warmUp(List<Subject> subjects, Path work) throws IOException {
        List<WheelInStore> wheels = subjects.stream().map(Subject::wheel).toList();
        long begin = System.nanoTime();
        boolean isWarm = false;
        while (!isWarm && System.nanoTime() - begin < LONGEST_WARM_UP_NANOS) {
            long start = System.nanoTime();
            double cpu = processSeconds();
            double compiled = compilerSeconds();
            while (System.nanoTime() - start < WARM_UP_NANOS) {
                write(wheels, emptyIn(work));
                subjects.forEach(subject -> subject.limit.run());
            }
            isWarm = compilerSeconds() - compiled < COMPILED_WHEN_WARM * (processSeconds() - cpu);
        }
    }

    private static double compilerSeconds() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime() / 1e3;
    }

    private static void compareEach(List<Subject> subjects, Path work, int rounds) throws IOException {
        System.out.println("| wheel | MB | layer/wheel | limit, CPU s | ours, CPU s | ours/limit |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        for (Subject subject : subjects) {
            compare(subject, work, rounds);
        }
        System.out.println();
    }

    private static void compareAll(List<Subject> subjects, Path work, int rounds) throws IOException {
        List<WheelInStore> wheels = subjects.stream()
                .map(Subject::wheel)
                .sorted(Comparator.comparingLong(wheel -> -wheel.wheel().size()))
                .toList();
        List<Double> limitCpu = new ArrayList<>();
        List<Double> limitWall = new ArrayList<>();
        List<Double> oursCpu = new ArrayList<>();
        List<Double> oursWall = new ArrayList<>();
        long first = System.nanoTime();
        subjects.forEach(subject -> subject.limit.run());
        // The process's CPU time comes in steps of 10 ms.
        int times = (int) Math.max(1, SHORTEST_NANOS / (System.nanoTime() - first));
        for (int round = 0; round < 1 + rounds; round++) {
            List<Cache> empty = new ArrayList<>();
            for (int time = 0; time < times; time++) {
                empty.add(emptyIn(work));
            }
            double cpu = processSeconds();
            long wall = System.nanoTime();
            for (int time = 0; time < times; time++) {
                subjects.forEach(subject -> subject.limit.run());
            }
            double middleCpu = processSeconds();
            long middle = System.nanoTime();
            for (Cache cache : empty) {
                write(wheels, cache);
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
        System.out.printf("| all %d at once | CPU s | wall s |%n", subjects.size());
        System.out.println("| --- | ---: | ---: |");
        System.out.printf(Locale.ROOT, "| limit, one thread | %.3f | %.3f |%n", median(limitCpu), median(limitWall));
        System.out.printf(Locale.ROOT, "| ours | %.3f | %.3f |%n", median(oursCpu), median(oursWall));
        System.out.printf(
                Locale.ROOT,
                "| ours/limit | **%.2f** | **%.2f** |%n",
                median(oursCpu) / median(limitCpu),
                median(oursWall) / median(limitWall));
    }

    private static void compare(Subject subject, Path work, int rounds) throws IOException {
        List<Double> limits = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        for (int round = 0; round < 1 + rounds; round++) {
            Cache fresh = emptyIn(work);
            double begin = processSeconds();
            subject.limit.run();
            double middle = processSeconds();
            write(List.of(subject.wheel), fresh);
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
                subject.name(),
                subject.limit.contentSize() / 1e6,
                (double) subject.layer.blob().size() / Files.size(subject.file),
                medians[0],
                medians[1],
                medians[1] / medians[0]);
    }

    /** The wheel in a store, of which the product proves the digest when it reads it: that is part of the work. */
    static WheelInStore stored(Path file, BlobStore store) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Blob blob = store.keep(bytes);
        WheelFileName name = WheelFileName.parse(file.getFileName().toString());
        PlannedWheel planned = new PlannedWheel(name, blob.digest(), bytes.length, Optional.empty());
        return new WheelInStore(planned, blob, false);
    }

    /** Writes the wheels' layers as a build does, which ends its use of the cache with it. */
    private static void write(List<WheelInStore> wheels, Cache cache) throws IOException {
        try (cache) {
            LayerStore layers = layersOf(cache);
            InParallel.map(wheels, AT_ONCE, wheel -> write(wheel, layers, SCHEME));
        }
    }

    static LayerBlob write(WheelInStore wheel, LayerStore layers, InstallScheme scheme) throws IOException {
        return new WriteWheelLayer(layers, scheme, FileFilter.NONE)
                .of(WheelGroup.of(List.of(wheel.wheel())), List.of(wheel));
    }

    /** An empty cache, which is deleted with all others in the end: files are made slowly where others have just gone. */
    private static Cache emptyIn(Path work) throws IOException {
        return cacheIn(Files.createTempDirectory(work, "cache"));
    }

    private static Cache cacheIn(Path directory) {
        return new Cache(directory, directory, CacheSize.UNLIMITED, CacheEvents.SILENT);
    }

    private static LayerStore layersOf(Cache cache) {
        Tally tally = new Tally();
        return new LayerStore(cache.blobs(tally), cache.remembered(), tally, LayerForm.GZIP);
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

package dev.pycontainer.bench;

import dev.pycontainer.content.Digest;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a wheel's layer costs the product, against what no program could save. Both run in turn in one JVM, on one thread;
 * what is counted is that thread's CPU time.
 *
 * <p>{@code LayerBench DIRECTORY ROUNDS} compares all wheels of a directory; with 0 rounds each layer is written once, for a
 * measurement of the whole process from outside.
 */
public final class LayerBench {

    private static final int WARM_UP = 4;
    private static final InstallScheme SCHEME =
            new InstallScheme("/opt/venv", "lib/python3.11/site-packages", "/opt/venv/bin/python", "3.11");

    private LayerBench() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Path work = Files.createTempDirectory(directory, "layers");
        List<Path> wheels;
        try (Stream<Path> files = Files.list(directory)) {
            wheels = files.filter(file -> file.toString().endsWith(".whl"))
                    .sorted()
                    .toList();
        }
        if (rounds == 0) {
            for (Path wheel : wheels) {
                write(stored(wheel, work), work.resolve("once"));
            }
            return;
        }
        System.out.println("| wheel | MB | layer/wheel | limit, CPU s | ours, CPU s | ours/limit |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        double allLimit = 0;
        double allOurs = 0;
        for (Path wheel : wheels) {
            double[] medians = compare(wheel, work, rounds);
            allLimit += medians[0];
            allOurs += medians[1];
        }
        System.out.printf(
                Locale.ROOT, "| total | | | %.3f | %.3f | **%.2f** |%n", allLimit, allOurs, allOurs / allLimit);
    }

    private static double[] compare(Path file, Path work, int rounds) throws IOException {
        WheelInStore wheel = stored(file, work);
        List<Double> limits = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        LayerBlob layer = write(wheel, work.resolve("first"));
        LayerLimit limit = LayerLimit.of(file, layer.blob().file());
        for (int round = 0; round < WARM_UP + rounds; round++) {
            Path fresh = work.resolve("round-" + round);
            double begin = cpuSeconds();
            limit.run();
            double middle = cpuSeconds();
            write(wheel, fresh);
            double end = cpuSeconds();
            if (round >= WARM_UP) {
                limits.add(middle - begin);
                ours.add(end - middle);
            }
            delete(fresh);
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
        delete(work.resolve("first"));
        return medians;
    }

    /** The wheel in a store, of which the product proves the digest when it reads it: that is part of the work. */
    static WheelInStore stored(Path file, Path work) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Blob blob = new BlobStore(work.resolve("wheels"), new Tally()).keep(bytes);
        WheelFileName name = WheelFileName.parse(file.getFileName().toString());
        PlannedWheel planned = new PlannedWheel(name, Digest.of(bytes), bytes.length, Optional.empty());
        return new WheelInStore(planned, blob, false);
    }

    private static LayerBlob write(WheelInStore wheel, Path cache) throws IOException {
        return write(wheel, cache, SCHEME, new Tally());
    }

    /** @param tally counts how the layer is read later */
    static LayerBlob write(WheelInStore wheel, Path cache, InstallScheme scheme, Tally tally) throws IOException {
        LayerStore layers = new LayerStore(new BlobStore(cache, tally), new Remembered(cache), tally);
        return new WriteWheelLayer(layers, scheme, FileFilter.NONE)
                .of(WheelGroup.of(List.of(wheel.wheel())), List.of(wheel));
    }

    static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
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

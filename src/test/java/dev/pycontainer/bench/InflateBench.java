package dev.pycontainer.bench;

import dev.pycontainer.archive.InflateForBench;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Our inflater against the JDK's, which is native code, over the same raw deflate streams: those of all wheels of a directory,
 * wheel by wheel, and those of some kinds of data. Both run in turn in one JVM, on one thread, from bytes in memory; what is
 * counted is that thread's CPU time.
 *
 * <p>{@code InflateBench DIRECTORY ROUNDS}
 */
public final class InflateBench {

    private static final int WARM_UP = 3;
    private static final int TINY = 512;

    /** Fewer bytes are inflated several times a round, as what is measured would be too short. */
    private static final long SHORTEST = 20_000_000;

    /** One raw deflate stream, which stands somewhere in {@code bytes}, and how many bytes it holds. */
    private static final class Stretch {
        final String name;
        final byte[] bytes;
        final int offset;
        final int length;
        final long size;

        Stretch(String name, byte[] bytes, int offset, int length, long size) {
            this.name = name;
            this.bytes = bytes;
            this.offset = offset;
            this.length = length;
            this.size = size;
        }
    }

    private final InflateForBench ours = new InflateForBench();
    private final Inflater jdk = new Inflater(true);
    private final byte[] chunk = new byte[1 << 16];

    private InflateBench() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, List<Stretch>> wheels = new LinkedHashMap<>();
        for (Path wheel : wheels(Path.of(arguments[0]))) {
            wheels.put(
                    String.join(
                            " ",
                            Arrays.asList(wheel.getFileName().toString().split("-"))
                                    .subList(0, 2)),
                    streams(wheel));
        }
        List<Stretch> all = wheels.values().stream().flatMap(List::stream).toList();
        Map<String, List<Stretch>> kinds = new LinkedHashMap<>();
        kinds.put("source (`.py` of the wheels)", some(all, stream -> stream.name.endsWith(".py")));
        kinds.put("machine code (`.so` of the wheels)", some(all, stream -> stream.name.contains(".so")));
        kinds.put("streams of less than 512 bytes", some(all, stream -> stream.length < TINY));
        kinds.put("JSON, zlib -6", List.of(deflated("json", json(new Random(1)), Deflater.DEFAULT_STRATEGY)));
        kinds.put("noise, in stored blocks", List.of(deflated("noise", noise(4_000_000), Deflater.DEFAULT_STRATEGY)));
        kinds.put(
                "noise in base64, literals only",
                List.of(deflated("base64", Base64.getEncoder().encode(noise(3_000_000)), Deflater.HUFFMAN_ONLY)));
        new InflateBench().compare(wheels, kinds, Integer.parseInt(arguments[1]));
    }

    private void compare(Map<String, List<Stretch>> wheels, Map<String, List<Stretch>> kinds, int rounds)
            throws IOException {
        List<List<Stretch>> all = new ArrayList<>(wheels.values());
        all.addAll(kinds.values());
        for (int round = 0; round < WARM_UP; round++) {
            for (List<Stretch> streams : all) {
                native_(streams);
                ours(streams);
            }
        }
        System.out.println("| raw deflate streams of | streams | MB | JDK's, CPU s | ours, CPU s | ours/JDK's |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        double[] total = new double[2];
        for (Map.Entry<String, List<Stretch>> wheel : wheels.entrySet()) {
            double[] medians = compare(wheel.getKey(), wheel.getValue(), rounds);
            total[0] += medians[0];
            total[1] += medians[1];
        }
        System.out.printf(
                Locale.ROOT, "| all | | | %.4f | %.4f | **%.2f** |%n", total[0], total[1], total[1] / total[0]);
        for (Map.Entry<String, List<Stretch>> kind : kinds.entrySet()) {
            compare(kind.getKey(), kind.getValue(), rounds);
        }
        jdk.end();
    }

    private double[] compare(String name, List<Stretch> streams, int rounds) throws IOException {
        long size = streams.stream().mapToLong(stream -> stream.size).sum();
        int times = Math.toIntExact(1 + SHORTEST / (size + 1));
        List<Double> natives = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double begin = LayerBench.cpuSeconds();
            for (int i = 0; i < times; i++) {
                native_(streams);
            }
            double middle = LayerBench.cpuSeconds();
            for (int i = 0; i < times; i++) {
                ours(streams);
            }
            natives.add((middle - begin) / times);
            own.add((LayerBench.cpuSeconds() - middle) / times);
        }
        double[] medians = {LayerBench.median(natives), LayerBench.median(own)};
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.1f | %.4f | %.4f | %.2f |%n",
                name,
                streams.size(),
                size / 1e6,
                medians[0],
                medians[1],
                medians[1] / medians[0]);
        return medians;
    }

    private void ours(List<Stretch> streams) throws IOException {
        for (Stretch stream : streams) {
            require(stream, ours.size(stream.bytes, stream.offset, stream.length));
        }
    }

    private void native_(List<Stretch> streams) {
        for (Stretch stream : streams) {
            jdk.reset();
            jdk.setInput(stream.bytes, stream.offset, stream.length);
            long size = 0;
            while (!jdk.finished()) {
                size += inflate();
            }
            require(stream, size);
        }
    }

    private int inflate() {
        try {
            return jdk.inflate(chunk);
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void require(Stretch stream, long size) {
        if (size != stream.size) {
            throw new IllegalStateException(stream.name + " has " + size + " bytes");
        }
    }

    private static List<Path> wheels(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".whl"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Stretch> streams(Path wheel) throws IOException {
        byte[] bytes = Files.readAllBytes(wheel);
        List<Stretch> streams = new ArrayList<>();
        try (ZipFile zip = ZipFile.builder().setPath(wheel).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                if (entry.getMethod() == ZipArchiveEntry.DEFLATED) {
                    try (InputStream raw = zip.getRawInputStream(entry)) {
                        streams.add(new Stretch(
                                entry.getName(),
                                bytes,
                                Math.toIntExact(entry.getDataOffset()),
                                raw.readAllBytes().length,
                                entry.getSize()));
                    }
                }
            }
        }
        return streams;
    }

    private static List<Stretch> some(List<Stretch> streams, Predicate<Stretch> which) {
        return streams.stream().filter(which).toList();
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(2).nextBytes(noise);
        return noise;
    }

    private static byte[] json(Random random) {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < 60_000; i++) {
            json.append("{\"id\": ")
                    .append(i)
                    .append(", \"name\": \"")
                    .append(Integer.toString(random.nextInt(50_000_000), 36))
                    .append("\", \"score\": ")
                    .append(random.nextInt(10_000) / 100.0)
                    .append(", \"tags\": [\"")
                    .append(random.nextBoolean() ? "alpha" : "beta")
                    .append("\"]},\n");
        }
        return json.append("]").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Stretch deflated(String name, byte[] content, int strategy) {
        Deflater deflater = new Deflater(6, true);
        deflater.setStrategy(strategy);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        while (!deflater.finished()) {
            stream.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        byte[] bytes = stream.toByteArray();
        return new Stretch(name, bytes, 0, bytes.length, content.length);
    }
}

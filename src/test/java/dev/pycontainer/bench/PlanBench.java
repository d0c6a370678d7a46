package dev.pycontainer.bench;

import dev.pycontainer.content.Check;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.lock.LockReader;
import dev.pycontainer.packaging.lock.SelectWheels;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.packaging.lock.Wanted;
import dev.pycontainer.packaging.lock.Wheelhouse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * What a plan costs beyond its input: a {@code uv.lock} read, walked and every wheel chosen, against the time in which the
 * TOML library alone parses the same file. Both run in turn in one JVM, on one thread, whose CPU time is counted.
 *
 * <p>{@code PlanBench DIRECTORY ROUNDS [LOCK PROJECT]...} measures locks of 400 and 2,000 packages that it makes itself,
 * and those of projects that are named, each with the normalised name of the project.
 */
public final class PlanBench {

    /** Rounds of the larger lock before anything is measured: as many as the compiler needs to leave both alone. */
    private static final int WARM_UP = 40;

    private static final List<String> PLATFORMS = List.of(
            "macosx_10_13_x86_64",
            "macosx_11_0_arm64",
            "manylinux_2_17_aarch64.manylinux2014_aarch64",
            "manylinux_2_17_x86_64.manylinux2014_x86_64",
            "musllinux_1_2_aarch64",
            "musllinux_1_2_x86_64",
            "win32",
            "win_amd64");
    private static final Target TARGET = new Target(
            "cpython",
            Version.parse("3.12.4"),
            "cp312",
            Libc.GLIBC,
            "2.36",
            "x86_64",
            "/usr/local/bin/python3.12",
            "lib/python3.12/site-packages");

    private PlanBench() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        System.out.println(
                "| uv.lock | KB | wheels chosen | TOML alone, CPU ms | read + walk + choose, CPU ms | ratio |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        Path lock400 = made(directory, 400);
        Path lock2000 = made(directory, 2000);
        measure(lock2000, "app", WARM_UP);
        double small = compare("400 packages", lock400, "app", rounds);
        double large = compare("2,000 packages", lock2000, "app", rounds);
        for (int i = 2; i + 1 < arguments.length; i += 2) {
            Path lock = Path.of(arguments[i]);
            compare(arguments[i + 1], lock, arguments[i + 1], rounds);
        }
        System.out.printf(Locale.ROOT, "%nFive times the packages take %.2f times as long.%n", large / small);
    }

    /** Medians of CPU seconds. */
    private record Cost(double toml, double plan, int wheels) {}

    private static double compare(String name, Path lock, String project, int rounds) throws IOException {
        Cost cost = measure(lock, project, rounds);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.1f | **%.2f** |%n",
                name,
                Files.size(lock) / 1000,
                cost.wheels(),
                cost.toml() * 1000,
                cost.plan() * 1000,
                cost.plan() / cost.toml());
        return cost.plan();
    }

    private static Cost measure(Path lock, String project, int rounds) throws IOException {
        TomlMapper toml = new TomlMapper();
        List<Double> alone = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        int wheels = 0;
        for (int round = 0; round < rounds; round++) {
            double begin = cpuSeconds();
            toml.readTree(Files.readString(lock));
            double middle = cpuSeconds();
            wheels = plan(lock, project).wheels().size();
            double end = cpuSeconds();
            alone.add(middle - begin);
            ours.add(end - middle);
        }
        return new Cost(median(alone), median(ours), wheels);
    }

    private static Selection plan(Path lock, String project) {
        SelectWheels select = new SelectWheels(
                packages -> {
                    throw new IllegalStateException("uv.lock tells all");
                },
                new Wheelhouse(new Disk(), List.of(), List.of()),
                new Check("checks.staleLock", Check.Level.OFF, finding -> {}));
        Pyproject pyproject =
                Pyproject.parse(("[project]\nname = \"" + project + "\"\n").getBytes(StandardCharsets.UTF_8));
        return select.from(
                new LockReader(new Disk(), Map.of()).read(lock),
                Wanted.of(lock.toAbsolutePath().getParent(), Optional.of(pyproject), TARGET, List.of(), List.of()),
                (requirements, index) -> String.join(" ", requirements));
    }

    /** As uv writes it: every third package has compiled wheels for four Pythons, the others one pure wheel. */
    private static Path made(Path directory, int count) throws IOException {
        StringBuilder text = new StringBuilder("version = 1\nrevision = 3\nrequires-python = \">=3.10\"\n");
        text.append("\n[[package]]\nname = \"app\"\nversion = \"1.0\"\nsource = { virtual = \".\" }\n")
                .append("dependencies = [\n    { name = \"package-0\" },\n]\n");
        for (int i = 0; i < count; i++) {
            text.append("\n[[package]]\nname = \"package-%d\"\nversion = \"1.%d.0\"\n".formatted(i, i % 30))
                    .append("source = { registry = \"https://index.example/simple\" }\ndependencies = [\n");
            for (int to : new int[] {2 * i + 1, 2 * i + 2, (7 * i + 3) % count}) {
                if (to < count && to != i) {
                    text.append("    { name = \"package-%d\"%s },\n"
                            .formatted(
                                    to,
                                    to % 5 == 0
                                            ? ", marker = \"python_full_version < '3.14' or sys_platform != 'win32'\""
                                            : ""));
                }
            }
            text.append("]\n").append(file("sdist = ", i, "tar.gz", "\n")).append("wheels = [\n");
            if (i % 3 != 0) {
                text.append(file("    ", i, "py3-none-any.whl", ",\n"));
            }
            for (int python = 310; i % 3 == 0 && python < 314; python++) {
                for (String platform : PLATFORMS) {
                    text.append(file("    ", i, "cp%d-cp%d-%s.whl".formatted(python, python, platform), ",\n"));
                }
            }
            text.append("]\n");
        }
        Path lock = Files.createDirectories(directory.resolve("lock-" + count)).resolve("uv.lock");
        return Files.writeString(lock, text);
    }

    private static String file(String before, int i, String kind, String after) {
        String hash = "%064x".formatted(i);
        String name = "package_%d-1.%d.0%s%s".formatted(i, i % 30, kind.startsWith("tar") ? "." : "-", kind);
        return "%s{ url = \"https://files.index.example/packages/%s/%s/%s/%s\", hash = \"sha256:%s\", size = %d, upload-time = \"2025-03-04T05:06:07.089Z\" }%s"
                .formatted(
                        before,
                        hash.substring(0, 2),
                        hash.substring(2, 4),
                        hash.substring(4, 64),
                        name,
                        hash,
                        1000 + i,
                        after);
    }

    private static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}

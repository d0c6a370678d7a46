package dev.pycontainer.build;

import dev.pycontainer.layer.KnownLayer;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.lock.Omitted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plan for people: what comes in, the largest first, what was left out and why, and what would run. */
public final class PlanReport {

    private static final List<String> HEAD = List.of("size", "layer", "package", "version", "wheel");

    /** More than these are told by their reasons alone. */
    private static final int MOST_OMITTED = 60;

    private final ImagePlan plan;

    public PlanReport(ImagePlan plan) {
        this.plan = plan;
    }

    /** The lines, without line ends. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (plan.base().isEmpty()) {
            lines.add("target     " + plan.target().description() + ", as the parameters say; no base");
        }
        lines.add("command    " + command());
        plan.unusualCompression().ifPresent(compression -> lines.add("layers     compressed as " + compression));
        lines.add("");
        lines.addAll(table());
        lines.add("");
        lines.add(total());
        if (plan.layers().stream().anyMatch(layer -> layer.why().isPresent())) {
            lines.add("");
            lines.add("layers of wheels, the lowest first");
            lines.addAll(layers());
        }
        List<String> written = written();
        if (!written.isEmpty()) {
            lines.add("");
            lines.add("of these an earlier build has written");
            lines.addAll(written);
        }
        if (!plan.omitted().isEmpty()) {
            lines.add("");
            lines.add("left out");
            lines.addAll(omitted());
        }
        return lines;
    }

    /** Where GPU packages are most of the bytes, with figures. */
    public Optional<String> warning() {
        return GpuShare.of(plan).map(GpuShare::toString);
    }

    /** Who requires what, and of whom it is not known. */
    public List<String> tree() {
        List<String> lines = new ArrayList<>(new PlanTree(plan).lines());
        if (!plan.silent().isEmpty()) {
            lines.add("");
            lines.add("what these require is told by neither the lock nor their index: "
                    + plan.silent().stream().map(PackageName::value).collect(Collectors.joining(", ")));
        }
        return lines;
    }

    private String command() {
        ImagePlan.Command command = plan.command();
        String words = Stream.concat(
                        command.entrypoint().stream(), command.cmd().stream().flatMap(List::stream))
                .collect(Collectors.joining(" "));
        return (words.isEmpty() ? "not known yet" : words) + " (" + command.why() + ")";
    }

    private List<String> table() {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        plan.packages().stream()
                .sorted(Comparator.comparingLong(PlannedPackage::size)
                        .reversed()
                        .thenComparing(PlannedPackage::name))
                .forEach(one -> rows.add(List.of(
                        one.wheel().map(wheel -> ByteCount.of(wheel.size())).orElse("-"),
                        Integer.toString(one.layer() + 1),
                        one.name() + extras(one),
                        one.version().map(Object::toString).orElse("-"),
                        one.wheel().map(PlannedPackage.Wheel::file).orElse("the project's own directory"))));
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < HEAD.size(); column++) {
            int at = column;
            OptionalInt width =
                    rows.stream().mapToInt(row -> row.get(at).length()).max();
            widths.add(width.orElse(0));
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String extras(PlannedPackage one) {
        return one.extras().isEmpty() ? "" : "[" + String.join(",", one.extras()) + "]";
    }

    /** Numbers end and texts begin under one another. */
    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths.get(column) - cell.length());
            line.append(column == 0 ? "" : "  ").append(column < 2 ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private String total() {
        long wheelLayers = plan.packages().stream()
                .filter(one -> one.wheel().isPresent())
                .mapToInt(PlannedPackage::layer)
                .distinct()
                .count();
        long wheels =
                plan.packages().stream().filter(one -> one.wheel().isPresent()).count();
        return count(wheels, "wheel") + ", " + ByteCount.of(plan.wheelBytes()) + " in " + count(wheelLayers, "layer")
                + "; " + count(plan.omitted().size(), "package") + " of the lock left out";
    }

    /** Neighbours that are there for the same reason on one line; which wheels they hold tells the table. */
    private List<String> layers() {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < plan.layers().size()) {
            Optional<String> why = plan.layers().get(from).why();
            int to = from;
            while (to + 1 < plan.layers().size()
                    && plan.layers().get(to + 1).why().equals(why)) {
                to++;
            }
            if (why.isPresent()) {
                lines.add("  " + (from + 1) + (to > from ? "-" + (to + 1) : "") + "  " + why.get());
            }
            from = to + 1;
        }
        return lines;
    }

    private List<String> written() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < plan.layers().size(); i++) {
            String number = "  " + (i + 1) + "  ";
            plan.layers()
                    .get(i)
                    .known()
                    .map(KnownLayer::descriptor)
                    .ifPresent(layer -> lines.add(number + layer.digest() + ", " + ByteCount.of(layer.size())));
        }
        return lines;
    }

    /** Each, or, where a workspace's lock holds hundreds for others, how many for each reason. */
    private List<String> omitted() {
        if (plan.omitted().size() <= MOST_OMITTED) {
            return plan.omitted().stream().map(PlanReport::line).toList();
        }
        Map<String, List<Omitted>> reasons = plan.omitted().stream()
                .collect(Collectors.groupingBy(Omitted::reason, LinkedHashMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>(reasons.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().size()))
                .map(entry -> entry.getValue().size() == 1
                        ? line(entry.getValue().get(0))
                        : "  " + count(entry.getValue().size(), "package") + ": " + entry.getKey())
                .toList());
        lines.add("  which they are tells plan.json");
        return lines;
    }

    private static String line(Omitted one) {
        return "  " + one.name() + one.version().map(version -> " " + version).orElse("") + ": " + one.reason();
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}

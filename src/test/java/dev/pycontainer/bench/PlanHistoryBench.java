package dev.pycontainer.bench;

import dev.pycontainer.content.Digest;
import dev.pycontainer.layer.KeptLayers;
import dev.pycontainer.layer.Plan;
import dev.pycontainer.layer.PlanLayers;
import dev.pycontainer.layer.PlannedWheel;
import dev.pycontainer.layer.WheelGroup;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.testkit.LockHistory;
import dev.pycontainer.testkit.LockHistory.Locked;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prints what a change of a lock costs those who have the image before it, for five real histories: the bytes of the layers
 * that they do not have, and of those that lie above the lowest of these. A layer is taken to be as large as its wheels.
 */
public final class PlanHistoryBench {

    /** The layers of a base of four, the environment and the project. */
    private static final int OTHERS = 6;

    private static final List<Integer> MAXIMA = List.of(10, 30, 40, 60, 100);

    /** Plans one lock after the other; what it remembers of one it may use for the next. */
    private interface Strategy {
        List<List<PlannedWheel>> layers(Map<String, Locked> lock, List<PlannedWheel> wheels, int free);
    }

    private final Map<String, PlannedWheel> known = new HashMap<>();

    private PlanHistoryBench() {}

    public static void main(String[] args) {
        PlanHistoryBench bench = new PlanHistoryBench();
        bench.print("All at once: MB of layers that are new, the mean of a month", false, false);
        bench.print("One thing at a time: MB of layers that are new, the mean of a change", true, false);
        bench.print("One thing at a time: MB from the lowest new layer up", true, true);
    }

    private static Strategy ours() {
        return (lock, wheels, free) -> layers(new PlanLayers(free, KeptLayers.NONE).of(wheels));
    }

    private static Strategy oursWithLock() {
        KeptLayers[] kept = {KeptLayers.NONE};
        return (lock, wheels, free) -> {
            Plan plan = new PlanLayers(free, kept[0]).of(wheels);
            kept[0] = KeptLayers.of(plan);
            return layers(plan);
        };
    }

    private static List<List<PlannedWheel>> layers(Plan plan) {
        return plan.groups().stream().map(WheelGroup::wheels).toList();
    }

    private static Strategy smallestTogether() {
        return (lock, wheels, free) -> together(
                wheels.stream()
                        .sorted(Comparator.comparingLong(PlannedWheel::size)
                                .reversed()
                                .thenComparing(PlanHistoryBench::name))
                        .toList(),
                free);
    }

    /** The first ones by themselves, in the order of their names, and the others together above them. */
    private static List<List<PlannedWheel>> together(List<PlannedWheel> first, int free) {
        int alone = first.size() <= free ? first.size() : free - 1;
        List<List<PlannedWheel>> layers = new ArrayList<>(first.stream()
                .limit(alone)
                .sorted(Comparator.comparing(PlanHistoryBench::name))
                .map(List::of)
                .toList());
        if (alone < first.size()) {
            layers.add(first.stream().skip(alone).toList());
        }
        return layers;
    }

    /** As nixpkgs' references-by-popularity: who stands most often in the tree of all references has its own layer. */
    private static Strategy byPopularity() {
        return (lock, wheels, free) -> {
            Map<String, Double> popularity = popularity(lock);
            return together(
                    wheels.stream()
                            .sorted(Comparator.comparingDouble(
                                            (PlannedWheel wheel) -> -popularity.getOrDefault(name(wheel), 0.0))
                                    .thenComparing(PlanHistoryBench::name))
                            .toList(),
                    free);
        };
    }

    /** How often each package stands in the tree below the project; where packages require each other the way back is cut. */
    private static Map<String, Double> popularity(Map<String, Locked> lock) {
        List<String> lowestFirst = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<String> roots = new ArrayList<>(List.of(LockHistory.PROJECT));
        roots.addAll(lock.keySet());
        for (String root : roots) {
            Deque<Map.Entry<String, Iterator<String>>> open = new ArrayDeque<>();
            if (seen.add(root)) {
                open.push(Map.entry(root, lock.get(root).requires().iterator()));
            }
            while (!open.isEmpty()) {
                Iterator<String> left = open.element().getValue();
                if (!left.hasNext()) {
                    lowestFirst.add(open.pop().getKey());
                    continue;
                }
                String next = left.next();
                if (lock.containsKey(next) && seen.add(next)) {
                    open.push(Map.entry(next, lock.get(next).requires().iterator()));
                }
            }
        }
        Map<String, Integer> places = new HashMap<>();
        lowestFirst.forEach(name -> places.put(name, places.size()));
        Map<String, Double> popularity = new HashMap<>(Map.of(LockHistory.PROJECT, 1.0));
        for (int i = lowestFirst.size() - 1; i >= 0; i--) {
            String name = lowestFirst.get(i);
            double own = popularity.getOrDefault(name, 0.0);
            for (String required : lock.get(name).requires()) {
                if (places.getOrDefault(required, i) < i) {
                    popularity.merge(required, own, Double::sum);
                }
            }
        }
        return popularity;
    }

    private static String name(PlannedWheel wheel) {
        return wheel.fileName().name().value();
    }

    private void print(String title, boolean isOneAtATime, boolean isChain) {
        List<LockHistory> sets = LockHistory.SETS.stream().map(LockHistory::of).toList();
        System.out.println("\n" + title + ":\n");
        System.out.println("| `layers.maximum` | "
                + sets.stream().map(LockHistory::name).collect(Collectors.joining(" | ")) + " |");
        System.out.println("| --- |" + " ---: |".repeat(sets.size()));
        row("one layer", sets, isOneAtATime, isChain, () -> (lock, wheels, free) -> List.of(wheels), 0);
        row(
                "one for each package, however many",
                sets,
                isOneAtATime,
                isChain,
                () -> (lock, wheels, free) -> wheels.stream().map(List::of).toList(),
                0);
        for (int maximum : MAXIMA) {
            row(maximum + ": **ours**", sets, isOneAtATime, isChain, PlanHistoryBench::ours, maximum);
            row(
                    maximum + ": ours with `pycontainer.lock`",
                    sets,
                    isOneAtATime,
                    isChain,
                    PlanHistoryBench::oursWithLock,
                    maximum);
            row(
                    maximum + ": smallest together",
                    sets,
                    isOneAtATime,
                    isChain,
                    PlanHistoryBench::smallestTogether,
                    maximum);
            row(maximum + ": by popularity", sets, isOneAtATime, isChain, PlanHistoryBench::byPopularity, maximum);
        }
    }

    private interface Fresh {
        Strategy strategy();
    }

    private void row(
            String label, List<LockHistory> sets, boolean isOneAtATime, boolean isChain, Fresh fresh, int maximum) {
        System.out.println("| " + label + " | "
                + sets.stream()
                        .map(set -> String.format(
                                Locale.ROOT,
                                "%.2f",
                                mean(
                                        isOneAtATime ? set.oneAtATime() : set.months(),
                                        fresh.strategy(),
                                        maximum - OTHERS,
                                        isChain)))
                        .collect(Collectors.joining(" | "))
                + " |");
    }

    private double mean(List<NavigableMap<String, Locked>> locks, Strategy strategy, int free, boolean isChain) {
        List<Set<PlannedWheel>> before = List.of();
        long bytes = 0;
        for (int i = 0; i < locks.size(); i++) {
            List<Set<PlannedWheel>> after = strategy.layers(locks.get(i), wheels(locks.get(i)), free).stream()
                    .map(Set::copyOf)
                    .toList();
            if (i > 0) {
                bytes += isChain ? above(before, after) : fresh(before, after);
            }
            before = after;
        }
        return bytes / 1e6 / (locks.size() - 1);
    }

    private static long fresh(List<Set<PlannedWheel>> before, List<Set<PlannedWheel>> after) {
        Set<Set<PlannedWheel>> held = new HashSet<>(before);
        return after.stream()
                .filter(layer -> !held.contains(layer))
                .mapToLong(PlanHistoryBench::size)
                .sum();
    }

    private static long above(List<Set<PlannedWheel>> before, List<Set<PlannedWheel>> after) {
        int same = 0;
        while (same < before.size() && same < after.size() && before.get(same).equals(after.get(same))) {
            same++;
        }
        return after.stream().skip(same).mapToLong(PlanHistoryBench::size).sum();
    }

    private static long size(Collection<PlannedWheel> layer) {
        return layer.stream().mapToLong(PlannedWheel::size).sum();
    }

    private List<PlannedWheel> wheels(Map<String, Locked> lock) {
        List<PlannedWheel> wheels = new ArrayList<>();
        lock.forEach((name, locked) -> {
            if (!name.equals(LockHistory.PROJECT)) {
                String text = name + " " + locked.version() + " " + locked.size();
                wheels.add(known.computeIfAbsent(text, none -> wheel(name, locked)));
            }
        });
        return wheels;
    }

    private static PlannedWheel wheel(String name, Locked locked) {
        WheelFileName file = WheelFileName.parse(name.replace('-', '_') + "-" + locked.version() + "-py3-none-any.whl");
        return new PlannedWheel(file, Digest.of(file + " " + locked.size()), locked.size(), Optional.empty());
    }
}

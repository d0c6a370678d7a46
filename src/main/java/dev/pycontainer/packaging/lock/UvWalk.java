package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One walk through {@code uv.lock}, breadth first from the project over pairs of package and extra. */
final class UvWalk {

    private final Map<PackageName, List<UvPackage>> packages;
    private final UvPackage root;
    private final MarkerEnvironment environment;
    private final SortedMap<String, Reached> reached = new TreeMap<>(Utf8Order.INSTANCE);
    private final Set<Step> seen = new HashSet<>();
    private final Deque<Step> open = new ArrayDeque<>();

    UvWalk(Map<PackageName, List<UvPackage>> packages, UvPackage root, MarkerEnvironment environment) {
        this.packages = packages;
        this.root = root;
        this.environment = environment;
    }

    /** A package's own dependencies (extra is empty text) or those of one of its extras. */
    private record Step(UvPackage from, String extra) {
        List<UvDependency> edges() {
            return extra.isEmpty() ? from.dependencies() : from.ofExtra(extra);
        }

        String label() {
            return from.name().value() + (extra.isEmpty() ? "" : "[" + extra + "]");
        }
    }

    private record Reached(UvPackage locked, SortedSet<String> extras, SortedSet<String> requiredBy) {
        LockedPackage toPackage() {
            return new LockedPackage(
                    locked.name(),
                    Optional.of(locked.version()),
                    locked.files(),
                    List.of(),
                    List.copyOf(extras),
                    List.copyOf(requiredBy));
        }
    }

    List<LockedPackage> select(Collection<String> extras, Collection<String> groups) {
        open(new Step(root, ""));
        extras.forEach(extra -> open(new Step(root, extra)));
        for (String group : groups) {
            follow(root.ofGroup(group), root.name().value() + " (group " + group + ")");
        }
        for (Step step = open.poll(); step != null; step = open.poll()) {
            follow(step.edges(), step.label());
        }
        return reached.values().stream().map(Reached::toPackage).toList();
    }

    private void open(Step step) {
        if (seen.add(step)) {
            open.add(step);
        }
    }

    private void follow(List<UvDependency> edges, String requiredBy) {
        for (UvDependency edge : edges) {
            if (edge.marker().isEmpty() || edge.marker().get().evaluate(environment)) {
                UvPackage to = resolve(edge, requiredBy);
                if (!to.equals(root)) {
                    reach(to, edge, requiredBy);
                }
                open(new Step(to, ""));
                edge.extras().forEach(extra -> open(new Step(to, extra)));
            }
        }
    }

    private void reach(UvPackage to, UvDependency edge, String requiredBy) {
        Reached entry = reached.computeIfAbsent(
                to.name().value(),
                name -> new Reached(to, new TreeSet<>(Utf8Order.INSTANCE), new TreeSet<>(Utf8Order.INSTANCE)));
        if (!entry.locked().equals(to)) {
            throw BuildRefused.because("Package \"" + to.name().value() + "\" is needed in two versions.")
                    .why(entry.locked().place() + " is required by " + String.join(", ", entry.requiredBy()) + "; "
                            + to.place() + " by " + requiredBy)
                    .todo("run `uv lock` again");
        }
        entry.extras().addAll(edge.extras());
        entry.requiredBy().add(requiredBy);
    }

    /** The package that an edge means: uv names version and source only as far as the name is ambiguous. */
    private UvPackage resolve(UvDependency edge, String requiredBy) {
        List<UvPackage> candidates = packages.getOrDefault(edge.name(), List.of()).stream()
                .filter(candidate -> edge.version().isEmpty() || edge.version().equals(candidate.versionText()))
                .filter(candidate -> edge.source().isEmpty()
                        || edge.source().get().equals(candidate.source().tree()))
                .toList();
        if (candidates.size() > 1) {
            candidates = candidates.stream()
                    .filter(candidate -> candidate.inForkOf(environment))
                    .toList();
        }
        if (candidates.size() != 1) {
            String wanted = edge.name().value()
                    + edge.version().map(version -> " " + version).orElse("");
            throw BuildRefused.because(
                            "The lock does not say which package " + requiredBy + " means by \"" + wanted + "\".")
                    .why(
                            candidates.isEmpty()
                                    ? "it holds no such package"
                                    : "it holds several: "
                                            + candidates.stream()
                                                    .map(candidate -> candidate.place())
                                                    .collect(Collectors.joining(", ")))
                    .todo("run `uv lock` again");
        }
        return candidates.get(0);
    }
}

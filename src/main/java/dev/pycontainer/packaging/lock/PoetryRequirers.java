package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who needs each of the packages that are needed, and with which extras: by walking from the project. */
final class PoetryRequirers {

    private final Map<PackageName, PoetryPackage> packages;
    private final MarkerEnvironment environment;
    private final Map<PackageName, SortedSet<String>> requiredBy = new TreeMap<>();
    private final Map<PackageName, SortedSet<String>> extras = new TreeMap<>();
    private final Set<Step> seen = new HashSet<>();
    private final Deque<Step> open = new ArrayDeque<>();

    PoetryRequirers(Map<PackageName, PoetryPackage> packages, MarkerEnvironment environment) {
        this.packages = packages;
        this.environment = environment;
    }

    private record Step(PoetryPackage from, Set<String> extras) {
        String label() {
            return from.name().value() + (extras.isEmpty() ? "" : "[" + String.join(",", extras) + "]");
        }
    }

    /** The packages in the order of their names. */
    List<LockedPackage> packagesNeeded(List<PoetryProject.Needs> roots) {
        roots.forEach(need -> follow(need.dependency(), need.requiredBy()));
        for (Step step = open.poll(); step != null; step = open.poll()) {
            follow(step);
        }
        return new TreeMap<>(packages)
                .values().stream()
                        .map(one -> one.locked(
                                extras.getOrDefault(one.name(), new TreeSet<>()),
                                requiredBy.getOrDefault(one.name(), new TreeSet<>())))
                        .toList();
    }

    private void follow(Step step) {
        List<PoetryDependency> plain = step.from().dependencies(Set.of(), environment);
        for (PoetryDependency dependency : step.from().dependencies(step.extras(), environment)) {
            if (step.extras().isEmpty() || !plain.contains(dependency)) {
                follow(dependency, step.label());
            }
        }
    }

    private void follow(PoetryDependency dependency, String by) {
        PoetryPackage to = packages.get(dependency.name());
        if (to == null) {
            return;
        }
        sorted(requiredBy, to.name()).add(by);
        sorted(extras, to.name()).addAll(dependency.extras());
        open(new Step(to, Set.of()));
        dependency.extras().forEach(extra -> open(new Step(to, Set.of(extra))));
    }

    private static SortedSet<String> sorted(Map<PackageName, SortedSet<String>> sets, PackageName name) {
        return sets.computeIfAbsent(name, any -> new TreeSet<>(Utf8Order.INSTANCE));
    }

    private void open(Step step) {
        if (seen.add(step)) {
            open.add(step);
        }
    }
}

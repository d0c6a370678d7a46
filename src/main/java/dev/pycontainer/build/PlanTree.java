package dev.pycontainer.build;

import dev.pycontainer.packaging.PackageName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who requires what, as a tree below the project. A package that several require is told in full once; what the lock says
 * of nobody stands below the project too.
 */
final class PlanTree {

    private final String project;
    private final Map<String, Map<PlannedPackage, List<Requirer>>> children = new HashMap<>();
    private final Set<PlannedPackage> told = new HashSet<>();
    private final List<String> lines = new ArrayList<>();

    PlanTree(ImagePlan plan) {
        this.project = plan.project().name()
                + plan.project().version().map(version -> " " + version).orElse("");
        Set<String> names =
                plan.packages().stream().map(one -> one.name().value()).collect(Collectors.toSet());
        for (PlannedPackage one : plan.packages()) {
            if (one.requiredBy().isEmpty()) {
                requirers("", one);
            }
            for (Requirer requirer : one.requiredBy()) {
                // The project itself is no package of the plan.
                requirers(names.contains(requirer.name()) ? requirer.name() : "", one)
                        .add(requirer);
            }
        }
    }

    private List<Requirer> requirers(String parent, PlannedPackage one) {
        return children.computeIfAbsent(parent, name -> new LinkedHashMap<>())
                .computeIfAbsent(one, name -> new ArrayList<>());
    }

    List<String> lines() {
        lines.add(project);
        tell();
        // Packages that require each other, and that nobody else does, are reached from none.
        children.values().stream()
                .flatMap(below -> below.keySet().stream())
                .filter(one -> !told.contains(one))
                .map(PlannedPackage::name)
                .map(PackageName::value)
                .sorted()
                .distinct()
                .forEach(name -> lines.add("?- " + name));
        return List.copyOf(lines);
    }

    /** One package's requirements that are still to be told, deeper than a thread's stack may be. */
    private record Open(Iterator<Map.Entry<PlannedPackage, List<Requirer>>> left, String indent) {}

    private void tell() {
        Deque<Open> open = new ArrayDeque<>();
        open.push(below("", ""));
        while (!open.isEmpty()) {
            Open level = open.element();
            if (!level.left().hasNext()) {
                open.pop();
                continue;
            }
            Map.Entry<PlannedPackage, List<Requirer>> child = level.left().next();
            boolean isLast = !level.left().hasNext();
            String name = child.getKey().name().value();
            boolean isFirst = told.add(child.getKey());
            lines.add(level.indent()
                    + (isLast ? "\\- " : "+- ")
                    + child.getKey()
                    + reason(child.getValue())
                    + (isFirst || !children.containsKey(name) ? "" : " (see above)"));
            if (isFirst) {
                open.push(below(name, level.indent() + (isLast ? "   " : "|  ")));
            }
        }
    }

    private Open below(String parent, String indent) {
        return new Open(children.getOrDefault(parent, Map.of()).entrySet().iterator(), indent);
    }

    /** Where it comes with an extra or a group alone. */
    private static String reason(List<Requirer> requirers) {
        if (requirers.stream()
                .anyMatch(one -> one.extra().isEmpty() && one.group().isEmpty())) {
            return "";
        }
        return requirers.stream()
                .map(one -> one.extra()
                        .map(extra -> "extra " + extra)
                        .orElseGet(() -> "group " + one.group().orElse("")))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), text -> text.isEmpty() ? "" : " (" + text + ")"));
    }
}

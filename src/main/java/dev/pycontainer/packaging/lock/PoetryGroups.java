package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The dependency groups as Poetry knows them: {@code [dependency-groups]} (PEP 735), {@code [tool.poetry.group.*]} and
 * the older {@code [tool.poetry.dev-dependencies]}.
 */
final class PoetryGroups {

    private static final String DEV = "dev";
    private static final String INCLUDE = "include-groups";

    private final SortedMap<String, List<PoetryDependency>> own = new TreeMap<>(Utf8Order.INSTANCE);
    private final SortedMap<String, TomlTable> tables = new TreeMap<>(Utf8Order.INSTANCE);

    PoetryGroups(TomlTable poetry, Map<String, List<Requirement>> standardGroups) {
        standardGroups.forEach((group, requirements) -> own.put(
                group,
                requirements.stream()
                        .map(requirement -> PoetryDependency.of(requirement, Set.of(), "dependency-groups." + group))
                        .toList()));
        TomlTable groups = poetry.table("group");
        for (String written : groups.keys()) {
            TomlTable group = groups.table(written);
            String name = groups.placed(() -> Extra.of(written));
            tables.put(name, group);
            own.merge(name, PoetryDependency.of(group.table("dependencies")), PoetryGroups::enriched);
        }
        if (poetry.has("dev-dependencies")) {
            own.merge(DEV, PoetryDependency.of(poetry.table("dev-dependencies")), PoetryGroups::both);
        }
        tables.keySet().forEach(this::includedBy);
    }

    private static List<PoetryDependency> both(List<PoetryDependency> first, List<PoetryDependency> second) {
        List<PoetryDependency> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    /** The dependencies of the standard tables, each with what Poetry's own tables add to it; where there is none, those. */
    static List<PoetryDependency> enriched(List<PoetryDependency> declared, List<PoetryDependency> added) {
        if (declared.isEmpty()) {
            return added;
        }
        List<PoetryDependency> enriched = new ArrayList<>();
        for (PoetryDependency dependency : declared) {
            List<PoetryDependency> ofName = added.stream()
                    .filter(one -> one.name().equals(dependency.name()))
                    .toList();
            if (ofName.isEmpty()) {
                enriched.add(dependency);
            } else {
                ofName.forEach(one -> enriched.add(dependency.with(one)));
            }
        }
        return enriched;
    }

    Set<String> names() {
        return own.keySet();
    }

    /** The dependencies of all groups. */
    Stream<PoetryDependency> dependencies() {
        return own.values().stream().flatMap(List::stream);
    }

    /** The group's own dependencies, then those of the groups that it includes, each group once. */
    List<PoetryDependency> dependencies(String name) {
        List<PoetryDependency> dependencies = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (seen.add(next)) {
                dependencies.addAll(own.getOrDefault(next, List.of()));
                List<String> included = new ArrayList<>(includedBy(next));
                Collections.reverse(included);
                included.forEach(open::push);
            }
        }
        return List.copyOf(dependencies);
    }

    private List<String> includedBy(String name) {
        TomlTable table = tables.get(name);
        if (table == null) {
            return List.of();
        }
        List<String> included = table.texts(INCLUDE, Extra::of);
        for (String other : included) {
            if (!own.containsKey(other)) {
                throw table.refusedAt(INCLUDE, "There is no dependency group \"" + other + "\".")
                        .todo("add it, or do not include it");
            }
        }
        return included;
    }
}

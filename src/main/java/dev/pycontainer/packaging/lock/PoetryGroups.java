package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /** The dependencies of each group, with those of the groups that it includes. */
    SortedMap<String, List<PoetryDependency>> all() {
        SortedMap<String, List<PoetryDependency>> all = new TreeMap<>(Utf8Order.INSTANCE);
        for (String name : own.keySet()) {
            List<PoetryDependency> dependencies = new ArrayList<>();
            collect(name, new LinkedHashSet<>(), dependencies);
            all.put(name, List.copyOf(dependencies));
        }
        return all;
    }

    private void collect(String name, Set<String> seen, List<PoetryDependency> into) {
        if (!seen.add(name)) {
            return;
        }
        into.addAll(own.getOrDefault(name, List.of()));
        TomlTable table = tables.get(name);
        if (table == null) {
            return;
        }
        for (String included : table.texts(INCLUDE, Extra::of)) {
            if (!own.containsKey(included)) {
                throw table.refusedAt(INCLUDE, "There is no dependency group \"" + included + "\".")
                        .todo("add it, or do not include it");
            }
            collect(included, seen, into);
        }
    }
}

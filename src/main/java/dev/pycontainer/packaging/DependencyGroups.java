package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The {@code [dependency-groups]} of a {@code pyproject.toml} (PEP 735), each with what it includes. */
final class DependencyGroups {

    private static final String INCLUDE = "include-group";
    private static final int DEEPEST = 100;

    private final TomlTable table;
    private final Map<String, String> written = new LinkedHashMap<>();
    private final Map<String, Set<Requirement>> read = new HashMap<>();

    private DependencyGroups(TomlTable table) {
        this.table = table;
        for (String name : table.keys()) {
            // "Tools SHOULD … normalize the name before comparisons, and … error … if there are duplicates."
            String other = written.put(Extra.of(name), name);
            if (other != null) {
                throw table.refusedAt(name, "The dependency groups \"" + other + "\" and \"" + name + "\" are one.")
                        .why("names are compared without regard to case, `-`, `_` and `.`")
                        .todo("rename one of them");
            }
        }
    }

    /** The requirements of every group by the group's normal form; all groups are read, so that all are checked. */
    static Map<String, List<Requirement>> of(TomlTable file) {
        DependencyGroups groups = new DependencyGroups(file.table("dependency-groups"));
        Map<String, List<Requirement>> all = new LinkedHashMap<>();
        for (String name : groups.written.keySet()) {
            all.put(name, List.copyOf(groups.requirements(name, new LinkedHashSet<>())));
        }
        return all;
    }

    /** Each group is read once, and counts once in a group that includes it in several ways. */
    private Set<Requirement> requirements(String name, Set<String> path) {
        Set<Requirement> known = read.get(name);
        if (known != null) {
            return known;
        }
        String key = keyOf(name, path);
        Set<Requirement> requirements = new LinkedHashSet<>();
        for (JsonNode element : table.elements(key)) {
            if (element.isString()) {
                requirements.add(table.read(key, () -> Requirement.ofProject(element.stringValue())));
            } else if (element.size() == 1 && element.path(INCLUDE).isString()) {
                requirements.addAll(requirements(
                        table.read(key, () -> Extra.of(element.path(INCLUDE).stringValue())), path));
            } else {
                throw table.refusedAt(key, "An element is neither a requirement nor { include-group = \"…\" }.");
            }
        }
        path.remove(name);
        read.put(name, requirements);
        return requirements;
    }

    private String keyOf(String name, Set<String> path) {
        String key = written.get(name);
        if (key == null) {
            throw BuildRefused.because("There is no dependency group \"" + name + "\".")
                    .why("it is included by another one")
                    .in("dependency-groups");
        }
        if (!path.add(name)) {
            throw table.refusedAt(key, "The dependency group \"" + name + "\" includes itself.")
                    .why(String.join(" includes ", path) + " includes " + name);
        }
        if (path.size() > DEEPEST) {
            throw table.refusedAt(key, "The dependency groups include one another deeper than they are read.")
                    .why("at most " + DEEPEST + " of them may, one in the other")
                    .todo("let them include fewer, each what it needs");
        }
        return key;
    }
}

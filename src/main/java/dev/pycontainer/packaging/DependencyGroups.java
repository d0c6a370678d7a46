package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The {@code [dependency-groups]} of a {@code pyproject.toml} (PEP 735), each with what it includes. */
final class DependencyGroups {

    private static final String INCLUDE = "include-group";

    private final TomlTable table;
    private final Map<String, String> written = new LinkedHashMap<>();

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
        Map<String, List<Requirement>> resolved = new LinkedHashMap<>();
        for (String name : groups.written.keySet()) {
            List<Requirement> requirements = new ArrayList<>();
            groups.collect(name, new LinkedHashSet<>(), requirements);
            resolved.put(name, List.copyOf(requirements));
        }
        return resolved;
    }

    private void collect(String name, Set<String> path, List<Requirement> into) {
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
        for (JsonNode element : table.elements(key)) {
            if (element.isString()) {
                into.add(table.read(key, () -> Requirement.parse(element.stringValue())));
            } else if (element.size() == 1 && element.path(INCLUDE).isString()) {
                collect(table.read(key, () -> Extra.of(element.path(INCLUDE).stringValue())), path, into);
            } else {
                throw table.refusedAt(key, "An element is neither a requirement nor { include-group = \"…\" }.");
            }
        }
        path.remove(name);
    }
}

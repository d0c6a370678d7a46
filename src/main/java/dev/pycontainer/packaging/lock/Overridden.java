package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The packages of which a tool's settings in {@code pyproject.toml} outrule what the project requires. */
final class Overridden {

    private Overridden() {}

    /**
     * {@code override-dependencies} and {@code exclude-dependencies} of {@code [tool.uv]}, {@code overrides} and {@code
     * excludes} of {@code [tool.pdm.resolution]}.
     */
    static Set<PackageName> in(Pyproject pyproject) {
        return pyproject.read(file -> {
            TomlTable uv = file.table("tool").table("uv");
            TomlTable pdm = file.table("tool").table("pdm").table("resolution");
            Set<PackageName> names = new HashSet<>();
            for (String key : List.of("override-dependencies", "exclude-dependencies")) {
                // Those that hold for one package's dependencies alone have tables, and concern none of the project's.
                uv.elements(key).stream()
                        .filter(JsonNode::isString)
                        .map(entry -> uv.read(key, () -> Requirement.parse(entry.stringValue())))
                        .forEach(requirement -> names.add(requirement.name()));
            }
            pdm.table("overrides").keys().forEach(name -> names.add(PackageName.of(name)));
            names.addAll(pdm.texts("excludes", PackageName::of));
            return names;
        });
    }
}

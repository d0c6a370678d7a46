package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import java.util.HashSet;
import java.util.Set;

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
            uv.texts("override-dependencies", Requirement::parse).forEach(requirement -> names.add(requirement.name()));
            uv.texts("exclude-dependencies", Requirement::parse).forEach(requirement -> names.add(requirement.name()));
            pdm.table("overrides").keys().forEach(name -> names.add(PackageName.of(name)));
            names.addAll(pdm.texts("excludes", PackageName::of));
            return names;
        });
    }
}

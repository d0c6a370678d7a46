package dev.pycontainer.project;

import dev.pycontainer.packaging.TomlTable;
import java.util.List;
import java.util.stream.Stream;

/** Hatchling, as its pages "Build configuration" and "Wheel builder" say. */
final class HatchlingBackend implements BuildBackend {

    @Override
    public List<String> references() {
        return List.of("hatchling.build", "hatchling.ouroboros");
    }

    @Override
    public List<String> requirements() {
        return List.of("hatchling", "hatch-vcs", "hatch-fancy-pypi-readme");
    }

    @Override
    public SourceRoots roots(TomlTable tool, PackageSearch search) {
        TomlTable build = tool.table("hatch").table("build");
        TomlTable wheel = build.table("targets").table("wheel");
        for (TomlTable table : List.of(build, wheel)) {
            NotEditable.refuse(table, "hooks", "force-include", "dev-mode-exact");
            if (table.isTable("sources")) {
                NotEditable.refuse(table, "sources");
            }
        }
        NotEditable.refuse(wheel, "shared-data", "shared-scripts", "extra-metadata");

        for (String key : List.of("dev-mode-dirs", "sources")) {
            List<String> directories = directories(key, wheel, build);
            if (!directories.isEmpty()) {
                return search.ofDirectories(directories);
            }
        }
        List<String> packages = directories("packages", wheel, build);
        if (!packages.isEmpty()) {
            return search.ofPackages(packages);
        }
        if (!directories("only-include", wheel, build).isEmpty()) {
            return search.ofDirectories(List.of(""));
        }
        return search.ofNamed(search.ownNames(), "", "src");
    }

    /** "Each build target can override global options": the first table that has the key counts. */
    private static List<String> directories(String key, TomlTable... tables) {
        return Stream.of(tables)
                .filter(table -> table.has(key))
                .findFirst()
                .map(table -> table.texts(key).stream()
                        .map(text -> NotEditable.directory(text, table.pathOf(key)))
                        .toList())
                .orElse(List.of());
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Compares the constraints and overrides of a workspace with those that its {@code uv.lock} was made with.
 *
 * @param directory of the lock, where the workspace's {@code pyproject.toml} lies
 */
record UvManifest(TomlTable manifest, Path directory, UvSources sources, MarkerEnvironment environment) {

    private record Difference(PackageName name, StaleEntry entry) {}

    /** Where they differ in the target and of a package that is needed. */
    List<StaleEntry> stale(Pyproject workspace, Supplier<UvWalk> walk) {
        List<Difference> found = new ArrayList<>();
        compare("constraints", "constraint-dependencies", workspace, found);
        compare("overrides", "override-dependencies", workspace, found);
        if (found.isEmpty()) {
            return List.of();
        }
        Set<PackageName> needed = walk.get().reached().keySet();
        return found.stream()
                .filter(difference -> needed.contains(difference.name))
                .map(Difference::entry)
                .toList();
    }

    private void compare(String key, String writtenKey, Pyproject workspace, List<Difference> found) {
        Optional<List<UvRequirement>> now =
                workspace.read(file -> said(file.table("tool").table("uv"), writtenKey));
        // An entry for one package alone, which has a table of its own, is not compared.
        boolean comparable = now.isPresent() && manifest.tables(key).stream().noneMatch(entry -> entry.has("package"));
        if (!comparable) {
            return;
        }
        List<UvRequirement> then = UvRequirement.locked(manifest, key, environment, directory);
        String place = Pyproject.FILE + ": tool.uv." + writtenKey;
        for (UvRequirement entry : now.get()) {
            if (then.stream().noneMatch(entry::agreesWith)) {
                found.add(new Difference(
                        entry.name(), new StaleEntry(place, entry.shown(), "the lock was made without it")));
            }
        }
        for (UvRequirement entry : then) {
            if (now.get().stream().noneMatch(entry::agreesWith)) {
                found.add(new Difference(
                        entry.name(),
                        new StaleEntry(
                                place, "nothing of " + entry.name(), "the lock was made with " + entry.shown())));
            }
        }
    }

    private Optional<List<UvRequirement>> said(TomlTable uv, String key) {
        if (!uv.elements(key).stream().allMatch(JsonNode::isString)) {
            return Optional.empty();
        }
        return Optional.of(uv.texts(key, Requirement::parse).stream()
                .filter(requirement -> requirement.appliesIn(environment))
                .map(requirement -> sources.applied(requirement, environment, Optional.empty(), Optional.empty()))
                .toList());
    }
}

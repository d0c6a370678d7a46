package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.lock.UvSources.Origin;
import dev.pycontainer.packaging.lock.UvWalk.Reached;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Compares a {@code uv.lock} with all that it was made from and that counts for one image. */
final class UvFreshness {

    private final Disk disk;
    private final TomlTable top;
    private final Optional<SpecifierSet> requiresPython;
    private final UvPackages packages;
    private final Path directory;
    private final Wanted wanted;
    private final MarkerEnvironment environment;

    /** @param directory of the lock */
    UvFreshness(
            Disk disk,
            TomlTable top,
            Optional<SpecifierSet> requiresPython,
            UvPackages packages,
            Path directory,
            Wanted wanted) {
        this.disk = disk;
        this.top = top;
        this.requiresPython = requiresPython;
        this.packages = packages;
        this.directory = directory;
        this.wanted = wanted;
        this.environment = wanted.target().markers();
    }

    /** @param walk needed where the lock knows more than the project itself, and not taken before the project is fresh */
    List<StaleEntry> stale(Pyproject pyproject, Supplier<UvWalk> walk) {
        UvPackage root = new UvRoot(disk, packages, directory).of(wanted);
        Optional<Pyproject> workspace =
                wanted.directory().equals(directory) ? Optional.of(pyproject) : pyprojectIn(directory);
        List<StaleEntry> found = new ArrayList<>(python(pyproject));
        SortedSet<String> groups = UvGroups.of(wanted, root);
        // Markers in the lock say nothing of a Python that it, or a group, is not for; the selection refuses it.
        if (!found.isEmpty()
                || !isForTarget()
                || UvGroups.notForTarget(wanted, groups).isPresent()) {
            return found;
        }
        found.addAll(
                compared(root, pyproject, wanted.directory(), Pyproject.FILE).entries(wanted.extras(), groups));
        if (found.isEmpty() && packages.projects().count() > 1) {
            walk.get().reached().values().forEach(reached -> found.addAll(member(reached)));
        }
        if (found.isEmpty() && workspace.isPresent()) {
            TomlTable manifest = top.table("manifest");
            List<StaleEntry> all = new UvManifest(manifest, directory, sources(workspace.get(), directory), environment)
                    .stale(workspace.get(), walk);
            found.addAll(all);
        }
        return List.copyOf(found);
    }

    private List<StaleEntry> python(Pyproject pyproject) {
        Optional<SpecifierSet> project = pyproject.requiresPython();
        if (requiresPython.isEmpty() || project.isEmpty()) {
            return List.of();
        }
        // A group may allow less than its project, and the lock then allows no more than the group.
        boolean alone = top.table("manifest").texts("members").size() < 2
                && pyproject.read(file -> !file.table("tool").table("uv").has("dependency-groups"));
        return UvPython.difference(project.get(), requiresPython.get(), alone).stream()
                .map(python -> new StaleEntry(
                        Pyproject.FILE + ": project.requires-python",
                        "requires-python = \"" + project.get() + "\"",
                        "the lock was made for \"" + requiresPython.get() + "\", which differs for Python " + python))
                .toList();
    }

    private boolean isForTarget() {
        return requiresPython.map(wanted.target()::satisfies).orElse(true);
    }

    private List<StaleEntry> member(Reached reached) {
        UvSource source = reached.locked().source();
        if (!source.isProject()) {
            return List.of();
        }
        Path member = reached.locked().in(directory);
        String path = source.value();
        String file = path + (path.endsWith("/") ? "" : "/") + Pyproject.FILE;
        return pyprojectIn(member)
                .map(pyproject ->
                        compared(reached.locked(), pyproject, member, file).entries(reached.extras(), new TreeSet<>()))
                .orElse(List.of());
    }

    private UvStale compared(UvPackage locked, Pyproject pyproject, Path project, String file) {
        return new UvStale(locked, pyproject, sources(pyproject, project), environment, directory, file);
    }

    /** A project that another one requires by its path may have no workspace, or one of its own. */
    private UvSources sources(Pyproject pyproject, Path project) {
        List<Origin> origins = new ArrayList<>();
        origins.add(new Origin(pyproject, project));
        UvWorkspace.rootOf(disk, project, pyproject.tree())
                .ifPresent(root -> pyprojectIn(root).ifPresent(other -> origins.add(new Origin(other, root))));
        return new UvSources(origins, packages, directory);
    }

    private Optional<Pyproject> pyprojectIn(Path project) {
        try {
            return Pyproject.in(disk, project);
        } catch (BuildRefused refused) {
            throw refused.in(project.toString());
        } catch (IOException e) {
            throw BuildRefused.because(project.resolve(Pyproject.FILE) + " cannot be read.")
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }
}

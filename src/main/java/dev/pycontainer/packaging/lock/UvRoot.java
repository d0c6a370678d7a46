package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.PackageName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the project in its {@code uv.lock}: the package on disk that lies in the project's directory. */
final class UvRoot {

    private final Disk disk;
    private final UvPackages packages;
    private final Path directory;

    /** @param directory of the lock, absolute */
    UvRoot(Disk disk, UvPackages packages, Path directory) {
        this.disk = disk;
        this.packages = packages;
        this.directory = directory;
    }

    UvPackage of(Wanted wanted) {
        PackageName name = wanted.project().orElseThrow(this::nameless);
        List<UvPackage> projects = packages.projects().toList();
        for (UvPackage candidate : projects) {
            if (candidate.name().equals(name) && isAt(candidate, wanted.directory())) {
                return candidate;
            }
        }
        // A lock that was named as python.lock may lie elsewhere; it still knows its own project as ".".
        return projects.stream()
                .filter(candidate -> candidate.name().equals(name)
                        && candidate.source().value().equals("."))
                .findFirst()
                .orElseThrow(() -> absent(name, projects));
    }

    private boolean isAt(UvPackage candidate, Path project) {
        Path place = candidate.in(directory);
        if (place.equals(project)) {
            return true;
        }
        try {
            return disk.exists(place) && disk.exists(project) && disk.isSame(place, project);
        } catch (IOException e) {
            throw BuildRefused.because("The directory " + place + " cannot be read.")
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private BuildRefused nameless() {
        List<UvPackage> members = packages.projects()
                .filter(project -> !project.source().value().equals("."))
                .toList();
        if (!members.isEmpty()) {
            return BuildRefused.because("The project is the root of a workspace, and none of its members.")
                    .why("an image is of one project, and pyproject.toml has no [project] name")
                    .todo("name one of the members as python.project: "
                            + members.stream()
                                    .map(member -> member.source().value())
                                    .sorted(Utf8Order.INSTANCE)
                                    .collect(Collectors.joining(", ")));
        }
        return BuildRefused.because("The project has no name by which the lock knows it.")
                .why("uv.lock is walked from the project, and pyproject.toml has no [project] name")
                .todo("add a [project] table with a name, and lock again");
    }

    private BuildRefused absent(PackageName name, List<UvPackage> projects) {
        BuildRefused refused = BuildRefused.because("The lock is not of the project \"" + name + "\".");
        for (UvPackage candidate : projects) {
            if (candidate.name().equals(name)) {
                return refused.why("its project of this name lies in "
                                + candidate.source().value())
                        .todo("run `uv lock` in the project's directory");
            }
        }
        String known = projects.stream()
                .map(candidate -> "\"" + candidate.name() + "\"")
                .sorted(Utf8Order.INSTANCE)
                .collect(Collectors.joining(", "));
        return refused.why(known.isEmpty() ? "it was made for no project" : "it was made for " + known)
                .todo("run `uv lock` in the project's directory");
    }
}

package dev.pycontainer.project;

import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.BuildSystem;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the directories from which an installed project is imported, as its build backend would. */
public final class FindSourceRoots {

    private static final List<BuildBackend> BACKENDS = List.of(
            new HatchlingBackend(),
            new SetuptoolsBackend(),
            new UvBackend(),
            new PoetryBackend(),
            new FlitBackend(),
            new PdmBackend());

    private final Disk disk;

    public FindSourceRoots(Disk disk) {
        this.disk = disk;
    }

    /** The source roots; none for a project that is only copied. */
    public SourceRoots of(Project project, SourceFiles files) {
        if (!project.isInstalled() || project.pyproject().isEmpty()) {
            return new SourceRoots(List.of());
        }
        Pyproject pyproject = project.pyproject().get();
        BuildSystem system = pyproject
                .buildSystem()
                .orElseThrow(() -> new IllegalStateException("an installed project has a build system"));
        return pyproject.read(
                file -> backendOf(system).roots(file.table("tool"), new PackageSearch(disk, project.name(), files)));
    }

    private static BuildBackend backendOf(BuildSystem system) {
        String supported =
                BACKENDS.stream().map(backend -> backend.references().get(0)).collect(Collectors.joining(", "));
        BuildBackend backend = BACKENDS.stream()
                .filter(known -> known.references().contains(system.backend()))
                .filter(known -> system.backendPath().isEmpty())
                .findFirst()
                .orElseThrow(() -> NotEditable.because("The build backend \"" + system.backend()
                                + "\" is not one that pycontainer can stand in for.")
                        .why("it may compile or generate files; those that only collect a project's files are "
                                + supported)
                        .in("build-system.build-backend"));
        for (Requirement requirement : system.requires()) {
            String name = requirement.name().value();
            if (!backend.requirements().contains(name)) {
                throw NotEditable.because("The project needs \"" + name + "\" to be built.")
                        .why("it may compile or generate files, and pycontainer runs no build backend")
                        .in("build-system.requires");
            }
        }
        return backend;
    }
}

package dev.pycontainer.maven;

import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.lock.Wheelhouse;
import java.nio.file.Path;
import java.util.List;

/** Reads where wheels lie that no index has: directories that are named, and the module's dependencies of type whl. */
final class ReadWheelhouse {

    private ReadWheelhouse() {}

    static Wheelhouse of(Disk disk, Invocation invocation) {
        List<Path> directories = invocation.parameters().list("python.wheelhouse").orElse(List.of()).stream()
                .map(invocation::resolve)
                .toList();
        List<Path> artifacts = invocation.project().getArtifacts().stream()
                .filter(artifact -> artifact.getType().equals("whl") && artifact.getFile() != null)
                .map(artifact -> artifact.getFile().toPath())
                .sorted()
                .toList();
        return new Wheelhouse(disk, directories, artifacts);
    }
}

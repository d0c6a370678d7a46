package dev.pycontainer.build;

import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.layer.FilesModificationTime;
import dev.pycontainer.layer.LayerFile;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.layer.LayerLink;
import dev.pycontainer.layer.ProjectLayer;
import dev.pycontainer.layer.Runnables;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.project.Command;
import dev.pycontainer.project.EditableInstall;
import dev.pycontainer.project.FindCommand;
import dev.pycontainer.project.FindSourceRoots;
import dev.pycontainer.project.GeneratedFile;
import dev.pycontainer.project.Project;
import dev.pycontainer.project.SourceFile;
import dev.pycontainer.project.SourceFiles;
import dev.pycontainer.project.SourceRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The project as the image has it: its files below the app root, and what its installation adds below the prefix. */
final class ProjectFiles {

    private final Project project;
    private final SourceFiles sources;
    private final SourceRoots roots;
    private final InstallScheme scheme;
    private final String appRoot;

    ProjectFiles(Project project, SourceFiles sources, InstallScheme scheme, String appRoot) {
        this.project = project;
        this.sources = sources;
        this.roots = new FindSourceRoots().of(project, sources);
        this.scheme = scheme;
        this.appRoot = appRoot;
    }

    /** What the container runs; a command may name what the dependencies' layers hold. */
    Launch.Found command(Optional<String> run, Runnables dependencies) {
        FindCommand find = new FindCommand(
                appRoot,
                dependencies.scripts()::contains,
                module -> dependencies.modules().contains(module.split("\\.", 2)[0]));
        Command command = find.of(project, sources, roots, run);
        return new Launch.Found(command.cmd(), command.why());
    }

    /**
     * What the container would run, with the wheels unread: nothing where what {@code python.run} names may be in one of
     * them.
     */
    Optional<Launch.Found> plannedCommand(Optional<String> run) {
        AtomicBoolean isOfWheel = new AtomicBoolean();
        FindCommand find = new FindCommand(appRoot, script -> false, module -> {
            // Asked last, of what is nothing of the project.
            isOfWheel.set(true);
            return true;
        });
        Command command = find.of(project, sources, roots, run);
        return isOfWheel.get() ? Optional.empty() : Optional.of(new Launch.Found(command.cmd(), command.why()));
    }

    /** Of the files that go into the layer, in bytes, as they lie on disk. */
    long size() {
        long size = 0;
        for (SourceFile source : sources) {
            size += source.size();
        }
        for (GeneratedFile file : new EditableInstall(scheme, appRoot).of(project, roots)) {
            size += file.content().length;
        }
        return size;
    }

    /** The layer to be; each file is read once here, for its digest. */
    ProjectLayer layer(FilesModificationTime time, Tally tally) throws IOException {
        List<LayerFile> files = new ArrayList<>();
        List<LayerLink> links = new ArrayList<>();
        for (SourceFile source : sources) {
            String path = appRoot.substring(1) + "/" + source.path();
            if (source.linkTarget().isPresent()) {
                links.add(new LayerLink(path, source.linkTarget().get()));
            } else {
                tally.count(Work.PROJECT_FILES_READ);
                files.add(LayerFile.reading(path, source.executable(), () -> Files.newInputStream(source.location())));
            }
        }
        for (GeneratedFile file : new EditableInstall(scheme, appRoot).of(project, roots)) {
            files.add(
                    LayerFile.of(scheme.prefix().substring(1) + "/" + file.path(), file.executable(), file.content()));
        }
        return new ProjectLayer(LayerKind.PROJECT, appRoot, scheme.prefix(), files, links, time);
    }
}

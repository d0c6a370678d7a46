package dev.pycontainer.build;

import dev.pycontainer.layer.FilesModificationTime;
import dev.pycontainer.layer.LayerFile;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.layer.LayerLink;
import dev.pycontainer.layer.LayerPackage;
import dev.pycontainer.layer.ProjectLayer;
import dev.pycontainer.layer.Runnables;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.project.Command;
import dev.pycontainer.project.EditableInstall;
import dev.pycontainer.project.FindCommand;
import dev.pycontainer.project.GeneratedFile;
import dev.pycontainer.project.Project;
import dev.pycontainer.project.SourceFile;
import dev.pycontainer.store.FileDigests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/** A local project as the image has it: its files at its place, and what its installation adds below the prefix. */
final class ProjectFiles {

    private final LocalProject local;
    private final InstallScheme scheme;
    private final List<GeneratedFile> generated;

    ProjectFiles(LocalProject local, InstallScheme scheme) {
        this.local = local;
        this.scheme = scheme;
        this.generated = new EditableInstall(scheme, local.location()).of(local.project(), local.roots());
    }

    /** What the container runs; a command may name what the dependencies' layers hold. */
    Launch.Found command(Optional<String> run, Runnables dependencies) {
        FindCommand find = new FindCommand(
                local.disk(),
                local.location(),
                dependencies.scripts()::contains,
                module -> dependencies.modules().contains(module.split("\\.", 2)[0]));
        Command command = find.of(local.project(), local.selected(), local.roots(), run);
        return new Launch.Found(command.cmd(), command.why());
    }

    /**
     * What the container would run, with the wheels unread: nothing where what {@code python.run} names may be in one of
     * them.
     */
    Optional<Launch.Found> plannedCommand(Optional<String> run, List<ProjectFiles> members) {
        List<Runnables> ofMembers =
                members.stream().map(ProjectFiles::runnables).toList();
        AtomicBoolean mayBeOfWheel = new AtomicBoolean();
        FindCommand find = new FindCommand(
                local.disk(),
                local.location(),
                script -> ofMembers.stream().anyMatch(its -> its.scripts().contains(script)),
                module -> {
                    // Asked last, of what is nothing of the project.
                    String top = module.split("\\.", 2)[0];
                    mayBeOfWheel.set(
                            ofMembers.stream().noneMatch(its -> its.modules().contains(top)));
                    return true;
                });
        Command command = find.of(local.project(), local.selected(), local.roots(), run);
        return mayBeOfWheel.get() ? Optional.empty() : Optional.of(new Launch.Found(command.cmd(), command.why()));
    }

    /** The layer as a plan tells it, with the size of its files as they lie on disk. */
    ImagePlan.PlannedLayer planned() {
        long size = generated.stream().mapToLong(file -> file.content().length).sum();
        for (SourceFile source : local.own()) {
            size += source.size();
        }
        return ImagePlan.PlannedLayer.of(
                local.kind(),
                OptionalLong.of(size),
                local.kind() == LayerKind.MEMBER ? List.of(name().value()) : List.of());
    }

    PackageName name() {
        return PackageName.of(local.project().name());
    }

    Optional<Version> version() {
        return local.project().version();
    }

    /** The layer to be; a file is read for its digest only where it may have changed since the last build. */
    ProjectLayer layer(FilesModificationTime time, FileDigests digests) throws IOException {
        List<LayerFile> files = new ArrayList<>();
        List<LayerLink> links = new ArrayList<>();
        for (SourceFile source : local.own()) {
            String path = local.location().substring(1) + "/" + source.path();
            if (source.linkTarget().isPresent()) {
                links.add(new LayerLink(path, source.linkTarget().get()));
            } else {
                // A file whose digest is known is not opened, and still the image holds its bytes.
                Path location = local.disk().reading(source.location());
                files.add(new LayerFile(
                        path,
                        source.executable(),
                        () -> local.disk().open(location),
                        source.size(),
                        digests.of(location)));
            }
        }
        for (GeneratedFile file : generated) {
            files.add(
                    LayerFile.of(scheme.prefix().substring(1) + "/" + file.path(), file.executable(), file.content()));
        }
        return new ProjectLayer(
                local.kind(), local.root(), scheme.prefix(), files, links, packages(), runnables(), time);
    }

    /** What an image's records name of a member; the image itself is named after the project. */
    private List<LayerPackage> packages() {
        Project project = local.project();
        return local.kind() == LayerKind.MEMBER
                ? project.version().stream()
                        .map(version -> new LayerPackage(
                                PackageName.of(project.name()).value(), version.toString(), Optional.empty()))
                        .toList()
                : List.of();
    }

    /** What is imported from its source roots is installed as if it lay in site-packages. */
    private Runnables runnables() {
        List<String> installed = new ArrayList<>();
        generated.forEach(file -> installed.add(file.path()));
        for (String root : local.roots().directories()) {
            int start = root.isEmpty() ? 0 : root.length() + 1;
            local.own()
                    .below(root)
                    .map(file -> scheme.sitePackages() + "/" + file.path().substring(start))
                    .forEach(installed::add);
        }
        return Runnables.of(scheme, installed.stream());
    }
}

package dev.pycontainer.build;

import dev.pycontainer.content.Disk;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.project.FindSourceRoots;
import dev.pycontainer.project.Project;
import dev.pycontainer.project.SourceFiles;
import dev.pycontainer.project.SourceRoots;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * A project of this machine and its place in the image: the project that is built, or a member.
 *
 * @param disk through which its files are read
 * @param kind project or member
 * @param selected the files of its directory that go into the image
 * @param own of these the ones that go into its layer: a member that lies in another project's directory has its own
 * @param roots from which of its directories it is imported
 * @param location where its directory is in the image, such as {@code /app}
 * @param root from where on the directories above are the image's own
 */
record LocalProject(
        Disk disk,
        LayerKind kind,
        Project project,
        SourceFiles selected,
        SourceFiles own,
        SourceRoots roots,
        String location,
        String root) {

    /** Where members are that do not lie below the project. */
    static final String MEMBERS = "/opt/members";

    /** @param others the directories of the other projects that go into the image */
    static LocalProject ofProject(
            Disk disk, Project project, SourceFiles selected, Collection<Path> others, String appRoot) {
        return of(disk, LayerKind.PROJECT, project, selected, others, appRoot, appRoot);
    }

    /**
     * A member that lies below the project stays there, so that paths between them hold; any other gets a place by its
     * name.
     *
     * @param name normalised
     * @param main the directory of the project that is built
     */
    static LocalProject ofMember(
            Disk disk,
            String name,
            Project member,
            SourceFiles selected,
            Collection<Path> others,
            Path main,
            String appRoot) {
        boolean isBelow = member.directory().startsWith(main);
        String root = isBelow ? appRoot : MEMBERS;
        String location = root + "/" + (isBelow ? relative(main, member.directory()) : name);
        return of(disk, LayerKind.MEMBER, member, selected, others, location, root);
    }

    private static LocalProject of(
            Disk disk,
            LayerKind kind,
            Project project,
            SourceFiles selected,
            Collection<Path> others,
            String location,
            String root) {
        List<String> inside = others.stream()
                .filter(other -> other.startsWith(project.directory()) && !other.equals(project.directory()))
                .map(other -> relative(project.directory(), other))
                .toList();
        // Its build backend sees the whole directory, whatever else lies there.
        SourceRoots roots = new FindSourceRoots(disk).of(project, selected);
        return new LocalProject(disk, kind, project, selected, selected.without(inside), roots, location, root);
    }

    private static String relative(Path from, Path to) {
        return from.relativize(to).toString().replace('\\', '/');
    }
}

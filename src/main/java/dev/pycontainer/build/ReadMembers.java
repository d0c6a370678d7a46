package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.lock.SelectedMember;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.project.NotEditable;
import dev.pycontainer.project.Project;
import dev.pycontainer.project.ReadProject;
import dev.pycontainer.project.SelectSources;
import dev.pycontainer.project.SourceFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the project's members, and gives every local project its place in the image. */
final class ReadMembers {

    private static final String WHEEL = "build a wheel of it, and put it into a directory that python.wheelhouse names";

    private final Disk disk;
    private final SelectSources select;
    private final String appRoot;
    private final String prefix;

    /** @param select for the members' files */
    ReadMembers(Disk disk, SelectSources select, String appRoot, String prefix) {
        this.disk = disk;
        this.select = select;
        this.appRoot = appRoot;
        this.prefix = prefix;
    }

    /** The members in the order of their names, and the project at the end. */
    List<LocalProject> of(Selection selection, Target target, Project main, SourceFiles sources) {
        List<Path> directories = Stream.concat(
                        Stream.of(main.directory()),
                        selection.members().stream().map(SelectedMember::directory))
                .toList();
        List<LocalProject> projects = new ArrayList<>();
        for (SelectedMember selected : selection.members()) {
            try {
                Project member = read(selected, target);
                SourceFiles files = select.from(member.directory());
                projects.add(LocalProject.ofMember(
                        disk, selected.name().value(), member, files, directories, main.directory(), appRoot));
            } catch (NotEditable refused) {
                throw refused.todo(WHEEL).in(place(selected));
            } catch (BuildRefused refused) {
                throw refused.in(place(selected));
            }
        }
        requireApart(projects);
        projects.add(LocalProject.ofProject(disk, main, sources, directories, appRoot));
        return projects;
    }

    private static String place(SelectedMember member) {
        return "\"" + member.name() + "\" in " + member.directory();
    }

    private Project read(SelectedMember selected, Target target) {
        Project member = new ReadProject(disk, selected.name().value(), Optional.empty()).from(selected.directory());
        if (!member.isInstalled()) {
            throw BuildRefused.because("The local project \"" + selected.name() + "\" cannot be installed.")
                    .why("the lock asks for it to be installed, and it has no [build-system]")
                    .todo("write [build-system] and lock again, or " + WHEEL);
        }
        if (!PackageName.of(member.name()).equals(selected.name())) {
            throw BuildRefused.because("The local project is called \"" + member.name() + "\", the lock knows it as \""
                            + selected.name() + "\".")
                    .todo("lock again");
        }
        member.requiresPython().filter(required -> !target.satisfies(required)).ifPresent(required -> {
            throw BuildRefused.because("The local project \"" + selected.name() + "\" needs Python " + required
                            + ", the base has " + target.python() + ".")
                    .todo("choose a base with such a Python as from.image");
        });
        return member;
    }

    private void requireApart(List<LocalProject> members) {
        boolean isUsed = members.stream().anyMatch(member -> member.root().equals(LocalProject.MEMBERS));
        for (String other : List.of(appRoot, prefix)) {
            if (isUsed && (isWithin(other, LocalProject.MEMBERS) || isWithin(LocalProject.MEMBERS, other))) {
                throw BuildRefused.because(
                                "Other local projects have their place in " + LocalProject.MEMBERS + " of the image.")
                        .why("the project's directory or the virtual environment is " + other)
                        .todo("set container.appRoot and python.prefix to other directories");
            }
        }
    }

    private static boolean isWithin(String path, String directory) {
        return (path + "/").startsWith(directory + "/");
    }
}

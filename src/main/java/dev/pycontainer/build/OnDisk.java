package dev.pycontainer.build;

import dev.pycontainer.content.Check;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.lock.FindLock;
import dev.pycontainer.packaging.lock.HashedLock;
import dev.pycontainer.packaging.lock.Lock;
import dev.pycontainer.packaging.lock.LockReader;
import dev.pycontainer.packaging.lock.Wanted;
import dev.pycontainer.packaging.lock.Wheelhouse;
import dev.pycontainer.project.Project;
import dev.pycontainer.project.ReadProject;
import dev.pycontainer.project.SelectSources;
import dev.pycontainer.project.SourceFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The project as it lies in its directory, found to be in order before anything else is asked for.
 *
 * @param files through which all of it is read
 * @param select by which the sources were chosen
 * @param pins what {@code pycontainer.lock} says
 */
record OnDisk(
        Disk files,
        BuildRequest.Python python,
        Project project,
        SelectSources select,
        SourceFiles sources,
        Lock lock,
        PycontainerLock pins) {

    static OnDisk read(Disk files, BuildRequest.Python python, LockReader readLock) throws IOException {
        Project project = new ReadProject(files, python.fallbackName(), python.projectVersion())
                .from(python.project(), python.lock());
        Path lockFile = new FindLock(files)
                .in(project.directory(), python.lock(), project.pyproject().map(Pyproject::tree));
        SelectSources select = new SelectSources(files, python.includes(), python.excludes());
        return new OnDisk(
                files,
                python,
                project,
                select,
                select.from(project.directory()),
                readLock.read(lockFile),
                PycontainerLock.in(files, project.directory()));
    }

    /** What is wanted of the lock for a target. */
    Wanted wanted(Target target) {
        return Wanted.of(project.directory(), project.pyproject(), target, python.extras(), python.groups());
    }

    /** The lock with the hashes that were learned, and the user's wheels for pins that have none. */
    HashedLock hashedLock(Wheelhouse wheelhouse, Check unhashed) {
        return new HashedLock(lock, pins.hashes(), PycontainerLock.FILE, wheelhouse, unhashed);
    }
}

package dev.pycontainer.build;

import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseSource;
import dev.pycontainer.base.BaseTarget;
import dev.pycontainer.base.PullBase;
import dev.pycontainer.base.ReadTarget;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.lock.FindLock;
import dev.pycontainer.packaging.lock.HashedLock;
import dev.pycontainer.packaging.lock.Lock;
import dev.pycontainer.packaging.lock.LockReader;
import dev.pycontainer.packaging.lock.SelectWheels;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.packaging.lock.Wanted;
import dev.pycontainer.project.Project;
import dev.pycontainer.project.ReadProject;
import dev.pycontainer.project.SelectSources;
import dev.pycontainer.project.SourceFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The pipeline's first half: project and base → target → selection.
 *
 * <p>What is not the project's own is asked for only after the project was found to be in order.
 */
public final class GatherInputs {

    private final LockReader readLock;
    private final PullBase pullBase;
    private final ReadTarget readTarget;
    private final SelectWheels selectWheels;
    private final Check unhashed;
    private final BuildEvents events;

    /** @param unhashed what happens where a pin has no hash */
    public GatherInputs(
            LockReader readLock,
            PullBase pullBase,
            ReadTarget readTarget,
            SelectWheels selectWheels,
            Check unhashed,
            BuildEvents events) {
        this.readLock = readLock;
        this.pullBase = pullBase;
        this.readTarget = readTarget;
        this.selectWheels = selectWheels;
        this.unhashed = unhashed;
        this.events = events;
    }

    /** For a build: the base that {@code pycontainer.lock} names, where it names one, without asking for a tag. */
    Inputs asLocked(BuildRequest request) throws IOException {
        return gather(request, unhashed, true);
    }

    /** For the lock: the base that the tag means now, and pins without a hash, which are what it is about. */
    Inputs anew(BuildRequest request) throws IOException {
        return gather(request, new Check(unhashed.name(), Check.Level.OFF, finding -> {}), false);
    }

    private Inputs gather(BuildRequest request, Check check, boolean asLocked) throws IOException {
        BuildRequest.Python python = request.python();
        Project project = new ReadProject(python.fallbackName(), python.projectVersion()).from(python.project());
        Path lockFile = new FindLock()
                .in(project.directory(), python.lock(), project.pyproject().map(Pyproject::tree));
        SourceFiles sources =
                new SelectSources(python.includes(), python.excludes(), python.outputs()).from(project.directory());
        Lock read = readLock.read(lockFile);
        PycontainerLock locked = PycontainerLock.in(project.directory());

        BaseSource source = BaseSource.parse(request.from().image());
        Platform platform = request.from().platform();
        Optional<Digest> manifest = asLocked ? locked.baseFor(source.toString(), platform) : Optional.empty();
        Base base = pullBase.of(source, platform, manifest);
        events.pulled(base.reference(), base.digest(), base.layers().size());
        BaseTarget target =
                readTarget.of(base, python.prefix(), request.container().environment());
        events.readTarget(target.target());
        requirePython(project, target.target(), base);

        HashedLock lock = new HashedLock(read, locked.hashes(), check);
        Wanted wanted =
                Wanted.of(project.directory(), project.pyproject(), target.target(), python.extras(), python.groups());
        Selection selection = selectWheels.from(
                lock,
                wanted,
                requirement -> "docker run --rm -v \"$PWD/wheelhouse:/wheelhouse\" --entrypoint "
                        + target.target().interpreter() + " " + base.reference()
                        + " -m pip wheel --no-deps --wheel-dir /wheelhouse \"" + requirement + "\"");
        events.selected(selection);
        return new Inputs(
                project,
                sources,
                locked,
                base,
                target,
                selection,
                lock.stillNeeded(wanted),
                lock.used(wanted, selection));
    }

    private static void requirePython(Project project, Target target, Base base) {
        project.requiresPython()
                .filter(required -> !required.contains(target.python(), true))
                .ifPresent(required -> {
                    throw BuildRefused.because(
                                    "The project needs Python " + required + ", the base has " + target.python() + ".")
                            .todo("choose a base with such a Python as from.image")
                            .in("base " + base.reference());
                });
    }
}

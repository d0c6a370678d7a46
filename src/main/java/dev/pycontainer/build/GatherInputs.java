package dev.pycontainer.build;

import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseSource;
import dev.pycontainer.base.BaseTarget;
import dev.pycontainer.base.ReadTarget;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.LibcVersion;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.lock.HashedLock;
import dev.pycontainer.packaging.lock.LockReader;
import dev.pycontainer.packaging.lock.SelectWheels;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.packaging.lock.Wanted;
import dev.pycontainer.project.Project;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The pipeline's first half: project and base → target → selection.
 *
 * <p>What is not the project's own is asked for only after the project was found to be in order.
 */
public final class GatherInputs {

    private final Disk files;
    private final LockReader readLock;
    private final PrepareBase prepareBase;
    private final ReadTarget readTarget;
    private final SelectWheels selectWheels;
    private final ChooseBase chooseBase;
    private final Check unhashed;
    private final CheckKept checkKept;
    private final BuildEvents events;

    /**
     * @param files through which the user's files are read
     * @param unhashed what happens where a pin has no hash
     * @param pythonGuess what happens where the base is chosen by the project's Python
     * @param staleLock what happens where {@code pycontainer.lock} says what no longer holds
     */
    public GatherInputs(
            Disk files,
            LockReader readLock,
            PrepareBase prepareBase,
            ReadTarget readTarget,
            SelectWheels selectWheels,
            Check unhashed,
            Check pythonGuess,
            Check staleLock,
            BuildEvents events) {
        this.files = files;
        this.readLock = readLock;
        this.prepareBase = prepareBase;
        this.readTarget = readTarget;
        this.selectWheels = selectWheels;
        this.chooseBase = new ChooseBase(selectWheels, pythonGuess);
        this.unhashed = unhashed;
        this.checkKept = new CheckKept(staleLock);
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
        BuildRequest.From from = request.from();
        refuseLibc(from);
        OnDisk disk = OnDisk.read(files, request.python(), readLock);
        BaseSource source = chooseBase.of(from, disk);
        PrepareBase.Prepared prepared =
                prepareBase.of(source, from, asLocked ? Optional.of(disk.pins()) : Optional.empty());
        Base base = prepared.base();
        BaseTarget target = readTarget.of(
                base, request.python().prefix(), request.container().environment());
        events.readTarget(target.target());
        requireAsked(from, target.target(), base);
        requirePython(
                disk.project(),
                target.target(),
                "the base has",
                "choose a base with such a Python as from.image",
                "base " + base.reference());

        HashedLock lock = disk.hashedLock(selectWheels.wheelhouse(), check);
        Wanted wanted = disk.wanted(target.target());
        if (asLocked) {
            checkKept.in(disk.pins(), target.target(), lock, wanted);
        }
        Selection selection = selectWheels.from(lock, wanted, wheelCommand(base, target.target(), from));
        if (asLocked) {
            checkKept.layers(disk.pins().layers(from.platform()), selection);
        }
        events.selected(selection);
        return new Inputs(
                disk.project(),
                locals(disk, request, selection, target.target()),
                disk.pins(),
                base,
                prepared.packages(),
                target,
                lock,
                wanted,
                selection);
    }

    /** For a plan where no base is named, and its target is told by parameters. */
    InputsWithoutBase withoutBase(BuildRequest request) throws IOException {
        BuildRequest.From from = request.from();
        LibcVersion libc = from.libc().orElseThrow();
        OnDisk disk = OnDisk.read(files, request.python(), readLock);
        Target target = AssumedTarget.of(chooseBase.python(from, disk, libc), libc, from.platform());
        requirePython(
                disk.project(),
                target,
                "the plan is for",
                "set python.version to such a Python, all three numbers where they matter",
                "python.version");
        Selection selection = selectWheels.from(
                disk.hashedLock(selectWheels.wheelhouse(), unhashed),
                disk.wanted(target),
                new WheelCommand("python", imageOf(target), from.platform()));
        events.selected(selection);
        return new InputsWithoutBase(
                disk.project(), locals(disk, request, selection, target), disk.pins(), target, selection);
    }

    private static List<LocalProject> locals(OnDisk disk, BuildRequest request, Selection selection, Target target) {
        return new ReadMembers(
                        disk.files(),
                        disk.select().forMembers(),
                        request.container().appRoot(),
                        request.python().prefix())
                .of(selection, target, disk.project(), disk.sources());
    }

    /** No engine can run a base that is in no registry. */
    private static WheelCommand wheelCommand(Base base, Target target, BuildRequest.From from) {
        return base.pinned().isPresent()
                ? new WheelCommand(target.interpreter(), base.reference(), from.platform())
                : new WheelCommand("python", imageOf(target), from.platform());
    }

    private static String imageOf(Target target) {
        return "python:" + target.pythonMinor() + (target.libc() == Libc.MUSL ? "-alpine" : "-slim");
    }

    private static void refuseLibc(BuildRequest.From from) {
        from.libc().ifPresent(libc -> {
            throw BuildRefused.because(
                            "python.libc is " + libc + ", and an image is built on a base, which has its own.")
                    .why("python.libc is for the goal plan where no base is named")
                    .todo("remove python.libc" + (from.image().isPresent() ? ", or plan without from.image" : ""))
                    .in("python.libc");
        });
    }

    private static void requireAsked(BuildRequest.From from, Target target, Base base) {
        from.python()
                .filter(asked -> Collections.indexOfSubList(target.python().release(), asked.release()) != 0)
                .ifPresent(asked -> {
                    throw BuildRefused.because("The base has Python " + target.python() + ", python.version asks for "
                                    + asked + ".")
                            .todo("set one of them to what the other has, or remove python.version")
                            .in("base " + base.reference());
                });
    }

    private static void requirePython(Project project, Target target, String has, String todo, String place) {
        project.requiresPython().filter(required -> !target.satisfies(required)).ifPresent(required -> {
            throw BuildRefused.because(
                            "The project needs Python " + required + ", " + has + " " + target.python() + ".")
                    .todo(todo)
                    .in(place);
        });
    }
}

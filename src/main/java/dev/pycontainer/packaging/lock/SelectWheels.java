package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.packaging.ChooseWheel;
import dev.pycontainer.packaging.PackageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds for each package that is needed the one wheel that the target gets.
 *
 * <p>Of the files that the lock lists, or hashes, the one whose tag the target likes best; where none fits, or the
 * package is another local project, of the {@link Wheelhouse}. Every package without one is told at once.
 */
public final class SelectWheels {

    private final LockedFileSource index;
    private final Wheelhouse wheelhouse;
    private final Check staleLock;

    /**
     * @param index asked for packages whose files the lock does not list
     * @param wheelhouse asked for packages of which the lock has no wheel that fits
     * @param staleLock what happens where the lock was made from other dependencies than the project has now
     */
    public SelectWheels(LockedFileSource index, Wheelhouse wheelhouse, Check staleLock) {
        this.index = index;
        this.wheelhouse = wheelhouse;
        this.staleLock = staleLock;
    }

    /** Whom it asks for what the lock does not have. */
    public Wheelhouse wheelhouse() {
        return wheelhouse;
    }

    /**
     * The selection; packages without a wheel for the target are refused, with the nearest ones and why.
     *
     * @param command told to a user who has to build a wheel
     */
    public Selection from(Lock lock, Wanted wanted, BuildCommand command) {
        try {
            checkFresh(lock, wanted);
            Needed needed = lock.select(wanted);
            Origins origins = origins(needed);
            Chosen chosen = chosen(origins.wheels(), wanted);
            if (!chosen.without().isEmpty()) {
                throw WithoutWheel.refused(chosen.without(), wanted.target(), command);
            }
            return new Selection(
                    lock.file(),
                    located(chosen.wheels()),
                    members(origins.directories()),
                    needed.omitted(),
                    learned(chosen.wheels()));
        } catch (BuildRefused refused) {
            throw refused.in(lock.file().name());
        }
    }

    /**
     * Why the target cannot have what the lock holds, as {@link #from} would say; nothing where it can. Whether the lock
     * is stale does not matter.
     */
    public Optional<BuildRefused> misfit(Lock lock, Wanted wanted, BuildCommand command) {
        String place = lock.file().name();
        Needed needed;
        try {
            needed = lock.select(wanted);
        } catch (BuildRefused refused) {
            return Optional.of(refused.in(place));
        }
        Chosen chosen = chosen(origins(needed).wheels(), wanted);
        return chosen.without().isEmpty()
                ? Optional.empty()
                : Optional.of(WithoutWheel.refused(chosen.without(), wanted.target(), command)
                        .in(place));
    }

    private void checkFresh(Lock lock, Wanted wanted) {
        if (staleLock.isOff()) {
            return;
        }
        for (StaleEntry entry : lock.stale(wanted)) {
            staleLock.found(BuildRefused.because("The lock is stale: the project now says " + entry.line() + ".")
                    .why(entry.why())
                    .todo("lock again, or " + staleLock.letPass())
                    .in(entry.place()));
        }
    }

    /** The packages that are installed from wheels, and those that are from their directories. */
    private record Origins(List<LockedPackage> wheels, List<LockedPackage> directories) {}

    /** A local project is installed from its directory, unless the user has built a wheel of it. */
    private Origins origins(Needed needed) {
        Origins origins = new Origins(new ArrayList<>(), new ArrayList<>());
        for (LockedPackage locked : needed.packages()) {
            boolean isDirectory = locked.files() instanceof LockedFiles.Member
                    && wheelhouse.find(locked.name(), locked.version()).isEmpty();
            (isDirectory ? origins.directories() : origins.wheels()).add(locked);
        }
        return origins;
    }

    /** What a package gets. */
    private record Pick(LockedPackage needed, WheelCandidate wheel) {}

    private record Chosen(List<Pick> wheels, List<WithoutWheel> without) {}

    private Chosen chosen(List<LockedPackage> packages, Wanted wanted) {
        ChooseWheel choose = new ChooseWheel(wanted.target());
        Map<PackageName, List<LockedFile>> indexed = indexed(packages.stream()
                .filter(needed ->
                        needed.files() instanceof LockedFiles.Hashed || needed.files() instanceof LockedFiles.Unhashed)
                .toList());
        List<Pick> chosen = new ArrayList<>();
        List<WithoutWheel> without = new ArrayList<>();
        for (LockedPackage needed : packages) {
            CandidateFiles files =
                    CandidateFiles.of(needed, indexed.getOrDefault(needed.name(), List.of()), wanted.target());
            Optional<WheelCandidate> best = choose.best(files.wheels(), WheelCandidate::name);
            CandidateFiles all = best.isPresent() ? files : files.and(wheelhouse.find(needed.name(), needed.version()));
            best.or(() -> choose.best(all.wheels(), WheelCandidate::name))
                    .ifPresentOrElse(
                            wheel -> chosen.add(new Pick(needed, wheel)),
                            () -> without.add(WithoutWheel.of(needed, all, choose)));
        }
        return new Chosen(chosen, without);
    }

    /** The wheels with the place where each can be had: the index tells it of those that the lock knows by hash alone. */
    private List<SelectedWheel> located(List<Pick> chosen) {
        List<LockedPackage> elsewhere = new ArrayList<>();
        for (Pick pick : chosen) {
            LockedPackage needed = pick.needed();
            WheelCandidate wheel = pick.wheel();
            if (isElsewhere(needed, wheel.file())) {
                elsewhere.add(new LockedPackage(
                        needed.name(),
                        Optional.of(needed.version().orElse(wheel.name().version())),
                        new LockedFiles.Hashed(List.of(wheel.file().sha256())),
                        needed.indexes(),
                        needed.extras(),
                        needed.requiredBy()));
            }
        }
        Map<PackageName, List<LockedFile>> found = indexed(elsewhere);
        List<SelectedWheel> wheels = new ArrayList<>();
        for (Pick pick : chosen) {
            LockedPackage needed = pick.needed();
            WheelCandidate wheel = pick.wheel();
            LockedFile file = found.getOrDefault(needed.name(), List.of()).stream()
                    .findFirst()
                    .orElse(wheel.file());
            wheels.add(SelectedWheel.of(needed, file, wheel.name()));
        }
        return wheels;
    }

    private static List<LearnedHash> learned(List<Pick> chosen) {
        List<LearnedHash> learned = new ArrayList<>();
        for (Pick pick : chosen) {
            LockedPackage needed = pick.needed();
            WheelCandidate wheel = pick.wheel();
            if (needed.files() instanceof LockedFiles.Unhashed && wheel.file().location() instanceof FileLocation.Url) {
                learned.add(new LearnedHash(
                        needed.name(),
                        needed.version().orElse(wheel.name().version()),
                        wheel.name(),
                        wheel.file().sha256()));
            }
        }
        return learned;
    }

    private boolean isElsewhere(LockedPackage needed, LockedFile file) {
        return file.location() instanceof FileLocation.InIndex
                || (file.location() instanceof FileLocation.Url
                        && needed.files() instanceof LockedFiles.Listed
                        && index.isMirrored(needed.indexes()));
    }

    private Map<PackageName, List<LockedFile>> indexed(List<LockedPackage> packages) {
        return packages.isEmpty() ? Map.of() : index.files(packages);
    }

    private static List<SelectedMember> members(List<LockedPackage> fromDirectory) {
        List<SelectedMember> members = new ArrayList<>();
        for (LockedPackage locked : fromDirectory) {
            if (locked.files() instanceof LockedFiles.Member member) {
                members.add(
                        new SelectedMember(locked.name(), member.directory(), locked.extras(), locked.requiredBy()));
            }
        }
        return members;
    }
}

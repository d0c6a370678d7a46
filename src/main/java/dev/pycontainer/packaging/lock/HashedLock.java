package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.ChooseWheel;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A lock whose pins without hashes get those that were learned before, or else a wheel that the user has built, for whose
 * bytes nobody but the user vouches anyhow; a finding where there is neither.
 */
public final class HashedLock implements Lock {

    private static final int MOST_SHOWN = 10;

    private final Lock lock;
    private final List<LearnedHash> learned;
    private final String keeper;
    private final Wheelhouse wheelhouse;
    private final Check unhashed;

    /**
     * @param learned what {@code keeper} keeps
     * @param keeper the file's name, for messages
     * @param wheelhouse asked for pins of which nothing was learned for the target
     * @param unhashed what happens where a pin has no hash even so
     */
    public HashedLock(Lock lock, List<LearnedHash> learned, String keeper, Wheelhouse wheelhouse, Check unhashed) {
        this.lock = lock;
        this.learned = List.copyOf(learned);
        this.keeper = keeper;
        this.wheelhouse = wheelhouse;
        this.unhashed = unhashed;
    }

    @Override
    public LockFile file() {
        return lock.file();
    }

    @Override
    public List<StaleEntry> stale(Wanted wanted) {
        return lock.stale(wanted);
    }

    @Override
    public List<LockCredentials> credentials() {
        return lock.credentials();
    }

    @Override
    public Needed select(Wanted wanted) {
        Needed needed = lock.select(wanted);
        ChooseWheel choose = new ChooseWheel(wanted.target());
        List<LockedPackage> packages = needed.packages().stream()
                .map(locked -> isUnhashed(locked) ? known(locked, wanted.target(), choose) : locked)
                .toList();
        List<String> missing = packages.stream()
                .filter(HashedLock::isUnhashed)
                .map(locked -> locked.name() + " " + locked.version().orElseThrow())
                .toList();
        if (!missing.isEmpty()) {
            unhashed.found(finding(missing));
        }
        return new Needed(packages, needed.omitted());
    }

    private static boolean isUnhashed(LockedPackage locked) {
        return locked.files() instanceof LockedFiles.Unhashed;
    }

    /** What was learned for another target says nothing about this one. */
    private LockedPackage known(LockedPackage locked, Target target, ChooseWheel choose) {
        List<LearnedHash> own = learned.stream()
                .filter(hash -> hash.isOf(locked.name(), locked.version()))
                .toList();
        List<Digest> hashes = choose.best(own, LearnedHash::file).stream()
                .map(LearnedHash::sha256)
                .toList();
        return hashes.isEmpty() ? built(locked, target, choose) : with(new LockedFiles.Hashed(hashes, keeper), locked);
    }

    private LockedPackage built(LockedPackage locked, Target target, ChooseWheel choose) {
        LockedFiles.Listed built = new LockedFiles.Listed(wheelhouse.find(locked.name(), locked.version()), List.of());
        return choose.best(
                                CandidateFiles.of(with(built, locked), List.of(), target)
                                        .wheels(),
                                WheelCandidate::name)
                        .isPresent()
                ? with(built, locked)
                : locked;
    }

    private static LockedPackage with(LockedFiles files, LockedPackage locked) {
        return new LockedPackage(
                locked.name(), locked.version(), files, locked.indexes(), locked.extras(), locked.requiredBy());
    }

    private BuildRefused finding(List<String> missing) {
        String packages = missing.size() == 1
                ? "Package " + missing.get(0) + " is unhashed."
                : missing.size() + " packages are unhashed: "
                        + String.join(", ", missing.subList(0, Math.min(MOST_SHOWN, missing.size())))
                        + (missing.size() > MOST_SHOWN ? " and others." : ".");
        String elsewhere = lock.file().kind().equals("requirements.txt")
                ? "or write the file with `pip-compile --generate-hashes`"
                : "or lock again from an index that tells hashes";
        return BuildRefused.because(packages)
                .why("without a hash the index decides what is installed, today and tomorrow")
                .todo("run mvn pycontainer:lock, which keeps the hashes in " + keeper + ", " + elsewhere);
    }

    /** What was learned and is of pins that still have no hash, for whichever target. */
    public List<LearnedHash> stillNeeded(Wanted wanted) {
        return learned.isEmpty() ? List.of() : kept(isNeeded(wanted));
    }

    /** What was learned and is of no pin that has no hash, for no target. */
    public List<LearnedHash> unneeded(Wanted wanted) {
        return learned.isEmpty() ? List.of() : kept(isNeeded(wanted).negate());
    }

    private List<LearnedHash> kept(Predicate<LearnedHash> which) {
        return learned.stream().filter(which).toList();
    }

    /** Of the pins for other targets the lock does not tell whether they have hashes. */
    private Predicate<LearnedHash> isNeeded(Wanted wanted) {
        Needed needed = selected(wanted);
        Set<PackageName> selected =
                needed.packages().stream().map(LockedPackage::name).collect(Collectors.toSet());
        return hash -> selected.contains(hash.name())
                ? needed.packages().stream()
                        .anyMatch(locked -> isUnhashed(locked) && hash.isOf(locked.name(), locked.version()))
                : needed.omitted().stream().anyMatch(omitted -> hash.isOf(omitted.name(), omitted.version()));
    }

    private Needed selected(Wanted wanted) {
        try {
            return lock.select(wanted);
        } catch (BuildRefused refused) {
            throw refused.in(file().name());
        }
    }
}

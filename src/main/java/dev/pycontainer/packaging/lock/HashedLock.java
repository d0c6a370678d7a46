package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.ChooseWheel;
import dev.pycontainer.packaging.PackageName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A lock whose pins without hashes get those that were learned before; a finding where there are none. */
public final class HashedLock implements Lock {

    private final Lock lock;
    private final List<LearnedHash> learned;
    private final Check unhashed;

    /** @param unhashed what happens where a pin has no hash, and none was learned for the target */
    public HashedLock(Lock lock, List<LearnedHash> learned, Check unhashed) {
        this.lock = lock;
        this.learned = List.copyOf(learned);
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
        List<LockedPackage> packages =
                needed.packages().stream().map(locked -> known(locked, wanted)).toList();
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

    private LockedPackage known(LockedPackage locked, Wanted wanted) {
        List<Digest> hashes = isUnhashed(locked) ? fitting(locked, wanted) : List.of();
        return hashes.isEmpty()
                ? locked
                : new LockedPackage(
                        locked.name(),
                        locked.version(),
                        new LockedFiles.Hashed(hashes),
                        locked.indexes(),
                        locked.extras(),
                        locked.requiredBy());
    }

    /** What was learned for another target says nothing about this one. */
    private List<Digest> fitting(LockedPackage locked, Wanted wanted) {
        List<LearnedHash> own = learned.stream()
                .filter(hash -> hash.isOf(locked.name(), locked.version().orElseThrow()))
                .toList();
        return new ChooseWheel(wanted.target())
                .best(own, LearnedHash::file).stream().map(LearnedHash::sha256).toList();
    }

    private BuildRefused finding(List<String> missing) {
        String packages = missing.size() == 1
                ? "Package " + missing.get(0) + " is unhashed."
                : missing.size() + " packages are unhashed: " + String.join(", ", missing) + ".";
        String elsewhere = lock.file().kind().equals("requirements.txt")
                ? ", or write the file with `pip-compile --generate-hashes`"
                : ", or lock again from an index that tells hashes";
        return BuildRefused.because(packages)
                .why("without a hash the index decides what is installed, today and tomorrow")
                .todo("run mvn pycontainer:lock, which keeps the hashes in pycontainer.lock" + elsewhere);
    }

    /** The hashes that a selection from this lock rests on and nobody gave: of wheels that an index has. */
    public List<LearnedHash> used(Wanted wanted, Selection selection) {
        Map<PackageName, SelectedWheel> wheels = new HashMap<>();
        selection.wheels().forEach(wheel -> wheels.put(wheel.name(), wheel));
        List<LearnedHash> used = new ArrayList<>();
        for (LockedPackage locked : lock.select(wanted).packages()) {
            SelectedWheel wheel = wheels.get(locked.name());
            if (wheel != null && wheel.location() instanceof FileLocation.Url && isUnhashed(known(locked, wanted))) {
                used.add(LearnedHash.of(wheel));
            }
        }
        return used;
    }

    /** Those that were learned and are of pins that still have none, for whichever target. */
    public List<LearnedHash> stillNeeded(Wanted wanted) {
        Needed needed = lock.select(wanted);
        Set<String> hashed = needed.packages().stream()
                .filter(locked -> !isUnhashed(locked))
                .map(locked -> locked.name().value())
                .collect(Collectors.toCollection(HashSet::new));
        return learned.stream()
                .filter(hash -> !hashed.contains(hash.name().value()))
                .filter(hash -> needed.packages().stream()
                                .anyMatch(locked -> locked.version()
                                        .filter(version -> hash.isOf(locked.name(), version))
                                        .isPresent())
                        || needed.omitted().stream()
                                .anyMatch(omitted -> omitted.version()
                                        .filter(version -> hash.isOf(omitted.name(), version))
                                        .isPresent()))
                .toList();
    }
}

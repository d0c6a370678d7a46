package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.Misfit;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import java.util.Optional;

/** A file with the name that makes it a wheel to choose from. */
record WheelCandidate(LockedFile file, WheelFileName name) {

    /** Whether its index lets the target's Python have it. */
    boolean isAllowedFor(Target target) {
        return file.notes()
                .requiresPython()
                .filter(pythons -> !target.satisfies(pythons))
                .isEmpty();
    }

    /** It as one that fits, but for what its index says. */
    Misfit forbidden() {
        String pythons = "Python "
                + file.notes().requiresPython().map(SpecifierSet::toString).orElse("");
        return new Misfit(name, pythons + ", as its index says", Optional.of(pythons));
    }

    /** Whether a wheel is of this package, in this version where one is told. */
    static boolean isOf(WheelFileName wheel, PackageName name, Optional<Version> version) {
        return wheel.name().equals(name)
                && version.filter(wanted -> !isOf(wheel.version(), wanted)).isEmpty();
    }

    // PEP 440: a pin without a local version label matches any local version.
    private static boolean isOf(Version version, Version wanted) {
        return version.equals(wanted)
                || (wanted.local().isEmpty() && version.publicVersion().equals(wanted));
    }
}

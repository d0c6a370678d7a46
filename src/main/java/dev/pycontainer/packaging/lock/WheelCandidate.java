package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import java.util.Optional;

/** A file with the name that makes it a wheel to choose from. */
record WheelCandidate(LockedFile file, WheelFileName name) {

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

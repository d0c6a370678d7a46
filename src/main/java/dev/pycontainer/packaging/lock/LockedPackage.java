package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import java.util.List;

/**
 * A package that is needed, in the one version that the lock holds for it.
 *
 * @param extras those of the package's own extras that are needed, sorted
 * @param requiredBy who needs it, as {@code name} or {@code name[extra]}, sorted; empty where the lock does not tell
 */
public record LockedPackage(
        PackageName name, Version version, LockedFiles files, List<String> extras, List<String> requiredBy) {

    public LockedPackage {
        extras = List.copyOf(extras);
        requiredBy = List.copyOf(requiredBy);
    }

    /** For the places of refusals: {@code package "torch" 2.3.0}. */
    public String place() {
        return place(name, version);
    }

    static String place(PackageName name, Object version) {
        return "package \"" + name.value() + "\" " + version;
    }
}

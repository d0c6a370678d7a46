package dev.pycontainer.packaging.lock;

import java.util.List;

/**
 * What a lock says that is needed.
 *
 * @param packages in the order of their names, each name once, the project itself left out
 * @param omitted the lock's other packages, in the order of name and version
 */
public record Needed(List<LockedPackage> packages, List<Omitted> omitted) {

    public Needed {
        packages = List.copyOf(packages);
        omitted = List.copyOf(omitted);
    }
}

package dev.pycontainer.debian;

import java.util.List;

/**
 * A package that goes into an image.
 *
 * @param asked whether it was asked for by its name, or by one that it alone provides
 * @param requiredBy the names of the packages with a dependency that it meets, in the order of their UTF-8 bytes
 */
public record ResolvedPackage(IndexedPackage found, boolean asked, List<String> requiredBy) {

    public ResolvedPackage {
        requiredBy = List.copyOf(requiredBy);
    }

    public String name() {
        return found.name();
    }
}

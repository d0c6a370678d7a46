package dev.pycontainer.debian;

import java.util.List;

/**
 * The packages that an image needs beyond what its base has. A value of this type can be had from
 * {@link ResolvePackages} alone.
 */
public final class ResolvedPackages {

    private final List<ResolvedPackage> packages;
    private final List<LeftOut> leftOut;

    /**
     * A package that is needed and deliberately not there.
     *
     * @param requiredBy the names of the packages that depend on it, in the order of their UTF-8 bytes
     */
    public record LeftOut(String name, String reason, List<String> requiredBy) {

        public LeftOut {
            requiredBy = List.copyOf(requiredBy);
        }
    }

    ResolvedPackages(List<ResolvedPackage> packages, List<LeftOut> leftOut) {
        this.packages = List.copyOf(packages);
        this.leftOut = List.copyOf(leftOut);
    }

    /** In the order of their names' UTF-8 bytes. */
    public List<ResolvedPackage> packages() {
        return packages;
    }

    /** Of the names that were to be left out those that something needs, in the order of their UTF-8 bytes. */
    public List<LeftOut> leftOut() {
        return leftOut;
    }
}

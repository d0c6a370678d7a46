package dev.pycontainer.debian;

/**
 * A package that an index offers.
 *
 * @param suite of the list that names it
 */
public record IndexedPackage(DebianPackage description, PackageFile file, String suite) {

    public String name() {
        return description.name();
    }

    public DebianVersion version() {
        return description.version();
    }

    /** Name and version, such as {@code libc6 2.36-9}. */
    @Override
    public String toString() {
        return description.toString();
    }
}

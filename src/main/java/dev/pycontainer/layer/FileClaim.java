package dev.pycontainer.layer;

import dev.pycontainer.packaging.wheel.InstalledFile;

/**
 * What a wheel wants at a path.
 *
 * @param path below the install scheme's prefix
 * @param hash of the content, as RECORD writes it; empty where nobody knows it
 */
record FileClaim(String path, boolean executable, String hash) {

    static FileClaim of(InstalledFile file) {
        return new FileClaim(file.path(), file.executable(), file.hash().orElse(""));
    }

    /** Whether both want the same content with the same mode. */
    boolean isSameAs(FileClaim other) {
        return hasContentOf(other) && executable == other.executable;
    }

    boolean hasContentOf(FileClaim other) {
        return !hash.isEmpty() && hash.equals(other.hash);
    }
}

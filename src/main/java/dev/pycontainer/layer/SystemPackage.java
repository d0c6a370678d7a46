package dev.pycontainer.layer;

import dev.pycontainer.store.Blob;

/**
 * A Debian package in the store, and what it is there for: a file of another name, version or architecture is refused.
 *
 * @param architecture {@code all}, or the one that it was built for
 * @param deb the package's file
 */
public record SystemPackage(String name, String version, String architecture, Blob deb) {

    /** The file's name, as mirrors have it, without the epoch's colon. */
    String fileName() {
        return name + "_" + version.substring(version.indexOf(':') + 1) + "_" + architecture + ".deb";
    }
}

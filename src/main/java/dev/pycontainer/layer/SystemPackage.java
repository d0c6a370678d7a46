package dev.pycontainer.layer;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.debian.DebianPackage;
import dev.pycontainer.debian.DebianVersion;
import dev.pycontainer.debian.IndexedPackage;
import dev.pycontainer.debian.PackageFile;

/**
 * A Debian package that belongs into an image, and where its file lies: one of another name, version or architecture is refused.
 *
 * @param architecture {@code all}, or the one that it was built for
 */
public record SystemPackage(String name, String version, String architecture, PackageFile file) {

    public SystemPackage {
        if (!DebianPackage.isName(name) || !DebianPackage.isArchitecture(architecture)) {
            throw BuildRefused.because(
                    "\"" + name + "\" for \"" + architecture + "\" is not the name of a package and an architecture.");
        }
        DebianVersion.parse(version);
    }

    public static SystemPackage of(IndexedPackage found) {
        return new SystemPackage(
                found.name(), found.version().toString(), found.description().architecture(), found.file());
    }

    /** The file's name, as mirrors have it, without the epoch's colon. */
    String fileName() {
        return name + "_" + version.substring(version.indexOf(':') + 1) + "_" + architecture + ".deb";
    }

    /** Name and version, such as {@code libc6 2.36-9}. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}

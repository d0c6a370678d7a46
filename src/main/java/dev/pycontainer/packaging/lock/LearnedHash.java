package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import java.util.Optional;

/**
 * The wheel that was once chosen for a pin without a hash.
 *
 * @param version as it is pinned; the wheel's own may have a local label besides
 */
public record LearnedHash(PackageName name, Version version, WheelFileName file, Digest sha256) {

    /** The pin as a requirements file takes it. */
    public String requirement() {
        return name + "==" + version + " --hash=" + sha256;
    }

    /** Whether the file's name says that it is of this package and version. */
    public boolean isOfItsFile() {
        return WheelCandidate.isOf(file, name, Optional.of(version));
    }

    boolean isOf(PackageName wanted, Optional<Version> pinned) {
        return name.equals(wanted) && pinned.filter(version::equals).isPresent();
    }
}

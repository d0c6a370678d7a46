package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;

/** The wheel that was once chosen for a pin without a hash. */
public record LearnedHash(PackageName name, Version version, WheelFileName file, Digest sha256) {

    static LearnedHash of(SelectedWheel wheel) {
        return new LearnedHash(wheel.name(), wheel.version(), wheel.file(), wheel.sha256());
    }

    /** The pin as a requirements file takes it. */
    public String requirement() {
        return name + "==" + version + " --hash=" + sha256;
    }

    /** Whether it is of a package that is needed in this version; PEP 440: a pin without a label matches any local one. */
    boolean isOf(PackageName wanted, Version pinned) {
        return name.equals(wanted)
                && (version.equals(pinned)
                        || (pinned.local().isEmpty() && version.publicVersion().equals(pinned)));
    }
}

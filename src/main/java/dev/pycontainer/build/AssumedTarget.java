package dev.pycontainer.build;

import dev.pycontainer.base.MachineName;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.LibcVersion;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;

/** What a base would be that is not at hand: a CPython as the official images have it. */
final class AssumedTarget {

    private AssumedTarget() {}

    /** @param python two numbers, which mean the first release of that minor version, as they do to uv, or all of them */
    static Target of(Version python, LibcVersion libc, Platform platform) {
        Version whole = python.release().size() > 2 ? python : Version.parse(python + ".0");
        String minor = python.release().get(0) + "." + python.release().get(1);
        return new Target(
                "cpython",
                whole,
                "cp" + minor.replace(".", ""),
                libc.libc(),
                libc.version(),
                MachineName.of(platform).orElse(platform.architecture()),
                "/usr/local/bin/python" + minor,
                "lib/python" + minor + "/site-packages");
    }
}

package dev.pycontainer.build;

import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.lock.BuildCommand;

/** The command that builds a wheel inside a base with its own Python. */
record WheelCommand(String interpreter, String base, Platform platform) implements BuildCommand {

    @Override
    public String of(String requirement) {
        String other = platform.equals(Platform.LINUX_AMD64) ? "" : "--platform " + platform + " ";
        return "docker run --rm " + other + "-v \"$PWD/wheelhouse:/wheelhouse\" --entrypoint " + interpreter + " "
                + base + " -m pip wheel --no-deps --wheel-dir /wheelhouse \"" + requirement + "\"";
    }
}

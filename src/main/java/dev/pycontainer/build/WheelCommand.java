package dev.pycontainer.build;

import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.index.DefaultIndex;
import dev.pycontainer.packaging.lock.BuildCommand;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command that builds wheels inside a base with its own Python. */
record WheelCommand(String interpreter, String base, Platform platform) implements BuildCommand {

    @Override
    public String of(List<String> requirements, Optional<String> index) {
        String other = platform.equals(Platform.LINUX_AMD64) ? "" : "--platform " + platform + " ";
        String from = index.filter(named -> !DefaultIndex.is(named))
                .map(named -> " --index-url " + named)
                .orElse("");
        return "docker run --rm " + other + "-v \"$PWD/wheelhouse:/wheelhouse\" --entrypoint " + interpreter + " "
                + base + " -m pip wheel --no-deps --wheel-dir /wheelhouse" + from
                + requirements.stream()
                        .map(requirement -> " \"" + requirement + "\"")
                        .collect(Collectors.joining());
    }
}

package dev.pycontainer.build;

import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.lock.BuildCommand;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command that builds a wheel inside a base with its own Python, for a POSIX shell.
 *
 * <p>The requirement comes from the lock, and is quoted such that nothing in it is a command of its own.
 */
record WheelCommand(String interpreter, String base, Platform platform) implements BuildCommand {

    private static final Pattern REPOSITORY = Pattern.compile("@ (git|hg|svn|bzr)\\+");

    @Override
    public String of(String requirement) {
        String other = platform.equals(Platform.LINUX_AMD64) ? "" : "--platform " + platform + " ";
        return "docker run --rm " + other + "-v \"$PWD/wheelhouse:/wheelhouse\" --entrypoint " + interpreter + " "
                + base + " -m pip wheel --no-deps --wheel-dir /wheelhouse '" + requirement.replace("'", "'\\''") + "'"
                + tool(requirement);
    }

    /** Slim bases have no version control, which pip calls. */
    private static String tool(String requirement) {
        Matcher repository = REPOSITORY.matcher(requirement);
        return repository.find() ? " # with a base that has " + repository.group(1) : "";
    }
}

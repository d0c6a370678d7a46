package dev.pycontainer.build;

import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.index.DefaultIndex;
import dev.pycontainer.packaging.lock.BuildCommand;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The command that builds wheels inside a base with its own Python, for a POSIX shell.
 *
 * <p>The requirements come from the lock, and are quoted such that nothing in them is a command of its own.
 */
record WheelCommand(String interpreter, String base, Platform platform) implements BuildCommand {

    private static final Pattern REPOSITORY = Pattern.compile("@ (git|hg|svn|bzr)\\+");

    @Override
    public String of(List<String> requirements, Optional<String> index) {
        String other = platform.equals(Platform.LINUX_AMD64) ? "" : "--platform " + platform + " ";
        String from = index.filter(named -> !DefaultIndex.is(named))
                .map(named -> " --index-url " + quoted(named))
                .orElse("");
        return "docker run --rm " + other + "-v \"$PWD/wheelhouse:/wheelhouse\" --entrypoint " + interpreter + " "
                + base + " -m pip wheel --no-deps --wheel-dir /wheelhouse" + from
                + requirements.stream()
                        .map(requirement -> " " + quoted(requirement))
                        .collect(Collectors.joining())
                + tools(requirements);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Slim bases have no version control, which pip calls. */
    private static String tools(List<String> requirements) {
        TreeSet<String> tools = requirements.stream()
                .flatMap(requirement -> REPOSITORY.matcher(requirement).results())
                .map(MatchResult::group)
                .map(found -> found.substring("@ ".length(), found.length() - 1))
                .collect(Collectors.toCollection(TreeSet::new));
        return tools.isEmpty() ? "" : " # with a base that has " + String.join(" and ", tools);
    }
}

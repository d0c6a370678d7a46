package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses the Python where neither a base nor {@code python.version} tells it: {@code pycontainer.lock}, else {@code
 * .python-version}, else the newest stable one that the project allows and for which there are all wheels.
 */
final class ChoosePython {

    /** 3.15 was released in October 2026; raised each year, so that a newer plugin may choose a newer Python. */
    private static final int NEWEST_MINOR = 15;

    private static final int OLDEST_MINOR = 8;

    /** An image of a minor version has its newest release, whose number is not known and not near this one. */
    private static final String NEWEST_RELEASE = ".99";

    private static final String FILE = ".python-version";
    private static final int LONGEST = 4096;
    private static final Pattern NAMED = Pattern.compile("(?:cpython[-@])?(3\\.[0-9]{1,2})(?:\\.[0-9]+)?");

    /**
     * @param version two numbers
     * @param why a clause, where it was not the user's explicit word
     */
    record Chosen(Version version, Optional<String> why) {}

    /** @param misfit why the lock's packages cannot be had for a Python; nothing where they can */
    Chosen of(OnDisk disk, Function<Version, Optional<BuildRefused>> misfit) throws IOException {
        Optional<String> pinned = disk.pins().python();
        if (pinned.isPresent()) {
            return new Chosen(Version.parse(pinned.get()), Optional.empty());
        }
        Optional<String> named = named(disk.files(), disk.project().directory());
        return named.isPresent()
                ? new Chosen(Version.parse(named.get()), Optional.of("as " + FILE + " says"))
                : newest(disk.project().requiresPython(), misfit);
    }

    private static Optional<String> named(Disk disk, Path project) throws IOException {
        Path file = project.resolve(FILE);
        if (!disk.isFile(file)) {
            return Optional.empty();
        }
        if (disk.size(file) > LONGEST) {
            throw BuildRefused.because(FILE + " is larger than " + LONGEST + " bytes, the limit for it.");
        }
        // pyenv allows several, of which the first is the one that runs.
        Optional<String> line = disk.text(file)
                .lines()
                .map(String::strip)
                .filter(text -> !text.isEmpty() && !text.startsWith("#"))
                .findFirst();
        return line.map(text -> {
            Matcher parts = NAMED.matcher(text);
            if (!parts.matches()) {
                throw BuildRefused.because("\"" + text + "\" is no CPython of which there is an image python:X.Y-slim.")
                        .todo("write a version such as 3.12, or set from.image")
                        .in(FILE);
            }
            return parts.group(1);
        });
    }

    private static Chosen newest(Optional<SpecifierSet> required, Function<Version, Optional<BuildRefused>> misfit) {
        Optional<BuildRefused> first = Optional.empty();
        for (int minor = NEWEST_MINOR; minor >= OLDEST_MINOR; minor--) {
            Version release = Version.parse("3." + minor + NEWEST_RELEASE);
            if (required.filter(allowed -> !allowed.contains(release)).isEmpty()) {
                Optional<BuildRefused> refused = misfit.apply(release);
                if (refused.isEmpty()) {
                    return new Chosen(
                            Version.parse("3." + minor),
                            Optional.of(
                                    required.isPresent()
                                            ? "the newest that requires-python allows and every package has a wheel for"
                                            : "the newest that every package has a wheel for"));
                }
                first = first.or(() -> refused);
            }
        }
        throw first.map(refused -> refused.in("python:3.X-slim, the default base"))
                .orElseGet(() -> BuildRefused.because("No base is configured, and no stable Python fits the project.")
                        .why("it needs Python " + required.orElseThrow() + "; stable are 3." + OLDEST_MINOR + " to 3."
                                + NEWEST_MINOR + ", each in its newest release")
                        .todo("set from.image to a base with the Python that is meant"));
    }
}

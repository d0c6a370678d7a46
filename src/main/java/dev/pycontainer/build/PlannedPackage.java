package dev.pycontainer.build;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import java.util.List;
import java.util.Optional;

/**
 * One package of an image that is planned.
 *
 * @param version absent of a member that does not tell its own
 * @param wheel its file; a member has none
 * @param extras those of its own extras that are needed
 * @param requiredBy who needs it; empty where the lock does not tell
 * @param layer the place of its layer in {@link ImagePlan#layers()}
 */
public record PlannedPackage(
        PackageName name,
        Optional<Version> version,
        Kind kind,
        Source source,
        Optional<Wheel> wheel,
        List<String> extras,
        List<Requirer> requiredBy,
        int layer) {

    public PlannedPackage {
        extras = List.copyOf(extras);
        requiredBy = List.copyOf(requiredBy);
    }

    /** How a package comes into the image: from a wheel, or as another local project. */
    public enum Kind {
        WHEEL,
        MEMBER
    }

    /** Where a package's file is: in an index, at an address of its own, on this machine, or in its own directory. */
    public enum Source {
        INDEX,
        URL,
        FILE,
        DIRECTORY
    }

    /** @param url nothing of a file on this machine */
    public record Wheel(String file, Digest sha256, long size, Optional<String> url) {}

    /** Of the wheel, in bytes; a member's is not told. */
    public long size() {
        return wheel.map(Wheel::size).orElse(0L);
    }

    /** The project's groups that name the package. */
    public List<String> groups() {
        return requiredBy.stream()
                .flatMap(requirer -> requirer.group().stream())
                .toList();
    }

    @Override
    public String toString() {
        return name + version.map(known -> " " + known).orElse("");
    }
}

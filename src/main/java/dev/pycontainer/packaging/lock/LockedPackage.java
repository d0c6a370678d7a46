package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import java.util.List;
import java.util.Optional;

/**
 * A package that is needed, in the one version that the lock holds for it.
 *
 * @param version absent where the lock does not tell it, as of a member whose version is dynamic
 * @param indexes the URLs of the indexes that the lock names for it, without credentials, the first to be asked first;
 *     none where the lock leaves it to the configuration. Where there are any, no other index is ever asked
 * @param extras those of the package's own extras that are needed, sorted
 * @param requiredBy who needs it, as {@code name} or {@code name[extra]}, sorted; empty where the lock does not tell
 */
public record LockedPackage(
        PackageName name,
        Optional<Version> version,
        LockedFiles files,
        List<String> indexes,
        List<String> extras,
        List<String> requiredBy) {

    /** Stands among {@link #indexes} for the one that the configuration names, or else the default one. */
    public static final String CONFIGURED_INDEX = "configured";

    private static final String LINKS = "links+";

    /** How a page stands among {@link #indexes} that has links to files of any package, and is no index. */
    public static String linksOn(String page) {
        return LINKS + page;
    }

    /** The URL of such a page; empty where it is an index. */
    public static Optional<String> pageOf(String index) {
        return index.startsWith(LINKS) ? Optional.of(index.substring(LINKS.length())) : Optional.empty();
    }

    public LockedPackage {
        indexes = List.copyOf(indexes);
        extras = List.copyOf(extras);
        requiredBy = List.copyOf(requiredBy);
    }

    /** For the places of refusals: {@code package "torch" 2.3.0}. */
    public String place() {
        return place(name, version.map(Version::toString).orElse("without a version"));
    }

    static String place(PackageName name, Object version) {
        return "package \"" + name.value() + "\" " + version;
    }
}

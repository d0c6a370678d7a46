package dev.pycontainer.maven;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where the platform keeps caches, as the XDG base directory specification and the other platforms' customs say. */
final class CacheDirectory {

    private CacheDirectory() {}

    /**
     * This product's own.
     *
     * @param osName the value of {@code os.name}
     * @param environment the process's environment
     * @param home the user's home directory
     */
    static Path of(String osName, Map<String, String> environment, Path home) {
        return named("pycontainer", osName, environment, home);
    }

    /** Pip's, which keeps to the same customs; {@code PIP_CACHE_DIR} where it is set. */
    static Path ofPip(String osName, Map<String, String> environment, Path home) {
        String set = environment.getOrDefault("PIP_CACHE_DIR", "");
        return set.isEmpty() ? named("pip", osName, environment, home) : Path.of(set);
    }

    private static Path named(String name, String osName, Map<String, String> environment, Path home) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            String local = environment.get("LOCALAPPDATA");
            Path base =
                    local == null || local.isEmpty() ? home.resolve("AppData").resolve("Local") : Path.of(local);
            return base.resolve(name).resolve("Cache");
        }
        String xdg = environment.get("XDG_CACHE_HOME");
        // The specification: "All paths set in these environment variables must be absolute", others are ignored.
        if (xdg != null && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg).resolve(name);
        }
        return os.startsWith("mac")
                ? home.resolve("Library").resolve("Caches").resolve(name)
                : home.resolve(".cache").resolve(name);
    }
}

package dev.pycontainer.maven;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where the platform keeps caches, as the XDG base directory specification and the other platforms' customs say. */
final class CacheDirectory {

    private CacheDirectory() {}

    /**
     * @param osName the value of {@code os.name}
     * @param environment the process's environment
     * @param home the user's home directory
     */
    static Path of(String osName, Map<String, String> environment, Path home) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            String local = environment.get("LOCALAPPDATA");
            Path base =
                    local == null || local.isEmpty() ? home.resolve("AppData").resolve("Local") : Path.of(local);
            return base.resolve("pycontainer").resolve("Cache");
        }
        String xdg = environment.get("XDG_CACHE_HOME");
        // The specification: "All paths set in these environment variables must be absolute", others are ignored.
        if (xdg != null && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg).resolve("pycontainer");
        }
        return os.startsWith("mac")
                ? home.resolve("Library").resolve("Caches").resolve("pycontainer")
                : home.resolve(".cache").resolve("pycontainer");
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.TomlTable;
import java.util.Optional;
import java.util.Set;

/**
 * Where a dependency comes from that is not looked for in an index.
 *
 * @param kind {@code git}, {@code url} or {@code path}
 * @param reference the branch, tag or commit of a repository, where one is asked for
 * @param subdirectory of the repository or archive, where the package is not at its top
 */
record PoetryOrigin(String kind, String location, Optional<String> reference, Optional<String> subdirectory) {

    static Optional<PoetryOrigin> of(TomlTable table) {
        Optional<String> reference =
                table.text("branch").or(() -> table.text("tag")).or(() -> table.text("rev"));
        Optional<String> subdirectory = table.text("subdirectory");
        return table.text("git")
                .map(url -> new PoetryOrigin("git", url, reference, subdirectory))
                .or(() -> table.text("url").map(url -> new PoetryOrigin("url", url, Optional.empty(), subdirectory)))
                .or(() -> table.text("path")
                        .or(() -> table.text("file"))
                        .map(path -> new PoetryOrigin("path", path, Optional.empty(), subdirectory)));
    }

    /** The origin that a direct reference (PEP 508) names. */
    static PoetryOrigin ofUrl(String url) {
        if (url.startsWith("git+")) {
            String location = url.substring("git+".length()).replaceFirst("#.*$", "");
            // An @ before the path is of the user's name, and one behind it begins the reference, which may hold
            // slashes.
            int at = location.indexOf('@', location.indexOf('/', location.indexOf("://") + 3));
            return at < 0
                    ? new PoetryOrigin("git", location, Optional.empty(), Optional.empty())
                    : new PoetryOrigin(
                            "git",
                            location.substring(0, at),
                            Optional.of(location.substring(at + 1)),
                            Optional.empty());
        }
        String kind = url.startsWith("file:") ? "path" : "url";
        return new PoetryOrigin(kind, url, Optional.empty(), Optional.empty());
    }

    /** Whether a package of the lock with this {@code source.type} may be what is meant. */
    boolean isOf(String sourceType) {
        return kind.equals("path") ? Set.of("file", "directory").contains(sourceType) : kind.equals(sourceType);
    }

    /** The URL of a direct reference; none for a path, which means something on one machine alone. */
    Optional<String> directReference() {
        String fragment = subdirectory.map(path -> "#subdirectory=" + path).orElse("");
        return switch (kind) {
            case "git" ->
                Optional.of("git+" + SourceAddress.asUrl(location)
                        + reference.map(asked -> "@" + asked).orElse("") + fragment);
            case "url" -> Optional.of(location + fragment);
            default -> Optional.empty();
        };
    }
}

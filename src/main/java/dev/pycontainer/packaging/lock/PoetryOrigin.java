package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.TomlTable;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a dependency comes from that is not looked for in an index.
 *
 * @param kind {@code git}, {@code url} or {@code path}
 * @param reference the branch, tag or commit of a repository, where one is asked for
 * @param subdirectory of the repository or archive, where the package is not at its top
 */
record PoetryOrigin(String kind, String location, Optional<String> reference, Optional<String> subdirectory) {

    // A user may stand before the host, and a branch may have a slash.
    private static final Pattern GIT =
            Pattern.compile("git\\+(?<location>(?:[^/#]*+//)?+[^/#]*+[^@#]*+)(?:@(?<reference>[^#]*+))?+(?:#.*)?");
    private static final Pattern SUBDIRECTORY = Pattern.compile("[#&]subdirectory=([^&]++)");

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
        Matcher parts = GIT.matcher(url);
        return parts.matches()
                ? new PoetryOrigin(
                        "git",
                        parts.group("location"),
                        Optional.ofNullable(parts.group("reference")),
                        subdirectoryOf(url))
                : new PoetryOrigin(
                        url.startsWith("file:") ? "path" : "url",
                        url.replaceFirst("#.*$", ""),
                        Optional.empty(),
                        subdirectoryOf(url));
    }

    private static Optional<String> subdirectoryOf(String url) {
        return SUBDIRECTORY.matcher(url).results().map(found -> found.group(1)).findFirst();
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

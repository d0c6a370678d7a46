package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.http.RedactedUrl;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.Specifier;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One requirement in the form in which a project's {@code pyproject.toml} and the metadata of a {@code uv.lock} can be
 * compared: what a {@code [tool.uv.sources]} makes of it included.
 *
 * @param specifiers of one from an index, its clauses in their normal form
 * @param origin where else it comes from: a git repository with what was asked of it, an archive, or a project on disk
 * @param index the URL of the index that it must come from; nothing where any will do
 * @param shown for messages
 */
record UvRequirement(
        PackageName name,
        SortedSet<String> extras,
        Set<Object> specifiers,
        Optional<String> origin,
        Optional<String> index,
        String shown) {

    /** An index or other origin of which this machine cannot tell what it was for uv. */
    static final String ANY = "*";

    /** Those of the lock's metadata whose marker holds. */
    static List<UvRequirement> locked(TomlTable of, String key, MarkerEnvironment environment, Path directory) {
        try {
            return of.tables(key).stream()
                    .filter(table -> table.text("marker", Marker::parse)
                            .map(marker -> marker.evaluate(environment))
                            .orElse(true))
                    .map(table -> locked(table, directory))
                    .toList();
        } catch (BuildRefused refused) {
            throw refused.orTodo(UvLock.AGAIN);
        }
    }

    private static UvRequirement locked(TomlTable table, Path directory) {
        PackageName name = table.requiredText("name", PackageName::of);
        SpecifierSet specifiers = table.text("specifier", SpecifierSet::parse).orElse(SpecifierSet.any());
        SortedSet<String> extras = new TreeSet<>(Utf8Order.INSTANCE);
        extras.addAll(table.texts("extras", Extra::of));
        Optional<String> origin = originOf(table, directory);
        Optional<String> index = table.text("index").map(UvRequirement::normalUrl);
        return of(name, extras, specifiers, origin, index);
    }

    private static Optional<String> originOf(TomlTable table, Path directory) {
        if (table.has("git")) {
            return table.text("git").map(UvRequirement::gitOrigin);
        }
        if (table.has("url")) {
            return table.text("url").map(UvRequirement::urlOrigin);
        }
        for (String kind : List.of("path", "directory", "editable", "virtual")) {
            if (table.has(kind)) {
                return table.text(kind).map(path -> pathOrigin(directory, LockedPath.of(directory, path)));
            }
        }
        return Optional.empty();
    }

    /** As a project says it, from an index. */
    static UvRequirement from(Requirement requirement, Optional<String> index) {
        return of(requirement.name(), sorted(requirement), requirement.specifiers(), Optional.empty(), index);
    }

    /** As a project says it, from elsewhere. */
    static UvRequirement from(Requirement requirement, String origin) {
        return of(requirement.name(), sorted(requirement), SpecifierSet.any(), Optional.of(origin), Optional.empty());
    }

    private static SortedSet<String> sorted(Requirement requirement) {
        SortedSet<String> extras = new TreeSet<>(Utf8Order.INSTANCE);
        extras.addAll(requirement.extras());
        return extras;
    }

    private static UvRequirement of(
            PackageName name,
            SortedSet<String> extras,
            SpecifierSet specifiers,
            Optional<String> origin,
            Optional<String> index) {
        String shown = name
                + (extras.isEmpty() ? "" : "[" + String.join(",", extras) + "]")
                + specifiers
                + origin.map(from -> " from " + from).orElse("")
                + index.filter(url -> !url.equals(ANY))
                        .map(url -> " from the index " + url)
                        .orElse("");
        return new UvRequirement(name, extras, normal(specifiers), origin, index, shown);
    }

    private static Set<Object> normal(SpecifierSet specifiers) {
        return specifiers.clauses().stream().map(UvRequirement::normal).collect(Collectors.toSet());
    }

    // PEP 440: 1.0 and 1.0.0 are one version, but not so in ~= and ==1.*, where the number of segments counts.
    private static Object normal(Specifier clause) {
        if (clause.operator() == Specifier.Operator.ARBITRARY) {
            return List.of(clause.operator(), clause.version().toLowerCase(Locale.ROOT));
        }
        boolean isPrefix = clause.version().endsWith(".*");
        Version version = Version.parse(clause.version().replaceFirst("\\.\\*$", ""));
        return isPrefix || clause.operator() == Specifier.Operator.COMPATIBLE
                ? List.of(clause.operator(), version, version.release().size(), isPrefix)
                : List.of(clause.operator(), version);
    }

    /** A path as the lock would write it. */
    static String pathOrigin(Path directory, Path path) {
        if (!Objects.equals(directory.getRoot(), path.getRoot())) {
            return path.toString(); // on another drive
        }
        String relative = directory.relativize(path).toString().replace('\\', '/');
        return relative.isEmpty() ? "." : relative;
    }

    static String urlOrigin(String url) {
        return normalUrl(url.split("#", 2)[0]);
    }

    /** A repository, and the tag, branch or revision that is asked of it; uv writes a prefix {@code git+} nowhere. */
    static String gitOrigin(String url) {
        UvGit git = UvGit.parse(url.startsWith("git+") ? url.substring("git+".length()) : url);
        StringBuilder origin = new StringBuilder("git ").append(normalUrl(git.repository()));
        for (String option : List.of("rev", "tag", "branch", "subdirectory")) {
            if (git.options().containsKey(option)) {
                origin.append(' ')
                        .append(option)
                        .append(' ')
                        .append(git.options().get(option));
            }
        }
        return origin.toString();
    }

    /** Credentials are in no lock. */
    static String normalUrl(String url) {
        return RedactedUrl.of(url).toString().replaceFirst("/+$", "");
    }

    /** Whether both say the same, as far as each can be told. */
    boolean agreesWith(UvRequirement other) {
        return name.equals(other.name)
                && extras.equals(other.extras)
                && specifiers.equals(other.specifiers)
                && (origin.equals(other.origin) || isAny(origin, other.origin) || isAny(other.origin, origin))
                && (index.equals(other.index) || isAny(index, other.index) || isAny(other.index, index));
    }

    private static boolean isAny(Optional<String> one, Optional<String> other) {
        return one.filter(ANY::equals).isPresent() && other.isPresent();
    }
}

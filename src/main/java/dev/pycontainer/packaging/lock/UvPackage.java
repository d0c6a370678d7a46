package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** One {@code [[package]]} of {@code uv.lock}; its parts are read when they are asked for. Each is equal to itself alone. */
final class UvPackage {

    private static final Set<String> LOCAL = Set.of("editable", "virtual", "directory");

    private final PackageName name;
    private final TomlTable table;

    private UvPackage(PackageName name, TomlTable table) {
        this.name = name;
        this.table = table;
    }

    static UvPackage of(TomlTable table) {
        PackageName name = PackageName.of(table.requiredText("name"));
        String version = table.text("version").orElse("without a version");
        return new UvPackage(name, table.at(LockedPackage.place(name, version)));
    }

    PackageName name() {
        return name;
    }

    /** For the places of refusals. */
    String place() {
        return table.place();
    }

    Version version() {
        return Version.parse(table.requiredText("version"));
    }

    Optional<String> versionText() {
        return table.text("version");
    }

    /** Whether this is the project whose directory holds the lock. */
    boolean isRoot() {
        TomlTable source = source();
        return LOCAL.stream()
                .anyMatch(kind -> source.text(kind).filter("."::equals).isPresent());
    }

    boolean isLocal() {
        TomlTable source = source();
        return LOCAL.stream().anyMatch(source::has);
    }

    TomlTable source() {
        return table.table("source").orElseThrow(() -> table.refused("\"source\" is missing."));
    }

    /** Whether the fork of the resolution to which this package belongs holds in an environment. */
    boolean inForkOf(MarkerEnvironment environment) {
        List<String> markers = table.texts("resolution-markers");
        return markers.isEmpty()
                || markers.stream().anyMatch(marker -> Marker.parse(marker).evaluate(environment));
    }

    List<UvDependency> dependencies() {
        return edges(table, "dependencies");
    }

    /** What an extra adds; nothing where the package has no such extra, as with every installer. */
    List<UvDependency> ofExtra(String extra) {
        return table.table("optional-dependencies")
                .map(extras -> edges(extras, extra))
                .orElse(List.of());
    }

    List<UvDependency> ofGroup(String group) {
        return table.table("dev-dependencies")
                .map(groups -> edges(groups, group))
                .orElse(List.of());
    }

    /** The extras of the project; one without dependencies is known to the metadata alone. */
    SortedSet<String> extras() {
        NavigableSet<String> names = new TreeSet<>(Utf8Order.INSTANCE);
        table.table("optional-dependencies").map(TomlTable::keys).ifPresent(names::addAll);
        table.table("metadata")
                .map(metadata -> metadata.texts("provides-extras"))
                .ifPresent(names::addAll);
        return names;
    }

    /** The dependency groups of the project; an empty one is known to the metadata alone. */
    SortedSet<String> groups() {
        NavigableSet<String> names = new TreeSet<>(Utf8Order.INSTANCE);
        table.table("dev-dependencies").map(TomlTable::keys).ifPresent(names::addAll);
        Optional<Collection<String>> declared = table.table("metadata")
                .flatMap(metadata -> metadata.table("requires-dev"))
                .map(TomlTable::keys);
        declared.ifPresent(names::addAll);
        return names;
    }

    /** The files to choose from; a source that cannot be read yet is refused by name. */
    LockedFiles files() {
        TomlTable source = source();
        if (!source.has("registry")) {
            throw unread(source);
        }
        List<LockedFile> wheels =
                table.tables("wheels").stream().map(this::wheel).toList();
        List<String> sources = table.table("sdist").stream()
                .map(sdist -> sdist.text("url").or(() -> sdist.text("path")).orElse(""))
                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                .toList();
        return new LockedFiles.Listed(wheels, sources);
    }

    private LockedFile wheel(TomlTable wheel) {
        Optional<String> url = wheel.text("url");
        if (url.isEmpty()) {
            throw table.refused("Package \"" + name.value()
                            + "\" comes from a directory of wheels, which cannot be read yet.")
                    .todo("lock it from an index over HTTPS");
        }
        OptionalLong size = wheel.count("size");
        LockedFile file;
        try {
            file = LockedFile.of(url.get(), hashOf(wheel), size);
        } catch (BuildRefused refused) {
            throw refused.in(table.place());
        }
        return wheel.text("filename").map(file::named).orElse(file);
    }

    private Digest hashOf(TomlTable wheel) {
        String hash = wheel.text("hash")
                .orElseThrow(() -> BuildRefused.because("A wheel of package \"" + name.value() + "\" is unhashed.")
                        .why("the lock holds no hash for "
                                + wheel.text("url").map(LockedFile::fileNameOf).orElse("it"))
                        .todo("lock it from an index that tells hashes"));
        if (!hash.startsWith("sha256:")) {
            throw BuildRefused.because("A wheel of package \"" + name.value() + "\" has no SHA-256 hash.")
                    .why("the lock holds \"" + hash + "\"")
                    .todo("lock it from an index that tells SHA-256 hashes");
        }
        return Digest.parse(hash.toLowerCase(Locale.ROOT));
    }

    private BuildRefused unread(TomlTable source) {
        String kind = source.keys().stream().findFirst().orElse("empty");
        if (isLocal()) {
            return table.refused("Package \"" + name.value() + "\" is another local project (source " + kind + " \""
                            + source.text(kind).orElse("") + "\").")
                    .why("workspace members and path dependencies cannot be built into an image yet")
                    .todo("publish it to an index and lock it from there");
        }
        return table.refused("Package \"" + name.value() + "\" comes from a source of kind " + kind + ".")
                .why("only packages from an index can be read yet")
                .todo("lock a release of it from an index");
    }

    private static List<UvDependency> edges(TomlTable table, String key) {
        List<TomlTable> edges = table.tables(key);
        try {
            return edges.stream().map(UvDependency::of).toList();
        } catch (BuildRefused refused) {
            throw edges.stream().anyMatch(edge -> !edge.has("name")) ? refused : refused.in(table.place());
        }
    }
}

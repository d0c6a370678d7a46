package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.Version;
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
    private final String place;
    private final TomlTable table;

    private UvPackage(PackageName name, String place, TomlTable table) {
        this.name = name;
        this.place = place;
        this.table = table;
    }

    static UvPackage of(TomlTable table) {
        PackageName name = table.requiredText("name", PackageName::of);
        String version = table.text("version").orElse("without a version");
        String place = LockedPackage.place(name, version);
        return new UvPackage(name, place, table.at(place));
    }

    PackageName name() {
        return name;
    }

    /** For the places of refusals. */
    String place() {
        return place;
    }

    Version version() {
        return table.requiredText("version", Version::parse);
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
        return table.requiredTable("source");
    }

    /** Whether the fork of the resolution to which this package belongs holds in an environment. */
    boolean inForkOf(MarkerEnvironment environment) {
        List<Marker> markers = table.texts("resolution-markers", Marker::parse);
        return markers.isEmpty() || markers.stream().anyMatch(marker -> marker.evaluate(environment));
    }

    List<UvDependency> dependencies() {
        return edges(table, "dependencies");
    }

    /** What an extra adds; nothing where the package has no such extra, as with every installer. */
    List<UvDependency> ofExtra(String extra) {
        return edges(table.table("optional-dependencies"), extra);
    }

    List<UvDependency> ofGroup(String group) {
        return edges(table.table("dev-dependencies"), group);
    }

    /** The extras of the project; one without dependencies is known to the metadata alone. */
    SortedSet<String> extras() {
        NavigableSet<String> names = new TreeSet<>(Utf8Order.INSTANCE);
        names.addAll(table.table("optional-dependencies").keys());
        names.addAll(table.table("metadata").texts("provides-extras"));
        return names;
    }

    /** The dependency groups of the project; an empty one is known to the metadata alone. */
    SortedSet<String> groups() {
        NavigableSet<String> names = new TreeSet<>(Utf8Order.INSTANCE);
        names.addAll(table.table("dev-dependencies").keys());
        names.addAll(table.table("metadata").table("requires-dev").keys());
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
        List<String> sources = table.has("sdist") ? List.of(sourceIn(table.table("sdist"))) : List.of();
        return new LockedFiles.Listed(wheels, sources);
    }

    private static String sourceIn(TomlTable sdist) {
        String url = sdist.text("url").or(() -> sdist.text("path")).orElse("");
        return url.substring(url.lastIndexOf('/') + 1);
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
            throw refused.in(place);
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
        return table.tables(key).stream().map(UvDependency::of).toList();
    }
}

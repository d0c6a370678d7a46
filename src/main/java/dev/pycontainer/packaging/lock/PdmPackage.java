package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;

/**
 * One {@code [[package]]} of {@code pdm.lock}: a package, or the same package with extras, which stands there once more.
 *
 * @param older the table {@code metadata.files}, where the files stood until version 4.2
 */
record PdmPackage(PackageName name, SortedSet<String> extras, String place, TomlTable table, TomlTable older) {

    private static final String ROOT = "file:///${PROJECT_ROOT}/";

    static PdmPackage of(TomlTable table, TomlTable older) {
        PackageName name = table.requiredText("name", PackageName::of);
        String place = LockedPackage.place(name, table.text("version").orElse("without a version"));
        TomlTable placed = table.at(place);
        return new PdmPackage(name, Extra.normalized(placed.texts("extras", Extra::of)), place, placed, older);
    }

    Optional<Version> version() {
        return table.text("version", Version::parse);
    }

    /** {@code name} or {@code name[extra]}, by which others require it. */
    String label() {
        return name + (extras.isEmpty() ? "" : "[" + String.join(",", extras) + "]");
    }

    Optional<Marker> marker() {
        return table.text("marker", Marker::parse);
    }

    boolean allows(Version python) {
        return table.text("requires_python", PdmRange::parse)
                .filter(range -> !range.contains(python))
                .isEmpty();
    }

    List<String> groups() {
        return table.texts("groups", Extra::of);
    }

    /** Whether one of these groups needs it; a package of which no group is told is needed by all. */
    boolean isOfAny(Set<String> asked) {
        List<String> groups = groups();
        return groups.isEmpty() || groups.stream().anyMatch(asked::contains);
    }

    List<Requirement> dependencies() {
        return table.texts("dependencies", PdmRequirement::parse);
    }

    /** Whether one of its dependencies is needed there. */
    boolean applies(Requirement dependency, MarkerEnvironment environment) {
        try {
            return dependency.appliesIn(environment);
        } catch (BuildRefused refused) {
            throw refused.in(place);
        }
    }

    LockedPackage locked(LockFile lock, PdmSources sources, List<String> allExtras, List<String> requiredBy) {
        try {
            LockedFiles files = files(lock);
            return new LockedPackage(name, version(), files, indexes(files, sources), allExtras, requiredBy);
        } catch (BuildRefused refused) {
            throw refused.orTodo("run `pdm lock` again").in(place);
        }
    }

    private List<String> indexes(LockedFiles files, PdmSources sources) {
        return files instanceof LockedFiles.Listed listed && !listed.wheels().isEmpty()
                ? sources.of(
                        name,
                        listed.wheels().stream().anyMatch(file -> file.location() instanceof FileLocation.InIndex))
                : List.of();
    }

    /** Where the package lies, if it is a local project. */
    Optional<Path> directory(LockFile lock) {
        try {
            return localPath().filter(path -> !isFile(path)).map(path -> LockedPath.of(lock, withSubdirectory(path)));
        } catch (BuildRefused refused) {
            throw refused.in(place);
        }
    }

    private Optional<String> localPath() {
        return table.text("path")
                .or(() -> table.text("url")
                        .filter(url -> url.startsWith(ROOT))
                        .map(url -> withoutFragment(url.substring(ROOT.length()))));
    }

    private String withSubdirectory(String path) {
        return table.text("subdirectory").map(below -> path + "/" + below).orElse(path);
    }

    private static boolean isFile(String path) {
        return path.endsWith(".whl") || SourceAddress.isArchive(path);
    }

    private LockedFiles files(LockFile lock) {
        for (String kind : SourceAddress.REPOSITORIES) {
            Optional<String> url = table.text(kind);
            if (url.isPresent()) {
                String commit = table.text("revision")
                        .or(() -> table.text("ref"))
                        .orElseThrow(() -> BuildRefused.because("The lock does not say which commit it means.")
                                .why("an editable package of version control is whatever lies in its directory")
                                .todo("remove `-e` where it is required, and run `pdm lock` again"));
                return new LockedFiles.Listed(
                        List.of(), List.of(SourceAddress.of(kind, url.get(), commit, table.text("subdirectory"))));
            }
        }
        Optional<Path> directory = directory(lock);
        if (directory.isPresent()) {
            return new LockedFiles.Member(directory.get());
        }
        Optional<String> path = localPath();
        if (path.isPresent()) {
            return direct(
                    LockedPath.nameOf(path.get()), path.get(), new FileLocation.Local(LockedPath.of(lock, path.get())));
        }
        Optional<String> url = table.text("url").map(PdmPackage::withoutFragment);
        if (url.isPresent()) {
            String name = LockedFile.fileNameOf(url.get());
            return direct(name, url.get(), new FileLocation.Url(url.get()));
        }
        return listed();
    }

    private LockedFiles direct(String fileName, String address, FileLocation location) {
        if (!fileName.endsWith(".whl")) {
            return new LockedFiles.Listed(
                    List.of(),
                    List.of(
                            address.contains("://")
                                    ? SourceAddress.of(address, table.text("subdirectory"))
                                    : fileName));
        }
        List<String> hashes =
                rows().stream().flatMap(row -> row.text("hash").stream()).toList();
        return new LockedFiles.Direct(
                new LockedFile(fileName, LockedHash.of(fileName, hashes), OptionalLong.empty(), location));
    }

    private static String withoutFragment(String url) {
        int fragment = url.indexOf('#');
        return fragment < 0 ? url : url.substring(0, fragment);
    }

    private List<TomlTable> rows() {
        return table.has("files")
                ? table.tables("files")
                : older.at(place)
                        .tables(name
                                + table.text("version")
                                        .map(version -> " " + version)
                                        .orElse(""));
    }

    private LockedFiles listed() {
        List<LockedFile> wheels = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        for (TomlTable row : rows()) {
            Optional<String> url = row.text("url").map(PdmPackage::withoutFragment);
            String fileName = row.text("file")
                    .or(() -> url.map(LockedFile::fileNameOf))
                    .orElseThrow(() -> row.refused("A file has neither a name nor a URL."));
            if (!fileName.endsWith(".whl")) {
                sources.add(fileName);
                continue;
            }
            wheels.add(new LockedFile(
                    fileName,
                    LockedHash.of(fileName, row.text("hash").stream().toList()),
                    OptionalLong.empty(),
                    url.<FileLocation>map(text -> new FileLocation.Url(LockedFile.checkedUrl(text)))
                            .orElseGet(FileLocation.InIndex::new)));
        }
        return new LockedFiles.Listed(wheels, sources);
    }
}

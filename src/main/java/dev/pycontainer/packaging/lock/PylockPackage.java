package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One entry of {@code [[packages]]} in {@code pylock.toml}, as the specification's section "packages" allows it. */
record PylockPackage(
        PackageName name,
        Optional<Version> version,
        Optional<Marker> marker,
        Optional<SpecifierSet> requiresPython,
        Optional<String> index,
        List<PackageName> dependencies,
        Source source) {

    /** Where the package comes from. */
    sealed interface Source {}

    /** @param address as pip is told it */
    record Vcs(String address) implements Source {}

    record Directory(String path) implements Source {}

    record Archive(PylockFile file, Optional<String> subdirectory) implements Source {
        String source() {
            return file.url().map(url -> SourceAddress.of(url, subdirectory)).orElseGet(file::name);
        }
    }

    record Distributions(List<PylockFile> wheels, Optional<PylockFile> sdist) implements Source {}

    /** Reads an entry whole, so that what the specification forbids is refused whichever packages are needed. */
    static PylockPackage of(TomlTable entry) {
        PackageName name = entry.requiredText("name", PackageName::new);
        String place = LockedPackage.place(name, entry.text("version").orElse("without a version"));
        TomlTable table = entry.at(place);
        Optional<Version> version = table.text("version", Version::parse);
        for (TomlTable identity : table.tables("attestation-identities")) {
            identity.requiredText("kind", kind -> kind);
        }
        table.table("tool");
        return new PylockPackage(
                name,
                version,
                table.text("marker", Marker::parse),
                table.text("requires-python", SpecifierSet::parse),
                table.text("index"),
                table.tables("dependencies").stream()
                        .flatMap(dependency -> dependency.text("name", PackageName::of).stream())
                        .toList(),
                sourceIn(table, place, name, version));
    }

    // "packages.vcs is mutually exclusive with packages.directory, packages.archive, packages.sdist, and
    // packages.wheels" and so on for each of them, except the last two with one another.
    private static Source sourceIn(TomlTable table, String place, PackageName name, Optional<Version> version) {
        List<PylockFile> wheels = table.tables("wheels").stream()
                .map(wheel -> checked(place, PylockFile.of(wheel), file -> file.checkWheel(name, version)))
                .toList();
        Optional<PylockFile> sdist = table.has("sdist")
                ? Optional.of(
                        checked(place, PylockFile.of(table.table("sdist")), file -> file.checkSource(name, version)))
                : Optional.empty();
        List<String> kinds = Stream.of("vcs", "directory", "archive", "sdist", "wheels")
                .filter(kind -> kind.equals("wheels") ? !wheels.isEmpty() : table.has(kind))
                .toList();
        if (kinds.isEmpty() || (kinds.size() > 1 && !kinds.equals(List.of("sdist", "wheels")))) {
            throw table.refused("Package \"" + name + "\" has " + (kinds.isEmpty() ? "no source." : "several sources."))
                    .why(
                            kinds.isEmpty()
                                    ? "it has neither vcs nor directory, archive, sdist or wheels"
                                    : "it has " + String.join(" and ", kinds)
                                            + "; only sdist and wheels may stand together")
                    .todo("lock again with the tool that wrote the lock");
        }
        return switch (kinds.get(0)) {
            case "vcs" -> vcs(table.table("vcs"));
            case "directory" -> directory(table.table("directory"));
            case "archive" -> archive(table.table("archive"));
            default -> new Distributions(wheels, sdist);
        };
    }

    private static PylockFile checked(String place, PylockFile file, Consumer<PylockFile> check) {
        try {
            check.accept(file);
            return file;
        } catch (BuildRefused refused) {
            throw refused.in(place);
        }
    }

    private static Vcs vcs(TomlTable table) {
        String type = table.requiredText("type", kind -> kind);
        String commit = table.requiredText("commit-id", id -> id);
        String url = table.text("url")
                .or(() -> table.text("path"))
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> table.refused("A repository has neither a URL nor a path."));
        return new Vcs(SourceAddress.of(type, url, commit, table.text("subdirectory")));
    }

    private static Archive archive(TomlTable table) {
        return new Archive(PylockFile.of(table), table.text("subdirectory"));
    }

    private static Directory directory(TomlTable table) {
        String path = table.requiredText("path", text -> text);
        table.flag("editable");
        return new Directory(
                table.text("subdirectory").map(below -> path + "/" + below).orElse(path));
    }

    /** For the places of refusals. */
    String place() {
        return LockedPackage.place(name, version.map(Version::toString).orElse("without a version"));
    }

    /** Whether the package is this directory itself. */
    boolean isDirectory(LockFile lock, Path directory) {
        try {
            return source instanceof Directory of
                    && LockedPath.of(lock, of.path()).equals(directory);
        } catch (BuildRefused refused) {
            throw refused.in(place());
        }
    }

    LockedPackage locked(LockFile lock, List<String> requiredBy) {
        try {
            return new LockedPackage(
                    name,
                    version,
                    files(lock),
                    // Informational, since every file has its own address: other kinds of index than HTTP(S) say
                    // nothing.
                    index.filter(url -> url.matches("(?i)https?://.*")).map(IndexUrl::of).stream()
                            .toList(),
                    List.of(),
                    requiredBy);
        } catch (BuildRefused refused) {
            throw refused.orTodo("lock again with the tool that wrote the lock").in(place());
        }
    }

    private LockedFiles files(LockFile lock) {
        if (source instanceof Vcs vcs) {
            return new LockedFiles.Listed(List.of(), List.of(vcs.address()));
        }
        if (source instanceof Directory directory) {
            return new LockedFiles.Member(LockedPath.of(lock, directory.path()));
        }
        if (source instanceof Archive archive) {
            return archive.file().isWheel()
                    ? new LockedFiles.Direct(archive.file().locked(lock))
                    : new LockedFiles.Listed(List.of(), List.of(archive.source()));
        }
        Distributions files = (Distributions) source;
        return new LockedFiles.Listed(
                files.wheels().stream().map(wheel -> wheel.locked(lock)).toList(),
                files.sdist().map(PylockFile::name).stream().toList());
    }
}

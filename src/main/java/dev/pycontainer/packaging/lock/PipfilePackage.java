package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One entry of a category of {@code Pipfile.lock}. */
record PipfilePackage(PackageName name, String place, TomlTable table) {

    private static final String AGAIN = "run `pipenv lock` again";
    private static final Pattern EXACT = Pattern.compile("={0,3}\\s*([^=<>!~*,\\s]+)\\s*");

    /** An entry under its key, the package's name in any spelling; one that is a version alone is a short form. */
    static PipfilePackage of(TomlTable category, String key) {
        PackageName name = category.read(key, () -> PackageName.of(key));
        TomlTable table = category.isText(key)
                ? TomlTable.ofJson(
                                Json.object().put("version", category.text(key).orElse("")))
                        .advising(AGAIN)
                : category.table(key);
        String version = table.text("version")
                .map(text -> text.replaceFirst("^=+\\s*", ""))
                .orElse("without a version");
        String place = LockedPackage.place(name, version);
        return new PipfilePackage(name, place, table.at(place));
    }

    /** The marker under which it is needed. */
    Optional<Marker> marker() {
        return PipfileMarkers.of(table);
    }

    SortedSet<String> extras() {
        return Extra.normalized(table.texts("extras", Extra::of));
    }

    /** The version, where the entry pins one; a package from elsewhere than an index has none. */
    Optional<Version> version() {
        return isFromIndex() ? Optional.of(pinned()) : table.text("version", PipfilePackage::parsed);
    }

    /** The version as far as one can be read, for those who only tell of the entry. */
    Optional<Version> versionIfAny() {
        return table.text("version")
                .map(EXACT::matcher)
                .filter(Matcher::matches)
                .flatMap(exact -> Version.tryParse(exact.group(1)));
    }

    private boolean isFromIndex() {
        return address().isEmpty() && SourceAddress.REPOSITORIES.stream().noneMatch(table::has);
    }

    private Version pinned() {
        return table.text("version", PipfilePackage::parsed)
                .orElseThrow(() -> BuildRefused.because("Package \"" + name + "\" is not pinned to one version.")
                        .why("the lock says no version of it")
                        .todo(AGAIN));
    }

    private static Version parsed(String text) {
        Matcher exact = EXACT.matcher(text);
        if (!exact.matches()) {
            throw BuildRefused.because("\"" + text + "\" is not one version.")
                    .why("a lock pins each package with ==")
                    .todo(AGAIN);
        }
        return Version.parse(exact.group(1));
    }

    LockedPackage locked(LockFile lock, PipfileSources sources) {
        try {
            return new LockedPackage(
                    name,
                    version(),
                    files(lock),
                    isFromIndex() ? sources.of(table.text("index")) : List.of(),
                    List.copyOf(extras()),
                    List.of());
        } catch (BuildRefused refused) {
            throw refused.orTodo(AGAIN).in(place);
        }
    }

    boolean isDirectory(LockFile lock, Path directory) {
        try {
            return address()
                    .filter(PipfilePackage::isLocal)
                    .map(path -> LockedPath.of(lock, withSubdirectory(path)))
                    .filter(directory::equals)
                    .isPresent();
        } catch (BuildRefused refused) {
            throw refused.in(place);
        }
    }

    private Optional<String> address() {
        return table.text("file").or(() -> table.text("path"));
    }

    /** Whether an address is a path, and no URL. */
    static boolean isLocal(String address) {
        return !address.contains("://");
    }

    private LockedFiles files(LockFile lock) {
        for (String kind : SourceAddress.REPOSITORIES) {
            Optional<String> url = table.text(kind);
            if (url.isPresent()) {
                return new LockedFiles.Listed(List.of(), List.of(repository(kind, url.get())));
            }
        }
        Optional<String> address = address();
        if (address.isEmpty()) {
            return indexed();
        }
        String name = isLocal(address.get()) ? LockedPath.nameOf(address.get()) : LockedFile.fileNameOf(address.get());
        if (name.endsWith(".whl")) {
            return new LockedFiles.Direct(
                    new LockedFile(name, onlyHash(name), OptionalLong.empty(), location(lock, address.get())));
        }
        if (!isLocal(address.get())) {
            return new LockedFiles.Listed(
                    List.of(), List.of(SourceAddress.of(address.get(), table.text("subdirectory"))));
        }
        return SourceAddress.isArchive(name)
                ? new LockedFiles.Listed(List.of(), List.of(name))
                : new LockedFiles.Member(LockedPath.of(lock, withSubdirectory(address.get())));
    }

    private String withSubdirectory(String path) {
        return table.text("subdirectory").map(below -> path + "/" + below).orElse(path);
    }

    private String repository(String kind, String url) {
        String address = url.startsWith(kind + "+") ? url.substring(kind.length() + 1) : url;
        String commit = table.text("ref")
                .orElseThrow(() -> BuildRefused.because("The lock does not say which commit it means.")
                        .todo("write a ref into the Pipfile, and run `pipenv lock`"));
        return SourceAddress.of(kind, address, commit, table.text("subdirectory"));
    }

    private static FileLocation location(LockFile lock, String address) {
        return isLocal(address)
                ? new FileLocation.Local(LockedPath.of(lock, address))
                : new FileLocation.Url(LockedFile.checkedUrl(address));
    }

    private LockedFiles indexed() {
        List<String> written = table.texts("hashes");
        if (written.isEmpty()) {
            return new LockedFiles.Unhashed();
        }
        List<Digest> hashes = LockedHash.sha256(written);
        if (hashes.isEmpty()) {
            throw BuildRefused.because("Package \"" + name + "\" has no SHA-256 hash.")
                    .why("the lock holds " + LockedHash.kinds(written) + " for it")
                    .todo("lock it from an index that tells SHA-256 hashes");
        }
        return new LockedFiles.Hashed(hashes);
    }

    private Digest onlyHash(String fileName) {
        List<String> hashes = table.texts("hashes");
        if (LockedHash.sha256(hashes).size() > 1) {
            throw BuildRefused.because("The lock has several hashes for the one file " + fileName + ".")
                    .todo(AGAIN);
        }
        return LockedHash.of(fileName, hashes);
    }
}

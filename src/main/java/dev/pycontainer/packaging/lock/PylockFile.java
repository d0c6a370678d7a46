package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.HttpUrl;

/**
 * A file of a package in {@code pylock.toml}: one of {@code packages.wheels}, {@code packages.sdist} or {@code
 * packages.archive}.
 *
 * @param hashes by algorithm, at least one
 */
record PylockFile(
        String name, Optional<String> url, Optional<String> path, OptionalLong size, Map<String, String> hashes) {

    static PylockFile of(TomlTable table) {
        Optional<String> url = table.text("url").filter(text -> !text.isEmpty());
        Optional<String> path = table.text("path").filter(text -> !text.isEmpty());
        if (url.isEmpty() && path.isEmpty()) {
            throw table.refused("A file has neither a URL nor a path.")
                    .why("url or path is required of every file")
                    .todo("lock again with the tool that wrote the lock");
        }
        OptionalLong size = table.count("size");
        if (size.isPresent() && size.getAsLong() < 0) {
            throw table.refusedAt("size", "The size " + size.getAsLong() + " is below zero.");
        }
        table.requiredTable("hashes");
        Map<String, String> hashes = table.textsByKey("hashes");
        if (hashes.isEmpty()) {
            throw table.refusedAt("hashes", "A file has no hash.").todo("lock it from an index that tells hashes");
        }
        return new PylockFile(nameOf(table, url, path), url, path, size, hashes);
    }

    // "name … Required? if the last component of path or url is not the same value"
    private static String nameOf(TomlTable table, Optional<String> url, Optional<String> path) {
        return table.text("name")
                .filter(name -> !name.isEmpty())
                .or(() -> path.map(LockedPath::nameOf).filter(name -> !name.isEmpty()))
                .or(() -> url.map(PylockFile::nameOfUrl).filter(name -> !name.isEmpty()))
                .orElseThrow(
                        () -> table.refused("A file has no name.").why("neither its path nor its URL ends with one"));
    }

    // Whether the URL itself may be used is asked only of a file that is needed.
    private static String nameOfUrl(String url) {
        HttpUrl parsed = HttpUrl.parse(url);
        List<String> segments = parsed == null ? List.of(url.split("/", -1)) : parsed.pathSegments();
        return segments.get(segments.size() - 1);
    }

    boolean isWheel() {
        return name.endsWith(".whl");
    }

    /** Refuses a wheel of another package or version than the one that lists it. */
    void checkWheel(PackageName packageName, Optional<Version> version) {
        WheelFileName wheel = WheelFileName.parse(name);
        checkName(wheel.name(), packageName);
        version.ifPresent(wanted -> checkVersion(wheel.version(), wanted));
    }

    /** Refuses a source distribution of another package or version than the one that lists it. */
    void checkSource(PackageName packageName, Optional<Version> version) {
        // Source distribution format: "{name}-{version}.tar.gz"; zip is what older tools wrote.
        String stem =
                name.endsWith(".tar.gz") || name.endsWith(".zip") ? name.replaceFirst("\\.(?:tar\\.gz|zip)$", "") : "";
        int hyphen = stem.lastIndexOf('-');
        if (hyphen < 1) {
            throw BuildRefused.because("\"" + name + "\" is not a source distribution's file name.")
                    .why("one is NAME-VERSION.tar.gz")
                    .todo("lock again with the tool that wrote the lock");
        }
        checkName(PackageName.of(stem.substring(0, hyphen)), packageName);
        Version found = Version.parse(stem.substring(hyphen + 1));
        version.ifPresent(wanted -> checkVersion(found, wanted));
    }

    private void checkName(PackageName found, PackageName wanted) {
        if (!found.equals(wanted)) {
            throw notOf("package \"" + wanted + "\"");
        }
    }

    private void checkVersion(Version found, Version wanted) {
        if (!found.equals(wanted)) {
            throw notOf("version " + wanted);
        }
    }

    private BuildRefused notOf(String what) {
        return BuildRefused.because("The file " + name + " is not of " + what + ".")
                .why("the lock lists it there, and its name says otherwise")
                .todo("lock again with the tool that wrote the lock");
    }

    /** The file to be had; one without a SHA-256 hash, and what {@link LockedFile} refuses, is refused. */
    LockedFile locked(LockFile lock) {
        List<String> written = hashes.entrySet().stream()
                .map(hash -> hash.getKey() + ":" + hash.getValue())
                .toList();
        FileLocation location = url.<FileLocation>map(text -> new FileLocation.Url(LockedFile.checkedUrl(text)))
                .or(() -> path.map(text -> new FileLocation.Local(LockedPath.of(lock, text))))
                .orElseThrow();
        return new LockedFile(name, LockedHash.of(name, written), size, location);
    }
}

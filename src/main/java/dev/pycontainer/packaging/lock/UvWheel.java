package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.TomlTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A wheel as {@code uv.lock} writes it: by URL, by path in a directory of wheels, or by file name where the package's
 * source is the file itself.
 *
 * @param sha256 absent where the lock has no hash, or only another one
 * @param foreignHash a hash of another algorithm, as written
 */
record UvWheel(
        String fileName,
        FileLocation location,
        Optional<Digest> sha256,
        Optional<String> foreignHash,
        OptionalLong size) {

    /** @param base the directory of wheels, or the file itself, where the package comes from a path */
    static UvWheel of(TomlTable table, PackageName owner, Optional<Path> base) {
        Optional<String> hash = table.text("hash");
        Optional<Digest> sha256 = hash.flatMap(text -> table.read("hash", () -> sha256(text)));
        Optional<String> foreign = sha256.isPresent() ? Optional.empty() : hash;
        OptionalLong size = sizeOf(table);
        Optional<String> url = table.text("url");
        Optional<String> path = table.text("path");
        if (url.isPresent()) {
            return new UvWheel(
                    LockedFile.fileNameOf(url.get()), new FileLocation.Url(url.get()), sha256, foreign, size);
        }
        if (base.isPresent() && path.isPresent()) {
            Path file = table.text("path", text -> within(base.get(), text)).orElseThrow();
            return new UvWheel(FindLock.nameOf(file), new FileLocation.Local(file), sha256, foreign, size);
        }
        if (base.isPresent() && table.has("filename")) {
            return new UvWheel(
                    table.requiredText("filename", name -> name),
                    new FileLocation.Local(base.get()),
                    sha256,
                    foreign,
                    size);
        }
        throw table.refused("A wheel of package \"" + owner + "\" is without an address.")
                .why("it has neither a URL, nor a path within a source that is one");
    }

    private static OptionalLong sizeOf(TomlTable table) {
        OptionalLong size = table.count("size");
        if (size.isPresent() && size.getAsLong() < 0) {
            throw table.refusedAt("size", "The size " + size.getAsLong() + " is less than nothing.");
        }
        return size;
    }

    private static Path within(Path directory, String path) {
        Path file = LockedPath.of(directory, path);
        if (!file.startsWith(directory)) {
            throw BuildRefused.because("The path \"" + path + "\" leaves the directory of wheels.")
                    .why("the source of the package is that directory, and what lies elsewhere is not of it");
        }
        return file;
    }

    private static Optional<Digest> sha256(String hash) {
        return hash.startsWith("sha256:")
                ? Optional.of(Digest.parse(hash))
                : LockedHash.sha256(List.of(hash)).stream().findFirst();
    }

    LockedFile toFile() {
        return new LockedFile(fileName, sha256.orElseThrow(), size, location);
    }

    /** Refuses to take it without a SHA-256 hash. */
    BuildRefused unhashed(PackageName owner) {
        if (foreignHash.isPresent()) {
            return BuildRefused.because("A wheel of package \"" + owner + "\" has no SHA-256 hash.")
                    .why("for " + fileName + " the lock holds \"" + foreignHash.get() + "\"")
                    .todo("lock it from an index that tells SHA-256 hashes");
        }
        return BuildRefused.because("A wheel of package \"" + owner + "\" is unhashed.")
                .why("the lock holds no hash for " + fileName)
                .todo("lock it from an index that tells hashes; a directory of wheels does not");
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.WheelFileName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What {@code poetry.lock} says about the files of one package: names and hashes, never a URL of an index. */
final class PoetryFiles {

    private static final String SHA256 = "sha256:";
    private static final String AGAIN = "run `poetry lock` with a present-day Poetry";

    private final PoetryPackage locked;
    private final TomlTable table;
    private final TomlTable metadata;
    private final Path directory;

    /**
     * @param metadata of the lock, where the files of all packages stood until Poetry 1.4
     * @param directory of the lock, from which its paths are told
     */
    PoetryFiles(PoetryPackage locked, TomlTable table, TomlTable metadata, Path directory) {
        this.locked = locked;
        this.table = table;
        this.metadata = metadata;
        this.directory = directory;
    }

    /** A file's name and its hash as written. */
    private record Entry(String name, String hash) {}

    LockedFiles read() {
        return switch (locked.sourceType()) {
            case "pypi", "legacy" -> inIndex();
            case "git" -> new LockedFiles.Listed(List.of(), List.of(repository()));
            case "url" -> atUrl();
            case "file" -> atPath();
            case "directory" -> new LockedFiles.Member(local());
            default ->
                throw table.table("source")
                        .refused("Package \"" + locked.name() + "\" comes from a source of kind \""
                                + locked.sourceType() + "\".")
                        .why("Poetry knows legacy, pypi, git, url, file and directory")
                        .todo(AGAIN);
        };
    }

    /** As a direct reference (PEP 508), so that it can be built by hand. */
    private String repository() {
        TomlTable source = table.table("source");
        return SourceAddress.of(
                "git",
                source.requiredText("url", text -> text),
                source.text("resolved_reference").orElseGet(() -> source.requiredText("reference", text -> text)),
                source.text("subdirectory"));
    }

    private LockedFiles inIndex() {
        if (!table.has("files") && metadata.has("hashes")) {
            return new LockedFiles.Hashed(metadata.table("hashes").texts(locked.writtenName(), this::digest));
        }
        List<LockedFile> wheels = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        for (Entry file : entries()) {
            if (!file.name().endsWith(".whl")) {
                sources.add(file.name());
            } else if (table.has("files") || isOfVersion(file.name())) {
                wheels.add(fileOf(file, new FileLocation.InIndex()));
            }
        }
        return new LockedFiles.Listed(wheels, sources);
    }

    // Before 2.0 the files of all versions of a name stood together.
    private boolean isOfVersion(String fileName) {
        try {
            return WheelFileName.parse(fileName).version().equals(locked.version());
        } catch (BuildRefused unreadable) {
            // Whatever it is, it is told when a wheel is chosen.
            return true;
        }
    }

    private LockedFiles atUrl() {
        String url = table.table("source").requiredText("url", text -> text);
        String plain = url.replaceFirst("#.*$", "");
        String name = table.placed(() -> LockedFile.fileNameOf(plain));
        if (!name.endsWith(".whl")) {
            return new LockedFiles.Listed(
                    List.of(),
                    List.of(SourceAddress.of(plain, table.table("source").text("subdirectory"))));
        }
        return new LockedFiles.Direct(fileOf(entryOf(name), new FileLocation.Url(plain)));
    }

    private LockedFiles atPath() {
        Path path = local();
        String name = String.valueOf(path.getFileName());
        if (!name.endsWith(".whl")) {
            return new LockedFiles.Listed(List.of(), List.of(name));
        }
        return new LockedFiles.Direct(fileOf(entryOf(name), new FileLocation.Local(path)));
    }

    private Path local() {
        return table.table("source").requiredText("url", text -> LockedPath.of(directory, text));
    }

    private Entry entryOf(String name) {
        return entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> table.refused("Package \"" + locked.name() + "\" is unhashed.")
                        .why("it is the file " + name + ", for which the lock holds no hash")
                        .todo(AGAIN + ", which writes hashes for files at a URL, or depend on a release in an index"));
    }

    private List<Entry> entries() {
        List<TomlTable> files = table.has("files") ? table.tables("files") : filesOfOldLock();
        return files.stream()
                .map(file ->
                        new Entry(file.requiredText("file", text -> text), file.requiredText("hash", text -> text)))
                .toList();
    }

    private List<TomlTable> filesOfOldLock() {
        TomlTable files = metadata.table("files");
        return files.has(locked.writtenName())
                ? files.tables(locked.writtenName())
                : files.tables(locked.name().value());
    }

    private LockedFile fileOf(Entry entry, FileLocation location) {
        Digest hash = table.placed(() -> digest(entry.hash()));
        return new LockedFile(entry.name(), hash, OptionalLong.empty(), location);
    }

    private Digest digest(String hash) {
        String lower = hash.toLowerCase(Locale.ROOT);
        boolean isPlain = lower.matches("[0-9a-f]{64}");
        if (!isPlain && !lower.startsWith(SHA256)) {
            throw BuildRefused.because("A file of package \"" + locked.name() + "\" has no SHA-256 hash.")
                    .why("the lock holds \"" + hash + "\"")
                    .todo("lock it from an index that tells SHA-256 hashes");
        }
        return Digest.parse(isPlain ? SHA256 + lower : lower);
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one wheel of a package that the target gets.
 *
 * @param size in bytes, where the lock or the index tells it
 * @param location a URL, or a file on this machine; always known
 * @param indexes as in {@link LockedPackage}
 * @param directUrl the URL by which the lock means this very file, to be recorded as PEP 610 says
 * @param notes what an index says of the file
 * @param extras those of the package's own extras that are needed, sorted
 * @param requiredBy who needs it, as {@code name} or {@code name[extra]}, sorted; empty where the lock does not tell
 */
public record SelectedWheel(
        PackageName name,
        Version version,
        WheelFileName file,
        Digest sha256,
        OptionalLong size,
        FileLocation location,
        List<String> indexes,
        Optional<String> directUrl,
        IndexNotes notes,
        List<String> extras,
        List<String> requiredBy) {

    public SelectedWheel {
        indexes = List.copyOf(indexes);
        extras = List.copyOf(extras);
        requiredBy = List.copyOf(requiredBy);
    }

    static SelectedWheel of(LockedPackage locked, LockedFile file, WheelFileName name) {
        return new SelectedWheel(
                locked.name(),
                locked.version().orElse(name.version()),
                name,
                file.sha256(),
                file.size(),
                file.location(),
                locked.indexes(),
                directUrl(locked),
                file.notes(),
                locked.extras(),
                locked.requiredBy());
    }

    private static Optional<String> directUrl(LockedPackage locked) {
        return locked.files() instanceof LockedFiles.Direct direct
                        && direct.file().location() instanceof FileLocation.Url url
                ? Optional.of(url.url())
                : Optional.empty();
    }

    /** The file's name as the index gives it. */
    public String fileName() {
        return file.fileName();
    }
}

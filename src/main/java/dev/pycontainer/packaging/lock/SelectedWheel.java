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
 * @param url where it can be had, HTTP or HTTPS, without credentials
 * @param yanked the reason (PEP 592), empty text where none was given, where an index says that the file was yanked
 * @param extras those of the package's own extras that are needed, sorted
 * @param requiredBy who needs it, as {@code name} or {@code name[extra]}, sorted; empty where the lock does not tell
 */
public record SelectedWheel(
        PackageName name,
        Version version,
        WheelFileName file,
        Digest sha256,
        OptionalLong size,
        String url,
        Optional<String> yanked,
        List<String> extras,
        List<String> requiredBy) {

    public SelectedWheel {
        extras = List.copyOf(extras);
        requiredBy = List.copyOf(requiredBy);
    }

    static SelectedWheel of(LockedPackage locked, LockedFile file, WheelFileName name) {
        return new SelectedWheel(
                locked.name(),
                locked.version(),
                name,
                file.sha256(),
                file.size(),
                file.url(),
                file.yanked(),
                locked.extras(),
                locked.requiredBy());
    }

    /** The file's name as the index gives it. */
    public String fileName() {
        return file.fileName();
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.wheel.WheelIdentity;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Wheels that the user has built or been given: they stand in for packages of which the lock has no wheel that fits.
 *
 * <p>No lock vouches for their bytes; they are known by the digest that they have, which the image's records name.
 */
public final class Wheelhouse {

    private final Disk disk;
    private final List<Path> directories;
    private final List<Path> artifacts;
    private List<Entry> entries = List.of();
    private boolean read;

    /**
     * @param directories whose files keep the names that they were built under
     * @param artifacts wheels under any name, as a repository of artifacts keeps them: they tell their own
     */
    public Wheelhouse(Disk disk, List<Path> directories, List<Path> artifacts) {
        this.disk = disk;
        this.directories = List.copyOf(directories);
        this.artifacts = List.copyOf(artifacts);
    }

    private final class Entry {
        private final WheelFileName name;
        private final Path path;
        private @Nullable LockedFile file;

        Entry(WheelFileName name, Path path) {
            this.name = name;
            this.path = path;
        }

        WheelFileName name() {
            return name;
        }

        // Every package asks for its wheels, most of them several times: the digest is found once, and only if asked
        // for.
        LockedFile file() {
            if (file == null) {
                file = LockedFile.on(disk, path, name.fileName());
            }
            return file;
        }
    }

    /** The wheels of this package in this version, or in any where none is told; by the digests of their bytes. */
    synchronized List<LockedFile> find(PackageName name, Optional<Version> version) {
        if (!read) {
            entries = entries();
            read = true;
        }
        return entries.stream()
                .filter(entry -> WheelCandidate.isOf(entry.name(), name, version))
                .map(Entry::file)
                .toList();
    }

    private List<Entry> entries() {
        List<Entry> found = new ArrayList<>();
        for (Path directory : directories) {
            for (Path file : wheelsIn(directory)) {
                try {
                    found.add(new Entry(WheelFileName.parse(String.valueOf(file.getFileName())), file));
                } catch (BuildRefused refused) {
                    throw refused.todo("give the file the name that it was built under, or remove it")
                            .in("python.wheelhouse " + directory);
                }
            }
        }
        for (Path artifact : artifacts) {
            found.add(new Entry(WheelIdentity.of(disk.reading(artifact)), artifact));
        }
        return found;
    }

    private List<Path> wheelsIn(Path directory) {
        try {
            return ListWheels.in(disk, directory.toAbsolutePath());
        } catch (NoSuchFileException | NotDirectoryException absent) {
            throw BuildRefused.because("The directory of wheels " + directory + " does not exist.")
                    .todo("make it, or remove it from python.wheelhouse")
                    .causedBy(absent);
        } catch (IOException e) {
            throw BuildRefused.because("The directory of wheels " + directory + " cannot be read.")
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Digest;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What a lock says about the files of a package. */
public sealed interface LockedFiles {

    /**
     * The lock names every file, with its hash and where it is.
     *
     * @param sources what the package would have to be built from, in words: names of source distributions, or the
     *     repository and commit of a package from version control
     */
    record Listed(List<LockedFile> wheels, List<String> sources) implements LockedFiles {
        public Listed {
            wheels = List.copyOf(wheels);
            sources = List.copyOf(sources);
        }
    }

    /** The lock means this one file, by its own address ("direct reference"); it is recorded so (PEP 610). */
    record Direct(LockedFile file) implements LockedFiles {}

    /** The lock lists hashes alone: the files are those of the package's version in the index that have one of them. */
    record Hashed(List<Digest> hashes) implements LockedFiles {
        public Hashed {
            hashes = Set.copyOf(hashes).stream()
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    /** The lock pins the version alone: every file of it in the index may be meant. */
    record Unhashed() implements LockedFiles {}

    /**
     * Another local project.
     *
     * @param directory absolute
     */
    record Member(Path directory) implements LockedFiles {}
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Digest;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What a lock says about the files of a package. */
public sealed interface LockedFiles {

    /**
     * The lock names every wheel, with its hash and where it is.
     *
     * @param sources the names of source distributions, which are never built
     */
    record Listed(List<LockedFile> wheels, List<String> sources) implements LockedFiles {
        public Listed {
            wheels = List.copyOf(wheels);
            sources = List.copyOf(sources);
        }
    }

    /** The lock lists hashes alone: the files are those of the package's version in the index that have one of them. */
    record Hashed(List<Digest> hashes) implements LockedFiles {
        public Hashed {
            hashes = Set.copyOf(hashes).stream()
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}

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

    /**
     * The lock lists hashes alone: the files are those of the package's version in the index that have one of them.
     *
     * @param giver what gives them, as messages name it
     */
    record Hashed(List<Digest> hashes, String giver) implements LockedFiles {

        private static final String LOCK = "the lock";

        public Hashed(List<Digest> hashes) {
            this(hashes, LOCK);
        }

        public Hashed {
            hashes = Set.copyOf(hashes).stream()
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }

        /** What to do where no index has a file with one of them. */
        public String advice() {
            return giver.equals(LOCK)
                    ? "lock again; the files may have been removed, or the hashes may be of another index's files"
                    : "find out why the file is another now; if that is right, remove its entry from " + giver
                            + " and run mvn pycontainer:lock";
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

package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.PackageName;
import java.util.List;
import java.util.Map;

/** Where the files are that a lock does not fully describe: the indexes. */
@FunctionalInterface
public interface LockedFileSource {

    /**
     * For each of the packages the files of its version, in any order, each with its {@link FileLocation.Url URL}:
     * those that have one of its {@link LockedFiles.Hashed hashes}, and of one that is {@link LockedFiles.Unhashed
     * unhashed} all; refused where there is none.
     *
     * @param packages hashed or unhashed ones, in the order of the selection, each name once
     */
    Map<PackageName, List<LockedFile>> files(List<LockedPackage> packages);

    /** Whether a mirror stands in for these indexes, so that what a lock says about their URLs is not asked. */
    default boolean isMirrored(List<String> indexes) {
        return false;
    }
}

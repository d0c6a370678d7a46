package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.PackageName;
import java.util.List;
import java.util.Map;

/** Where the files are that a lock knows by their hashes alone: an index. */
@FunctionalInterface
public interface LockedFileSource {

    /**
     * For each of the packages the files of its version that have one of its {@link LockedFiles.Hashed hashes}, in any
     * order; refused where there is none.
     *
     * @param packages all of them with hashes alone, in the order of the selection, each name once
     */
    Map<PackageName, List<LockedFile>> files(List<LockedPackage> packages);
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import java.util.List;

/** Where the files are that a lock knows by their hashes alone: an index. */
@FunctionalInterface
public interface LockedFileSource {

    /** The files of the package's version that have one of the hashes, in any order; none is refused by the caller. */
    List<LockedFile> files(PackageName name, Version version, List<Digest> hashes);
}

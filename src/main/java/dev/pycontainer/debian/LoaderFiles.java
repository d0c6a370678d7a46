package dev.pycontainer.debian;

import dev.pycontainer.archive.ElfDynamic;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/**
 * What the loader's cache depends on in a root file system, be it a directory, the layers of an image, or both. All paths are absolute.
 *
 * <p>Whoever has the files as streams alone can read them beforehand: a path is asked for with {@link #library} only where
 * {@link LoaderCache#mayBeLibrary} holds for the name of the file or of a link to it.
 */
public interface LoaderFiles {

    /** The path without any link of what a path leads to when every link is followed; empty where it leads nowhere. */
    Optional<String> realPath(String path);

    /** The names in the directory of this real path, in any order; none where it is no directory. */
    Collection<String> names(String directory);

    /** What the file of this real path asks of the loader; empty for what is no plain file, or no ELF file. */
    Optional<ElfDynamic> library(String file) throws IOException;

    /** The content of the file of this real path, a file of the loader's configuration; empty for what is no plain file. */
    Optional<byte[]> content(String file) throws IOException;
}

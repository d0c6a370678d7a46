package dev.pycontainer.project;

import dev.pycontainer.packaging.TomlTable;
import java.util.List;

/**
 * What one build backend makes of a project, as far as an editable install can express it.
 *
 * <p>A new backend is a class that implements this, and one line in {@link FindSourceRoots}.
 */
interface BuildBackend {

    /** The values of {@code build-backend} that mean this one. */
    List<String> references();

    /** The distributions that a project may require to be built with it, without anything being compiled or made. */
    List<String> requirements();

    /**
     * Where the backend would find the packages; what only it can make is refused by its key.
     *
     * @param tool the table {@code [tool]}
     */
    SourceRoots roots(TomlTable tool, PackageSearch search);
}

package dev.pycontainer.project;

import java.util.List;

/**
 * The directories of a project from which Python imports it: what its path file names.
 *
 * @param directories relative to the project, in the order of the path file; the project's own is the empty text
 */
public record SourceRoots(List<String> directories) {

    public SourceRoots {
        directories = directories.stream().distinct().toList();
    }

    /** The directories where the project lies at {@code appRoot}, such as {@code /app/src}. */
    List<String> below(String appRoot) {
        return directories.stream()
                .map(directory -> directory.isEmpty() ? appRoot : appRoot + "/" + directory)
                .toList();
    }
}

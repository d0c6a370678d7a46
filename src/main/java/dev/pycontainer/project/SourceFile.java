package dev.pycontainer.project;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One file of the project that goes into its layer.
 *
 * @param path relative to the project's directory, with {@code /} between names
 * @param location where it lies on the building machine
 * @param size in bytes; 0 for a link
 * @param executable whether its owner may execute it
 * @param linkTarget where it is a symbolic link: the relative target as the link states it
 */
public record SourceFile(String path, Path location, long size, boolean executable, Optional<String> linkTarget) {

    public boolean isLink() {
        return linkTarget.isPresent();
    }
}

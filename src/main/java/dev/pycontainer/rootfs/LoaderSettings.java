package dev.pycontainer.rootfs;

import java.util.List;

/**
 * What the loaders of an image go by.
 *
 * @param machine as {@code uname -m} has it
 * @param interpreter the path of the program that loads extension modules: Python
 * @param libraryPath the directories of {@code LD_LIBRARY_PATH}
 * @param directories those that glibc's loader searches by itself, in their order
 */
public record LoaderSettings(String machine, String interpreter, List<String> libraryPath, List<String> directories) {

    public LoaderSettings {
        libraryPath = List.copyOf(libraryPath);
        directories = List.copyOf(directories);
    }
}

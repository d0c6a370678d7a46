package dev.pycontainer.base;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.oci.ImageConfig;
import dev.pycontainer.rootfs.FileTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the base's Python as a shell in it would: {@code python3}, then {@code python}, along {@code PATH}. */
final class FindInterpreter {

    /** What docker and podman set where the configuration has no {@code PATH}. */
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final List<String> NAMES = List.of("python3", "python");

    /** Interpreters that a base may have under their own names alone, and where they are put besides {@code PATH}. */
    private static final List<String> OTHERS = List.of("pypy3", "pypy", "graalpy", "graalpython");

    private static final List<String> PLACES =
            List.of("/usr/local/bin", "/usr/bin", "/opt/pypy/bin", "/opt/graalpy/bin");

    private FindInterpreter() {}

    /**
     * The executable itself, links followed; a base without one is refused. Where there is none but another implementation
     * under its own name, that one.
     */
    static FileTree.Found in(BaseFiles files, ImageConfig config) {
        List<String> directories = path(config);
        List<String> everywhere = new ArrayList<>(directories);
        everywhere.addAll(PLACES);
        return first(files, NAMES, directories)
                .or(() -> first(files, OTHERS, everywhere))
                .orElseThrow(() -> none(directories, config));
    }

    private static Optional<FileTree.Found> first(BaseFiles files, List<String> names, List<String> directories) {
        for (String name : names) {
            for (String directory : directories) {
                // As execvp does, go on where a link leads nowhere or the file is not executable.
                Optional<FileTree.Found> found = files.find(directory + "/" + name);
                if (found.isPresent() && found.get().node().isExecutable()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static BuildRefused none(List<String> directories, ImageConfig config) {
        return BuildRefused.because("The base has no Python.")
                .why("there is neither python3 nor python in " + String.join(":", directories)
                        + (config.environment().containsKey("PATH")
                                ? ", its PATH"
                                : ", docker's own PATH, as it sets none"))
                .todo("set from.image to an image with a Python of its own, such as python:3.13-slim,"
                        + " or let the base's PATH name the directory of its Python");
    }

    private static List<String> path(ImageConfig config) {
        Map<String, String> environment = config.environment();
        List<String> directories = new ArrayList<>();
        for (String directory : environment.getOrDefault("PATH", DEFAULT_PATH).split(":", -1)) {
            // A relative directory is below the working directory, and an empty one is that.
            directories.add(directory.startsWith("/") ? directory : workingDirectory(config) + "/" + directory);
        }
        return directories;
    }

    private static String workingDirectory(ImageConfig config) {
        return config.json().path("config").path("WorkingDir").asString("");
    }
}

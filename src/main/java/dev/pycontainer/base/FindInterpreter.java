package dev.pycontainer.base;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.oci.ImageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the base's Python as a shell in it would: {@code python3}, then {@code python}, along {@code PATH}. */
final class FindInterpreter {

    /** What docker and podman set where the configuration has no {@code PATH}. */
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final List<String> NAMES = List.of("python3", "python");

    private FindInterpreter() {}

    /** The executable itself, links followed; a base without one is refused. */
    static FileTree.Found in(BaseFiles files, ImageConfig config) {
        List<String> directories = path(config);
        for (String name : NAMES) {
            for (String directory : directories) {
                // As execvp does, go on where a link leads nowhere or the file is not executable.
                Optional<FileTree.Found> found = files.find(directory + "/" + name);
                if (found.isPresent() && found.get().node().isExecutable()) {
                    return found.get();
                }
            }
        }
        throw BuildRefused.because("The base has no Python.")
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

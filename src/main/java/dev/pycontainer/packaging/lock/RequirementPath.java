package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as a requirements file writes them. */
final class RequirementPath {

    private RequirementPath() {}

    /** The absolute path; what can be none is refused. */
    static Path of(Path directory, String written) {
        try {
            return directory.resolve(written).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw BuildRefused.because("A path of the requirements file is none.")
                    .why(e.getReason())
                    .causedBy(e);
        }
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where files lie side by side, of any package: pip's {@code --find-links}. */
sealed interface FindLinks {

    /** A directory of this machine. */
    record Directory(Path path) implements FindLinks {

        /** Its wheels in the order of their names; refused where it does not exist. */
        List<Path> wheels(Disk disk) {
            try {
                return ListWheels.in(disk, path);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private BuildRefused unreadable(IOException e) {
            return BuildRefused.because("The directory " + path + " of --find-links cannot be read.")
                    .why(e instanceof NoSuchFileException ? "it does not exist" : String.valueOf(e.getMessage()))
                    .todo("correct the path, which is relative to the file that names it, or remove the option")
                    .causedBy(e);
        }
    }

    /** A page with links. */
    record Page(RequirementUrl url) implements FindLinks {}

    /** @param file the directory of the file that says so */
    static FindLinks of(String written, Path file, Map<String, String> environment) {
        if (written.matches("(?i)(?:https?|file):.*") || RequirementUrl.hasVariable(written)) {
            RequirementUrl url = RequirementUrl.of(written, environment);
            if (!url.hasScheme("file")) {
                url.http("The page of --find-links");
                return new Page(url);
            }
            return new Directory(RequirementPath.of(file, url.filePath()));
        }
        return new Directory(RequirementPath.of(file, written));
    }

    /** The login that its URL brings. */
    default Optional<LockCredentials> credentials() {
        return this instanceof Page page ? page.url().credentials() : Optional.empty();
    }
}

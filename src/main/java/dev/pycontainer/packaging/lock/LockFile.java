package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Digest;
import java.nio.file.Path;

/**
 * Which lock file it is, and which state of it.
 *
 * @param kind the format, by the name that its tool gives it: {@code uv.lock}, {@code requirements.txt}
 * @param sha256 of the file's bytes
 */
public record LockFile(Path path, String kind, Digest sha256) {

    /** The last part of the path, for messages. */
    public String name() {
        return String.valueOf(path.getFileName());
    }
}

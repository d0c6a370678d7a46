package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.Download;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A mirror in a directory of this machine, as {@code file:} names it. */
public final class DirectoryMirror implements Mirror {

    private final Path root;

    /** A directory that does not exist is refused, so that a typing error is not taken for an empty mirror. */
    public DirectoryMirror(Path root) {
        if (!Files.isDirectory(root)) {
            throw BuildRefused.because("The mirror " + root + " is no directory.")
                    .todo("set from.debian.mirror to a directory that holds dists and pool");
        }
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public <T> Optional<T> find(String path, Download.Reader<T> reader) throws IOException {
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root)) {
            throw BuildRefused.because("The path \"" + path + "\" leaves the mirror.")
                    .in(root.toString());
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(reader.read(in));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (BuildRefused refused) {
            throw refused.in(file.toString());
        }
    }

    @Override
    public String toString() {
        return root.toUri().toString();
    }
}

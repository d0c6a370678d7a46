package dev.pycontainer.debian;

import dev.pycontainer.http.Download;
import java.io.IOException;
import java.util.Optional;

/** Where the files of an archive are had. Nothing of it is believed: what it gives is signed, or hashed by what is. */
public interface Mirror {

    /**
     * Passes a file to a reader, which is called again, with the first byte first, where the file begins anew.
     *
     * @param path below the mirror's root, such as {@code dists/trixie/InRelease}
     * @return what the reader made of the file; nothing where the mirror has none of this name
     */
    <T> Optional<T> find(String path, Download.Reader<T> reader) throws IOException;

    /** Its address as messages may show it. */
    @Override
    String toString();
}

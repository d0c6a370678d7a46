package dev.pycontainer.debian;

import java.io.IOException;
import java.util.Collection;

/** The files of one package, as far as they are looked at to write what its scripts would have made of them. */
public interface PackageContent {

    /** The paths of its regular files in a system with a merged {@code /usr}, without a slash at either end. */
    Collection<String> files();

    /** The bytes of one of them. */
    byte[] read(String file) throws IOException;
}

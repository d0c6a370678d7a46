package dev.pycontainer.packaging.lock;

import java.nio.file.Path;

/** Where a file of a locked package can be had. */
public sealed interface FileLocation {

    /** @param url absolute, HTTP or HTTPS, without credentials */
    record Url(String url) implements FileLocation {}

    /** @param path of a file on this machine, absolute: a wheel in a directory of wheels, or one that the lock names by path */
    record Local(Path path) implements FileLocation {}

    /** The lock knows the file by name and hash alone: the page of its package, in one of the package's indexes, tells. */
    record InIndex() implements FileLocation {}
}

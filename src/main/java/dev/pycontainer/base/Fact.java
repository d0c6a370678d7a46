package dev.pycontainer.base;

import dev.pycontainer.content.Digest;

/**
 * Something that was read from the base, and where.
 *
 * @param name {@code interpreter}, {@code machine}, {@code python} or {@code libc}
 * @param value such as {@code 3.11.2}
 * @param file the file's absolute path in the base, links followed
 * @param layer the digest of the layer's blob that holds the file
 */
public record Fact(String name, String value, String file, Digest layer) {

    @Override
    public String toString() {
        return name + " " + value + " – read from " + file + " in layer " + layer;
    }
}

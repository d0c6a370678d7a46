package dev.pycontainer.layer;

import dev.pycontainer.content.Digest;

/**
 * A package that a layer holds.
 *
 * @param file the wheel's file name
 * @param sha256 of the wheel
 */
public record LayerPackage(String name, String version, String file, Digest sha256) {}

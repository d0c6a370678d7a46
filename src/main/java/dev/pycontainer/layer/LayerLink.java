package dev.pycontainer.layer;

/**
 * A symbolic link that goes into a layer.
 *
 * @param path in the image, without the leading slash
 * @param target as it is written, relative or absolute
 */
public record LayerLink(String path, String target) {}

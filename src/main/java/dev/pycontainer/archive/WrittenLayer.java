package dev.pycontainer.archive;

import dev.pycontainer.content.Digest;

/**
 * What was learned of a layer while it was written.
 *
 * @param diffId the SHA-256 of the uncompressed tar, as in the OCI image specification, "Image Configuration"
 * @param tarSize of the uncompressed tar, in bytes
 */
public record WrittenLayer(Digest diffId, long tarSize) {}

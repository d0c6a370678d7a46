package dev.pycontainer.archive;

import dev.pycontainer.content.Digest;
import java.util.Optional;

/**
 * What was learned of a layer while it was written.
 *
 * @param diffId the SHA-256 of the uncompressed tar, as in the OCI image specification, "Image Configuration"
 * @param tarSize of the uncompressed tar, in bytes
 * @param tocDigest of the table of contents in the layer, where its form has one
 */
public record WrittenLayer(Digest diffId, long tarSize, Optional<Digest> tocDigest) {}

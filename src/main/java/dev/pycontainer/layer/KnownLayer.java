package dev.pycontainer.layer;

import dev.pycontainer.content.Digest;
import dev.pycontainer.oci.Descriptor;

/**
 * What is remembered of a layer that was written before: by the same inputs it is the same wherever it is written again. Its
 * bytes need not be in the store.
 *
 * @param descriptor as a manifest has it
 * @param diffId of its tar, as in the OCI image specification, "Image Configuration"
 */
public record KnownLayer(Descriptor descriptor, Digest diffId) {}

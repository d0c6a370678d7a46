package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Digest;
import java.util.Optional;

/**
 * A wheel's {@code METADATA} beside the wheel, at its URL and {@code .metadata}: "Serve Distribution Metadata in the Simple
 * Repository API" (PEP 658, PEP 714).
 *
 * @param sha256 of its bytes, where the index tells it
 */
public record ServedMetadata(Optional<Digest> sha256) {}

package dev.pycontainer.build;

import dev.pycontainer.content.Digest;
import dev.pycontainer.oci.ImageReference;
import java.util.List;

/**
 * An image that a registry has confirmed to hold, by its digest and under its tags.
 *
 * <p>Holding the value proves it: it comes from {@link PushImage} alone, after the registry answered.
 */
public final class PublishedImage {

    private final ImageReference reference;
    private final Digest digest;
    private final List<String> tags;

    PublishedImage(ImageReference repository, Digest digest, List<String> tags) {
        this.reference = repository.withDigest(digest);
        this.digest = digest;
        this.tags = List.copyOf(tags);
    }

    /** {@code registry/repository@digest}: what to deploy. */
    public ImageReference reference() {
        return reference;
    }

    public Digest digest() {
        return digest;
    }

    public List<String> tags() {
        return tags;
    }
}

package dev.pycontainer.build;

import dev.pycontainer.oci.ImageReference;
import java.util.List;
import java.util.Optional;

/**
 * What the image is called.
 *
 * @param image the repository and its main tag, or the bare name where nothing is published
 * @param repository where it is published, if anywhere
 * @param tags the main tag first, then the others in their order, each once
 */
public record Destination(String image, Optional<ImageReference> repository, List<String> tags) {

    public Destination {
        tags = tags.stream().distinct().toList();
    }

    /** The tag that the layout's image bears. */
    public String mainTag() {
        return tags.get(0);
    }

    /** The image under each of its tags; a bare name is one of Docker Hub, as everywhere in the field. */
    public List<ImageReference> references() {
        ImageReference named = repository.orElseGet(() -> ImageReference.parse(image));
        return tags.stream().map(named::withTag).toList();
    }
}

package dev.pycontainer.base;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Picks one platform's image manifest out of an index, and out of the indexes in it. */
final class PickPlatform {

    private static final int DEEPEST = 3;

    private final Platform wanted;
    private final Fetch fetch;
    private final Set<String> offered = new LinkedHashSet<>();

    /** @param fetch how a manifest of the index is had */
    PickPlatform(Platform wanted, Fetch fetch) {
        this.wanted = wanted.normalized();
        this.fetch = fetch;
    }

    interface Fetch {
        Manifest manifest(Descriptor descriptor) throws IOException;
    }

    /** The manifest itself if it is one; of an index the wanted platform's. */
    Manifest from(Manifest manifest) throws IOException {
        return search(manifest, 0)
                .orElseThrow(() -> BuildRefused.because("The base has no image for " + wanted + ".")
                        .why(
                                offered.isEmpty()
                                        ? "its index is empty"
                                        : "it has images for " + String.join(", ", offered))
                        .todo("use a base that has " + wanted));
    }

    private Optional<Manifest> search(Manifest manifest, int depth) throws IOException {
        if (!manifest.isIndex()) {
            return Optional.of(manifest);
        }
        if (depth >= DEEPEST) {
            throw BuildRefused.because("The base's index holds indexes more than " + DEEPEST + " deep.")
                    .todo("name the image of " + wanted + " by its digest");
        }
        List<Descriptor> indexes = new ArrayList<>();
        List<Descriptor> unsaid = new ArrayList<>();
        for (Descriptor entry : manifest.manifests()) {
            JsonNode platform = entry.others().get("platform");
            if (MediaTypes.isIndex(entry.mediaType())) {
                indexes.add(entry);
            } else if (MediaTypes.MANIFESTS.contains(entry.mediaType())) {
                if (!(platform instanceof ObjectNode)) {
                    unsaid.add(entry);
                } else if (isWanted(platform)) {
                    return Optional.of(fetch.manifest(entry));
                }
            }
        }
        // "platform" is optional; the older tools that left it out knew but one, and the configuration is checked
        // anyway. Signatures and the like may stand beside images without one, so that it counts last.
        if (!unsaid.isEmpty()) {
            return Optional.of(fetch.manifest(unsaid.get(0)));
        }
        for (Descriptor index : indexes) {
            Optional<Manifest> found = search(fetch.manifest(index), depth + 1);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private boolean isWanted(JsonNode json) {
        Platform platform = platform(json);
        // unknown/unknown holds attestations: not an image, and not to be offered as one.
        if (!platform.os().equals("unknown")) {
            offered.add(platform.toString());
        }
        return platform.normalized().equals(wanted);
    }

    private static Platform platform(JsonNode json) {
        String variant = json.path("variant").asString("");
        return new Platform(
                json.path("os").asString("unknown"),
                json.path("architecture").asString("unknown"),
                variant.isEmpty() ? null : variant);
    }
}

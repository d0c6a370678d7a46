package dev.pycontainer.layer;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.archive.WrittenLayer;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.MediaTypes;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a manifest says of a layer, by the form in which it was written. */
final class LayerDescriptor {

    /** "TOC Digest" of the eStargz specification; without it the snapshotter takes the layer for an ordinary one. */
    static final String TOC_DIGEST = "containerd.io/snapshot/stargz/toc.digest";

    /** For readers that plan room for a layer before they have it: containers/storage, and with it podman and CRI-O. */
    private static final String UNCOMPRESSED_SIZE = "io.containers.estargz.uncompressed-size";

    private LayerDescriptor() {}

    /** What only the writer knows, by names in the order of a manifest; nothing where the bytes say all. */
    static ObjectNode annotations(WrittenLayer written) {
        ObjectNode annotations = Json.object();
        written.tocDigest()
                .ifPresent(toc -> annotations
                        .put(TOC_DIGEST, toc.toString())
                        .put(UNCOMPRESSED_SIZE, Long.toString(written.tarSize())));
        return annotations;
    }

    /** @param annotations what {@link #annotations} gave; missing or empty where there are none */
    static Descriptor of(LayerForm form, Digest digest, long size, JsonNode annotations) {
        String mediaType = switch (form) {
            case GZIP, ESTARGZ -> MediaTypes.OCI_LAYER_GZIP;
            case ZSTD -> MediaTypes.OCI_LAYER_ZSTD;
        };
        Map<String, JsonNode> others = annotations.isEmpty() ? Map.of() : Map.of("annotations", annotations);
        return new Descriptor(mediaType, digest, size, others);
    }
}

package dev.pycontainer.oci;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An image manifest or an image index, as the very bytes whose digest names it and as a tree.
 *
 * <p>Obeys the image specification's "Image Manifest" and "Image Index" and Docker's schema 2. Unknown fields never fail
 * a read. One document that is both manifest and index is refused, as CVE-2021-41190 advises.
 */
public final class Manifest {

    private final byte[] bytes;
    private final ObjectNode json;
    private final String mediaType;
    private final Digest digest;

    private Manifest(byte[] bytes, ObjectNode json, String mediaType) {
        this.bytes = bytes;
        this.json = json;
        this.mediaType = mediaType;
        this.digest = Digest.of(bytes);
    }

    /**
     * Reads a manifest or index.
     *
     * @param name where it comes from, for refusals
     */
    public static Manifest parse(byte[] bytes, String name) {
        ObjectNode json = Json.readObject(bytes, "The manifest of " + name);
        boolean index = json.has("manifests");
        if (index == (json.has("layers") || json.has("config"))) {
            throw BuildRefused.because("The manifest of " + name + " is neither an image manifest nor an index.")
                    .why(
                            json.path("schemaVersion").asInt(0) == 1
                                    ? "it is of Docker's retired schema 1"
                                    : "it must hold either manifests, or config and layers");
        }
        String mediaType = json.path("mediaType").asString(index ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST);
        if (!MediaTypes.MANIFESTS.contains(mediaType) || MediaTypes.isIndex(mediaType) != index) {
            throw BuildRefused.because("The manifest of " + name + " has the media type " + mediaType + ".")
                    .why("its content is " + (index ? "an index" : "an image manifest"));
        }
        return new Manifest(bytes.clone(), json, mediaType);
    }

    /** A manifest of ours, serialised once. */
    public static Manifest of(ObjectNode json) {
        byte[] bytes = Json.compact(json);
        return parse(bytes, "the built image");
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String mediaType() {
        return mediaType;
    }

    public Digest digest() {
        return digest;
    }

    public boolean isIndex() {
        return MediaTypes.isIndex(mediaType);
    }

    /** How many bytes its layers have in all, as they lie in a registry. */
    public long layersSize() {
        return layers().stream().mapToLong(Descriptor::size).sum();
    }

    public Descriptor descriptor() {
        return Descriptor.of(mediaType, digest, bytes.length);
    }

    /** A copy of the tree. */
    public ObjectNode json() {
        return json.deepCopy();
    }

    /** The descriptor of an image manifest's config. */
    public Descriptor config() {
        return Descriptor.parse(json.path("config"));
    }

    /** The descriptors of an image manifest's layers, the lowest first. */
    public List<Descriptor> layers() {
        return descriptors("layers");
    }

    /** The descriptors of an index's manifests. */
    public List<Descriptor> manifests() {
        return descriptors("manifests");
    }

    private List<Descriptor> descriptors(String field) {
        List<Descriptor> descriptors = new ArrayList<>();
        if (json.path(field) instanceof ArrayNode entries) {
            for (JsonNode entry : entries) {
                descriptors.add(Descriptor.parse(entry));
            }
        }
        return List.copyOf(descriptors);
    }
}

package dev.pycontainer.oci;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The small files that make a directory or an archive an image layout (image specification, "Image Layout"), and the one
 * by which {@code docker load} finds an image in an archive.
 */
public final class LayoutFiles {

    public static final String MARKER = "oci-layout";
    public static final String INDEX = "index.json";
    public static final String DOCKER_MANIFEST = "manifest.json";

    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    /** What containerd, podman, and Docker with containerd's images call an image that they find in an archive. */
    private static final String IMAGE_NAME = "io.containerd.image.name";

    private LayoutFiles() {}

    /** The content of {@link #MARKER}. */
    public static byte[] marker() {
        return "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
    }

    /** The path of a blob's file. */
    public static String blob(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }

    /** An {@link #INDEX} that has the image under one tag. */
    static byte[] index(Manifest manifest, String refName) {
        ObjectNode index = emptyIndex();
        index.putArray("manifests").add(entry(manifest, Json.object().put(REF_NAME, refName)));
        return Json.pretty(index);
    }

    /**
     * An {@link #INDEX} that has the image under each of its names.
     *
     * @param names each with a tag
     */
    public static byte[] index(Manifest manifest, List<ImageReference> names) {
        ObjectNode index = emptyIndex();
        ArrayNode manifests = index.putArray("manifests");
        for (ImageReference name : names) {
            manifests.add(entry(
                    manifest, Json.object().put(IMAGE_NAME, name.toString()).put(REF_NAME, name.tag())));
        }
        return Json.pretty(index);
    }

    /**
     * A {@link #DOCKER_MANIFEST}, as {@code docker save} writes it: the image's config, its layers, the lowest first, and
     * its names in Docker's short form.
     */
    public static byte[] dockerManifest(Manifest manifest, List<ImageReference> names) {
        ArrayNode images = Json.array();
        ObjectNode image = images.addObject();
        image.put("Config", blob(manifest.config().digest()));
        names.forEach(name -> image.withArray("RepoTags").add(name.familiar()));
        manifest.layers().forEach(layer -> image.withArray("Layers").add(blob(layer.digest())));
        return Json.pretty(images);
    }

    private static ObjectNode emptyIndex() {
        return Json.object().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
    }

    private static ObjectNode entry(Manifest manifest, ObjectNode annotations) {
        ObjectNode entry = manifest.descriptor().toJson();
        entry.set("annotations", annotations);
        return entry;
    }
}

package dev.pycontainer.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An OCI layout of images that hold given layers and nothing of their own, put together by hand. */
public final class LayerImages {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    private final Path layout;
    private final Path blobs;
    private final ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2);
    private final ArrayNode manifests = index.putArray("manifests");

    private LayerImages(Path layout) throws IOException {
        this.layout = layout;
        this.blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    /** An empty layout; the directory must not exist. */
    public static LayerImages in(Path directory) throws IOException {
        return new LayerImages(directory);
    }

    public Path layout() {
        return layout;
    }

    /** Adds an image of layers whose files stand beside them in the same order. */
    public LayerImages image(String tag, List<GoldenLayers.Layer> layers, List<Path> files) throws IOException {
        ObjectNode config = JSON.createObjectNode().put("architecture", "amd64").put("os", "linux");
        config.putObject("config");
        config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        return image(tag, config, JSON.createArrayNode(), layers, files);
    }

    /** Adds an image of one layer upon a base. */
    public LayerImages upon(TestBase base, String tag, GoldenLayers.Layer layer, Path file) throws IOException {
        Path from = base.layout().resolve("blobs/sha256");
        JsonNode manifest = read(
                from,
                JSON.readTree(base.layout().resolve("index.json").toFile()).at("/manifests/0/digest"));
        for (JsonNode below : manifest.path("layers")) {
            String hex = hex(below.path("digest"));
            link(from.resolve(hex), hex);
        }
        ObjectNode config = (ObjectNode) read(from, manifest.at("/config/digest"));
        config.remove("history");
        return image(tag, config, (ArrayNode) manifest.path("layers"), List.of(layer), List.of(file));
    }

    private LayerImages image(
            String tag, ObjectNode config, ArrayNode below, List<GoldenLayers.Layer> layers, List<Path> files)
            throws IOException {
        ArrayNode diffIds = (ArrayNode) config.at("/rootfs/diff_ids");
        ArrayNode descriptors = below.deepCopy();
        for (int i = 0; i < layers.size(); i++) {
            GoldenLayers.Layer layer = layers.get(i);
            diffIds.add(layer.diffId());
            descriptors
                    .addObject()
                    .put("mediaType", LAYER)
                    .put("digest", layer.digest())
                    .put("size", layer.size());
            link(files.get(i), layer.hex());
        }
        ObjectNode manifest = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MANIFEST);
        manifest.set("config", blob(config, CONFIG));
        manifest.set("layers", descriptors);
        ObjectNode descriptor = blob(manifest, MANIFEST);
        descriptor.putObject("annotations").put("org.opencontainers.image.ref.name", tag);
        manifests.add(descriptor);
        Files.write(layout.resolve("index.json"), JSON.writeValueAsBytes(index));
        return this;
    }

    /** Unpacks an image with umoci, which checks every layer's digest and diff_id. */
    public Bundle unpack(String tag, Path directory) {
        return Bundle.unpack(layout, tag, directory);
    }

    private void link(Path file, String hex) throws IOException {
        if (!Files.exists(blobs.resolve(hex))) {
            try {
                Files.createLink(blobs.resolve(hex), file);
            } catch (IOException anotherFileSystem) {
                Files.copy(file, blobs.resolve(hex));
            }
        }
    }

    private ObjectNode blob(JsonNode content, String mediaType) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(content);
        String hex = sha256(bytes);
        Files.write(blobs.resolve(hex), bytes);
        return JSON.createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", "sha256:" + hex)
                .put("size", bytes.length);
    }

    private static JsonNode read(Path blobs, JsonNode digest) {
        return JSON.readTree(blobs.resolve(hex(digest)).toFile());
    }

    private static String hex(JsonNode digest) {
        return digest.asString().substring("sha256:".length());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}

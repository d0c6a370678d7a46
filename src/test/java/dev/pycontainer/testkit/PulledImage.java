package dev.pycontainer.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An image as a stranger's tool, skopeo, got it from the registry by digest, in an OCI layout of its own. */
public final class PulledImage {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TAG = "pulled";

    private final Path directory;
    private final String digest;

    private PulledImage(Path directory, String digest) {
        this.directory = directory;
        this.digest = digest;
    }

    /**
     * Pulls {@code repository@digest} and has {@code oci-image-tool} validate it, unless it has layers of zstd.
     *
     * @param repository with its registry's host: {@code 127.0.0.1:40123/it/app}
     * @param directory where the layout and the bundle are put; it must not exist
     */
    public static PulledImage pull(String repository, String digest, Path directory) throws IOException {
        Files.createDirectories(directory);
        PulledImage image = new PulledImage(directory, digest);
        Command.of(
                        "skopeo",
                        "copy",
                        "--quiet",
                        "--preserve-digests",
                        "--src-tls-verify=false",
                        "docker://" + repository + "@" + digest,
                        "oci:" + image.layout() + ":" + TAG)
                .run();
        // That tool is older than layers of zstd.
        if (!image.manifest().path("layers").toString().contains("tar+zstd")) {
            Command.of("oci-image-tool", "validate", "--type", "image", "--ref", "name=" + TAG, image.layout())
                    .run();
        }
        return image;
    }

    /** The digest that it was pulled by. */
    public String digest() {
        return digest;
    }

    /** The manifest, whose bytes the digest names. */
    public JsonNode manifest() throws IOException {
        return json(digest);
    }

    /** The image's configuration. */
    public JsonNode config() throws IOException {
        return json(manifest().at("/config/digest").asString());
    }

    /** Unpacks it with umoci, which checks every layer's digest and diff_id. */
    public Bundle unpack() {
        return Bundle.unpack(layout(), TAG, directory.resolve("bundle"));
    }

    private Path layout() {
        return directory.resolve("layout");
    }

    /** The file of a blob, by its digest. */
    public Path blob(String name) {
        return layout().resolve("blobs").resolve(name.replace(':', '/'));
    }

    private JsonNode json(String name) throws IOException {
        return JSON.readTree(Files.readAllBytes(blob(name)));
    }
}

package dev.pycontainer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Secret;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.Login;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.ImageReference;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.testkit.TestRegistry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The same client against a registry that nobody here wrote, and read back by skopeo. */
class RealRegistryTest {

    private static final byte[] LAYER = "not quite a layer".getBytes(UTF_8);
    private static final byte[] CONFIG =
            "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}"
                    .formatted(Digest.of(LAYER))
                    .getBytes(UTF_8);

    @TempDir
    Path directory;

    private final Tally tally = new Tally();
    private final Http http = Script.http(tally);

    @AfterEach
    void close() {
        http.close();
    }

    private static Descriptor layer() {
        return Descriptor.of(MediaTypes.OCI_LAYER, Digest.of(LAYER), LAYER.length);
    }

    private static Manifest image() {
        ObjectNode json = Json.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        json.set(
                "config",
                Descriptor.of(MediaTypes.OCI_CONFIG, Digest.of(CONFIG), CONFIG.length)
                        .toJson());
        json.putArray("layers").add(layer().toJson());
        return Manifest.of(json);
    }

    private static void push(RegistryClient client) {
        Manifest image = image();
        client.uploadBlob(layer(), () -> new ByteArrayInputStream(LAYER));
        client.uploadBlob(image.config(), () -> new ByteArrayInputStream(CONFIG));
        client.putManifest(image, image.digest().toString());
        client.putManifest(image, "1.0");
    }

    @Test
    void anImageGoesThereAndBack() throws Exception {
        try (TestRegistry registry = TestRegistry.start(directory.resolve("registry"))) {
            ImageReference name = ImageReference.parse(registry.host() + "/team/app");
            Registries registries = new Registries(http, Script.nobody(), false, tally);
            Manifest image = image();

            RegistryClient client = registries.toPush(name);
            push(client);

            assertThat(registry.log())
                    .containsExactly(
                            "GET /v2/ 200",
                            "HEAD /v2/team/app/blobs/" + layer().digest() + " 404",
                            "POST /v2/team/app/blobs/uploads/ 202",
                            "PUT /v2/team/app/blobs/uploads/… 201",
                            "HEAD /v2/team/app/blobs/" + image.config().digest() + " 404",
                            "POST /v2/team/app/blobs/uploads/ 202",
                            "PUT /v2/team/app/blobs/uploads/… 201",
                            "PUT /v2/team/app/manifests/" + image.digest() + " 201",
                            "PUT /v2/team/app/manifests/1.0 201");
            assertThat(tally.of(Work.BLOBS_UPLOADED)).isEqualTo(2);
            assertThat(tally.of(Work.MANIFESTS_UPLOADED)).isEqualTo(2);
            assertThat(client.headManifest("1.0")).contains(image.digest());
            assertThat(client.headManifest("2.0")).isEmpty();

            RegistryClient reader = registries.toPull(name);
            assertThat(reader.manifest("1.0").bytes()).isEqualTo(image.bytes());
            assertThat(reader.manifest(image.digest().toString()).bytes()).isEqualTo(image.bytes());
            try (InputStream in = reader.blob(layer())) {
                assertThat(in.readAllBytes()).isEqualTo(LAYER);
            }
            assertThat(client.uploadBlob(layer(), () -> new ByteArrayInputStream(LAYER)))
                    .isFalse();
            assertThat(tally.of(Work.BLOBS_UPLOADED)).isEqualTo(2);
        }
    }

    @Test
    void skopeoReadsTheSameImage() throws Exception {
        try (TestRegistry registry = TestRegistry.start(directory.resolve("registry"))) {
            push(new Registries(http, Script.nobody(), false, tally)
                    .toPush(ImageReference.parse(registry.host() + "/app")));
            Path copy = directory.resolve("copy");

            Process skopeo = new ProcessBuilder(
                            "skopeo",
                            "copy",
                            "--preserve-digests",
                            "--src-tls-verify=false",
                            "docker://" + registry.host() + "/app@" + image().digest(),
                            "dir:" + copy)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(skopeo.getInputStream().readAllBytes(), UTF_8);

            assertThat(skopeo.waitFor()).as(output).isZero();
            assertThat(Files.readAllBytes(copy.resolve("manifest.json"))).isEqualTo(image().bytes());
            assertThat(Files.readAllBytes(copy.resolve(layer().digest().hex()))).isEqualTo(LAYER);
        }
    }

    @Test
    void aPasswordOpensTheRegistryAndAWrongOneDoesNot() throws Exception {
        try (TestRegistry registry = TestRegistry.start(directory.resolve("registry"), "alice", "s3cret")) {
            ImageReference name = ImageReference.parse(registry.host() + "/app");

            push(new Registries(http, Script.alice(), false, tally).toPush(name));

            RegistryCredentials wrong =
                    RegistryCredentials.of(new Login("alice", new Secret("wr0ng"), "the parameter to.auth"));
            assertThatThrownBy(() -> push(new Registries(http, wrong, false, tally).toPush(name)))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessageStartingWith(registry.host() + " did not accept the credentials of \"alice\".\n")
                    .hasMessageNotContaining("wr0ng");
            assertThatThrownBy(() -> new Registries(http, Script.nobody(), false, tally)
                            .toPull(name)
                            .manifest("1.0"))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessageStartingWith(registry.host() + " asks for credentials, and none were found.\n")
                    .hasMessageContaining("it answered 401: UNAUTHORIZED: authentication required");
        }
    }

    @Test
    void aManifestBeforeItsBlobsIsRefusedInTheRegistrysWords() throws Exception {
        try (TestRegistry registry = TestRegistry.start(directory.resolve("registry"))) {
            RegistryClient client = new Registries(http, Script.nobody(), false, tally)
                    .toPush(ImageReference.parse(registry.host() + "/app"));

            assertThatThrownBy(() -> client.putManifest(image(), "1.0"))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessageContaining("  why    it answered 400: MANIFEST_BLOB_UNKNOWN: blob unknown to registry");
        }
    }

    @Test
    void wrongBytesAreRefusedByTheRegistry() throws Exception {
        try (TestRegistry registry = TestRegistry.start(directory.resolve("registry"))) {
            RegistryClient client = new Registries(http, Script.nobody(), false, tally)
                    .toPush(ImageReference.parse(registry.host() + "/app"));

            assertThatThrownBy(() -> client.uploadBlob(layer(), () -> new ByteArrayInputStream(new byte[LAYER.length])))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessageContaining("  why    it answered 400: DIGEST_INVALID");
            assertThat(tally.of(Work.BLOBS_UPLOADED)).isZero();
        }
    }
}

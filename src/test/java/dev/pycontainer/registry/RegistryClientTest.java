package dev.pycontainer.registry;

import static dev.pycontainer.registry.Script.bytes;
import static dev.pycontainer.registry.Script.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.Unreachable;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.testkit.EndlessBody;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {

    private static final String MANIFEST = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{},"layers":[]}""";
    private static final byte[] BLOB = "bytes of a layer".getBytes(UTF_8);
    private static final Descriptor LAYER = Descriptor.of(MediaTypes.OCI_LAYER_GZIP, Digest.of(BLOB), BLOB.length);
    private static final Digest OTHER = Digest.of("other");

    @StartStop
    final MockWebServer server = new MockWebServer();

    @StartStop
    final MockWebServer other = new MockWebServer();

    private final Script registry = Script.of(server);
    private final Script elsewhere = Script.of(other);
    private final Tally tally = new Tally();
    private final Http http = Script.http(tally);

    @AfterEach
    void close() {
        http.close();
    }

    private RegistryClient client() {
        return new Registries(http, Script.nobody(), false, tally).toPush(Script.app(server));
    }

    private String host() {
        return "127.0.0.1:" + server.getPort();
    }

    // --- manifests

    @Test
    void aManifestIsAskedForInEveryFormat() {
        registry.on("GET /v2/app/manifests/1.0", bytes(MANIFEST.getBytes(UTF_8)));

        Manifest manifest = client().manifest("1.0");

        assertThat(manifest.digest()).isEqualTo(Digest.of(MANIFEST));
        assertThat(registry.header("Accept"))
                .containsExactly("application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
                        + "application/vnd.docker.distribution.manifest.list.v2+json, "
                        + "application/vnd.docker.distribution.manifest.v2+json");
    }

    @Test
    void aTagsDigestIsTakenFromTheBytesAndNotFromTheHeader() {
        registry.on(
                "GET /v2/app/manifests/1.0", bytes(MANIFEST.getBytes(UTF_8)).setHeader("Docker-Content-Digest", OTHER));

        assertThat(client().manifest("1.0").digest()).isEqualTo(Digest.of(MANIFEST));
    }

    @Test
    void aManifestOfAnotherDigestIsRefused() {
        registry.on("GET /v2/app/manifests/" + OTHER, bytes(MANIFEST.getBytes(UTF_8)));

        assertThatThrownBy(() -> client().manifest(OTHER.toString()))
                .isInstanceOf(ContentMismatch.class)
                .hasMessage(
                        "The manifest of %s/app@%s is not what was expected.\n  why    its digest is %s instead of %s"
                                .formatted(host(), OTHER, Digest.of(MANIFEST), OTHER));
    }

    @Test
    void anEndlessManifestIsRefused() {
        registry.on("GET /v2/app/manifests/1.0", status(200).body(new EndlessBody()));

        assertThatThrownBy(() -> client().manifest("1.0"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The manifest of " + host() + "/app:1.0 is larger than 4194304 bytes, the limit for it.");
    }

    @Test
    void aManifestWithTwoMediaTypesIsRefused() {
        registry.on(
                "GET /v2/app/manifests/1.0",
                bytes(MANIFEST.getBytes(UTF_8)).setHeader("Content-Type", MediaTypes.OCI_INDEX));

        assertThatThrownBy(() -> client().manifest("1.0"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(
                        "The manifest of %s/app:1.0 has two media types.\n  why    the registry calls it %s, it calls itself %s"
                                .formatted(host(), MediaTypes.OCI_INDEX, MediaTypes.OCI_MANIFEST));
    }

    @Test
    void anImageThatIsNotThereIsRefusedByName() {
        registry.on(
                "GET /v2/app/manifests/1.0",
                Script.json(404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}"));

        assertThatThrownBy(() -> client().manifest("1.0"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        There is no image %s/app:1.0.
                          where  GET http://%s/v2/app/manifests/1.0
                          why    it answered 404: MANIFEST_UNKNOWN: manifest unknown
                          do     check its name and tag""".formatted(host(), host()));
    }

    @Test
    void aHeadTellsTheRegistrysDigestOrNone() {
        registry.on("HEAD /v2/app/manifests/1.0", status(200).setHeader("Docker-Content-Digest", OTHER));

        assertThat(client().headManifest("1.0")).contains(OTHER);
        assertThat(client().headManifest("2.0")).isEmpty();
    }

    @Test
    void aHeadWithoutDigestIsFollowedByReadingTheManifest() {
        registry.on("HEAD /v2/app/manifests/1.0", status(200))
                .on("GET /v2/app/manifests/1.0", bytes(MANIFEST.getBytes(UTF_8)));

        assertThat(client().headManifest("1.0")).contains(Digest.of(MANIFEST));
    }

    @Test
    void aHeadWithAMalformedDigestIsRefused() {
        registry.on("HEAD /v2/app/manifests/1.0", status(200).setHeader("Docker-Content-Digest", "sha256:../../x"));

        assertThatThrownBy(() -> client().headManifest("1.0"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        "../../x" is not a SHA-256 digest in lower-case hex.
                          where  HEAD http://%s/v2/app/manifests/1.0: Docker-Content-Digest""".formatted(host()));
    }

    @Test
    void aManifestIsPutUnderItsMediaTypeAndCounted() {
        Manifest manifest = Manifest.parse(MANIFEST.getBytes(UTF_8), "test");
        registry.on("PUT /v2/app/manifests/1.0", status(201).setHeader("Docker-Content-Digest", manifest.digest()));

        client().putManifest(manifest, "1.0");

        assertThat(registry.header("Content-Type")).containsExactly(MediaTypes.OCI_MANIFEST);
        assertThat(registry.request(0).getBody().utf8()).isEqualTo(MANIFEST);
        assertThat(tally.of(Work.MANIFESTS_UPLOADED)).isEqualTo(1);
    }

    @Test
    void aRegistryThatStoredAnotherManifestIsNotBelieved() {
        Manifest manifest = Manifest.parse(MANIFEST.getBytes(UTF_8), "test");
        registry.on("PUT /v2/app/manifests/1.0", status(201).setHeader("Docker-Content-Digest", OTHER));

        assertThatThrownBy(() -> client().putManifest(manifest, "1.0"))
                .isInstanceOf(ContentMismatch.class)
                .hasMessage("""
                        What %s stored is not what was expected.
                          where  PUT http://%s/v2/app/manifests/1.0
                          why    its digest is %s instead of %s""".formatted(host(), host(), OTHER, manifest.digest()));
        assertThat(tally.of(Work.MANIFESTS_UPLOADED)).isZero();
    }

    // --- blobs

    @Test
    void aBlobIsVerifiedWhileItStreams() throws Exception {
        registry.on("GET /v2/app/blobs/" + LAYER.digest(), bytes(BLOB));

        try (InputStream in = client().blob(LAYER)) {
            assertThat(in.readAllBytes()).isEqualTo(BLOB);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes of a later", "bytes of a layer, and more", "bytes"})
    void aBlobOfOtherBytesIsRefused(String wrong) throws Exception {
        registry.on("GET /v2/app/blobs/" + LAYER.digest(), bytes(wrong.getBytes(UTF_8)));

        try (InputStream in = client().blob(LAYER)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(ContentMismatch.class)
                    .hasMessageStartingWith(
                            "The blob " + LAYER.digest() + " of " + host() + "/app is not what was expected.");
        }
    }

    @Test
    void aBlobThatIsCutShortWithoutLengthIsRefusedByItsSize() throws Exception {
        registry.on(
                "GET /v2/app/blobs/" + LAYER.digest(),
                status(200)
                        .body(new okio.Buffer().write(BLOB, 0, 5))
                        .removeHeader("Content-Length")
                        .onResponseEnd(new SocketEffect.CloseSocket()));

        try (InputStream in = client().blob(LAYER)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(ContentMismatch.class)
                    .hasMessageEndingWith("\n  why    it has 5 bytes instead of 16");
        }
    }

    @Test
    void aBlobThatBreaksOffIsRefused() {
        registry.on(
                "GET /v2/app/blobs/" + LAYER.digest(),
                bytes("bytes".getBytes(UTF_8))
                        .setHeader("Content-Length", BLOB.length)
                        .onResponseEnd(new SocketEffect.CloseSocket()));

        assertThatThrownBy(() -> client().blob(LAYER).readAllBytes())
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining(" broke off its answer.\n");
    }

    @Test
    void aBlobThatIsNotThereIsRefusedByName() {
        assertThatThrownBy(() -> client().blob(LAYER))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        %s lacks a part of an image that it holds.
                          where  GET http://%s/v2/app/blobs/%s
                          why    it answered 404
                          do     push that image again, or use another""".formatted(host(), host(), LAYER.digest()));
    }

    @Test
    void aBlobMayBeAtAnotherHost() throws Exception {
        registry.on(
                "GET /v2/app/blobs/" + LAYER.digest(),
                status(307).setHeader("Location", other.url("/cdn?sig=a%2Bb%3D")));
        elsewhere.on("GET /cdn", bytes(BLOB));

        try (InputStream in = client().blob(LAYER)) {
            assertThat(in.readAllBytes()).isEqualTo(BLOB);
        }
        assertThat(elsewhere.lines()).containsExactly("GET /cdn?sig=a%2Bb%3D");
    }

    @Test
    void aBlobThatTheRegistryHasIsNotSentAgain() {
        registry.on("HEAD /v2/app/blobs/" + LAYER.digest(), status(200).setHeader("Content-Length", BLOB.length));

        assertThat(client().uploadBlob(LAYER, () -> {
                    throw new AssertionError("not read");
                }))
                .isFalse();
        assertThat(tally.of(Work.BLOBS_UPLOADED)).isZero();
    }

    @Test
    void aBlobThatTheRegistryHasInAnotherSizeIsSentAgain() {
        registry.on("HEAD /v2/app/blobs/" + LAYER.digest(), status(200).setHeader("Content-Length", 3));
        uploadAt("/v2/app/blobs/uploads/1");

        assertThat(client().uploadBlob(LAYER, () -> new ByteArrayInputStream(BLOB)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/app/blobs/uploads/1",
                "/v2/app/blobs/uploads/1?_state=a%2Bb%2F%3D%3D",
                "/somewhere/else?x=1&y=&z",
                "1?_state=x"
            })
    void aBlobIsPutWhereTheRegistrySays(String location) {
        uploadAt(location);

        assertThat(client().uploadBlob(LAYER, () -> new ByteArrayInputStream(BLOB)))
                .isTrue();

        String place = location.startsWith("/") ? location : "/v2/app/blobs/uploads/" + location;
        assertThat(registry.lines())
                .containsExactly(
                        "HEAD /v2/app/blobs/" + LAYER.digest(),
                        "POST /v2/app/blobs/uploads/",
                        "PUT " + place + (place.contains("?") ? "&" : "?") + "digest=sha256%3A"
                                + LAYER.digest().hex());
        assertThat(registry.request(2).getBody().toByteArray()).isEqualTo(BLOB);
        assertThat(registry.request(2).getHeaders().get("Content-Length")).isEqualTo("16");
        assertThat(registry.request(2).getHeaders().get("Transfer-Encoding")).isNull();
        assertThat(registry.request(2).getHeaders().get("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(tally.of(Work.BLOBS_UPLOADED)).isEqualTo(1);
    }

    @Test
    void aBlobIsPutAtAnAbsoluteLocation() {
        uploadAt(server.url("/v2/app/blobs/uploads/1?_state=x").toString());

        assertThat(client().uploadBlob(LAYER, () -> new ByteArrayInputStream(BLOB)))
                .isTrue();
    }

    @Test
    void aLargeBlobIsStreamedFromItsSource() {
        Zeros zeros = new Zeros(64 << 20);
        Descriptor large = Descriptor.of(MediaTypes.OCI_LAYER_GZIP, LAYER.digest(), 64 << 20);
        server.setBodyLimit(0);
        registry.on("POST /v2/app/blobs/uploads/", status(202).setHeader("Location", "/up"))
                .on("PUT /up", status(201));

        assertThat(client().uploadBlob(large, () -> zeros)).isTrue();

        assertThat(zeros.largestRead).isLessThanOrEqualTo(1 << 16);
        assertThat(registry.request(2).getBodySize()).isEqualTo(64 << 20);
    }

    @Test
    void anUploadWithoutLocationIsRefused() {
        registry.on("POST /v2/app/blobs/uploads/", status(202));

        assertThatThrownBy(() -> client().uploadBlob(LAYER, () -> new ByteArrayInputStream(BLOB)))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(host() + " opened an upload and did not say where.\n  why    its Location is \"\"");
    }

    @Test
    void anUploadThatTheRegistryForgotIsRefused() {
        registry.on("POST /v2/app/blobs/uploads/", status(202).setHeader("Location", "/up"));

        assertThatThrownBy(() -> client().uploadBlob(LAYER, () -> new ByteArrayInputStream(BLOB)))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        %s has lost the upload that it opened.
                          where  PUT http://%s/up?digest=%s
                          why    it answered 404
                          do     push again""".formatted(host(), host(), LAYER.digest()));
    }

    @Test
    void aRegistryThatStoredAnotherBlobIsNotBelieved() {
        registry.on("POST /v2/app/blobs/uploads/", status(202).setHeader("Location", "/up"))
                .on("PUT /up", status(201).setHeader("Docker-Content-Digest", OTHER));

        assertThatThrownBy(() -> client().uploadBlob(LAYER, () -> new ByteArrayInputStream(BLOB)))
                .isInstanceOf(ContentMismatch.class)
                .hasMessageContaining("its digest is " + OTHER + " instead of " + LAYER.digest());
        assertThat(tally.of(Work.BLOBS_UPLOADED)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fewer", "more bytes than announced"})
    void aBlobOfAnotherLengthThanItsDescriptorsIsRefused(String content) {
        uploadAt("/up");

        assertThatThrownBy(() -> client().uploadBlob(LAYER, () -> new ByteArrayInputStream(content.getBytes(UTF_8))))
                .isInstanceOf(ContentMismatch.class)
                .hasMessage(
                        "The blob %s is not what was expected.\n  why    it has %s than the 16 bytes that its descriptor says"
                                .formatted(LAYER.digest(), content.length() < 16 ? "fewer" : "more"));
    }

    @Test
    void aBlobThatCannotBeReadIsNotTakenForAFaultOfTheNetwork() {
        uploadAt("/up");

        assertThatThrownBy(() -> client().uploadBlob(LAYER, () -> {
                    throw new FileNotFoundException("layer.tar.gz");
                }))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The blob " + LAYER.digest()
                        + " cannot be read for its upload.\n  why    java.io.FileNotFoundException: layer.tar.gz");
    }

    @Test
    void aBlobIsNotSentAgainToARegistryThatStopsListening() {
        AtomicInteger opened = new AtomicInteger();
        Descriptor large = Descriptor.of(MediaTypes.OCI_LAYER_GZIP, LAYER.digest(), 64 << 20);
        registry.on("POST /v2/app/blobs/uploads/", status(202).setHeader("Location", "/up"))
                .on("PUT /up", status(413).doNotReadRequestBody());

        assertThatThrownBy(() -> client().uploadBlob(large, () -> {
                    opened.incrementAndGet();
                    return new Zeros(64 << 20);
                }))
                .isInstanceOf(BuildRefused.class);
        assertThat(opened).hasValue(1);
    }

    private void uploadAt(String location) {
        String path = location.replaceFirst("^https?://[^/]*", "").replaceFirst("\\?.*", "");
        registry.on("POST /v2/app/blobs/uploads/", status(202).setHeader("Location", location))
                .on("PUT " + (path.startsWith("/") ? path : "/v2/app/blobs/uploads/" + path), status(201));
    }

    private static final class Zeros extends InputStream {
        private int left;
        private int largestRead;

        Zeros(int size) {
            this.left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = Math.min(left, length);
            largestRead = Math.max(largestRead, count);
            left -= count;
            return count;
        }
    }
}

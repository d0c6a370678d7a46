package dev.pycontainer.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.http.RequestLog;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.registry.Registries;
import dev.pycontainer.registry.RegistryCredentials;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class PullBaseTest {

    @TempDir
    Path cache;

    private final Tally tally = new Tally();
    private ServedImages registry;
    private Descriptor layer;

    @BeforeEach
    void serve() throws IOException {
        registry = new ServedImages();
        layer = registry.blob(MediaTypes.OCI_LAYER_GZIP, "the layer".getBytes(UTF_8));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aTagIsPulledOnceAndThenCostsOneRequest() throws IOException {
        Descriptor image = registry.image("amd64", List.of(layer), 1, "1");

        Base first = pull(":1");

        assertThat(registry.requests())
                .containsExactly(
                        "GET /manifests/1",
                        "GET /blobs/" + registry.served("1").config().digest(),
                        "GET /blobs/" + layer.digest());
        assertThat(first.reference()).isEqualTo(registry.name(":1"));
        assertThat(first.digest()).isEqualTo(image.digest());
        assertThat(first.pinned()).hasValue(image.digest());
        assertThat(first.config().platform()).hasToString("linux/amd64");
        assertThat(first.layers()).singleElement().satisfies(found -> {
            assertThat(found.descriptor()).isEqualTo(layer);
            assertThat(found.diffId()).isEqualTo(Digest.of("layer 0"));
            try (InputStream in = found.open()) {
                assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("the layer");
            }
        });

        pull(":1");

        assertThat(registry.requests()).containsExactly("GET /manifests/1");
    }

    @Test
    void aDigestInTheStoreCostsNoRequest() throws IOException {
        Descriptor image = registry.image("amd64", List.of(layer), 1);
        pull("@" + image.digest());
        registry.requests();
        long sent = tally.of(Work.REQUESTS_SENT);

        Base again = pull("@" + image.digest());

        assertThat(registry.requests()).isEmpty();
        assertThat(tally.of(Work.REQUESTS_SENT)).isEqualTo(sent);
        assertThat(again.digest()).isEqualTo(image.digest());
    }

    @Test
    void aTagIsAskedAgainAndMayHaveMoved() throws IOException {
        registry.image("amd64", List.of(layer), 1, "1");
        pull(":1");
        Descriptor other = registry.blob(MediaTypes.OCI_LAYER_GZIP, "another layer".getBytes(UTF_8));
        Descriptor moved = registry.image("amd64", List.of(layer, other), 2, "1");

        assertThat(pull(":1").digest()).isEqualTo(moved.digest());
    }

    @Test
    void anIndexLeadsToTheImageOfThePlatform() throws IOException {
        Descriptor amd64 = registry.image("amd64", List.of(layer), 1);
        Descriptor arm64 = registry.image("arm64", List.of(layer), 1);
        Descriptor index =
                registry.index(platforms("unknown/unknown", arm64, "linux/arm64/v8", arm64, "linux/amd64", amd64), "1");

        Base base = pull(":1");

        assertThat(base.digest()).isEqualTo(index.digest());
        assertThat(base.pinned()).hasValue(amd64.digest());
        assertThat(registry.requests()).doesNotContain("GET /manifests/" + arm64.digest());

        pull("@" + index.digest());
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void anEntryWithoutAPlatformIsTakenAtItsConfigurationsWord() throws IOException {
        Descriptor amd64 = registry.image("amd64", List.of(layer), 1);
        Descriptor arm64 = registry.image("arm64", List.of(layer), 1);
        registry.index(platforms("", amd64), "amd64");
        registry.index(platforms("", arm64), "arm64");

        assertThat(pull(":amd64").pinned()).hasValue(amd64.digest());
        assertThatThrownBy(() -> pull(":arm64"))
                .hasMessageContaining("its configuration says that it is for linux/arm64");
    }

    @Test
    void anEntryOfThePlatformComesBeforeOneWithoutAny() throws IOException {
        Descriptor artifact = registry.image("arm64", List.of(layer), 1);
        Descriptor amd64 = registry.image("amd64", List.of(layer), 1);
        registry.index(platforms("", artifact, "linux/amd64", amd64), "1");

        assertThat(pull(":1").pinned()).hasValue(amd64.digest());
    }

    @Test
    void anIndexInAnIndexIsSearched() throws IOException {
        Descriptor amd64 = registry.image("amd64", List.of(layer), 1);
        Descriptor inner = registry.index(platforms("linux/amd64", amd64));
        registry.index(platforms("", inner), "1");

        assertThat(pull(":1").pinned()).hasValue(amd64.digest());
    }

    @Test
    void aMissingPlatformNamesThoseThatExist() {
        Descriptor arm64 = registry.image("arm64", List.of(layer), 1);
        registry.index(platforms("linux/arm64/v8", arm64, "unknown/unknown", arm64, "windows/amd64", arm64), "1");
        registry.index(Map.of(), "empty");

        assertRefused(":1", """
                The base has no image for linux/amd64.
                  where  base NAME:1
                  why    it has images for linux/arm64/v8, windows/amd64
                  do     use a base that has linux/amd64""");
        assertThatThrownBy(() -> pull(":empty")).hasMessageContaining("its index is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux/arm64", "linux/arm64/v8"})
    void thePlatformThatIsAskedForIsPulled(String entry) throws IOException {
        Descriptor amd64 = registry.image("amd64", List.of(layer), 1);
        Descriptor arm64 = registry.image("arm64", List.of(layer), 1);
        registry.index(platforms("linux/amd64", amd64, entry, arm64), "1");

        Base base = pull(":1", false, Platform.parse("linux/arm64"));

        assertThat(base.pinned()).hasValue(arm64.digest());
        assertThat(base.config().platform()).hasToString("linux/arm64");
    }

    @Test
    void aSingleImageForAnotherPlatformIsRefused() {
        registry.image("arm64", List.of(layer), 1, "1");

        assertRefused(":1", """
                The base has no image for linux/amd64.
                  where  base NAME:1
                  why    its configuration says that it is for linux/arm64
                  do     use a base that has linux/amd64""");
    }

    @Test
    void indexesWithoutAnEndAreRefused() {
        Descriptor deep = registry.index(Map.of());
        for (int i = 0; i < 3; i++) {
            deep = registry.index(platforms("", deep), "1");
        }

        assertRefused(":1", """
                The base's index holds indexes more than 3 deep.
                  where  base NAME:1
                  do     name the image of linux/amd64 by its digest""");
    }

    @Test
    void anImageOfOtherBytesThanItsIndexSaysIsRefused() {
        Descriptor amd64 = registry.image("amd64", List.of(layer), 1);
        registry.index(
                platforms("linux/amd64", Descriptor.of(amd64.mediaType(), amd64.digest(), amd64.size() + 1)), "size");
        registry.index(
                platforms("linux/amd64", Descriptor.of(MediaTypes.DOCKER_MANIFEST, amd64.digest(), amd64.size())),
                "type");

        assertThatThrownBy(() -> pull(":size"))
                .isInstanceOf(ContentMismatch.class)
                .hasMessageContaining("it has " + amd64.size() + " bytes, its index says " + (amd64.size() + 1));
        assertThatThrownBy(() -> pull(":type"))
                .isInstanceOf(ContentMismatch.class)
                .hasMessageContaining(
                        "it is of type " + MediaTypes.OCI_MANIFEST + ", its index says " + MediaTypes.DOCKER_MANIFEST);
    }

    @Test
    void aLayerOfWrongBytesIsRefusedAndNotKept() throws IOException {
        registry.image("amd64", List.of(layer), 1, "1");
        registry.damage(layer.digest(), "THE LAYER".getBytes(UTF_8));

        assertThatThrownBy(() -> pull(":1"))
                .isInstanceOf(ContentMismatch.class)
                .hasMessageContaining("base " + registry.name(":1"))
                .hasMessageContaining("its digest is " + Digest.of("THE LAYER") + " instead of " + layer.digest());
        assertThat(new BlobStore(cache, tally).find(layer.digest())).isEmpty();
    }

    @Test
    void aTruncatedLayerIsRefused() {
        registry.image("amd64", List.of(layer), 1, "1");
        registry.damage(layer.digest(), "the".getBytes(UTF_8));

        assertThatThrownBy(() -> pull(":1")).isInstanceOf(BuildRefused.class);
    }

    @Test
    void layersAndDiffIdsMustBeAsMany() {
        registry.image("amd64", List.of(layer), 2, "1");

        assertRefused(":1", """
                The base's manifest and configuration do not agree.
                  where  base NAME:1
                  why    the manifest has 1 layers, the configuration has 2 diff_ids
                  do     use another base; no runtime can unpack this one""");
        assertThat(registry.requests()).doesNotContain("GET /blobs/" + layer.digest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
                "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
            })
    void aForeignLayerIsRefusedByName(String mediaType) {
        registry.image("amd64", List.of(layer.as(mediaType)), 1, "1");

        assertRefused(":1", """
                The base has a layer that must not be distributed.
                  where  base NAME:1
                  why    layer %s is of type %s and lies elsewhere than in its registry
                  do     use a base whose layers are all in its registry""".formatted(layer.digest(), mediaType));
    }

    @Test
    void aLayerWithUrlsIsRefusedByName() {
        ObjectNode urls = layer.toJson();
        urls.putArray("urls").add("https://example.test/layer");
        registry.image("amd64", List.of(Descriptor.parse(urls)), 1, "1");

        assertThatThrownBy(() -> pull(":1"))
                .hasMessageStartingWith("The base has a layer that must not be distributed.");
    }

    @Test
    void aLayerOfAnotherKindIsRefusedByName() {
        registry.image("amd64", List.of(layer.as("application/vnd.oci.image.layer.v1.tar+gzip+encrypted")), 1, "1");

        assertRefused(":1", """
                The base has a layer of a kind that is not known.
                  where  base NAME:1
                  why    layer %s is of type application/vnd.oci.image.layer.v1.tar+gzip+encrypted
                  do     use a base whose layers are tar, tar+gzip or tar+zstd""".formatted(layer.digest()));
    }

    @Test
    void anArtifactThatIsNoImageIsRefused() {
        ObjectNode chart = Json.object();
        chart.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        chart.set(
                "config",
                registry.blob("application/vnd.cncf.helm.config.v1+json", "{}".getBytes(UTF_8))
                        .toJson());
        chart.putArray("layers");
        registry.manifest(chart, "1");

        assertRefused(":1", """
                The base is not a container image.
                  where  base NAME:1
                  why    its configuration is of type application/vnd.cncf.helm.config.v1+json
                  do     set from.image to an image with a Python of its own, such as python:3.13-slim""");
    }

    @Test
    void aConfigurationOfExtraordinarySizeIsRefused() {
        ObjectNode image = Json.object();
        image.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        image.set(
                "config",
                Descriptor.of(MediaTypes.OCI_CONFIG, Digest.of("x"), 1L << 30).toJson());
        image.putArray("layers");
        registry.manifest(image, "1");

        assertRefused(":1", """
                The base's configuration has 1073741824 bytes; the limit is 8388608.
                  where  base NAME:1""");
    }

    @Test
    void offlineATagIsWhatItLedToLast() throws IOException {
        Descriptor amd64 = registry.image("amd64", List.of(layer), 1);
        Descriptor index = registry.index(platforms("linux/amd64", amd64), "1");
        pull(":1");
        registry.requests();

        Base base = offline(":1");

        assertThat(base.digest()).isEqualTo(index.digest());
        assertThat(base.pinned()).hasValue(amd64.digest());
        assertThat(offline("@" + index.digest()).digest()).isEqualTo(index.digest());
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void offlineAnUnknownTagIsRefused() {
        registry.image("amd64", List.of(layer), 1, "1");

        assertThatThrownBy(() -> offline(":1")).isInstanceOf(BuildRefused.class).hasMessage("""
                The base %1$s is not in the cache, and the build is offline.
                  where  base %1$s
                  why    no earlier build on this machine has pulled it, or the cache has been emptied
                  do     build once without -o""".formatted(
                        registry.name(":1")));
        assertThat(registry.requests()).isEmpty();
    }

    private Base pull(String tagOrDigest) throws IOException {
        return pull(tagOrDigest, false);
    }

    private Base offline(String tagOrDigest) throws IOException {
        return pull(tagOrDigest, true);
    }

    private Base pull(String tagOrDigest, boolean offline) throws IOException {
        return pull(tagOrDigest, offline, Platform.LINUX_AMD64);
    }

    private Base pull(String tagOrDigest, boolean offline, Platform platform) throws IOException {
        try (Http http = new Http(HttpSettings.standard().offline(offline), RequestLog.SILENT, tally)) {
            Registries registries = new Registries(http, RegistryCredentials.inOrder(List.of()), false, tally);
            return new PullBase(registries, new BlobStore(cache, tally), new Remembered(cache), offline)
                    .of((BaseSource.Registry) BaseSource.parse(registry.name(tagOrDigest)), platform, Optional.empty());
        }
    }

    private void assertRefused(String tag, String message) {
        assertThatThrownBy(() -> pull(tag))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(message.replace("NAME", registry.name("")));
    }

    private static Map<String, Descriptor> platforms(Object... pairs) {
        Map<String, Descriptor> platforms = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            platforms.put((String) pairs[i], (Descriptor) pairs[i + 1]);
        }
        return platforms;
    }
}

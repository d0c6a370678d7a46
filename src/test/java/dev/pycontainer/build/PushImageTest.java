package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Work;
import dev.pycontainer.oci.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a push sends to a real registry and what it asks for, and what becomes of published.json. */
class PushImageTest {

    @TempDir
    Path directory;

    private TestBuild its;

    @BeforeEach
    void start() throws IOException {
        its = new TestBuild(directory);
    }

    @AfterEach
    void stop() {
        its.close();
    }

    @Test
    void theFirstPushSendsEveryBlobTheManifestByDigestAndOneManifestPerTag() throws IOException {
        its.moreTags = List.of("latest", "1.0");
        Digest digest = its.build().digest();
        its.registry.clearLog();

        PublishedImage published = its.push();

        assertThat(published.reference()).hasToString(its.registry.host() + "/team/shop@" + digest);
        assertThat(sent())
                .hasSize(6 + 3)
                .endsWith(
                        "PUT /v2/team/shop/manifests/" + digest + " 201",
                        "PUT /v2/team/shop/manifests/1.0 201",
                        "PUT /v2/team/shop/manifests/latest 201");
        assertThat(its.count(Work.BLOBS_UPLOADED)).isEqualTo(6);
        assertThat(its.count(Work.MANIFESTS_UPLOADED)).isEqualTo(3);
        assertThat(its.output.resolve("published.json")).hasContent("""
                {
                  "formatVersion" : 1,
                  "repository" : "%s/team/shop",
                  "digest" : "%s",
                  "tags" : [
                    "1.0",
                    "latest"
                  ]
                }
                """.formatted(its.registry.host(), digest));
    }

    @Test
    void aLayerThatTheImageHasTwiceIsSentOnce() throws IOException {
        BuiltImage image = its.build();
        ObjectNode json = image.manifest().json();
        ObjectNode again = (ObjectNode) json.path("layers").get(0).deepCopy();
        again.putObject("annotations").put("second", "time");
        ((ArrayNode) json.path("layers")).add(again);

        its.push(new BuiltImage(image.layout(), Manifest.of(json), Optional.empty()), its.registry.host());

        assertThat(its.count(Work.BLOBS_UPLOADED)).isEqualTo(6);
    }

    @Test
    void theSecondPushSendsNothing() throws IOException {
        its.build();
        its.push();
        its.registry.clearLog();

        its.push();

        assertThat(sent()).isEmpty();
        assertThat(its.count(Work.BLOBS_UPLOADED)).isZero();
        assertThat(its.count(Work.BLOBS_READ)).isZero();
    }

    @Test
    void aChangedLineSendsItsLayerTheConfigurationAndTheManifestOncePerName() throws IOException {
        its.build();
        its.push();
        Files.writeString(its.project.resolve("app.py"), "print('two')\n");
        Digest digest = its.build().digest();
        its.registry.clearLog();

        its.push();

        assertThat(sent())
                .containsExactlyInAnyOrder(
                        "PUT /v2/team/shop/blobs/uploads/… 201",
                        "PUT /v2/team/shop/blobs/uploads/… 201",
                        "PUT /v2/team/shop/manifests/" + digest + " 201",
                        "PUT /v2/team/shop/manifests/1.0 201");
    }

    @Test
    void aTagThatMovedIsPutAgain() throws IOException {
        its.build();
        its.push();
        Files.writeString(its.project.resolve("app.py"), "print('two')\n");
        its.build();
        its.push();
        Files.writeString(its.project.resolve("app.py"), "print('one')\n");
        Digest first = its.build().digest();
        its.registry.clearLog();

        assertThat(its.push().digest()).isEqualTo(first);
        assertThat(sent()).containsExactly("PUT /v2/team/shop/manifests/1.0 201");
    }

    @Test
    void aBuildOfAnotherImageForgetsWhatWasPublished() throws IOException {
        its.build();
        its.push();
        Path published = its.output.resolve("published.json");

        its.build();
        assertThat(published).as("the same image").exists();

        Files.writeString(its.project.resolve("app.py"), "print('two')\n");
        its.build();
        assertThat(published).doesNotExist();
    }

    @Test
    void aRegistryThatTakesAManifestAndDoesNotHoldItIsRefused() throws IOException {
        BuiltImage image = its.build();

        assertRefused(image, Optional.empty(), """
                The registry took the image and does not hold it.
                  why    asked for "%1$s" it answers with nothing instead of %1$s
                  do     push again; if it stays so, something else pushes the same tag, or the registry is at fault""".formatted(image.digest()));
    }

    @Test
    void aRegistryThatHoldsAnotherManifestUnderTheTagIsRefused() throws IOException {
        BuiltImage image = its.build();
        Digest other = Digest.of("another image");

        assertRefused(image, Optional.of(other), """
                The registry took the image and does not hold it.
                  why    asked for "1.0" it answers with %s instead of %s
                  do     push again; if it stays so, something else pushes the same tag, or the registry is at fault""".formatted(other, image.digest()));
    }

    @Test
    void withoutADestinationThereIsAnAnswer() throws IOException {
        BuiltImage image = its.build();
        Destination nowhere = new Destination("shop:1.0", Optional.empty(), List.of("1.0"));

        assertThatThrownBy(() -> its.push(image, nowhere))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                There is no place to push the image to.
                  do     set to.image, for example -Dpycontainer.to.image=registry.example.com/team/app""");
    }

    /** @param underTag what the registry shows under the tag; it shows the manifest by digest only if this is given */
    private void assertRefused(BuiltImage image, Optional<Digest> underTag, String message) throws IOException {
        try (MockWebServer registry = new MockWebServer()) {
            registry.setDispatcher(new Forgetful(image.digest(), underTag));
            registry.start();

            assertThatThrownBy(() -> its.push(image, "localhost:" + registry.getPort()))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessage(message);
        }
        assertThat(its.output.resolve("published.json")).doesNotExist();
    }

    /** Requests that change the registry, without those that open uploads. */
    private List<String> sent() throws IOException {
        return its.registry.log().stream()
                .filter(line -> line.startsWith("PUT "))
                .toList();
    }

    /** Takes every blob and manifest, and shows what it is told to. */
    private static final class Forgetful extends Dispatcher {
        private final Digest digest;
        private final Optional<Digest> underTag;
        private final ConcurrentHashMap<String, Digest> taken = new ConcurrentHashMap<>();

        Forgetful(Digest digest, Optional<Digest> underTag) {
            this.digest = digest;
            this.underTag = underTag;
        }

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String path = request.getUrl().encodedPath();
            if (path.contains("/manifests/")) {
                if (request.getMethod().equals("PUT")) {
                    underTag.ifPresent(other -> taken.put(path, path.contains("sha256:") ? digest : other));
                    return new MockResponse.Builder().code(201).build();
                }
                Digest held = taken.get(path);
                return held == null
                        ? new MockResponse.Builder().code(404).build()
                        : new MockResponse.Builder()
                                .setHeader("Docker-Content-Digest", held.toString())
                                .build();
            }
            return switch (request.getMethod()) {
                case "POST" ->
                    new MockResponse.Builder()
                            .code(202)
                            .setHeader("Location", "/upload")
                            .build();
                case "PUT" -> new MockResponse.Builder().code(201).build();
                case "HEAD" -> new MockResponse.Builder().code(404).build();
                default -> new MockResponse.Builder().build();
            };
        }
    }
}

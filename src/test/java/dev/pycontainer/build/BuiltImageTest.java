package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build leaves in {@code target/pycontainer}, and what is taken up from there again. */
class BuiltImageTest {

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
    void imageJsonTellsTheInputsAndEveryLayer() throws IOException {
        BuiltImage image = its.build();
        var base = image.manifest().layers().get(0);
        String lock = Digest.of(Files.readAllBytes(its.project.resolve("requirements.txt")))
                .hex();

        String text = Files.readString(its.output.resolve("image.json"));

        assertThat(text).startsWith("""
                {
                  "formatVersion" : 1,
                  "image" : "%s/team/shop:1.0",
                  "imageId" : "%s",
                  "imageDigest" : "%s",
                  "mediaType" : "application/vnd.oci.image.manifest.v1+json",
                  "tags" : [
                    "1.0"
                  ],
                  "base" : {
                    "reference" : "%s",
                    "digest" : "%s"
                  },
                  "lock" : {
                    "file" : "requirements.txt",
                    "kind" : "requirements.txt",
                    "sha256" : "%s"
                  },
                  "platforms" : [
                    {
                      "platform" : "linux/amd64",
                      "digest" : "%s",
                      "imageId" : "%s",
                      "target" : {
                        "implementation" : "cpython",
                        "python" : "3.11.2",
                        "abi" : "cp311",
                        "libc" : "glibc",
                        "libcVersion" : "2.36",
                        "machine" : "x86_64",
                        "interpreter" : "/usr/bin/python3.11",
                        "sitePackages" : "lib/python3.11/site-packages"
                      },
                      "layers" : [
                        {
                          "kind" : "base",
                          "digest" : "%s",
                """.formatted(
                        its.registry.host(),
                        image.imageId(),
                        image.digest(),
                        its.baseName(),
                        Digest.parse(image.manifest()
                                .json()
                                .path("annotations")
                                .path("org.opencontainers.image.base.digest")
                                .asString()),
                        lock,
                        image.digest(),
                        image.imageId(),
                        base.digest()));
        assertThat(text).contains("""
                          "packages" : [
                            {
                              "name" : "alpha",
                              "version" : "1.0",
                              "file" : "alpha-1.0-py3-none-any.whl",
                              "sha256" : "%s"
                            }
                          ]
                """.formatted(its.wheel("alpha").hex()));
    }

    @Test
    void onlyLayersOfDependenciesTellOfPackages() throws IOException {
        its.build();

        assertThat(Json.readObject(Files.readAllBytes(its.output.resolve("image.json")), "image.json")
                        .path("platforms")
                        .get(0)
                        .path("layers")
                        .valueStream()
                        .filter(layer -> layer.has("packages")))
                .extracting(layer -> layer.path("kind").asString())
                .containsExactly("dependencies", "dependencies");
    }

    @Test
    void withoutAnImageThereIsAnAnswer() {
        assertThatThrownBy(() -> BuiltImage.in(its.output))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                There is no image at %s.
                  why    index.json is missing
                  do     build it first: mvn package""".formatted(its.output.resolve("layout")));
    }

    @Test
    void withoutItsRecordAnImageIsNotTaken() throws IOException {
        its.build();
        Files.delete(its.output.resolve("image.json"));

        assertThatThrownBy(() -> BuiltImage.in(its.output))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                There is no image.json in %s.
                  do     build the image first: mvn package""".formatted(its.output));
    }

    @Test
    void withoutItsDigestAnImageIsNotTaken() throws IOException {
        its.build();
        Files.delete(its.output.resolve("image.digest"));

        assertThatThrownBy(() -> BuiltImage.in(its.output))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                There is no image.digest in %s.
                  do     build the image first: mvn package""".formatted(its.output));
    }

    @Test
    void anImageOfAnotherDigestThanItsRecordIsNotTaken() throws IOException {
        Digest built = its.build().digest();
        Path record = its.output.resolve("image.json");
        Files.writeString(
                record,
                Files.readString(record).replace(built.hex(), Digest.of("x").hex()));

        assertThatThrownBy(() -> BuiltImage.in(its.output))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The image in %s is not the one that was built.
                  why    the layout holds %s, image.json says %s
                  do     build it anew: mvn package""".formatted(its.output, built, Digest.of("x")));
    }

    @Test
    void aRecordThatIsNoneIsNotTaken() throws IOException {
        its.build();
        Path record = its.output.resolve("image.json");
        Files.writeString(record, "{}");

        assertThatThrownBy(() -> BuiltImage.in(its.output))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("image.json says nothing");

        Files.writeString(record, "{");
        assertThatThrownBy(() -> BuiltImage.in(its.output))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(record + " is not valid JSON.");
    }

    @Test
    void aManifestThatWasTamperedWithIsNotTaken() throws IOException {
        Digest built = its.build().digest();
        Path manifest = its.output.resolve("layout/blobs/sha256").resolve(built.hex());
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("\"schemaVersion\":2", "\"schemaVersion\":3"));

        assertThatThrownBy(() -> BuiltImage.in(its.output))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("instead of " + built)
                .hasMessageContaining("mvn package");

        its.build();
        assertThat(BuiltImage.in(its.output).digest()).isEqualTo(built);
    }

    @Test
    void anImageWithoutOneOfItsBlobsIsNotPushed() throws IOException {
        its.build();
        Path layer = its.output
                .resolve("layout/blobs/sha256")
                .resolve(its.layerDigests().get(1).hex());
        Files.delete(layer);

        assertThatThrownBy(() -> its.push()).isInstanceOf(BuildRefused.class).hasMessageContaining("""
                The layout at %s lacks the blob %s.
                  do     build the image anew: mvn package""".formatted(
                        its.output.resolve("layout"), its.layerDigests().get(1)));
    }

    @Test
    void whatStandsWhereFilesBelongIsAFaultOfTheDisk() throws IOException {
        Files.createDirectories(its.output.getParent());
        Files.writeString(its.output, "");

        assertThatThrownBy(() -> its.build()).isInstanceOf(IOException.class);
    }
}

package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.build.Destination;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.oci.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the image is called. */
class ReadDestinationTest {

    @TempDir
    Path directory;

    private GivenParameters given;

    @BeforeEach
    void give() {
        given = new GivenParameters(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0",
        "1.0-SNAPSHOT, 1.0-SNAPSHOT",
        "2.1.0+build.7, 2.1.0_build.7",
        "_internal, _internal",
    })
    void withoutATagTheImageTakesThePomsVersion(String version, String tag) {
        given.version(version).with("to.image", "registry.example/team/shop");

        Destination destination = read();

        assertThat(destination.tags()).containsExactly(tag);
        assertThat(destination.image()).isEqualTo("registry.example/team/shop:" + tag);
        assertThat(destination.repository()).hasToString("Optional[registry.example/team/shop:" + tag + "]");
    }

    @Test
    void aVersionThatIsNoTagIsRefused() {
        given.version("1.0 beta").with("to.image", "registry.example/shop");

        assertThatThrownBy(this::read).isInstanceOf(BuildRefused.class).hasMessage("""
                The POM's version "1.0 beta" cannot be a tag.
                  do     write a tag in to.image""");
    }

    @Test
    void aWrittenTagStandsForItselfAndComesFirst() {
        given.version("1.0 beta")
                .with("to.image", "registry.example/shop:stable")
                .with("to.tags", "1.0,latest,stable,1.0");

        assertThat(read().tags()).containsExactly("stable", "1.0", "latest");
        assertThat(read().mainTag()).isEqualTo("stable");
    }

    @Test
    void withoutADestinationTheImageIsCalledAsTheArtifact() {
        assertThat(read().image()).isEqualTo("shop:1.0");
        assertThat(read().repository()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"shop, shop", "My Shop (new), my-shop-new", ".hidden, hidden", "a__b, a-b", "大, image"})
    void withoutAPomTheImageIsCalledAsTheDirectory(String name, String image) throws IOException {
        given.withoutPom(Files.createDirectory(directory.resolve(name)));

        assertThat(read().image()).isEqualTo(image + ":1.0");
        assertThat(ImageReference.parse(read().image()).tag()).isEqualTo("1.0");
    }

    @Test
    void anImageOfDockerHubIsCalledInFull() {
        given.with("to.image", "ada/shop");

        assertThat(read().image()).isEqualTo("docker.io/ada/shop:1.0");
    }

    @Test
    void aDigestIsRefused() {
        String image = "registry.example/shop@sha256:" + "0".repeat(64);
        given.with("to.image", image);

        assertThatThrownBy(this::read).isInstanceOf(BuildRefused.class).hasMessage("""
                "%s" names a digest.
                  where  -Dpycontainer.to.image
                  why    the image's digest is known only when it is built
                  do     write a tag, or none for the POM's version""".formatted(image));
    }

    @ParameterizedTest
    @CsvSource({"1.0+a", "-a", "'a b'", "''", "a/b"})
    void whatIsNoTagIsRefused(String tag) {
        given.with("to.image", "registry.example/shop").with("to.tags", "ok," + tag);

        assertThatThrownBy(this::read)
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("\"" + tag + "\" is not a tag.\n  where  to.tags");
    }

    @Test
    void whatIsNoReferenceIsRefusedWhereItWasWritten() {
        given.with("to.image", "registry.example/Shop");

        assertThatThrownBy(this::read)
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(
                        "\"registry.example/Shop\" is not an image reference.\n  where  -Dpycontainer.to.image");
    }

    private Destination read() {
        return new ReadDestination(given.invocation()).read();
    }
}

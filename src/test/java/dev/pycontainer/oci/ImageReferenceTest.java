package dev.pycontainer.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

    private static final String DIGEST = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @ParameterizedTest
    @CsvSource({
        "python, docker.io, library/python, ''",
        "python:3.12-slim, docker.io, library/python, 3.12-slim",
        "astral/uv, docker.io, astral/uv, ''",
        "docker.io/python:3, docker.io, library/python, 3",
        "index.docker.io/library/python, docker.io, library/python, ''",
        "localhost/app, localhost, app, ''",
        "localhost:5000/base/python:3.11, localhost:5000, base/python, 3.11",
        "127.0.0.1:5000/a__b/c-d.e:x_Y, 127.0.0.1:5000, a__b/c-d.e, x_Y",
        "[::1]:5000/app:1, [::1]:5000, app, 1",
        "registry.example.com/team/app, registry.example.com, team/app, ''",
    })
    void aReferenceHasARegistryARepositoryAndATag(String text, String registry, String repository, String tag) {
        ImageReference reference = ImageReference.parse(text);

        assertThat(reference.registry()).isEqualTo(registry);
        assertThat(reference.repository()).isEqualTo(repository);
        assertThat(reference.tag() == null ? "" : reference.tag()).isEqualTo(tag);
        assertThat(reference.digest()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/library/python:3, python:3",
        "astral/uv:1, astral/uv:1",
        "docker.io/library/a/b:1, library/a/b:1",
        "registry.example/library/app:1, registry.example/library/app:1",
        "localhost:5000/docker.io/library/app:1, localhost:5000/docker.io/library/app:1",
    })
    void dockerShowsNamesOfItsHubShort(String text, String shown) {
        assertThat(ImageReference.parse(text).familiar()).isEqualTo(shown);
    }

    @Test
    void tagAndDigestMayStandTogetherAndTheDigestCounts() {
        ImageReference reference = ImageReference.parse("registry.example/app:1.0@" + DIGEST);

        assertThat(reference.tag()).isEqualTo("1.0");
        assertThat(reference.identifier()).contains(DIGEST);
        assertThat(reference).hasToString("registry.example/app:1.0@" + DIGEST);
        assertThat(reference.withTag("2.0")).hasToString("registry.example/app:2.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":1",
                "App",
                "registry.example/App",
                "registry.example/",
                "registry.example/app:",
                "registry.example/app:a b",
                "registry.example/app@sha256:1",
                "registry.example/../app",
                "user:secret@registry.example/app",
                "https://registry.example/app",
                "registry.example/app:.dot"
            })
    void whatIsNoReferenceIsRefused(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text)).isInstanceOf(BuildRefused.class);
    }
}

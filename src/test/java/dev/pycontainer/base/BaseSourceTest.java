package dev.pycontainer.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.debian.DebianSuite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseSourceTest {

    @ParameterizedTest
    @CsvSource({
        "python:3.13-slim, docker.io/library/python:3.13-slim",
        "registry://python:3.13-slim, docker.io/library/python:3.13-slim",
        "registry://localhost:5000/base:1, localhost:5000/base:1",
        "127.0.0.1:5000/team/base:1, 127.0.0.1:5000/team/base:1"
    })
    void aNameWithoutASchemeOrWithRegistrysIsAnImageOfARegistry(String text, String image) {
        assertThat(BaseSource.parse(text))
                .isInstanceOf(BaseSource.Registry.class)
                .hasToString(image);
    }

    @ParameterizedTest
    @CsvSource({
        "docker://python:3.13, an image of a docker daemon",
        "tar:///tmp/base.tar, an image archive",
        "oci-layout://target/base:1, an image of an OCI layout",
        "scratch, an empty base"
    })
    void otherKindsAreRefusedByName(String text, String kind) {
        assertThatThrownBy(() -> BaseSource.parse(text))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The base "%s" is %s, which is not yet available.
                  do     name an image of a registry, such as python:3.13-slim, or debian://trixie""".formatted(text, kind));
    }

    @Test
    void debianAndASuiteAreABaseOfPackages() {
        assertThat(BaseSource.parse("debian://trixie"))
                .isEqualTo(new BaseSource.Debian(DebianSuite.TRIXIE))
                .hasToString("debian://trixie");
        assertThatThrownBy(() -> BaseSource.parse("debian://triksie"))
                .hasMessageContaining("\"triksie\" is no release of Debian that a base can be made of.")
                .hasMessageContaining("write trixie");
    }

    @Test
    void anUnknownSchemeIsRefused() {
        assertThatThrownBy(() -> BaseSource.parse("https://host/python:3")).hasMessage("""
                "https://host/python:3" is not a base.
                  why    "https://" is no kind of base that is known
                  do     name an image of a registry, such as python:3.13-slim, or debian://trixie""");
    }

    @Test
    void aReferenceWithoutTagAndDigestIsRefused() {
        assertThatThrownBy(() -> BaseSource.parse("python")).hasMessage("""
                The base "python" has neither a tag nor a digest.
                  do     write the tag that you mean, such as python:latest""");
    }
}

package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.oci.MediaTypes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the words of the container's parameters are read: ports, durations, formats. */
class ContainerWordsTest {

    @ParameterizedTest
    @CsvSource({
        "8000, 8000/tcp",
        "1, 1/tcp",
        "65535/tcp, 65535/tcp",
        "53/udp, 53/udp",
        "9899/sctp, 9899/sctp",
        "8000-8002, 8000/tcp 8001/tcp 8002/tcp",
        "8000-8000/udp, 8000/udp",
    })
    void aPortOrRangeIsRead(String text, String ports) {
        assertThat(ExposedPort.parse(text).stream().map(ExposedPort::toString)).containsExactly(ports.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "65536", "8002-8000", "0-1", "80/TCP", "80/", "http", "-80", "80-", "80 ", "123456"})
    void whatIsNoPortIsRefused(String text) {
        assertThatThrownBy(() -> ExposedPort.parse(text))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                "%s" is not a port.
                  do     write a number from 1 to 65535 or a range, and /udp where it is not TCP: 8000, 8000-8010, 53/udp""".formatted(text));
    }

    @ParameterizedTest
    @CsvSource({"30s, PT30S", "500ms, PT0.5S", "2m, PT2M", "1h, PT1H", "0s, PT0S"})
    void aDurationIsRead(String text, Duration duration) {
        assertThat(Healthcheck.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "1.5s", "-1s", "30 s", "30S", "1d", "1m30s", "1234567890s"})
    void whatIsNoDurationIsRefused(String text) {
        assertThatThrownBy(() -> Healthcheck.duration(text))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                "%s" is not a duration.
                  do     write a whole number and ms, s, m or h, such as 30s""".formatted(text));
    }

    @Test
    void aDurationThatDockersFieldCannotHoldIsRefused() {
        // Docker's fields are nanoseconds in 64 bits: 292 years
        assertThatThrownBy(() -> Healthcheck.duration("999999999h"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("\"999999999h\" is not a duration.");
        assertThat(Healthcheck.duration("999999999s").toNanos()).isPositive();
    }

    @Test
    void aHealthCheckNeedsACommand() {
        assertThatThrownBy(() -> new Healthcheck(
                        List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                .hasMessage("The health check has no command.\n  do     set container.healthcheck.command");
    }

    @ParameterizedTest
    @CsvSource({"OCI, OCI", "oci, OCI", "Docker, DOCKER", "docker, DOCKER"})
    void aFormatIsReadInAnyCase(String text, ImageFormat format) {
        assertThat(ImageFormat.parse(text)).isEqualTo(format);
    }

    @Test
    void anotherFormatIsRefused() {
        assertThatThrownBy(() -> ImageFormat.parse("Podman"))
                .hasMessage("\"Podman\" is not a format of images.\n  do     write OCI or Docker");
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.oci.image.layer.v1.tar+gzip, application/vnd.docker.image.rootfs.diff.tar.gzip",
        "application/vnd.oci.image.layer.v1.tar, application/vnd.docker.image.rootfs.diff.tar",
    })
    void layersMediaTypesAreThoseOfTheFormat(String oci, String docker) {
        for (String type : List.of(oci, docker)) {
            assertThat(ImageFormat.OCI.layerLike(type)).isEqualTo(oci);
            assertThat(ImageFormat.DOCKER.layerLike(type)).isEqualTo(docker);
        }
    }

    @Test
    void aZstdLayerHasNoPlaceInDockersFormat() {
        assertThat(ImageFormat.OCI.layerLike(MediaTypes.OCI_LAYER_ZSTD)).isEqualTo(MediaTypes.OCI_LAYER_ZSTD);
        assertThatThrownBy(() -> ImageFormat.DOCKER.layerLike(MediaTypes.OCI_LAYER_ZSTD))
                .hasMessage("""
                        The base has a zstd layer, which Docker's manifest cannot name.
                          do     set container.format to OCI""");
        assertThatThrownBy(() -> ImageFormat.OCI.layerLike("text/plain"))
                .hasMessage("The base has a layer of the unknown media type text/plain.");
    }
}

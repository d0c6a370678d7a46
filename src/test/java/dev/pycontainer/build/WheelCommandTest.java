package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.oci.Platform;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The command that is told to whoever has to build a wheel. */
class WheelCommandTest {

    private static final String RUN = "docker run --rm ";
    private static final String PIP = "-v \"$PWD/wheelhouse:/wheelhouse\" --entrypoint /usr/bin/python3"
            + " base.example/python:3.11 -m pip wheel --no-deps --wheel-dir /wheelhouse";

    private static WheelCommand on(Platform platform) {
        return new WheelCommand("/usr/bin/python3", "base.example/python:3.11", platform);
    }

    @Test
    void oneCommandBuildsThemAll() {
        assertThat(on(Platform.LINUX_AMD64).of(List.of("lib==1", "web==2"), Optional.empty()))
                .isEqualTo(RUN + PIP + " \"lib==1\" \"web==2\"");
        assertThat(on(Platform.parse("linux/arm64")).of(List.of("lib==1"), Optional.empty()))
                .isEqualTo(RUN + "--platform linux/arm64 " + PIP + " \"lib==1\"");
    }

    @Test
    void whatComesFromAnotherIndexIsNotLookedForInTheDefaultOne() {
        assertThat(on(Platform.LINUX_AMD64).of(List.of("lib==1"), Optional.of("https://index.example/simple")))
                .isEqualTo(RUN + PIP + " --index-url https://index.example/simple \"lib==1\"");
    }
}

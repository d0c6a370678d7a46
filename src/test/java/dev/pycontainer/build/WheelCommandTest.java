package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.oci.Platform;
import org.junit.jupiter.api.Test;

class WheelCommandTest {

    private static final String DOCKER = "docker run --rm ";
    private static final String PIP = "-v \"$PWD/wheelhouse:/wheelhouse\" --entrypoint /usr/bin/python3.11"
            + " registry.example/base:1 -m pip wheel --no-deps --wheel-dir /wheelhouse ";

    private static String command(String platform, String requirement) {
        return new WheelCommand("/usr/bin/python3.11", "registry.example/base:1", Platform.parse(platform))
                .of(requirement);
    }

    @Test
    void aWheelIsBuiltInTheBaseForItsPlatform() {
        assertThat(command("linux/amd64", "lib==1.0")).isEqualTo(DOCKER + PIP + "'lib==1.0'");
        assertThat(command("linux/arm64", "lib==1.0"))
                .isEqualTo(DOCKER + "--platform linux/arm64 " + PIP + "'lib==1.0'");
    }

    @Test
    void aRepositoryNeedsItsToolInTheBase() {
        assertThat(command("linux/amd64", "lib @ git+https://git.example/lib.git@0a1b2c"))
                .isEqualTo(DOCKER + PIP + "'lib @ git+https://git.example/lib.git@0a1b2c' # with a base that has git");
    }

    /** The address is the lock's: whoever types the command must run nothing else. */
    @Test
    void nothingInARequirementIsACommandOfItsOwn() {
        assertThat(command("linux/amd64", "lib @ https://x.example/$(touch y)`z`\"';w"))
                .isEqualTo(DOCKER + PIP + "'lib @ https://x.example/$(touch y)`z`\"'\\'';w'");
    }
}

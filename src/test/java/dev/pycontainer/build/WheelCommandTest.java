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

    private static String command(String platform, String... requirements) {
        return command(platform, Optional.empty(), requirements);
    }

    private static String command(String platform, Optional<String> index, String... requirements) {
        return new WheelCommand("/usr/bin/python3", "base.example/python:3.11", Platform.parse(platform))
                .of(List.of(requirements), index);
    }

    @Test
    void oneCommandBuildsThemAllForTheBasesPlatform() {
        assertThat(command("linux/amd64", "lib==1", "web==2")).isEqualTo(RUN + PIP + " 'lib==1' 'web==2'");
        assertThat(command("linux/arm64", "lib==1")).isEqualTo(RUN + "--platform linux/arm64 " + PIP + " 'lib==1'");
    }

    @Test
    void whatComesFromAnotherIndexIsNotLookedForInTheDefaultOne() {
        assertThat(command("linux/amd64", Optional.of("https://index.example/simple"), "lib==1"))
                .isEqualTo(RUN + PIP + " --index-url 'https://index.example/simple' 'lib==1'");
    }

    @Test
    void aRepositoryNeedsItsToolInTheBase() {
        assertThat(command("linux/amd64", "lib @ git+https://git.example/lib.git@0a1b2c", "web==2"))
                .isEqualTo(RUN + PIP
                        + " 'lib @ git+https://git.example/lib.git@0a1b2c' 'web==2' # with a base that has git");
    }

    /** The address is the lock's: whoever types the command must run nothing else. */
    @Test
    void nothingInARequirementIsACommandOfItsOwn() {
        assertThat(command("linux/amd64", "lib @ https://x.example/$(touch y)`z`\"';w"))
                .isEqualTo(RUN + PIP + " 'lib @ https://x.example/$(touch y)`z`\"'\\'';w'");
    }
}

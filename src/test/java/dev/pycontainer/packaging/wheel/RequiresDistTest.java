package dev.pycontainer.packaging.wheel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequiresDistTest {

    @TempDir
    Path directory;

    @Test
    void theFieldsAreReadAsTheyAreWrittenEachInOneLine() {
        assertThat(RequiresDist.in("""
                        Name: demo
                        requires-dist: core (>=1)
                        Requires-Dist: other;
                          extra == 'x'

                        Requires-Dist: in the description
                        """.getBytes(UTF_8))).containsExactly("core (>=1)", "other; extra == 'x'");
    }

    @Test
    void whatNoStandardKnowsRequiresNothing() {
        assertThat(RequiresDist.requirements(List.of("core (>=1)", "old (>=1.0.*)", "zip >> 1")))
                .extracting(Requirement::toString)
                .containsExactly("core>=1");
    }

    @Test
    void aWheelTellsItOfItself() throws IOException {
        TestWheels demo = TestWheels.named("demo", "1.0").metadata("Name: demo\nVersion: 1.0\nRequires-Dist: zip\n");

        assertThat(RequiresDist.of(demo.in(directory), "demo.whl")).containsExactly("zip");
    }

    @Test
    void whatIsNoWheelIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("demo.whl"), "no zip");

        assertThatThrownBy(() -> RequiresDist.of(file, "demo-1.0-py3-none-any.whl"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The file is not a zip archive that can be trusted.\n  where  demo-1.0-")
                .hasMessageEndingWith("  do     report it to the project that made the wheel, or lock another release");
    }
}

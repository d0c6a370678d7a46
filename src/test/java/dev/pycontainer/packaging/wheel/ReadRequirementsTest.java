package dev.pycontainer.packaging.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Core metadata, {@code Requires-Dist}. */
class ReadRequirementsTest {

    @TempDir
    Path directory;

    @Test
    void theyAreReadAsTheyAreWritten() throws IOException {
        Path wheel =
                TestWheels.named("web", "1").metadata("""
                        Name: web
                        Version: 1
                        requires-dist: lib (>=1)
                        Requires-Dist: other;
                          extra == 'x'

                        Requires-Dist: of the description
                        """).file("web.py", "").in(directory);

        assertThat(new ReadRequirements().of(wheel, "web-1-py3-none-any.whl"))
                .containsExactly("lib (>=1)", "other; extra == 'x'");
    }

    @Test
    void whatIsNoWheelIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("web-1-py3-none-any.whl"), "no zip");

        assertThatThrownBy(() -> new ReadRequirements().of(file, "web-1-py3-none-any.whl"))
                .hasMessageContaining("web-1-py3-none-any.whl")
                .hasMessageContaining("  do     report it to the project that made the wheel, or lock another release");
    }
}

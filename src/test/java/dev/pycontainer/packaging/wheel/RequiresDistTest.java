package dev.pycontainer.packaging.wheel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequiresDistTest {

    @TempDir
    Path directory;

    @Test
    void theFieldsAreRequirements() {
        assertThat(RequiresDist.in("""
                        Name: demo
                        Requires-Dist: core (>=1)
                        Requires-Dist: Zip_It[all]; extra == 'fast'

                        Requires-Dist: in the description
                        """.getBytes(UTF_8)))
                .extracting(Requirement::toString)
                .containsExactly("core>=1", "zip-it[all] ; extra == \"fast\"");
    }

    @Test
    void whatNoStandardKnowsRequiresNothing() {
        assertThat(RequiresDist.in("Name: demo\nRequires-Dist: core >> 1\nRequires-Dist: zip\n".getBytes(UTF_8)))
                .extracting(Requirement::toString)
                .containsExactly("zip");
    }

    @Test
    void aWheelTellsItOfItself() throws IOException {
        TestWheels demo = TestWheels.named("demo", "1.0").metadata("Name: demo\nVersion: 1.0\nRequires-Dist: zip\n");

        assertThat(RequiresDist.of(demo.in(directory)))
                .extracting(Requirement::toString)
                .containsExactly("zip");
        Path without = demo.without("METADATA").in(directory);
        assertThatThrownBy(() -> RequiresDist.of(without))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The wheel has no file demo-1.0.dist-info/METADATA.");
    }
}

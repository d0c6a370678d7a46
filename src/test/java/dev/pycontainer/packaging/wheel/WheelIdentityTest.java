package dev.pycontainer.packaging.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.testkit.TestWheels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a wheel is whose file was given another name, as repositories of Maven artifacts do. */
class WheelIdentityTest {

    @TempDir
    Path directory;

    private static TestWheels demo() {
        return TestWheels.named("demo", "1.0");
    }

    private Path renamed(TestWheels wheel) throws Exception {
        return Files.move(wheel.in(directory), directory.resolve("artifact-7.whl"));
    }

    private String identity(TestWheels wheel) throws Exception {
        return WheelIdentity.of(renamed(wheel)).fileName();
    }

    private void refused(TestWheels wheel, String message) throws Exception {
        Path file = renamed(wheel);
        assertThatThrownBy(() -> WheelIdentity.of(file))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(message.replace("FILE", file.toString()));
    }

    @Test
    void nameAndVersionAreThoseOfMetadata() throws Exception {
        assertThat(identity(demo().metadata("Name: My.Demo\nVersion: 1.0+Cpu\n")
                        .distInfoDirectory("my_demo-1.0+cpu.dist-info")))
                .isEqualTo("my_demo-1.0+cpu-py3-none-any.whl");
    }

    @Test
    void tagsAndBuildAreThoseOfWheel() throws Exception {
        assertThat(
                        identity(
                                demo().wheelFile(
                                                "Wheel-Version: 1.0\nTag: cp311-abi3-manylinux_2_17_x86_64\nTag: cp311-abi3-manylinux2014_x86_64\n")))
                .isEqualTo("demo-1.0-cp311-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64.whl");
    }

    @Test
    void aBuildNumberIsPartOfIt() throws Exception {
        assertThat(identity(demo().wheelFile("Wheel-Version: 1.0\nBuild: 2b\nTag: py3-none-any\n")))
                .isEqualTo("demo-1.0-2b-py3-none-any.whl");
    }

    @Test
    void aWheelWithoutItsFilesIsRefused() throws Exception {
        refused(demo().without("WHEEL"), """
                The wheel has no file demo-1.0.dist-info/WHEEL.
                  where  FILE""");
    }

    @Test
    void aWheelWithoutTagsIsRefused() throws Exception {
        refused(demo().wheelFile("Wheel-Version: 1.0\n"), """
                The wheel does not tell which Pythons and platforms it is for.
                  where  FILE
                  why    WHEEL has no field Tag""");
    }

    @Test
    void aTagOfTwoPartsIsRefused() throws Exception {
        refused(demo().wheelFile("Wheel-Version: 1.0\nTag: py3-none\n"), """
                "py3-none" is not the tag of a wheel.
                  where  FILE
                  why    WHEEL names it in Tag""");
    }

    @Test
    void aFileThatIsNoArchiveIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("a.whl"), "<!DOCTYPE html>");

        assertThatThrownBy(() -> WheelIdentity.of(file))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The file is not a zip archive that can be trusted.\n  where  " + file);
    }
}

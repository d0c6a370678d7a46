package dev.pycontainer.packaging.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Binary distribution format", and what its installers must check. */
class WheelTest {

    @TempDir
    Path directory;

    private final Tally tally = new Tally();

    private static TestWheels demo() {
        return TestWheels.named("demo", "1.0").file("demo/__init__.py", "");
    }

    private Wheel open(TestWheels wheel) throws IOException {
        return Wheel.open(wheel.in(directory), wheel.fileName(), tally);
    }

    private void accepted(TestWheels wheel) {
        assertThatCode(() -> open(wheel).close()).doesNotThrowAnyException();
    }

    @Test
    void aWheelIsOpenedAndCounted() throws IOException {
        try (Wheel wheel = open(demo().directory("demo"))) {
            assertThat(wheel.distInfo()).isEqualTo("demo-1.0.dist-info");
            assertThat(wheel.files()).extracting(Object::toString).hasSize(4);
        }
        assertThat(tally.of(Work.WHEELS_OPENED)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.9"})
    void aHigherMinorVersionOfTheFormatIsTaken(String version) {
        accepted(demo().wheelFile("Wheel-Version: " + version + "\n"));
    }

    @Test
    void namesAreComparedAsNormalised() {
        accepted(TestWheels.named("My_Pkg", "1.0")
                .distInfoDirectory("my.pkg-1.0.0.dist-info")
                .metadata("Name: MY-PKG\nVersion: 1.0.0\n"));
    }

    @Test
    void aLocalVersionMayStandInTheFileNameAloneAsInFlashAttn() {
        accepted(TestWheels.named("flash_attn", "2.5.8+cu122")
                .distInfoDirectory("flash_attn-2.5.8.dist-info")
                .metadata("Name: flash-attn\nVersion: 2.5.8\n"));
    }

    @Test
    void aLocalVersionMayStandInAllThreePlaces() {
        accepted(TestWheels.named("torch", "2.6.0+cpu"));
    }

    @Test
    void anUnderscoreStandsForADashInAVersionAsOlderToolsWroteIt() {
        accepted(TestWheels.named("demo", "1.0.post1")
                .distInfoDirectory("demo-1.0_1.dist-info")
                .metadata("Name: demo\nVersion: 1.0-1\n"));
    }

    @Test
    void pathsInRecordMayBeginAsInSelenium() {
        accepted(demo().record(text -> text.replace("demo/__init__.py", "/demo/__init__.py")));
        accepted(demo().record(text -> text.replace("demo/__init__.py", "./demo/__init__.py")));
    }

    @Test
    void whatRecordSaysOfItselfDoesNotCount() {
        accepted(demo().record(text -> text.replace("RECORD,,", "RECORD," + TestWheels.sha256(new byte[0]) + ",0")));
    }

    @Test
    void bothSignaturesOfRecordNeedNoRow() {
        accepted(demo().distInfo("RECORD.p7s", "")
                .record(text -> text.replaceFirst("demo-1.0.dist-info/RECORD.p7s.*\n", "")));
    }

    @Test
    void aMissingSizeIsTakenBecauseTheHashProvesMore() {
        accepted(demo().record(text -> text.replaceFirst("(__init__.py,[^,]*),0", "$1,")));
    }

    // "The signature file(s) RECORD.jws and RECORD.p7s are not mentioned in RECORD at all"
    @Test
    void theSignatureOfRecordNeedsNoRow() {
        accepted(demo().distInfo("RECORD.jws", "{}"));
    }

    @Test
    void theSignatureOfRecordMayHaveARowWithoutHashAsBdistWheelWroteIt() {
        accepted(demo().distInfo("RECORD.jws", "{}").record(text -> text + "demo-1.0.dist-info/RECORD.jws,,\n"));
    }
}

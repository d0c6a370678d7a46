package dev.pycontainer.packaging.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Files;
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

    private void refused(TestWheels wheel, String message) {
        assertThatThrownBy(() -> open(wheel).close())
                .isInstanceOf(BuildRefused.class)
                .hasMessage(message);
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

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "0.1", "1", "one"})
    void anotherMajorVersionOfTheFormatIsRefused(String version) {
        refused(demo().wheelFile("Wheel-Version: " + version + "\n"), """
                The wheel's format has version "%s", and only 1 is known.
                  where  demo-1.0-py3-none-any.whl
                  why    demo-1.0.dist-info/WHEEL says so in Wheel-Version""".formatted(version));
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
    void metadataOfAnotherReleaseIsRefused() {
        refused(demo().metadata("Name: demo\nVersion: 2.0\n"), """
                The wheel's METADATA is that of "demo" "2.0", not of demo 1.0.
                  where  demo-1.0-py3-none-any.whl
                  why    the file name and METADATA must name one release""");
        refused(demo().metadata("Nothing\n"), """
                The wheel's METADATA is that of "" "", not of demo 1.0.
                  where  demo-1.0-py3-none-any.whl
                  why    the file name and METADATA must name one release""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"other-1.0.dist-info", "demo-2.0.dist-info", "demo.dist-info", ".dist-info"})
    void aDistInfoDirectoryOfAnotherReleaseIsRefused(String name) {
        refused(demo().distInfoDirectory(name), """
                The wheel's directory %s is not that of demo 1.0.
                  where  demo-1.0-py3-none-any.whl
                  why    the file name and the .dist-info directory must name one release""".formatted(name));
    }

    @Test
    void twoDistInfoDirectoriesAreRefused() {
        refused(demo().file("x-1.dist-info/METADATA", ""), """
                The wheel has more than one .dist-info directory.
                  where  demo-1.0-py3-none-any.whl
                  why    they are demo-1.0.dist-info, x-1.dist-info""");
    }

    @Test
    void aWheelWithoutDistInfoIsRefused() {
        refused(
                TestWheels.named("demo", "1.0")
                        .distInfoDirectory("demo-1.0.info")
                        .file("demo.py", ""),
                """
                The wheel has no .dist-info directory.
                  where  demo-1.0-py3-none-any.whl
                  why    a wheel has exactly one""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WHEEL", "METADATA", "RECORD"})
    void aWheelWithoutItsMetadataIsRefused(String file) {
        refused(demo().without(file), """
                The wheel has no file demo-1.0.dist-info/%s.
                  where  demo-1.0-py3-none-any.whl""".formatted(file));
    }

    @Test
    void aFileThatRecordDoesNotListIsRefused() {
        refused(demo().record(text -> text.replaceFirst("demo/__init__.py.*\n", "")), """
                The wheel holds demo/__init__.py, which its RECORD does not list.
                  where  demo-1.0-py3-none-any.whl
                  why    every file of a wheel must stand in RECORD with its hash
                  do     report it to the project that made the wheel, or lock another release""");
    }

    @Test
    void aFileThatOnlyRecordKnowsIsRefused() {
        refused(demo().record(text -> "demo/gone.py," + TestWheels.sha256(new byte[0]) + ",0\n" + text), """
                The wheel's RECORD lists demo/gone.py, which the wheel does not hold.
                  where  demo-1.0-py3-none-any.whl
                  do     report it to the project that made the wheel, or lock another release""");
    }

    @Test
    void aRowWithoutHashIsRefused() {
        refused(demo().record(text -> text.replaceFirst("__init__.py,[^,]*", "__init__.py,")), """
                The wheel's RECORD gives no hash for demo/__init__.py.
                  where  demo-1.0-py3-none-any.whl
                  do     report it to the project that made the wheel, or lock another release""");
    }

    @Test
    void aSizeThatIsNotTheFilesIsRefused() {
        refused(demo().record(text -> text.replaceFirst("(__init__.py,[^,]*),0", "$1,7")), """
                The file demo/__init__.py is not the one that the wheel's RECORD lists.
                  where  demo-1.0-py3-none-any.whl
                  why    RECORD says 7 bytes, the file has 0
                  do     report it to the project that made the wheel, or lock another release""");
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

    @Test
    void aNameLongerThanAnyPathIsRefused() {
        refused(demo().file("a/".repeat(2048) + "b", ""), """
                The file is not a zip archive that can be trusted.
                  where  demo-1.0-py3-none-any.whl
                  why    it has a name of 4097 bytes; the limit is 4096""");
    }

    @Test
    void aSymbolicLinkIsRefused() {
        refused(demo().link("demo/link", "/etc/passwd"), """
                The wheel holds the symbolic link demo/link.
                  where  demo-1.0-py3-none-any.whl
                  why    the wheel format has files only""");
    }

    @Test
    void aWhiteoutIsRefused() {
        refused(demo().file("demo/.wh.x", ""), """
                The file "demo/.wh.x" is not a path that can be installed.
                  where  demo-1.0-py3-none-any.whl
                  why    in an image's layer, a name that begins with ".wh." deletes a file""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/x", "a/../../x", "a\\..\\x", "a//b", "./a"})
    void aPathThatLeavesTheWheelIsRefusedWithTheWheelsName(String path) {
        assertThatThrownBy(() -> open(demo().file(path, "")).close())
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("demo-1.0-py3-none-any.whl");
    }

    @Test
    void twoEntriesOfOneNameAreRefusedWithTheWheelsName() {
        assertThatThrownBy(() -> open(demo().file("demo/__init__.py", "")).close())
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("demo-1.0-py3-none-any.whl")
                .hasMessageContaining("demo/__init__.py");
    }

    @Test
    void whatIsNoZipIsRefusedWithTheWheelsName() throws IOException {
        Path file = Files.writeString(directory.resolve("x"), "not a zip");

        assertThatThrownBy(() -> Wheel.open(file, WheelFileName.parse("demo-1.0-py3-none-any.whl"), tally))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("demo-1.0-py3-none-any.whl");
    }
}

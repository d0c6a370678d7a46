package dev.pycontainer.packaging.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Tally;
import dev.pycontainer.testkit.RecordingDestination;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Binary distribution format", "Installing a wheel"; where it leaves a choice, as uv 0.13.8 does it. */
class InstallWheelTest {

    private static final InstallScheme SCHEME =
            new InstallScheme("/opt/venv", "lib/python3.11/site-packages", "/opt/venv/bin/python", "3.11");
    private static final String SITE = "lib/python3.11/site-packages/";

    @TempDir
    Path directory;

    private static TestWheels demo() {
        return TestWheels.named("demo", "1.0");
    }

    private RecordingDestination install(TestWheels wheel, Optional<String> directUrl) throws IOException {
        RecordingDestination destination = new RecordingDestination();
        try (Wheel open = Wheel.open(wheel.in(directory), wheel.fileName(), new Tally())) {
            new InstallWheel(open, SCHEME, directUrl).into(destination);
        }
        return destination;
    }

    private RecordingDestination install(TestWheels wheel) throws IOException {
        return install(wheel, Optional.empty());
    }

    private void refused(TestWheels wheel, String message) {
        assertThatThrownBy(() -> install(wheel))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(message);
    }

    @Test
    void everyFileGoesToItsPlaceInTheOrderOfPaths() throws IOException {
        RecordingDestination installed = install(demo().file("demo/__init__.py", "")
                .executable("demo/tool.sh", "#!/bin/sh\n")
                .file("demo/__pycache__/x.cpython-311.pyc", "pyc")
                .file("DATA/purelib/pure.py", "1")
                .file("DATA/platlib/plat.py", "2")
                .file("DATA/data/share/demo/x.txt", "3")
                .executable("DATA/data/etc/x.sh", "4")
                .file("DATA/headers/sub/demo.h", "5")
                .file("DATA/scripts/native", "\177ELF")
                .entryPoints("[console_scripts]\ndemo = demo:main\n")
                .distInfo("licenses/LICENSE", "MIT"));

        assertThat(installed.calls())
                .containsExactly(
                        "generated 0755 bin/demo",
                        "member 0755 bin/native",
                        "member 0755 etc/x.sh",
                        "member 0644 include/site/python3.11/demo/sub/demo.h",
                        "generated 0644 " + SITE + "demo-1.0.dist-info/INSTALLER",
                        "member 0644 " + SITE + "demo-1.0.dist-info/METADATA",
                        "generated 0644 " + SITE + "demo-1.0.dist-info/RECORD",
                        "member 0644 " + SITE + "demo-1.0.dist-info/WHEEL",
                        "member 0644 " + SITE + "demo-1.0.dist-info/entry_points.txt",
                        "member 0644 " + SITE + "demo-1.0.dist-info/licenses/LICENSE",
                        "member 0644 " + SITE + "demo/__init__.py",
                        "member 0644 " + SITE + "demo/__pycache__/x.cpython-311.pyc",
                        "member 0755 " + SITE + "demo/tool.sh",
                        "member 0644 " + SITE + "plat.py",
                        "member 0644 " + SITE + "pure.py",
                        "member 0644 share/demo/x.txt");
        assertThat(installed.text(SITE + "demo-1.0.dist-info/INSTALLER")).isEqualTo("pycontainer");
    }

    @Test
    void recordListsWhatIsInstalledWhereItIsInstalled() throws IOException {
        RecordingDestination installed = install(demo().file("demo.py", "")
                .file("ü, x.txt", "")
                .file("DATA/scripts/run", "#!python\n")
                .file("DATA/data/share/x.txt", "")
                .entryPoints("[console_scripts]\ndemo = demo:main\n")
                .distInfo("RECORD.jws", "{}"));

        String empty = TestWheels.sha256(new byte[0]);
        assertThat(installed.text(SITE + "demo-1.0.dist-info/RECORD").lines())
                .containsExactly(
                        row("../../../bin/demo", installed.bytes("bin/demo")),
                        row("../../../bin/run", "#!/opt/venv/bin/python\n".getBytes(StandardCharsets.UTF_8)),
                        "../../../share/x.txt," + empty + ",0",
                        row("demo-1.0.dist-info/INSTALLER", "pycontainer".getBytes(StandardCharsets.UTF_8)),
                        row("demo-1.0.dist-info/METADATA", installed.bytes(SITE + "demo-1.0.dist-info/METADATA")),
                        "demo-1.0.dist-info/RECORD,,",
                        row("demo-1.0.dist-info/WHEEL", installed.bytes(SITE + "demo-1.0.dist-info/WHEEL")),
                        row(
                                "demo-1.0.dist-info/entry_points.txt",
                                installed.bytes(SITE + "demo-1.0.dist-info/entry_points.txt")),
                        "demo.py," + empty + ",0",
                        "\"ü, x.txt\"," + empty + ",0");
    }

    private static String row(String path, byte[] content) {
        return path + "," + TestWheels.sha256(content) + "," + content.length;
    }

    @Test
    void aHashOfTheWheelStaysAsItIs() throws IOException {
        byte[] content = "x".getBytes(StandardCharsets.UTF_8);
        String sha512 = TestWheels.hash("SHA-512", content);

        RecordingDestination installed = install(
                demo().file("demo.py", content).record(text -> text.replace(TestWheels.sha256(content), sha512)));

        assertThat(installed.text(SITE + "demo-1.0.dist-info/RECORD")).contains("demo.py," + sha512 + ",1\n");
    }

    @Test
    void directUrlIsWrittenWhereItIsGiven() throws IOException {
        String url = "{\"url\":\"file:///x.whl\",\"archive_info\":{}}";

        RecordingDestination installed = install(demo().file("demo.py", ""), Optional.of(url));

        assertThat(installed.text(SITE + "demo-1.0.dist-info/direct_url.json")).isEqualTo(url);
        assertThat(installed.text(SITE + "demo-1.0.dist-info/RECORD"))
                .contains(row("demo-1.0.dist-info/direct_url.json", url.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theInstallersFileReplacesTheWheels() throws IOException {
        RecordingDestination installed = install(demo().file("demo.py", "").distInfo("INSTALLER", "somebody"));

        assertThat(installed.text(SITE + "demo-1.0.dist-info/INSTALLER")).isEqualTo("pycontainer");
        assertThat(installed.text(SITE + "demo-1.0.dist-info/RECORD")).containsOnlyOnce("INSTALLER");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#!python~print(1)~        | #!/opt/venv/bin/python~print(1)~",
                "#!pythonw~print(1)~       | #!/opt/venv/bin/python~print(1)~",
                "#!python3.8 -E~print(1)~  | #!/opt/venv/bin/python~print(1)~",
                "#!python                  | #!/opt/venv/bin/python~",
                "#!/usr/bin/env python3~x~ | #!/usr/bin/env python3~x~",
                "#! python~x~              | #! python~x~",
                "#!pyth                    | #!pyth",
            })
    void theFirstLineOfAScriptNamesTheEnvironmentsPython(String script, String installed) throws IOException {
        TestWheels wheel = demo().file("DATA/scripts/run", script.replace('~', '\n'));

        assertThat(install(wheel).text("bin/run")).isEqualTo(installed.replace('~', '\n'));
    }

    @Test
    void aWindowsLineEndGoesWithItsLine() throws IOException {
        assertThat(install(demo().file("DATA/scripts/run", "#!python\r\nprint(1)\r\n"))
                        .text("bin/run"))
                .isEqualTo("#!/opt/venv/bin/python\nprint(1)\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "demo.exe", "demo-script.py"})
    void anEntryPointReplacesTheWheelsOwnWrapper(String own) throws IOException {
        RecordingDestination installed = install(demo().file("demo.py", "")
                .file("DATA/scripts/" + own, "#!python\n")
                .entryPoints("[console_scripts]\ndemo = demo:main\n"));

        assertThat(installed.paths())
                .filteredOn(path -> path.startsWith("bin/"))
                .containsExactly("bin/demo");
        assertThat(installed.text("bin/demo")).contains("from demo import main");
        assertThat(installed.text(SITE + "demo-1.0.dist-info/RECORD")).doesNotContain(".data/");
    }

    @Test
    void whatGoesToLib64IsFoundInLib() throws IOException {
        assertThat(install(demo().file("DATA/data/lib64/libdemo.so", "x")).paths())
                .contains("lib/libdemo.so");
    }

    @Test
    void oneFileInTwoSchemesIsOneFile() throws IOException {
        RecordingDestination installed = install(demo().file("demo.py", "x").file("DATA/purelib/demo.py", "x"));

        assertThat(installed.paths()).containsOnlyOnce(SITE + "demo.py");
    }

    @Test
    void twoFilesForOnePlaceAreRefused() {
        refused(demo().file("demo.py", "x").file("DATA/purelib/demo.py", "y"), """
                The wheel would install two different files at lib/python3.11/site-packages/demo.py.
                  where  demo-1.0-py3-none-any.whl
                  why    which of them stays would depend on the installer""");
    }

    @Test
    void aFileThatIsADirectoryTooIsRefused() {
        refused(demo().file("demo", "x").file("DATA/purelib/demo/x.py", "y"), """
                The wheel would install lib/python3.11/site-packages/demo as a file and as a directory.
                  where  demo-1.0-py3-none-any.whl
                  why    it also installs lib/python3.11/site-packages/demo/x.py""");
    }

    @Test
    void aRecordThatLiesIsRefusedWithBothHashes() {
        byte[] content = "truth".getBytes(StandardCharsets.UTF_8);
        String truth = TestWheels.sha256(content);
        String lie = TestWheels.sha256("other".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> install(demo().file("demo.py", content).record(text -> text.replace(truth, lie))))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The file demo.py is not the one that the wheel's RECORD lists.")
                .hasMessageContaining("RECORD says " + lie + ", the file is " + truth)
                .hasMessageContaining("report it to the project that made the wheel, or lock another release");
    }

    @Test
    void aRecordThatLiesAboutWhatIsReadFirstNamesTheWheelToo() {
        String text = "[console_scripts]\ndemo = demo:main\n";
        String truth = TestWheels.sha256(text.getBytes(StandardCharsets.UTF_8));
        String lie = TestWheels.sha256(new byte[0]);

        refused(demo().entryPoints(text).record(record -> record.replace(truth, lie)), """
                The file demo-1.0.dist-info/entry_points.txt is not the one that the wheel's RECORD lists.
                  where  demo-1.0-py3-none-any.whl
                  why    RECORD says %s, the file is %s
                  do     report it to the project that made the wheel, or lock another release""".formatted(lie, truth));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATA/other/x", "DATA/x"})
    void anUnknownSchemeIsRefused(String path) {
        refused(demo().file(path, ""), """
                The wheel holds %s, whose place is not known.
                  where  demo-1.0-py3-none-any.whl
                  why    below .data there are purelib, platlib, headers, scripts and data""".formatted(path.replace("DATA", "demo-1.0.data")));
    }

    @Test
    void theDataOfAnotherWheelIsRefused() {
        refused(demo().file("other-1.0.data/scripts/x", ""), """
                The wheel holds other-1.0.data/scripts/x, outside of its own .data directory.
                  where  demo-1.0-py3-none-any.whl
                  why    installers differ on what it means; the wheel's own is demo-1.0.data""");
    }

    @Test
    void aDirectoryAmongScriptsIsRefused() {
        refused(demo().file("DATA/scripts/sub/x", ""), """
                The script name "sub/x" is not the name of a file in bin.
                  where  demo-1.0-py3-none-any.whl
                  why    it would be written elsewhere""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/python", "bin/Python3.11", "pyvenv.cfg", "lib64", "bin", "lib", "lib/python3.11"})
    void theEnvironmentsOwnFilesAreNotReplaced(String path) {
        refused(demo().file("DATA/data/" + path, ""), """
                The wheel would replace %s, which belongs to the environment itself.
                  where  demo-1.0-py3-none-any.whl""".formatted(path));
    }

    @Test
    void anEntryPointThatLeavesBinIsRefused() {
        refused(demo().entryPoints("[console_scripts]\n../../x = demo:main\n"), """
                The script name "../../x" is not the name of a file in bin.
                  where  demo-1.0-py3-none-any.whl: [console_scripts] ../../x
                  why    it would be written elsewhere""");
    }

    @Test
    void anEntryPointThatReplacesPythonIsRefused() {
        refused(demo().entryPoints("[gui_scripts]\npython3 = demo:main\n"), """
                The script name "python3" is reserved for the interpreter.
                  where  demo-1.0-py3-none-any.whl: [gui_scripts] python3
                  why    the script would replace the Python of the environment""");
    }

    @Test
    void theListOfFilesIsKnownBeforeAnyStreams() throws IOException {
        TestWheels wheel = demo().file("demo.py", "12345");
        try (Wheel open = Wheel.open(wheel.in(directory), wheel.fileName(), new Tally())) {
            List<InstalledFile> files = new InstallWheel(open, SCHEME, Optional.empty()).files();

            assertThat(files).extracting(InstalledFile::path).contains(SITE + "demo.py");
            assertThat(files)
                    .filteredOn(file -> file.path().endsWith("demo.py"))
                    .extracting(InstalledFile::size)
                    .containsExactly(5L);
        }
    }
}

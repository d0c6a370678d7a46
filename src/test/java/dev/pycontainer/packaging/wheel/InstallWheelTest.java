package dev.pycontainer.packaging.wheel;

import static org.assertj.core.api.Assertions.assertThat;

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
            new InstallWheel(open, SCHEME, directUrl, FileFilter.NONE).into(destination);
        }
        return destination;
    }

    private RecordingDestination install(TestWheels wheel) throws IOException {
        return install(wheel, Optional.empty());
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

    /** purelib and platlib are one directory in a virtual environment. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "false", "maybe", ""})
    void rootIsPurelibMakesNoDifference(String value) throws IOException {
        assertThat(install(demo().file("demo.py", "").wheelFile("Wheel-Version: 1.0\nRoot-Is-Purelib: " + value + "\n"))
                        .paths())
                .contains(SITE + "demo.py");
    }

    /** PEP 639, PEP 770, and a path file. */
    @Test
    void licencesBillsOfMaterialsAndPathFilesAreKept() throws IOException {
        assertThat(install(demo().file("demo-nspkg.pth", "import demo\n")
                                .distInfo("licenses/vendored/LICENSE.txt", "MIT")
                                .distInfo("sboms/bom.cdx.json", "{}"))
                        .paths())
                .contains(
                        SITE + "demo-nspkg.pth",
                        SITE + "demo-1.0.dist-info/licenses/vendored/LICENSE.txt",
                        SITE + "demo-1.0.dist-info/sboms/bom.cdx.json");
    }

    @Test
    void aFileWhoseNameEndsLikeADataDirectoryIsAFile() throws IOException {
        assertThat(install(demo().file("notes.data", "")).paths()).contains(SITE + "notes.data");
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
                "#!python~~print(1)~       | #!/opt/venv/bin/python~~print(1)~",
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
        assertThat(install(demo().file("DATA/scripts/run", "#!python\rprint(1)\n"))
                        .text("bin/run"))
                .isEqualTo("#!/opt/venv/bin/python\nprint(1)\n");
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
    void theListOfFilesIsKnownBeforeAnyStreams() throws IOException {
        TestWheels wheel = demo().file("demo.py", "12345");
        try (Wheel open = Wheel.open(wheel.in(directory), wheel.fileName(), new Tally())) {
            List<InstalledFile> files = new InstallWheel(open, SCHEME, Optional.empty(), FileFilter.NONE).files();

            assertThat(files).extracting(InstalledFile::path).contains(SITE + "demo.py");
            assertThat(files)
                    .filteredOn(file -> file.path().endsWith("demo.py"))
                    .extracting(InstalledFile::size)
                    .containsExactly(5L);
        }
    }
}

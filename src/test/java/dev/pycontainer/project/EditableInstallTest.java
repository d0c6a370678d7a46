package dev.pycontainer.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.wheel.EntryPoint;
import dev.pycontainer.packaging.wheel.EntryPointScript;
import dev.pycontainer.packaging.wheel.InstallScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditableInstallTest {

    private static final String SITE = "lib/python3.11/site-packages/";
    private static final InstallScheme SCHEME =
            new InstallScheme("/opt/venv", "lib/python3.11/site-packages", "/opt/venv/bin/python", "3.11");
    private static final String BUILT =
            "[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n";

    @TempDir
    Path root;

    private ProjectDirectory directory;

    @BeforeEach
    void anEmptyDirectory() {
        directory = new ProjectDirectory(root);
    }

    private List<GeneratedFile> install() {
        return new EditableInstall(SCHEME, "/app").of(directory.read(), directory.roots());
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        install().forEach(file -> texts.put(file.path(), new String(file.content(), StandardCharsets.UTF_8)));
        return texts;
    }

    @Test
    void aSrcProjectIsInstalledWithAllThatMetadataIsAskedFor() throws IOException {
        directory.pyproject("""
                        [project]
                        name = "My.App"
                        version = "01.0+Linux-1"
                        description = "not for the image"
                        readme = "README.md"
                        requires-python = ">= 3.9"
                        dependencies = ["idna >=3", "certifi; sys_platform == 'linux' or os_name == 'nt'"]
                        [project.optional-dependencies]
                        Dev_Tools = ["rich", "click>8; python_version > '3' or os_name == 'nt'", "x @ https://example.org/x.whl"]
                        [project.scripts]
                        my-app = "my_app.cli:main"
                        [project.gui-scripts]
                        my-gui = "my_app.gui:App.run"
                        [project.entry-points."my.plugins"]
                        one = "my_app"
                        """ + BUILT).files("src/my_app/__init__.py");

        Map<String, String> files = texts();

        String distInfo = SITE + "my_app-1.0+linux.1.dist-info/";
        assertThat(files.keySet())
                .containsExactly(
                        "bin/my-app",
                        "bin/my-gui",
                        SITE + "_my_app.pth",
                        distInfo + "INSTALLER",
                        distInfo + "METADATA",
                        distInfo + "RECORD",
                        distInfo + "WHEEL",
                        distInfo + "direct_url.json",
                        distInfo + "entry_points.txt");
        assertThat(files)
                .containsEntry(SITE + "_my_app.pth", "/app/src\n")
                .containsEntry(distInfo + "INSTALLER", "pycontainer")
                .containsEntry(distInfo + "METADATA", """
                        Metadata-Version: 2.1
                        Name: My.App
                        Version: 1.0+linux.1
                        Requires-Python: >=3.9
                        Requires-Dist: idna>=3
                        Requires-Dist: certifi ; sys_platform == "linux" or os_name == "nt"
                        Provides-Extra: dev-tools
                        Requires-Dist: rich ; extra == "dev-tools"
                        Requires-Dist: click>8 ; (python_version > "3" or os_name == "nt") and extra == "dev-tools"
                        Requires-Dist: x @ https://example.org/x.whl ; extra == "dev-tools"
                        """)
                .containsEntry(distInfo + "WHEEL", """
                        Wheel-Version: 1.0
                        Generator: pycontainer
                        Root-Is-Purelib: true
                        Tag: py3-none-any
                        """)
                .containsEntry(
                        distInfo + "direct_url.json", "{\"url\":\"file:///app\",\"dir_info\":{\"editable\":true}}")
                .containsEntry(distInfo + "entry_points.txt", """
                        [console_scripts]
                        my-app = my_app.cli:main

                        [gui_scripts]
                        my-gui = my_app.gui:App.run

                        [my.plugins]
                        one = my_app
                        """)
                .containsEntry(
                        "bin/my-app",
                        new String(
                                EntryPointScript.of(SCHEME, EntryPoint.parse("my_app.cli:main")),
                                StandardCharsets.UTF_8));
        assertThat(install())
                .filteredOn(GeneratedFile::executable)
                .extracting(GeneratedFile::path)
                .containsExactly("bin/my-app", "bin/my-gui");
    }

    @Test
    void recordListsEveryFileAndItself() throws IOException {
        directory
                .pyproject("[project]\nname = \"app\"\nversion = \"1\"\nscripts.run = \"app:main\"\n" + BUILT)
                .files("app.py");

        Map<String, String> files = texts();

        String record = files.get(SITE + "app-1.dist-info/RECORD");
        assertThat(record.lines().map(line -> line.substring(0, line.indexOf(','))))
                .containsExactly(
                        "../../../bin/run",
                        "_app.pth",
                        "app-1.dist-info/INSTALLER",
                        "app-1.dist-info/METADATA",
                        "app-1.dist-info/RECORD",
                        "app-1.dist-info/WHEEL",
                        "app-1.dist-info/direct_url.json",
                        "app-1.dist-info/entry_points.txt");
        String hash = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Digest.sha256().digest("/app\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(record).contains("\n_app.pth,sha256=" + hash + ",5\n").contains("\napp-1.dist-info/RECORD,,\n");
    }

    @Test
    void aProjectWithoutScriptsHasNoEntryPoints() throws IOException {
        directory
                .pyproject("[project]\nname = \"app\"\nversion = \"1\"\n" + BUILT)
                .files("app/__init__.py");

        assertThat(texts().keySet()).noneMatch(path -> path.contains("entry_points") || path.startsWith("bin/"));
    }

    @Test
    void aProjectWithoutABuildSystemIsNotInstalled() throws IOException {
        directory
                .pyproject("[project]\nname = \"app\"\nscripts.run = \"app:main\"\n")
                .files("app.py");

        assertThat(install()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scripts.run = 'app'     | The entry point \"app\" cannot be called. | project.scripts.run",
                "scripts.python = 'a:b'  | The script name \"python\" is reserved for the interpreter. | project.scripts.python",
                "scripts.'../run' = 'a:b' | The script name \"../run\" is not the name of a file in bin. | project.scripts.../run",
                "scripts.'a=b' = 'a:b'   | \"a=b\" is not a name of entry points. | project.scripts",
                "gui-scripts.run = '-'   | The entry point \"-\" cannot be called. | project.gui-scripts.run",
                "entry-points.a.b = ''   | \"\" is not an object reference of entry points. | project.entry-points.a",
                "entry-points.'a b'.c = 'd' | \"a b\" is not a group of entry points. | project.entry-points.a b",
            })
    void anEntryPointThatIsNoneIsRefused(String declared, String what, String where) throws IOException {
        directory
                .pyproject("[project]\nname = \"app\"\nversion = \"1\"\n" + declared + "\n" + BUILT)
                .files("app.py");

        assertThatThrownBy(this::install)
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(what + "\n  where  pyproject.toml: " + where);
    }

    @Test
    void oneScriptWithTwoEntryPointsIsRefused() throws IOException {
        directory
                .pyproject(
                        "[project]\nname = \"app\"\nversion = \"1\"\nscripts.run = \"a:b\"\ngui-scripts.run = \"c:d\"\n"
                                + BUILT)
                .files("app.py");

        assertThatThrownBy(this::install).isInstanceOf(BuildRefused.class).hasMessage("""
                The script "run" has two entry points.
                  where  pyproject.toml: project.gui-scripts.run
                  why    they are a:b and c:d""");
    }
}

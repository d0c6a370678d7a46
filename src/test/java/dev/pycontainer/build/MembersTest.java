package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Work;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.testkit.LayerEntries;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Other local projects that the lock asks for: one below the project, one beside it. */
class MembersTest {

    private static final String BUILT =
            "[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n";
    private static final String SITE = "opt/venv/lib/python3.11/site-packages/";

    @TempDir
    Path directory;

    private TestBuild its;

    @BeforeEach
    void aProjectWithTwoMembers() throws IOException {
        its = new TestBuild(directory);
        Files.delete(its.project.resolve("requirements.txt"));
        write("project/pylock.toml", """
                lock-version = "1.0"
                created-by = "test"

                [[packages]]
                name = "core"
                directory = { path = "libs/core", editable = true }

                [[packages]]
                name = "tools"
                directory = { path = "../tools" }
                """);
        write("project/libs/core/pyproject.toml", "[project]\nname = \"core\"\nversion = \"1.1\"\n" + BUILT);
        write("project/libs/core/src/core/__init__.py", "CORE = 1\n");
        write("project/libs/core/tests/test_core.py", "");
        write(
                "tools/pyproject.toml",
                "[project]\nname = \"Tools\"\nversion = \"2\"\nscripts = { tool = \"tools.main:run\" }\n" + BUILT);
        write("tools/tools/main.py", "def run(): print('tools')\n");
        write("tools/tools/__init__.py", "");
    }

    @AfterEach
    void stop() {
        its.close();
    }

    @Test
    void eachIsInstalledAsTheProjectIsInALayerOfItsOwn() throws IOException {
        its.build();

        assertThat(its.layers)
                .extracting(LayerBlob::kind)
                .containsExactly(LayerKind.ENVIRONMENT, LayerKind.MEMBER, LayerKind.MEMBER, LayerKind.PROJECT);
        LayerEntries core = LayerEntries.of(its.layers.get(1));
        assertThat(core.lines())
                .contains(
                        "d 0755 0:0 app",
                        "d 0755 0:0 app/libs",
                        "d 0755 0:0 app/libs/core",
                        "f 0644 0:0 app/libs/core/src/core/__init__.py",
                        "f 0644 0:0 " + SITE + "core-1.1.dist-info/METADATA")
                .noneMatch(line -> line.contains("test_core"));
        assertThat(core.text(SITE + "_core.pth")).isEqualTo("/app/libs/core/src\n");
        LayerEntries tools = LayerEntries.of(its.layers.get(2));
        assertThat(tools.lines())
                .contains(
                        "d 0755 0:0 opt/members",
                        "d 0755 0:0 opt/members/tools",
                        "f 0644 0:0 opt/members/tools/tools/main.py",
                        "f 0755 0:0 opt/venv/bin/tool");
        assertThat(tools.text(SITE + "_tools.pth")).isEqualTo("/opt/members/tools\n");
        assertThat(tools.text(SITE + "tools-2.dist-info/direct_url.json"))
                .isEqualTo("{\"url\":\"file:///opt/members/tools\",\"dir_info\":{\"editable\":true}}");
        assertThat(LayerEntries.of(its.layers.get(3)).paths())
                .as("the project's own files")
                .contains("app/app.py")
                .noneMatch(path -> path.startsWith("app/libs"));
    }

    @Test
    void theRecordNamesTheMemberOfALayer() throws IOException {
        its.build();

        assertThat(Json.read(Files.readAllBytes(its.output.resolve("image.json")), "image.json")
                        .at("/platforms/0/layers/2")
                        .toString())
                .startsWith("{\"kind\":\"member\",")
                .endsWith(",\"packages\":[{\"name\":\"core\",\"version\":\"1.1\"}]}");
    }

    @Test
    void aChangeOfOneIsAChangeOfItsLayerAlone() throws IOException {
        its.build();
        List<Digest> before = its.layerDigests();
        write("project/libs/core/src/core/__init__.py", "CORE = 2\n");

        its.build();

        assertThat(its.layerDigests().get(1)).isNotEqualTo(before.get(1));
        assertThat(its.layerDigests().get(0)).isEqualTo(before.get(0));
        assertThat(its.layerDigests().subList(2, 4)).isEqualTo(before.subList(2, 4));
    }

    @Test
    void aCommandMayBeTheScriptOrTheModuleOfAMember() throws IOException {
        its.run = "tool";
        assertThat(built("/platforms/0/digest")).startsWith("sha256:");

        its.run = "core";
        assertThat(built("/platforms/0/digest")).startsWith("sha256:");
    }

    @Test
    void aWheelOfAMemberInTheWheelhouseIsInstalledInstead() throws IOException {
        its.wheelhouse(TestWheels.named("core", "1.1").file("core/__init__.py", "BUILT = 1\n"));

        its.build();

        assertThat(its.layers)
                .extracting(LayerBlob::kind)
                .containsExactly(LayerKind.ENVIRONMENT, LayerKind.DEPENDENCIES, LayerKind.MEMBER, LayerKind.PROJECT);
        assertThat(LayerEntries.of(its.layers.get(1)).text(SITE + "core/__init__.py"))
                .isEqualTo("BUILT = 1\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aWheelInTheWheelhouseThatHasNotChangedIsNotReadAgain() throws IOException {
        byte[] data = new byte[20 << 20];
        new Random(1).nextBytes(data);
        its.wheelhouse(TestWheels.named("core", "1.1").file("core/data.bin", data));
        its.build();
        write("project/app.py", "print('two')\n");
        long before = bytesRead();

        its.build();

        assertThat(its.unchanged).isFalse();
        assertThat(its.count(Work.PROJECT_FILES_READ)).isEqualTo(1);
        assertThat(bytesRead() - before).isLessThan(data.length);
    }

    /** What this process has read so far, by Linux's own account. */
    private static long bytesRead() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/io")).stream()
                .filter(line -> line.startsWith("rchar: "))
                .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMemberThatMustBeBuiltIsRefusedWithTheWayOut() throws IOException {
        write("tools/pyproject.toml", """
                [project]
                name = "tools"
                version = "2"
                [build-system]
                requires = ["maturin"]
                build-backend = "maturin"
                """);

        assertRefused(
                "The build backend \"maturin\" is not one that pycontainer can stand in for.",
                "where  \"tools\" in " + directory.resolve("tools") + ": pyproject.toml: build-system.build-backend",
                "do     build a wheel of it, and put it into a directory that python.wheelhouse names");
    }

    @Test
    void aMemberThatIsNoPackageIsRefused() throws IOException {
        write("tools/pyproject.toml", "[project]\nname = \"tools\"\nversion = \"2\"\n");

        assertRefused(
                "The local project \"tools\" cannot be installed.",
                "why    the lock asks for it to be installed, and it has no [build-system]",
                "do     write [build-system] and lock again, or build a wheel of it, and put it into a directory that"
                        + " python.wheelhouse names");
    }

    @Test
    void aMemberOfAnotherNameIsRefused() throws IOException {
        write("tools/pyproject.toml", "[project]\nname = \"toolbox\"\nversion = \"2\"\n" + BUILT);

        assertRefused(
                "The local project is called \"toolbox\", the lock knows it as \"tools\".",
                "where  \"tools\" in " + directory.resolve("tools"),
                "do     lock again");
    }

    @Test
    void aMemberForAnotherPythonIsRefused() throws IOException {
        write(
                "tools/pyproject.toml",
                "[project]\nname = \"tools\"\nversion = \"2\"\nrequires-python = \">=3.12\"\n" + BUILT);

        assertRefused(
                "The local project \"tools\" needs Python >=3.12, the base has 3.11.2.",
                "do     choose a base with such a Python as from.image");
    }

    @Test
    void aMemberThatIsNotThereIsRefused() throws IOException {
        Files.delete(directory.resolve("tools/pyproject.toml"));

        assertRefused("There is no Python project in " + directory.resolve("tools") + ".");
    }

    @Test
    void theProjectCannotHaveThePlaceOfItsMembers() throws IOException {
        its.appRoot = "/opt/members/shop";

        assertRefused(
                "Other local projects have their place in /opt/members of the image.",
                "why    the project's directory or the virtual environment is /opt/members/shop",
                "do     set container.appRoot and python.prefix to other directories");
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(its::build).hasMessageContainingAll(parts);
    }

    private String built(String pointer) throws IOException {
        its.build();
        return Json.read(Files.readAllBytes(its.output.resolve("image.json")), "image.json")
                .at(pointer)
                .stringValue();
    }

    private void write(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

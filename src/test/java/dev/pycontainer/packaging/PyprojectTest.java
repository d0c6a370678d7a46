package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PyprojectTest {

    private static Pyproject parse(String text) {
        return Pyproject.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The specification's own example, "Example", without its description for readers. */
    private static final String EXAMPLE = """
            [build-system]
            requires = ["hatchling"]
            build-backend = "hatchling.build"

            [project]
            name = "Spam.Eggs"
            version = "2020.0.0"
            requires-python = ">=3.8"
            dependencies = [
              "httpx",
              "gidgethub[httpx]>4.0.0",
              "django>2.1; os_name != 'nt'",
            ]
            # dynamic = ["version", "description"]

            [project.optional-dependencies]
            gui = ["PyQt5"]
            cli_Extra = [
              "rich",
              "click",
            ]

            [project.urls]
            Homepage = "https://example.com"

            [project.scripts]
            spam-cli = "spam:main_cli"

            [project.gui-scripts]
            spam-gui = "spam:main_gui"

            [project.entry-points."spam.magical"]
            tomatoes = "spam:main_tomatoes"
            """;

    @Test
    void theSpecificationsExampleIsRead() {
        Pyproject pyproject = parse(EXAMPLE);

        assertThat(pyproject.name()).contains("Spam.Eggs");
        assertThat(pyproject.version()).contains(Version.parse("2020.0.0"));
        assertThat(pyproject.requiresPython()).map(SpecifierSet::toString).contains(">=3.8");
        assertThat(pyproject.dependencies())
                .extracting(Requirement::toString)
                .containsExactly("httpx", "gidgethub[httpx]>4.0.0", "django>2.1 ; os_name != \"nt\"");
        assertThat(pyproject.optionalDependencies().keySet()).containsExactly("gui", "cli-extra");
        assertThat(pyproject.optionalDependencies().get("cli-extra"))
                .extracting(Requirement::toString)
                .containsExactly("rich", "click");
        assertThat(pyproject.scripts()).isEqualTo(Map.of("spam-cli", "spam:main_cli"));
        assertThat(pyproject.guiScripts()).isEqualTo(Map.of("spam-gui", "spam:main_gui"));
        assertThat(pyproject.entryPoints()).isEqualTo(Map.of("spam.magical", Map.of("tomatoes", "spam:main_tomatoes")));
        assertThat(pyproject.dynamic()).isEmpty();
        assertThat(pyproject.buildSystem().orElseThrow().backend()).isEqualTo("hatchling.build");
        assertThat(pyproject.tree().at("/project/urls/Homepage").asString()).isEqualTo("https://example.com");
    }

    @Test
    void aFileOfToolsAloneHasNoProject() {
        Pyproject pyproject = parse("[tool.ruff]\nline-length = 100\n");

        assertThat(pyproject.hasProject()).isFalse();
        assertThat(pyproject.name()).isEmpty();
        assertThat(pyproject.buildSystem()).isEmpty();
        Collection<String> tools = pyproject.read(file -> file.table("tool").keys());
        assertThat(tools).containsExactly("ruff");
    }

    @Test
    void anEmptyNameOrVersionIsNone() {
        Pyproject pyproject = parse("[project]\nname = \"\"\nversion = \"\"\n");

        assertThat(pyproject.hasProject()).isTrue();
        assertThat(pyproject.name()).isEmpty();
        assertThat(pyproject.version()).isEmpty();
    }

    @Test
    void withoutABackendItIsSetuptools() {
        BuildSystem system = parse("[build-system]\nrequires = [\"setuptools\", \"wheel\"]\n")
                .buildSystem()
                .orElseThrow();

        assertThat(system.backend()).isEqualTo("setuptools.build_meta:__legacy__");
        assertThat(system.requires()).hasSize(2);
        assertThat(system.backendPath()).isEmpty();
    }

    @Test
    void aByteOrderMarkDoesNotMatter() {
        assertThat(parse("\uFEFF[project]\nname = \"a\"\n").name()).contains("a");
    }

    @Test
    void aDirectoryWithoutTheFileHasNone(@TempDir Path directory) throws IOException {
        assertThat(Pyproject.in(new Disk(), directory)).isEmpty();

        Files.writeString(directory.resolve("pyproject.toml"), EXAMPLE);
        assertThat(Pyproject.in(new Disk(), directory)).isPresent();
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> {
                    Pyproject pyproject = parse(text);
                    pyproject.name();
                    pyproject.version();
                    pyproject.requiresPython();
                    pyproject.scripts();
                    pyproject.entryPoints();
                    pyproject.dependencies();
                    pyproject.optionalDependencies();
                    pyproject.buildSystem();
                })
                .isInstanceOf(BuildRefused.class)
                .hasMessage(message.stripTrailing());
    }

    /** As uv reads it; the grammar wants a blank before the semicolon. */
    @Test
    void aMarkerMayBeginAtTheVeryEndOfAUrl() {
        String url = "https://forge.example/a;b.zip";
        Pyproject pyproject = parse("""
                [project]
                name = "app"
                dependencies = ["a @ %1$s; os_name == 'nt'", "b @ %1$s;", "c @ %1$s; ; os_name == 'nt'"]
                [dependency-groups]
                dev = ["a @ %1$s; os_name == 'nt'"]
                """.formatted(url));

        assertThat(pyproject.dependencies())
                .extracting(requirement -> requirement.url().orElse("") + " "
                        + requirement.marker().map(Marker::toString).orElse(""))
                .containsExactly(url + " os_name == \"nt\"", url + "; ", url + "; os_name == \"nt\"");
        assertThat(pyproject.dependencyGroups().get("dev"))
                .extracting(Requirement::toString)
                .containsExactly(pyproject.dependencies().get(0).toString());
    }

    @Test
    void aProjectMayHaveNoName() {
        Pyproject pyproject = parse("[project]\nrequires-python = \">=3.11\"\n");

        assertThat(pyproject.hasProject()).isTrue();
        assertThat(pyproject.name()).isEmpty();
        assertThat(pyproject.requiresPython()).hasToString("Optional[>=3.11]");
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertRefused("[project]\nname = \"-a\"\n", """
                "-a" is not a package name.
                  where  pyproject.toml: project.name
                  why    a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit
                """);
    }

    @Test
    void aVersionThatIsNoneIsRefused() {
        assertThatThrownBy(() ->
                        parse("[project]\nname = \"a\"\nversion = \"one\"\n").version())
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("where  pyproject.toml: project.version");
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        assertRefused("[project]\nname = \"a\"\nversion = 1.10\n", """
                "version" is not a string.
                  where  pyproject.toml: project.version
                """);
        assertRefused("[project]\nname = \"a\"\ndependencies = \"b\"\n", """
                "dependencies" is not an array of strings.
                  where  pyproject.toml: project.dependencies
                """);
        assertRefused("[project]\nname = \"a\"\ndependencies = [1]\n", """
                "dependencies" is not an array of strings.
                  where  pyproject.toml: project.dependencies
                """);
        assertRefused("project = \"a\"\n", """
                "project" is not a table.
                  where  pyproject.toml: project
                """);
        assertRefused("[project]\nname = \"a\"\nscripts.run = 1\n", """
                "run" is not a string.
                  where  pyproject.toml: project.scripts.run
                """);
    }

    @Test
    void aFieldThatIsBothStaticAndDynamicIsRefused() {
        assertRefused("[project]\nname = \"a\"\nversion = \"1\"\ndynamic = [\"version\"]\n", """
                "version" is both given and listed as dynamic.
                  where  pyproject.toml: project.version
                  do     remove one of the two
                """);
    }

    @Test
    void scriptsAmongTheEntryPointsAreRefused() {
        assertRefused("[project]\nname = \"a\"\n[project.entry-points.console_scripts]\nrun = \"a:b\"\n", """
                The scripts stand in the wrong table.
                  where  pyproject.toml: project.entry-points.console_scripts
                  do     move them to [project.scripts]
                """);
        assertRefused("[project]\nname = \"a\"\n[project.entry-points.gui_scripts]\nrun = \"a:b\"\n", """
                The scripts stand in the wrong table.
                  where  pyproject.toml: project.entry-points.gui_scripts
                  do     move them to [project.gui-scripts]
                """);
    }

    @Test
    void twoSpellingsOfOneExtraAreRefused() {
        assertRefused("[project]\nname = \"a\"\n[project.optional-dependencies]\na-b = []\na_B = []\n", """
                The extra "a-b" stands there twice.
                  where  pyproject.toml: project.optional-dependencies.a_B
                """);
    }

    @Test
    void aRequirementThatCannotBeReadIsShown() {
        assertThatThrownBy(() -> parse("[project]\nname = \"a\"\ndependencies = [\"b >=\"]\n")
                        .dependencies())
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("where  pyproject.toml: project.dependencies")
                .hasMessageContaining("^");
    }

    @Test
    void whatIsNotTomlIsRefused() {
        assertThatThrownBy(() -> parse("[project]\nname = \n"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The file is not valid TOML.\n  where  pyproject.toml\n  why    ")
                .hasMessageContaining("near line");
        assertThatThrownBy(() -> Pyproject.parse(new byte[] {'a', '=', '"', (byte) 0xe9, '"'}))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The file is not valid TOML.
                          where  pyproject.toml
                          why    it is not encoded in UTF-8""");
        assertThatThrownBy(() -> parse("a = " + "[".repeat(5000) + "]".repeat(5000)))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The file is not valid TOML.");
    }
}

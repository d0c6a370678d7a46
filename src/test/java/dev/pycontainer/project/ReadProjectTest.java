package dev.pycontainer.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadProjectTest {

    private static final String BUILT =
            "[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n";

    @TempDir
    Path root;

    private ProjectDirectory directory;

    @BeforeEach
    void anEmptyDirectory() {
        directory = new ProjectDirectory(root);
    }

    private Project read(String pyproject) throws IOException {
        return directory.pyproject(pyproject).read();
    }

    private void assertRefused(String pyproject, String message) throws IOException {
        directory.pyproject(pyproject);
        assertThatThrownBy(directory::read).isInstanceOf(BuildRefused.class).hasMessage(message.stripTrailing());
    }

    @Test
    void aProjectWithABuildSystemIsInstalled() throws IOException {
        Project project =
                read("[project]\nname = \"My.App\"\nversion = \"1.0\"\nrequires-python = \">=3.11\"\n" + BUILT);

        assertThat(project.name()).isEqualTo("My.App");
        assertThat(project.version()).contains(Version.parse("1.0"));
        assertThat(project.requiresPython()).map(SpecifierSet::toString).contains(">=3.11");
        assertThat(project.isInstalled()).isTrue();
        assertThat(project.directory()).isEqualTo(root);
    }

    @Test
    void aProjectWithoutABuildSystemIsOnlyCopiedAndNeedsNoVersion() throws IOException {
        Project project = read("[project]\nname = \"app\"\n");

        assertThat(project.isInstalled()).isFalse();
        assertThat(project.version()).isEmpty();
    }

    @Test
    void requirementsAloneAreAProjectNamedByTheCaller() throws IOException {
        directory.files("requirements.txt");

        Project project = directory.read();

        assertThat(project.name()).isEqualTo("artifact");
        assertThat(project.isInstalled()).isFalse();
        assertThat(project.pyproject()).isEmpty();
        assertThat(project.requiresPython()).isEmpty();
    }

    @Test
    void aPyprojectOfToolsAloneIsNamedByTheCaller() throws IOException {
        Project project = read("[tool.ruff]\nline-length = 100\n");

        assertThat(project.name()).isEqualTo("artifact");
        assertThat(project.pyproject()).isPresent();
    }

    @Test
    void aDirectoryWithoutAProjectIsRefused() {
        assertThat(ReadProject.isProject(root)).isFalse();
        assertThatThrownBy(directory::read).isInstanceOf(BuildRefused.class).hasMessage("""
                There is no Python project in %s.
                  why    it holds neither pyproject.toml nor requirements.txt
                  do     name the project's directory as python.project""".formatted(root));
    }

    @Test
    void aDynamicVersionIsRefused() throws IOException {
        assertRefused("[project]\nname = \"app\"\ndynamic = [\"version\"]\n" + BUILT, """
                The project's version is not known.
                  where  pyproject.toml: project.version
                  why    it is listed as dynamic: known to the build backend alone, which pycontainer does not run
                  do     write version = "…" below [project], or set the parameter python.projectVersion
                """);
    }

    @Test
    void anInstalledProjectWithoutAVersionIsRefused() throws IOException {
        assertRefused("[project]\nname = \"app\"\n" + BUILT, """
                The project's version is not known.
                  where  pyproject.toml: project.version
                  why    it is missing
                  do     write version = "…" below [project], or set the parameter python.projectVersion
                """);
    }

    @Test
    void theParameterStandsInForADynamicVersion() throws IOException {
        directory.pyproject("[project]\nname = \"app\"\ndynamic = [\"version\"]\n" + BUILT);

        assertThat(new ReadProject("artifact", Optional.of("1.0rc1")).from(root).version())
                .contains(Version.parse("1.0rc1"));
        assertThatThrownBy(() -> new ReadProject("artifact", Optional.of("newest")).from(root))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("where  python.projectVersion");
    }

    @Test
    void twoVersionsAreRefused() throws IOException {
        directory.pyproject("[project]\nname = \"app\"\nversion = \"1.0\"\n" + BUILT);

        assertThat(new ReadProject("artifact", Optional.of("1.0.0")).from(root).version())
                .isPresent();
        assertThatThrownBy(() -> new ReadProject("artifact", Optional.of("2.0")).from(root))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The project has the version 1.0, and python.projectVersion is 2.0.
                          where  pyproject.toml: project.version
                          do     remove python.projectVersion, or list the version as dynamic in pyproject.toml""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dependencies", "optional-dependencies", "scripts", "entry-points", "requires-python"})
    void dynamicMetadataThatTheEnvironmentNeedsIsRefused(String field) throws IOException {
        assertRefused(
                "[project]\nname = \"app\"\nversion = \"1\"\ndynamic = [\"readme\", \"" + field + "\"]\n" + BUILT,
                """
                The project's %1$s are known to the build backend alone.
                  where  pyproject.toml: project.dynamic
                  why    "%1$s" is listed as dynamic, and pycontainer runs no build backend
                  do     write %1$s down below [project], or leave out [build-system], so that its files are only copied; a later version will take the project's own wheel (python.wheel)
                """.formatted(field));
    }

    @Test
    void dynamicMetadataForReadersDoesNotMatter() throws IOException {
        assertThat(read("[project]\nname = \"app\"\nversion = \"1\"\ndynamic = [\"readme\", \"classifiers\"]\n" + BUILT)
                        .isInstalled())
                .isTrue();
    }

    @Test
    void metadataForPoetryAloneIsRefused() throws IOException {
        assertRefused("[tool.poetry]\nname = \"app\"\nversion = \"1\"\n", """
                The project is not described in [project].
                  where  pyproject.toml
                  why    [tool.poetry] is read by Poetry alone; Poetry itself reads [project] since version 2.0
                  do     write [project] with name, version, dependencies and scripts
                """);
    }

    @Test
    void metadataElsewhereIsRefused() throws IOException {
        assertRefused("[build-system]\nrequires = [\"setuptools\"]\n", """
                The project is not described in [project].
                  where  pyproject.toml
                  why    [build-system] says that it is built into a package, whose name and version are known to the build backend alone
                  do     write [project] with name, version, dependencies and scripts
                """);
    }

    @Test
    void theProjectsToolMaySayThatItIsNotInstalled() throws IOException {
        String project = "[project]\nname = \"app\"\nversion = \"1\"\n" + BUILT;

        assertThat(read(project + "[tool.uv]\npackage = false\n").isInstalled()).isFalse();
        assertThat(read(project + "[tool.poetry]\npackage-mode = false\n").isInstalled())
                .isFalse();
        assertThat(read(project + "[tool.uv]\npackage = true\n").isInstalled()).isTrue();
        assertRefused("[project]\nname = \"app\"\n[tool.uv]\npackage = true\n", """
                The project is to be installed but says not how it is built.
                  where  pyproject.toml: tool.uv.package
                  do     write [build-system], or remove tool.uv.package
                """);
    }

    @Test
    void aWorkspaceIsRefused() throws IOException {
        assertRefused("[project]\nname = \"app\"\n[tool.uv.workspace]\nmembers = [\"packages/*\"]\n", """
                The project is a workspace.
                  where  pyproject.toml: tool.uv.workspace
                  why    projects of several members cannot be built yet
                  do     let python.project name a project that stands alone, with a lock file of its own
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lib = { path = \"../lib\" }",
                "lib = { workspace = true }",
                "lib = [{ index = \"own\", marker = \"sys_platform == 'linux'\" }, { path = \"../lib\" }]",
            })
    void aMemberAmongTheSourcesIsRefused(String source) throws IOException {
        assertRefused(
                "[project]\nname = \"app\"\n[tool.uv.sources]\nother = { git = \"https://example.org/x\" }\n" + source
                        + "\n",
                """
                The dependency "lib" is another local project.
                  where  pyproject.toml: tool.uv.sources.lib
                  why    projects of several members cannot be built yet
                  do     depend on a released version of it
                """);
    }

    @Test
    void aMemberByPathIsRefused() throws IOException {
        assertRefused("[project]\nname = \"app\"\ndependencies = [\"lib @ file:///srv/lib\"]\n", """
                The dependency "lib" is another local project.
                  where  pyproject.toml: project.dependencies
                  why    projects of several members cannot be built yet
                  do     depend on a released version of it
                """);
        assertRefused(
                "[project]\nname = \"app\"\n[tool.poetry.dependencies]\npython = \"^3.11\"\nlib = { path = \"../lib\" }\n",
                """
                The dependency "lib" is another local project.
                  where  pyproject.toml: tool.poetry.dependencies.lib
                  why    projects of several members cannot be built yet
                  do     depend on a released version of it
                """);
    }
}

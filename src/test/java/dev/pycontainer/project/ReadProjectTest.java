package dev.pycontainer.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadProjectTest {

    private static final String BUILT =
            "[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n";

    private static final String POETRY =
            "[build-system]\nrequires = [\"poetry-core\"]\nbuild-backend = \"poetry.core.masonry.api\"\n";

    private static final String EXTRAS = """
            [project]
            name = "app"
            version = "1"
            [project.optional-dependencies]
            pretty = ["rich>=13"]
            """;

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

    /** In the wild: beside a {@code requirements.txt}, the Python that linters are to expect. */
    @Test
    void aNameIsNeededByAPackageAlone() throws IOException {
        String nameless = "[project]\nrequires-python = \">=3.11\"\n";

        assertThat(read(nameless).name()).isEqualTo("artifact");
        assertThat(read(nameless).isInstalled()).isFalse();
        assertThat(read(nameless).requiresPython()).hasToString("Optional[>=3.11]");
        assertRefused(nameless + BUILT, """
                The project has no name.
                  where  pyproject.toml: project.name
                  do     write name = "…" below [project]
                """);
    }

    /** In the wild: pdm begins an application with an empty name and version. */
    @Test
    void anEmptyNameIsNoneAndNeededByAPackageAlone() throws IOException {
        String empty = "[project]\nname = \"\"\nversion = \"\"\n";
        Project project = read(empty);

        assertThat(project.name()).isEqualTo("artifact");
        assertThat(project.version()).isEmpty();
        assertThat(project.isInstalled()).isFalse();
        assertRefused(empty + BUILT, """
                The project has no name.
                  where  pyproject.toml: project.name
                  do     write name = "…" below [project]
                """);
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
        assertThat(ReadProject.isProject(new Disk(), root)).isFalse();
        assertThatThrownBy(directory::read).isInstanceOf(BuildRefused.class).hasMessage("""
                There is no Python project in %s.
                  why    it holds neither pyproject.toml nor a lock file, such as requirements.txt
                  do     name the project's directory as python.project, or its lock as python.lock""".formatted(root));
        assertThatThrownBy(() -> new ReadProject(new Disk(), "artifact", Optional.empty())
                        .from(root.resolve("absent"), Optional.of(Path.of("all.txt"))))
                .hasMessageStartingWith("There is no Python project in ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pipfile", "Pipfile.lock", "pylock.toml", "pylock.prod.toml", "requirements.txt"})
    void aLockMakesADirectoryAProject(String file) throws IOException {
        directory.file(file, "");

        assertThat(ReadProject.isProject(new Disk(), root)).isTrue();
        assertThat(directory.read().name()).isEqualTo("artifact");
    }

    @Test
    void aLockThatIsNamedMakesADirectoryAProject() {
        Project project = new ReadProject(new Disk(), "artifact", Optional.empty())
                .from(root, Optional.of(Path.of("requirements", "production.txt")));

        assertThat(project.name()).isEqualTo("artifact");
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

        assertThat(new ReadProject(new Disk(), "artifact", Optional.of("1.0rc1"))
                        .from(root)
                        .version())
                .contains(Version.parse("1.0rc1"));
        assertThatThrownBy(() -> new ReadProject(new Disk(), "artifact", Optional.of("newest")).from(root))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("where  python.projectVersion");
    }

    @Test
    void twoVersionsAreRefused() throws IOException {
        directory.pyproject("[project]\nname = \"app\"\nversion = \"1.0\"\n" + BUILT);

        assertThat(new ReadProject(new Disk(), "artifact", Optional.of("1.0.0"))
                        .from(root)
                        .version())
                .isPresent();
        assertThatThrownBy(() -> new ReadProject(new Disk(), "artifact", Optional.of("2.0")).from(root))
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
    void poetrysOwnTablesDescribeAProject() throws IOException {
        Project project = read("""
                [tool.poetry]
                name = "My.App"
                version = "1.0"
                [tool.poetry.dependencies]
                python = "^3.11"
                httpx = "^0.27"
                [tool.poetry.scripts]
                run = "app:main"
                """ + POETRY);

        assertThat(project.name()).isEqualTo("My.App");
        assertThat(project.version()).contains(Version.parse("1.0"));
        assertThat(project.requiresPython()).map(SpecifierSet::toString).contains(">=3.11,<4.0");
        assertThat(project.isInstalled()).isTrue();
        assertThat(project.pyproject().orElseThrow().scripts()).containsExactly(Map.entry("run", "app:main"));
        assertThat(project.pyproject().orElseThrow().dependencies())
                .extracting(Requirement::toString)
                .containsExactly("httpx>=0.27,<0.28");
    }

    @Test
    void whatStandsInProjectCountsFirst() throws IOException {
        Project project = read("""
                [project]
                name = "app"
                version = "1"
                requires-python = ">=3.11"
                dependencies = ["httpx>=0.27"]
                scripts.run = "app:main"
                entry-points."app.plugins".a = "app:a"
                [tool.poetry]
                name = "other"
                version = "2"
                scripts.other = "app:other"
                plugins."app.plugins".b = "app:b"
                [tool.poetry.dependencies]
                python = "^3.8"
                httpx = "<1"
                """ + POETRY);
        Pyproject described = project.pyproject().orElseThrow();

        assertThat(project.name()).isEqualTo("app");
        assertThat(project.version()).contains(Version.parse("1"));
        assertThat(project.requiresPython()).map(SpecifierSet::toString).contains(">=3.11");
        assertThat(described.dependencies()).extracting(Requirement::toString).containsExactly("httpx>=0.27");
        assertThat(described.scripts()).containsExactly(Map.entry("run", "app:main"));
        assertThat(described.entryPoints()).containsExactly(Map.entry("app.plugins", Map.of("a", "app:a")));
    }

    /** What Poetry's tables add to a requirement is for locking. */
    @Test
    void extrasOfProjectCountFirst() throws IOException {
        Pyproject described = read(EXTRAS + "[tool.poetry.dependencies]\nrich = \"<14\"\nhttpx = \"*\"\n" + POETRY)
                .pyproject()
                .orElseThrow();

        assertThat(described.dependencies()).isEmpty();
        assertThat(described.optionalDependencies().get("pretty"))
                .extracting(Requirement::toString)
                .containsExactly("rich>=13");
    }

    @Test
    void whatIsDynamicStandsInPoetrysTables() throws IOException {
        Pyproject described = read(EXTRAS.replace(
                                "version = \"1\"", "dynamic = [\"version\", \"dependencies\", \"readme\"]")
                        + "[tool.poetry]\nversion = \"2\"\n[tool.poetry.dependencies]\nhttpx = \"^0.27\"\n" + POETRY)
                .pyproject()
                .orElseThrow();

        assertThat(described.version()).contains(Version.parse("2"));
        assertThat(described.dynamic()).containsExactly("readme");
        assertThat(described.dependencies()).extracting(Requirement::toString).containsExactly("httpx>=0.27,<0.28");
        assertThat(described.optionalDependencies().get("pretty"))
                .extracting(Requirement::toString)
                .containsExactly("rich>=13");
    }

    /** As in Poetry, which takes no extras from its own tables beside those of the standard. */
    @Test
    void dynamicExtrasAreNone() throws IOException {
        Pyproject described = read("""
                        [project]
                        name = "app"
                        version = "1"
                        dependencies = ["httpx>=0.27"]
                        dynamic = ["optional-dependencies"]
                        [tool.poetry]
                        extras.pretty = ["rich"]
                        dependencies.rich = { version = "*", optional = true }
                        """ + POETRY).pyproject().orElseThrow();

        assertThat(described.dependencies()).extracting(Requirement::toString).containsExactly("httpx>=0.27");
        assertThat(described.optionalDependencies()).isEmpty();
    }

    @Test
    void poetrysPluginsAreEntryPoints() throws IOException {
        Pyproject described = read("""
                        [tool.poetry]
                        name = "app"
                        version = "1"
                        dependencies.python = "*"
                        scripts.run = "app:main"
                        plugins.console_scripts.more = "app:more"
                        plugins."app.plugins".a = "app:a"
                        """ + POETRY).pyproject().orElseThrow();

        assertThat(described.scripts()).containsOnly(Map.entry("run", "app:main"), Map.entry("more", "app:more"));
        assertThat(described.entryPoints()).containsExactly(Map.entry("app.plugins", Map.of("a", "app:a")));
        assertThat(described.requiresPython()).isEmpty();
    }

    @Test
    void aPoetryProjectThatIsNotBuiltHasItsNameAllTheSame() throws IOException {
        Project project = read("[tool.poetry]\nname = \"app\"\nversion = \"1\"\n");

        assertThat(project.name()).isEqualTo("app");
        assertThat(project.version()).contains(Version.parse("1"));
        assertThat(project.isInstalled()).isFalse();
    }

    @Test
    void aPoetryProjectThatIsNoPackageIsOnlyCopied() throws IOException {
        Project project = read("[tool.poetry]\npackage-mode = false\n[tool.poetry.dependencies]\nhttpx = \"*\"\n");

        assertThat(project.name()).isEqualTo("artifact");
        assertThat(project.isInstalled()).isFalse();
    }

    @Test
    void anotherBackendsProjectIsNotPoetrysToDescribe() throws IOException {
        Project project = read("[project]\nname = \"app\"\nversion = \"1\"\n[tool.poetry]\nversion = \"2\"\n"
                + "[tool.poetry.scripts]\nrun = \"app:main\"\n" + BUILT);

        assertThat(project.version()).contains(Version.parse("1"));
        assertThat(project.pyproject().orElseThrow().scripts()).isEmpty();
    }

    @Test
    void whatIsWrongInPoetrysTablesIsToldThere() throws IOException {
        assertRefused("[tool.poetry]\nname = \"app\"\n" + POETRY, """
                The project's version is not known.
                  where  pyproject.toml: tool.poetry.version
                  why    it is missing
                  do     write version = "…" below [tool.poetry], or set the parameter python.projectVersion
                """);
        assertRefused("[tool.poetry]\nname = \"app\"\nversion = \"one\"\n" + POETRY, """
                "one" is not a version.
                  where  pyproject.toml: tool.poetry.version
                  why    PEP 440 wants [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]
                """);
        assertRefused("[project]\nname = \"app\"\nversion = \"one\"\n[tool.poetry]\n" + POETRY, """
                "one" is not a version.
                  where  pyproject.toml: project.version
                  why    PEP 440 wants [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]
                """);
        assertRefused("[project]\nname = \"app\"\ndynamic = [\"version\"]\n[tool.poetry]\n" + POETRY, """
                The project's version is not known.
                  where  pyproject.toml: project.version
                  why    it is listed as dynamic: known to the build backend alone, which pycontainer does not run
                  do     write version = "…" below [project], or set the parameter python.projectVersion
                """);
        assertRefused("[tool.poetry]\nversion = \"1\"\n" + POETRY, """
                The project has no name.
                  where  pyproject.toml: tool.poetry.name
                  do     write name = "…" below [tool.poetry]
                """);
        assertRefused(
                "[tool.poetry]\nname = \"app\"\nversion = \"1\"\nscripts.run = { reference = \"run.sh\", type = \"file\" }\n"
                        + POETRY,
                """
                A script of the project is a file, which only its build backend can install.
                  where  pyproject.toml: tool.poetry.scripts.run.type
                  why    pycontainer makes the scripts of entry points alone
                  do     leave out [build-system], so that its files are only copied; a later version will take the project's own wheel (python.wheel)
                """);
        assertRefused(
                "[tool.poetry]\nname = \"app\"\nversion = \"1\"\nscripts.run = { type = \"console\" }\n" + POETRY, """
                The script "run" says not what it runs.
                  where  pyproject.toml: tool.poetry.scripts.run
                  do     write reference = "module:function"
                """);
        assertRefused(
                "[tool.poetry]\nname = \"app\"\nversion = \"1\"\n[tool.poetry.dependencies]\nhttpx = \"about 3\"\n"
                        + POETRY,
                """
                The version constraint "about 3" cannot be read.
                  where  pyproject.toml: tool.poetry.dependencies.httpx.version
                  why    "about" is not a version constraint: Poetry knows ^, ~, ~=, ==, !=, <, <=, >, >= before a version, and wildcards such as 1.*
                  do     correct it and run `poetry lock`
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
        assertThat(read(project + "[tool.pdm]\ndistribution = false\n").isInstalled())
                .isFalse();
        assertThat(read(project + "[tool.pdm]\npackage-type = \"application\"\n")
                        .isInstalled())
                .isFalse();
        assertThat(read(project + "[tool.pdm]\ndistribution = true\n").isInstalled())
                .isTrue();
        assertThat(read(project + "[tool.uv]\npackage = true\n").isInstalled()).isTrue();
        assertRefused("[project]\nname = \"app\"\n[tool.uv]\npackage = true\n", """
                The project is to be installed but says not how it is built.
                  where  pyproject.toml: tool.uv.package
                  do     write [build-system], or remove tool.uv.package
                """);
    }

    // As pdm wrote [project] for what is no package.
    @Test
    void aProjectOfPdmWhoseNameIsEmptyIsOnlyCopied() throws IOException {
        String project = "[project]\nname = \"\"\nversion = \"\"\n" + BUILT;

        assertThat(read(project + "[tool.pdm]\n").isInstalled()).isFalse();
        assertThat(read(project + "[tool.pdm]\n").name()).isEqualTo("artifact");
        assertRefused(project, """
                The project has no name.
                  where  pyproject.toml: project.name
                  do     write name = "…" below [project]
                """);
    }

    @Test
    void aDependencyThatIsNamedByItsPlaceOnThisMachineIsRefused() throws IOException {
        assertRefused("[project]\nname = \"app\"\ndependencies = [\"lib @ file:///srv/lib\"]\n", """
                The dependency "lib" is named by its place on this machine.
                  where  pyproject.toml: project.dependencies
                  why    no other machine has it there
                  do     write "lib" alone, and its relative path where the project's tool has its sources, such as [tool.uv.sources]
                """);
    }
}

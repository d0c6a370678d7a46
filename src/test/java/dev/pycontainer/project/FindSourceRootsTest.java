package dev.pycontainer.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindSourceRootsTest {

    private static final String PROJECT = "[project]\nname = \"My-App\"\nversion = \"1\"\n";

    @TempDir
    Path root;

    private ProjectDirectory directory;

    @BeforeEach
    void anEmptyDirectory() {
        directory = new ProjectDirectory(root);
    }

    /** A project built by this backend, with more of pyproject.toml; in it {@code ;} ends a line. */
    private ProjectDirectory builtBy(String backend, String more) throws IOException {
        String distribution = switch (backend) {
            case "hatchling.build" -> "hatchling";
            case "setuptools.build_meta" -> "setuptools>=77";
            case "flit_core.buildapi" -> "flit_core >=3.11,<4";
            case "poetry.core.masonry.api" -> "poetry-core>=2";
            case "pdm.backend" -> "pdm-backend";
            default -> "uv_build>=0.7,<0.9";
        };
        return directory.pyproject(PROJECT + "[build-system]\nrequires = [\"" + distribution + "\"]\nbuild-backend = \""
                + backend + "\"\n" + (more == null ? "" : more.replace("; ", "\n") + "\n"));
    }

    @Test
    void aProjectThatIsOnlyCopiedHasNone() throws IOException {
        directory.pyproject(PROJECT).files("my_app/__init__.py");

        assertThat(directory.roots().directories()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the src layout
                "hatchling.build         | | src/my_app/__init__.py | src",
                "setuptools.build_meta   | | src/my_app/__init__.py | src",
                "uv_build                | | src/my_app/__init__.py | src",
                "poetry.core.masonry.api | | src/my_app/__init__.py | src",
                "flit_core.buildapi      | | src/my_app/__init__.py | src",
                "pdm.backend             | | src/my_app/__init__.py | src",
                // the flat layout, as a package and as a module
                "hatchling.build         | | my_app/__init__.py | ''",
                "setuptools.build_meta   | | my_app/__init__.py | ''",
                "poetry.core.masonry.api | | my_app/__init__.py | ''",
                "flit_core.buildapi      | | my_app.py          | ''",
                "hatchling.build         | | My_App/__init__.py | ''",
                "pdm.backend             | | my_app.py          | ''",
                // a package of another name
                "setuptools.build_meta   | | src/other/__init__.py | src",
                "setuptools.build_meta   | | other/__init__.py     | ''",
                "pdm.backend             | | src/other/__init__.py | src",
            })
    void theLayoutIsFound(String backend, String more, String file, String expected) throws IOException {
        builtBy(backend, more).files(file, "tasks.py");

        assertThat(directory.roots().directories()).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hatchling.build         | [tool.hatch.build.targets.wheel]; packages = ['src/foo'] | src/foo/__init__.py | src",
                "hatchling.build         | [tool.hatch.build.targets.wheel]; packages = ['foo'] | foo/__init__.py | ''",
                "hatchling.build         | [tool.hatch.build]; dev-mode-dirs = ['.'] | foo/__init__.py | ''",
                "hatchling.build         | [tool.hatch.build]; packages = ['a/foo'] | a/foo/__init__.py | a",
                "hatchling.build         | [tool.hatch.build]; sources = ['python/'] | python/foo/__init__.py | python",
                "hatchling.build         | [tool.hatch.build]; only-include = ['foo'] | foo/__init__.py | ''",
                "setuptools.build_meta   | [tool.setuptools.packages.find]; where = ['python'] | python/foo/__init__.py | python",
                "setuptools.build_meta   | [tool.setuptools]; package-dir = {'' = 'lib'} | lib/foo/__init__.py | lib",
                "setuptools.build_meta   | [tool.setuptools]; package-dir = {foo = 'lib/foo'} | lib/foo/__init__.py | lib",
                "setuptools.build_meta   | [tool.setuptools]; packages = ['foo', 'bar'] | foo/__init__.py | ''",
                "setuptools.build_meta   | [tool.setuptools]; py-modules = ['foo'] | foo.py | ''",
                "setuptools.build_meta   | [tool.setuptools.packages.find]; include = ['foo*'] | foo/__init__.py | ''",
                "uv_build                | [tool.uv.build-backend]; module-root = '' | my_app/__init__.py | ''",
                "uv_build                | [tool.uv.build-backend]; module-name = 'foo.bar' | src/foo/bar/__init__.py | src",
                "uv_build                | [tool.uv.build-backend]; module-name = ['foo'] | src/foo/__init__.py | src",
                "poetry.core.masonry.api | [tool.poetry]; packages = [{include = 'foo', from = 'lib'}] | lib/foo/__init__.py | lib",
                "poetry.core.masonry.api | [tool.poetry]; packages = [{include = 'foo'}] | foo/__init__.py | ''",
                "poetry.core.masonry.api | [tool.poetry]; packages = [{include = 'foo', from = 'lib', format = 'wheel'}, {include = 't', from = 'tests', format = 'sdist'}] | lib/foo/__init__.py | lib",
                "poetry.core.masonry.api | [tool.poetry]; packages = [{include = 'foo', from = 'lib', format = ['sdist', 'wheel']}, {include = 't', from = 'tests', format = ['sdist']}] | lib/foo/__init__.py | lib",
                "flit_core.buildapi      | [tool.flit.module]; name = 'foo' | src/foo/__init__.py | src",
                "pdm.backend             | [tool.pdm.build]; package-dir = './lib' | lib/foo/__init__.py | lib",
            })
    void theBackendsOwnWordsAreRead(String backend, String more, String file, String expected) throws IOException {
        builtBy(backend, more).files(file);

        assertThat(directory.roots().directories()).containsExactly(expected);
    }

    @Test
    void thereMayBeSeveral() throws IOException {
        builtBy("setuptools.build_meta", "[tool.setuptools.packages.find]; where = ['a', 'b']")
                .files("a/one/__init__.py", "b/two/__init__.py");

        assertThat(directory.roots().below("/app")).containsExactly("/app/a", "/app/b");
    }

    @Test
    void aNamespaceNeedsNoInit() throws IOException {
        directory.pyproject("""
                        [project]
                        name = "acme.tools"
                        version = "1"
                        [build-system]
                        requires = ["flit_core"]
                        build-backend = "flit_core.buildapi"
                        """).files("src/acme/tools/__init__.py");

        assertThat(directory.roots().directories()).containsExactly("src");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(directory::roots).isInstanceOf(BuildRefused.class).hasMessage(message.stripTrailing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hatchling.build | [tool.hatch.build.hooks.vcs]; version-file = 'v.py' | hooks | tool.hatch.build.hooks",
                "hatchling.build | [tool.hatch.build.targets.wheel.hooks.custom]; a = 1 | hooks | tool.hatch.build.targets.wheel.hooks",
                "hatchling.build | [tool.hatch.build.targets.wheel.force-include]; a = 'b' | force-include | tool.hatch.build.targets.wheel.force-include",
                "hatchling.build | [tool.hatch.build.targets.wheel.sources]; 'src/a' = 'b' | sources | tool.hatch.build.targets.wheel.sources",
                "hatchling.build | [tool.hatch.build.targets.wheel.shared-data]; a = 'b' | shared-data | tool.hatch.build.targets.wheel.shared-data",
                "setuptools.build_meta | [[tool.setuptools.ext-modules]]; name = 'fast' | ext-modules | tool.setuptools.ext-modules",
                "setuptools.build_meta | [tool.setuptools.cmdclass]; build_py = 'x.y' | cmdclass | tool.setuptools.cmdclass",
                "setuptools.build_meta | [tool.setuptools.data-files]; share = ['x'] | data-files | tool.setuptools.data-files",
                "setuptools.build_meta | [tool.setuptools_scm]; version_file = 'v.py' | version_file | tool.setuptools_scm.version_file",
                "uv_build | [tool.uv.build-backend.data]; scripts = 'x' | data | tool.uv.build-backend.data",
                "poetry.core.masonry.api | [tool.poetry]; packages = [{include = 'a', to = 'b'}] | to | tool.poetry.packages.to",
                "poetry.core.masonry.api | [tool.poetry.build]; script = 'build.py' | script | tool.poetry.build.script",
                "poetry.core.masonry.api | [tool.poetry]; build = 'build.py' | build | tool.poetry.build",
                "flit_core.buildapi | [tool.flit.external-data]; directory = 'data' | external-data | tool.flit.external-data",
                "pdm.backend | [tool.pdm.build]; custom-hook = 'x.py' | custom-hook | tool.pdm.build.custom-hook",
                "pdm.backend | [tool.pdm.build]; run-setuptools = true | run-setuptools | tool.pdm.build.run-setuptools",
            })
    void whatOnlyTheBackendCanDoIsRefused(String backend, String more, String key, String path) throws IOException {
        builtBy(backend, more).files("src/my_app/__init__.py");

        assertRefused("""
                The project uses "%s", which only its build backend can carry out.
                  where  pyproject.toml: %s
                  why    pycontainer installs the project as an editable install is, and runs no build backend
                  do     leave out [build-system], so that its files are only copied; a later version will take the project's own wheel (python.wheel)
                """.formatted(key, path));
    }

    @ParameterizedTest
    @CsvSource({"maturin, maturin", "scikit_build_core.build, scikit-build-core", "mesonpy, meson-python"})
    void aBackendThatCompilesIsRefused(String backend, String distribution) throws IOException {
        directory.pyproject(PROJECT + "[build-system]\nrequires = [\"" + distribution + "\"]\nbuild-backend = \""
                + backend + "\"\n");

        assertRefused("""
                The build backend "%s" is not one that pycontainer can stand in for.
                  where  pyproject.toml: build-system.build-backend
                  why    it may compile or generate files; those that only collect a project's files are hatchling.build, setuptools.build_meta, uv_build, poetry.core.masonry.api, flit_core.buildapi, pdm.backend
                  do     leave out [build-system], so that its files are only copied; a later version will take the project's own wheel (python.wheel)
                """.formatted(backend));
    }

    @Test
    void aBackendOfTheProjectsOwnIsRefused() throws IOException {
        directory.pyproject(PROJECT
                + "[build-system]\nrequires = []\nbuild-backend = \"hatchling.build\"\nbackend-path = [\".\"]\n");

        assertThatThrownBy(directory::roots)
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(
                        "The build backend \"hatchling.build\" is not one that pycontainer can stand in for.");
    }

    @ParameterizedTest
    @CsvSource({"cython", "setuptools-rust", "numpy", "pybind11", "mypy"})
    void aToolThatCompilesIsRefused(String distribution) throws IOException {
        directory.pyproject(PROJECT + "[build-system]\nrequires = [\"setuptools\", \"" + distribution + "\"]\n");

        assertRefused("""
                The project needs "%s" to be built.
                  where  pyproject.toml: build-system.requires
                  why    it may compile or generate files, and pycontainer runs no build backend
                  do     leave out [build-system], so that its files are only copied; a later version will take the project's own wheel (python.wheel)
                """.formatted(distribution));
    }

    @Test
    void aSetupFileThatAddsSomethingIsRefused() throws IOException {
        builtBy("setuptools.build_meta", "")
                .files("src/my_app/__init__.py")
                .file("setup.py", "# for old pips\nfrom setuptools import setup\n\nsetup()\n")
                .file("setup.cfg", "[flake8]\nmax-line-length = 100\n");
        assertThat(directory.roots().directories()).containsExactly("src");

        directory.file("setup.cfg", "[metadata]\n[options]\npackage_dir =\n  = lib\n");
        assertRefused("""
                The project is also described by setup.cfg.
                  where  pyproject.toml
                  why    only setuptools can tell what it adds, and pycontainer runs no build backend
                  do     move what it says to [project] and [tool.setuptools], or leave out [build-system], so that its files are only copied; a later version will take the project's own wheel (python.wheel)
                """);

        directory.file(
                "setup.py", "from setuptools import setup, Extension\nsetup(ext_modules=[Extension('a', ['a.c'])])\n");
        assertThatThrownBy(directory::roots)
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The project is also described by setup.py.");
    }

    @Test
    void aPackageInADirectoryOfAnotherNameIsRefused() throws IOException {
        builtBy("setuptools.build_meta", "[tool.setuptools]; package-dir = {foo = 'lib'}")
                .files("lib/__init__.py");

        assertRefused("""
                The package "foo" lies in a directory of another name, "lib".
                  where  pyproject.toml: tool.setuptools.package-dir
                  why    Python imports a package by the name of its directory
                  do     leave out [build-system], so that its files are only copied; a later version will take the project's own wheel (python.wheel)
                """);
    }

    @ParameterizedTest
    @CsvSource({"main.py", "manage.py", "one/__init__.py"})
    void modulesBesideThePackageAtTheRootAreNoneOfSeveralForSetuptools(String other) throws IOException {
        builtBy("setuptools.build_meta", "").files("one/__init__.py", "tests/test_one.py", other, "wsgi.py");

        assertThat(directory.roots().directories()).containsExactly("");
    }

    @Test
    void aModuleAtTheRootIsFoundBesideThoseThatSetuptoolsReserves() throws IOException {
        builtBy("setuptools.build_meta", "").files("one.py", "manage.py", "conanfile.py", "noxfile.py");

        assertThat(directory.roots().directories()).containsExactly("");
    }

    @Test
    void severalPackagesAtTheRootAreRefusedAsSetuptoolsRefusesThem() throws IOException {
        builtBy("setuptools.build_meta", "").files("one/__init__.py", "two/__init__.py", "docs/conf.py", "setup.py");
        directory.file("setup.py", "");

        assertRefused("""
                The project has several packages at its root: one, two.
                  where  pyproject.toml
                  why    setuptools finds one of them by itself, or those that are named
                  do     move them below src, or name them as tool.setuptools.packages
                """);
    }

    @Test
    void noPackageIsRefusedWithWhatWasLookedFor() throws IOException {
        builtBy("hatchling.build", "").files("other/__init__.py", "src/data.txt");

        assertRefused("""
                No package of the project "My-App" was found among its files.
                  where  pyproject.toml
                  why    looked for my_app/, my_app.py, My_App/, My_App.py, src/my_app/, src/my_app.py, src/My_App/, src/My_App.py
                  do     name the package as the project, or tell the build backend where it lies; a project that is not to be installed needs no [build-system]
                """);
    }

    @Test
    void aDeclaredDirectoryWithoutPackagesIsRefused() throws IOException {
        builtBy("setuptools.build_meta", "[tool.setuptools.packages.find]; where = ['lib']")
                .files("lib/data.txt");

        assertThatThrownBy(directory::roots)
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("why    looked for packages and modules in lib/");
    }

    @Test
    void aPackageThatIsThereTwiceIsRefused() throws IOException {
        builtBy("hatchling.build", "").files("my_app/__init__.py", "src/my_app/__init__.py");

        assertRefused("""
                The package of the project "My-App" is there twice.
                  where  pyproject.toml
                  why    it lies in src and beside it, and only one of them can be imported
                  do     leave out [build-system], so that its files are only copied; a later version will take the project's own wheel (python.wheel)
                """);
    }

    @ParameterizedTest
    @CsvSource({"../lib", "/srv/lib"})
    void aPathOutOfTheProjectIsRefused(String path) throws IOException {
        builtBy("pdm.backend", "[tool.pdm.build]; package-dir = '" + path + "'");

        assertRefused("""
                The path "%s" does not lie in the project.
                  where  pyproject.toml: tool.pdm.build.package-dir
                """.formatted(path));
    }
}

package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.DEBIAN;
import static dev.pycontainer.packaging.lock.LockFixture.app;
import static dev.pycontainer.packaging.lock.LockFixture.pyproject;
import static dev.pycontainer.packaging.lock.LockFixture.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PdmLockTest {

    private static final String INHERITED = """
            [metadata]
            groups = ["default", "fast", "test"]
            strategy = ["inherit_metadata"]
            lock_version = "4.5.1"
            content_hash = "sha256:%s"

            [[metadata.targets]]
            requires_python = ">=3.9"
            """.formatted(A);

    private static final String WALKED = """
            [metadata]
            groups = ["default", "fast", "test"]
            strategy = ["cross_platform"]
            lock_version = "4.4.1"
            """;

    private static final String PROJECT = """
            [project]
            name = "app"
            dependencies = ["web[loop]>=1", "win; sys_platform == 'win32'"]
            optional-dependencies.fast = ["json", "app[fast]"]

            [dependency-groups]
            test = ["tests"]

            [tool.pdm.dev-dependencies]
            test = ["-e file:///${PROJECT_ROOT}/tools#egg=tools", "app", "gone; sys_platform == 'win32'"]
            """;

    @TempDir
    Path directory;

    private Lock read(String text) {
        return LockFixture.read(directory, "pdm.lock", text);
    }

    private Wanted wanted(String project, List<String> extras, List<String> groups) {
        return Wanted.of(directory, Optional.of(pyproject(project)), DEBIAN, extras, groups);
    }

    private static String entry(String name, String rest) {
        return """

                [[package]]
                name = "%s"
                version = "1.0"
                %s
                files = [
                    {file = "%s-1.0-py3-none-any.whl", hash = "sha256:%s"},
                    {file = "%s-1.0.tar.gz", hash = "sha256:%s"},
                ]
                """.formatted(name, rest, name, A, name, A);
    }

    private static List<String> names(Needed needed) {
        return needed.packages().stream().map(locked -> locked.name().value()).toList();
    }

    private static final String GROUPS = INHERITED
            + entry(
                    "web",
                    "groups = [\"default\"]\ndependencies = [\"core>=1; os_name == 'posix'\", \"gone; os_name == 'nt'\"]")
            + entry("web", "groups = [\"default\"]\nextras = [\"loop\"]\ndependencies = [\"web==1.0\", \"uv\"]")
            + entry("core", "groups = [\"default\", \"test\"]")
            + entry("uv", "groups = [\"default\"]\nmarker = \"platform_machine == 'x86_64'\"")
            + entry("win", "groups = [\"default\"]\nmarker = \"sys_platform == 'win32'\"")
            + entry("json", "groups = [\"fast\"]")
            + entry("tests", "groups = [\"test\"]");

    @Test
    void inheritedGroupsAndMarkersSayWhatIsNeeded() {
        Needed needed = read(GROUPS).select(wanted(PROJECT, List.of(), List.of()));

        assertThat(names(needed)).containsExactly("core", "uv", "web");
        assertThat(needed.packages().get(0).requiredBy()).containsExactly("web");
        assertThat(needed.packages().get(1).requiredBy()).containsExactly("web[loop]");
        assertThat(needed.packages().get(2).extras()).containsExactly("loop");
        assertThat(needed.packages().get(0).files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(new LockedFile(
                                "core-1.0-py3-none-any.whl",
                                new Digest(A),
                                OptionalLong.empty(),
                                new FileLocation.InIndex())),
                        List.of("core-1.0.tar.gz")));
        assertThat(needed.omitted())
                .extracting(omitted -> omitted.name() + " " + omitted.reason())
                .containsExactly(
                        "json of the groups fast",
                        "tests of the groups test",
                        "win its marker `sys_platform == \"win32\"` does not hold");
    }

    @Test
    void extrasAndGroupsAreGroupsToPdm() {
        assertThat(names(read(GROUPS).select(wanted(PROJECT, List.of("Fast"), List.of("test")))))
                .containsExactly("core", "json", "tests", "uv", "web");
        assertThatThrownBy(() -> read(GROUPS).select(wanted(PROJECT, List.of("test"), List.of())))
                .hasMessage("""
                The lock knows no extra "test".
                  why    its extras are: fast
                  do     write "fast", or run `pdm lock` with `-G` and the extra""");
        assertThatThrownBy(() -> read(GROUPS).select(wanted(PROJECT, List.of(), List.of("tests"))))
                .hasMessage("""
                The lock knows no group "tests".
                  why    its groups are: test
                  do     write "test", or run `pdm lock` with `-G` and the group""");
        assertThatThrownBy(() -> read(INHERITED.replace("\"default\", ", "")).select(app()))
                .hasMessage("""
                The lock was made without the project's own dependencies.
                  why    its groups are: fast, test
                  do     run `pdm lock` without --without default""");
    }

    /** In the wild: pdm begins an application, which is no package, with an empty name and version. */
    @Test
    void anApplicationNeedsNoName() {
        String nameless = PROJECT.replace("name = \"app\"", "name = \"\"\nversion = \"\"");

        assertThat(names(read(GROUPS).select(wanted(nameless, List.of(), List.of()))))
                .containsExactly("core", "uv", "web");
        assertThat(read(GROUPS).stale(wanted(nameless, List.of(), List.of()))).isEmpty();
    }

    private static final String GRAPH = WALKED
            + entry("web", "dependencies = [\"core>=1\", \"win; sys_platform == 'win32'\"]")
            + entry("web", "extras = [\"loop\"]\ndependencies = [\"uv; platform_machine == 'x86_64'\", \"web==1.0\"]")
            + entry("core", "dependencies = [\"web\"]")
            + entry("uv", "")
            + entry("win", "")
            + entry("json", "")
            + entry("tests", "dependencies = [\"core\"]")
            + "\n[[package]]\nname = \"tools\"\nversion = \"0\"\npath = \"./tools\"\neditable = true\n";

    @Test
    void withoutInheritedMetadataTheLockIsWalkedFromTheProject() {
        Needed needed = read(GRAPH).select(wanted(PROJECT, List.of(), List.of()));

        assertThat(names(needed)).containsExactly("core", "uv", "web");
        assertThat(needed.packages().get(2).extras()).containsExactly("loop");
        assertThat(needed.omitted())
                .extracting(omitted -> omitted.name() + " " + omitted.reason())
                .contains("win nothing that is needed requires it");
        assertThat(names(read(GRAPH).select(wanted(PROJECT, List.of("fast"), List.of("test")))))
                .containsExactly("core", "json", "tests", "tools", "uv", "web");
    }

    @Test
    void aGroupOfThePdmTableMayAskForExtrasOfTheProject() {
        String project = PROJECT.replace("\"app\", \"gone", "\"app[Fast]\", \"gone");

        assertThat(names(read(GRAPH).select(wanted(project, List.of(), List.of("test")))))
                .containsExactly("core", "json", "tests", "tools", "uv", "web");
        assertThat(names(read(GRAPH).select(wanted(project, List.of(), List.of()))))
                .containsExactly("core", "uv", "web");
    }

    /** Before version 4.2 a lock does not tell its groups: what the project does not know is no group either. */
    @Test
    void aGroupThatNobodyKnowsIsRefused() {
        String lock = GRAPH.replace("groups = [\"default\", \"fast\", \"test\"]\n", "");

        assertThat(names(read(lock).select(wanted(PROJECT, List.of("fast"), List.of("test")))))
                .containsExactly("core", "json", "tests", "tools", "uv", "web");
        assertThatThrownBy(() -> read(lock).select(wanted(PROJECT, List.of(), List.of("tests"))))
                .hasMessage("""
                The lock knows no group "tests".
                  why    its groups are: test
                  do     write "test", or run `pdm lock` with `-G` and the group""");
        assertThatThrownBy(() -> read(lock).select(wanted(PROJECT, List.of("test"), List.of())))
                .hasMessage("""
                The lock knows no extra "test".
                  why    its extras are: fast
                  do     write "fast", or run `pdm lock` with `-G` and the extra""");
    }

    /** In the wild: {@code pdm lock -G:test} writes it, and pdm takes the groups that the project has. */
    @Test
    void aGroupThatBeginsWithAColonIsNobodys() {
        String lock = INHERITED.replace("\"default\",", "\"default\", \":test\",")
                + entry("web", "groups = [\"default\"]")
                + entry("tests", "groups = [\"test\"]");

        assertThat(names(read(lock).select(wanted(PROJECT, List.of(), List.of()))))
                .containsExactly("web");
        assertThat(names(read(lock).select(wanted(PROJECT, List.of(), List.of("test")))))
                .containsExactly("tests", "web");
    }

    @Test
    void aProjectMayHaveAnEmptyName() {
        String nameless = "[project]\nname = \"\"\nversion = \"\"\ndependencies = [\"core\"]\n";

        assertThat(names(read(GRAPH).select(wanted(nameless, List.of(), List.of()))))
                .containsExactly("core", "web");
    }

    @Test
    void aWalkNeedsAProject() {
        assertThatThrownBy(
                        () -> read(WALKED).select(Wanted.of(directory, Optional.empty(), DEBIAN, List.of(), List.of())))
                .hasMessage("""
                The lock does not say which packages the project needs.
                  why    it was made without the strategy inherit_metadata, and there is no [project] to begin from
                  do     run `pdm lock -S inherit_metadata`""");
    }

    @Test
    void aPackageThatTheLockDoesNotHoldIsRefusedWithWhoRequiresIt() {
        String lock = WALKED + entry("web", "extras = [\"loop\"]\ndependencies = [\"gone>2\"]");

        assertThatThrownBy(() -> read(lock).select(wanted(PROJECT, List.of(), List.of())))
                .hasMessage("""
                The lock does not say which package web[loop] means by "gone>2".
                  why    it holds no such package
                  do     run `pdm lock` again""");
    }

    @Test
    void ofSeveralVersionsTheSpecifierAndThePythonDecide() {
        String two = entry("web", "extras = [\"loop\"]\ndependencies = [\"core\"]")
                + entry("core", "requires_python = \">=3.12\"")
                + entry("core", "").replace("1.0", "0.9");

        assertThat(read(WALKED + two.replace("core\"]", "core<1\"]"))
                        .select(wanted(PROJECT, List.of(), List.of()))
                        .packages())
                .extracting(locked -> locked.name() + " " + locked.version().orElseThrow())
                .containsExactly("core 0.9", "web 1.0");
        assertThat(read(WALKED + two)
                        .select(wanted(PROJECT, List.of(), List.of()))
                        .packages())
                .extracting(locked -> locked.name() + " " + locked.version().orElseThrow())
                .containsExactly("core 0.9", "web 1.0");
        assertThatThrownBy(() ->
                        read(WALKED + two.replace(">=3.12", ">=3.9")).select(wanted(PROJECT, List.of(), List.of())))
                .hasMessage("""
                The lock does not say which package web[loop] means by "core".
                  why    it holds several: package "core" 1.0, package "core" 0.9
                  do     run `pdm lock` again""");
    }

    static Stream<Arguments> narrowing() {
        String newer = entry("core", "");
        String older = newer.replace("1.0", "0.9");
        return Stream.of(
                Arguments.of("core<1", newer + older, "0.9"),
                Arguments.of("core>=1", newer + older, "1.0"),
                Arguments.of("core", entry("core", "requires_python = \">=3.12\"") + older, "0.9"),
                Arguments.of(
                        "core",
                        newer + entry("core", "requires_python = \">=3.12\"").replace("1.0", "0.9"),
                        "1.0"),
                Arguments.of("core", entry("core", "marker = \"os_name == 'nt'\"") + older, "0.9"),
                Arguments.of(
                        "core",
                        entry("core", "marker = \"os_name == 'posix'\"")
                                + entry("core", "marker = \"os_name == 'nt'\"").replace("1.0", "0.9"),
                        "1.0"),
                // One alone is meant, whatever is said of it: pdm's overrides may outrule each.
                Arguments.of("core>=2", newer, "1.0"),
                Arguments.of("core", entry("core", "requires_python = \">=3.12\""), "1.0"),
                Arguments.of("core", entry("core", "marker = \"os_name == 'nt'\""), "1.0"),
                Arguments.of("-e core @ file:///${PROJECT_ROOT}/core", newer, "1.0"));
    }

    @ParameterizedTest
    @MethodSource("narrowing")
    void eachRuleAloneDecidesBetweenSeveralVersions(String requirement, String cores, String version) {
        String web = entry("web", "extras = [\"loop\"]\ndependencies = [\"" + requirement + "\"]");

        assertThat(read(WALKED + web + cores)
                        .select(wanted(PROJECT, List.of(), List.of()))
                        .packages()
                        .get(0)
                        .version())
                .hasToString("Optional[" + version + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", " * ", ">=3.12"})
    void thePythonOfOnePackageAloneDecidesNothing(String python) {
        String core = entry("core", "requires_python = \"" + python + "\"");

        assertThat(names(read(INHERITED + core).select(app()))).containsExactly("core");
    }

    @Test
    void aPackageThatIsNeededInTwoVersionsIsRefused() {
        String both = INHERITED + entry("core", "") + entry("core", "").replace("1.0", "0.9");
        String one = INHERITED
                + entry("core", "requires_python = \"<3.10||>=3.13\"")
                + entry("core", "").replace("1.0", "0.9");

        assertThatThrownBy(() -> read(both).select(app())).hasMessage("""
                Package "core" is locked twice for the target.
                  why    package "core" 1.0 and package "core" 0.9 are both needed
                  do     run `pdm lock` again""");
        assertThat(read(one).select(app()).packages().get(0).version()).hasToString("Optional[0.9]");
    }

    @Test
    void whatTheProjectExcludesIsLeftOut() {
        String project = PROJECT + "\n[tool.pdm.resolution]\nexcludes = [\"uv\"]";

        assertThat(names(read(GROUPS).select(wanted(project, List.of(), List.of()))))
                .containsExactly("core", "web");
        assertThat(names(read(GRAPH).select(wanted(project, List.of(), List.of()))))
                .containsExactly("core", "web");
        assertThat(read(GROUPS).select(wanted(project, List.of(), List.of())).omitted())
                .extracting(omitted -> omitted.name() + " " + omitted.reason())
                .contains("uv [tool.pdm.resolution] excludes it");
    }

    @ParameterizedTest
    @CsvSource({"4.0, true", "4.4.2, true", "4.5.9, true", "4, true", "4.6, false", "5.0, false", "3.1, false"})
    void theFirstTwoDigitsOfTheVersionDecide(String version, boolean read) {
        String lock = "[metadata]\nstrategy = [\"inherit_metadata\"]\nlock_version = \"" + version + "\"";

        if (read) {
            assertThat(read(lock).select(app()).packages()).isEmpty();
        } else {
            assertThatThrownBy(() -> read(lock)).hasMessage("""
                    The lock has version %s.
                      where  pdm.lock: metadata.lock_version
                      why    versions 4.0 to 4.5 of pdm.lock can be read
                      do     lock again with a version of pdm that writes one of them""".formatted(version));
        }
    }

    /** Until version 4.2 the files stood in a table of their own. */
    @Test
    void olderLocksListTheirFilesApart() {
        String lock = """
                [[package]]
                name = "web"
                version = "1.0"
                extras = ["loop"]
                dependencies = ["web==1.0"]

                [[package]]
                name = "web"
                version = "1.0"

                [metadata]
                lock_version = "4.0"

                [metadata.files]
                "web 1.0" = [
                    {url = "https://index.example/web-1.0-py3-none-any.whl", hash = "sha256:%s"},
                ]
                """.formatted(A);

        assertThat(read(lock)
                        .select(wanted(PROJECT, List.of(), List.of()))
                        .packages()
                        .get(0)
                        .files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(LockedFile.of(
                                "https://index.example/web-1.0-py3-none-any.whl", new Digest(A), OptionalLong.empty())),
                        List.of()));
    }

    static Stream<Arguments> targets() {
        Target arm = new Target(
                "cpython", DEBIAN.python(), "cp311", Libc.GLIBC, "2.36", "aarch64", "/usr/bin/python3.11", "lib");
        Target alpine = target("3.11.2", "cp311", Libc.MUSL, "1.2");
        return Stream.of(
                Arguments.of("requires_python = \">=3.9\"", DEBIAN, true),
                Arguments.of("requires_python = \">=3.12\"", DEBIAN, false),
                Arguments.of("requires_python = \"<3.9||>=3.11\"", DEBIAN, true),
                Arguments.of("requires_python = \"\"\nplatform = \"manylinux_2_17_x86_64\"", DEBIAN, true),
                Arguments.of("platform = \"manylinux_2_40_x86_64\"", DEBIAN, true),
                Arguments.of("platform = \"manylinux_2_17_arm64\"", arm, true),
                Arguments.of("platform = \"manylinux_2_17_x86_64\"", arm, false),
                Arguments.of("platform = \"manylinux_2_17_x86_64\"", alpine, false),
                Arguments.of("platform = \"linux\"", DEBIAN, true),
                Arguments.of("platform = \"linux_x86_64\"", alpine, true),
                Arguments.of("platform = \"alpine\"", alpine, true),
                Arguments.of("platform = \"alpine\"", DEBIAN, false),
                Arguments.of("platform = \"windows_amd64\"", DEBIAN, false),
                Arguments.of("platform = \"macos_14_0_arm64\"", arm, false),
                Arguments.of("implementation = \"cpython\"", DEBIAN, true),
                Arguments.of("implementation = \"pypy\"", DEBIAN, false));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void oneOfTheLocksTargetsMustAllowTheBase(String made, Target target, boolean allowed) {
        String lock = "[metadata]\nstrategy = [\"inherit_metadata\"]\nlock_version = \"4.5.0\"\n[[metadata.targets]]\n"
                + made;

        if (allowed) {
            assertThat(read(lock).select(app(target, List.of(), List.of())).packages())
                    .isEmpty();
        } else {
            assertThatThrownBy(() -> read(lock).select(app(target, List.of(), List.of())))
                    .hasMessageStartingWith(
                            "The lock does not support the base.\n  why    the base has CPython 3.11 (cp311)")
                    .hasMessageEndingWith(
                            "\n  do     use a base that fits, or run `pdm lock --append` with the base's --platform and"
                                    + " --python");
        }
    }

    private LockedPackage only(String name, String source) {
        return read(INHERITED + "\n[[package]]\nname = \"" + name + "\"\nversion = \"1.0\"\n" + source)
                .select(app())
                .packages()
                .get(0);
    }

    @Test
    void everyKindOfSourceIsRead() {
        assertThat(only(
                                "foo",
                                "git = \"https://u:w@git.example/foo.git\"\nref = \"main\"\nrevision = \"fa12\"\nsubdirectory = \"py\"")
                        .files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(), List.of("git+https://git.example/foo.git@fa12#subdirectory=py")));
        assertThat(only("foo", "git = \"ssh://git@git.example/foo.git\"\nrevision = \"fa12\"")
                        .files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of("git+ssh://git@git.example/foo.git@fa12")));
        assertThat(only("foo", "path = \"./libs/foo\"\nsubdirectory = \"py\"").files())
                .isEqualTo(new LockedFiles.Member(directory.resolve("libs/foo/py")));
        assertThat(only("foo", "url = \"file:///${PROJECT_ROOT}/libs/foo\"\neditable = true")
                        .files())
                .isEqualTo(new LockedFiles.Member(directory.resolve("libs/foo")));
        assertThat(only(
                                "foo",
                                "path = \"./foo-1.0-py3-none-any.whl\"\nfiles = [{file = \"foo-1.0-py3-none-any.whl\", hash = \"sha256:"
                                        + A + "\"}]")
                        .files())
                .isEqualTo(new LockedFiles.Direct(new LockedFile(
                        "foo-1.0-py3-none-any.whl",
                        new Digest(A),
                        OptionalLong.empty(),
                        new FileLocation.Local(directory.resolve("foo-1.0-py3-none-any.whl")))));
        assertThat(only(
                                "foo",
                                "url = \"https://files.example/foo-1.0-py3-none-any.whl#sha256=1\"\nfiles = [{url = \"https://files.example/foo-1.0-py3-none-any.whl\", hash = \"sha256:"
                                        + A + "\"}]")
                        .files())
                .isEqualTo(new LockedFiles.Direct(LockedFile.of(
                        "https://files.example/foo-1.0-py3-none-any.whl", new Digest(A), OptionalLong.empty())));
        assertThat(only("foo", "url = \"https://files.example/foo-1.0.tar.gz\"").files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of("https://files.example/foo-1.0.tar.gz")));
        assertThat(only("foo", "path = \"./foo-1.0.zip\"").files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of("foo-1.0.zip")));
    }

    @Test
    void theProjectItselfIsLeftOut() {
        String lock = INHERITED + "\n[[package]]\nname = \"app\"\nversion = \"1.0\"\npath = \".\"\neditable = true\n";

        assertThat(read(lock).select(wanted(PROJECT, List.of(), List.of())).packages())
                .isEmpty();
    }

    static Stream<Arguments> sources() {
        String own = "[[tool.pdm.source]]\nname = \"own\"\nurl = \"https://${USER}:${WORD}@own.example/simple\"\n";
        String other = "[[tool.pdm.source]]\nname = \"pypi\"\nurl = \"https://index.example/simple\"\n";
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of(own, List.of()),
                Arguments.of(own + "include_packages = [\"fo*\"]\n" + other, List.of("https://own.example/simple")),
                Arguments.of(own + "include_packages = [\"F_oo\", \"foo\"]", List.of("https://own.example/simple")),
                Arguments.of(own + other, List.of("https://own.example/simple", "https://index.example/simple")),
                Arguments.of("[[tool.pdm.source]]\nname = \"pypi\"\nverify_ssl = false\n", List.of()),
                Arguments.of(own + "exclude_packages = [\"*\"]\n" + other, List.of("https://index.example/simple")));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void theSourcesOfTheProjectTellTheIndexes(String sources, List<String> indexes) {
        assertThat(read(INHERITED + entry("foo", ""))
                        .select(wanted(PROJECT + sources, List.of(), List.of()))
                        .packages()
                        .get(0)
                        .indexes())
                .isEqualTo(indexes);
    }

    @Test
    void aPatternThatCannotBeReadIsRefused() {
        String sources = """
                [[tool.pdm.source]]
                name = "own"
                url = "https://own.example/simple"
                include_packages = ["corp-[ab]*"]
                """;

        assertThatThrownBy(() ->
                        read(INHERITED + entry("foo", "")).select(wanted(PROJECT + sources, List.of(), List.of())))
                .hasMessage("""
                The pattern "corp-[ab]*" cannot be read.
                  where  pyproject.toml: tool.pdm.source.include_packages
                  why    sets of characters are not known here, only * and ?
                  do     write a pattern for each name that is meant""");
    }

    @Test
    void aSourceThatIsNoIndexIsRefusedWhereItIsNeeded() {
        String links =
                PROJECT + "[[tool.pdm.source]]\nname = \"links\"\ntype = \"find_links\"\nurl = \"https://a.example/\"\n"
                        + "include_packages = [\"foo\"]\n";
        String located = entry("foo", "").replaceAll("file = \"", "url = \"https://index.example/");

        assertThatThrownBy(() -> read(INHERITED + entry("foo", "")).select(wanted(links, List.of(), List.of())))
                .hasMessage("""
                The source "links" of [[tool.pdm.source]] is no index.
                  where  package "foo" 1.0
                  why    pages of links have no names by which a package is found
                  do     lock from an index, or lock with the strategy static_urls""");
        assertThat(read(INHERITED + located)
                        .select(wanted(links, List.of(), List.of()))
                        .packages()
                        .get(0)
                        .indexes())
                .isEmpty();
        String index = """
                [[tool.pdm.source]]
                name = "own"
                url = "https://own.example/simple"
                include_packages = ["foo"]
                """;
        assertThat(read(INHERITED + located)
                        .select(wanted(links + index, List.of(), List.of()))
                        .packages()
                        .get(0)
                        .indexes())
                .containsExactly("https://own.example/simple");
    }

    private static final String HASHED = """
            [project]
            name = "app"
            requires-python = ">=3.9"
            dependencies = ["web>=7 ; os_name != 'p\u00f6six' "]
            optional-dependencies.fast = ["json"]

            [dependency-groups]
            Lint_All = ["ruff", {include-group = "test"}]
            test = ["tests"]

            [tool.pdm.dev-dependencies]
            test = ["more"]

            [[tool.pdm.source]]
            name = "own"
            url = "https://own.example/simple"
            verify_ssl = true

            [tool.pdm.resolution]
            allow-prereleases = false
            overrides = { json = "1.0" }
            """;

    /** The hashes are what pdm 2.29, 2.16 and 2.9 make of this project. */
    @ParameterizedTest
    @CsvSource({
        "6798d33a52145d95667b497057eb6cf5a4dcf2231dad6470a3a25bf5beff906a",
        "2642dfb5ddf24222369e162889dfff3d311c3c1fc5b1aa00b4cf46e384f73aba",
        "a98617c016c1c2f767f77061d53861d632164c647e51b75bd37a3d6c6dbcffed"
    })
    void aProjectWithTheSameHashIsFresh(String hash) {
        String changed = HASHED.replace("web>=7", "web>=8");

        assertThat(read(INHERITED.replace(A, hash)).stale(wanted(HASHED, List.of(), List.of())))
                .isEmpty();
        assertThat(read(INHERITED.replace(A, hash)).stale(wanted(changed, List.of(), List.of())))
                .extracting(StaleEntry::why)
                .containsExactly("the lock holds no package \"web\" for the target");
    }

    private static final String EVERY_TABLE = """
            [project]
            name = "app"
            dependencies = ["web"]
            optional-dependencies.fast = ["json"]

            [dependency-groups]
            test = ["tests"]

            [tool.pdm.dev-dependencies]
            lint = ["ruff"]
            """;

    private static final String EVERY_PACKAGE = INHERITED.replace("groups = [\"default\", \"fast\", \"test\"]\n", "")
            + entry("json", "groups = [\"fast\"]")
            + entry("ruff", "groups = [\"lint\"]")
            + entry("tests", "groups = [\"test\"]")
            + entry("web", "groups = [\"default\"]");

    /** Which it has, the project says then. */
    @ParameterizedTest
    @CsvSource({"fast, '', json", "'', test, tests", "'', lint, ruff"})
    void aLockMayNameNoGroups(String extra, String group, String added) {
        Wanted wanted = wanted(
                EVERY_TABLE,
                Stream.of(extra).filter(name -> !name.isEmpty()).toList(),
                Stream.of(group).filter(name -> !name.isEmpty()).toList());

        assertThat(names(read(EVERY_PACKAGE).select(wanted))).containsExactlyInAnyOrder("web", added);
        assertThat(read(EVERY_PACKAGE).stale(wanted)).isEmpty();
        assertThatThrownBy(() -> read(EVERY_PACKAGE).select(wanted(EVERY_TABLE, List.of(), List.of("docs"))))
                .hasMessageContaining("docs");
    }

    static Stream<Arguments> stale() {
        String place = "pyproject.toml: project.dependencies";
        return Stream.of(
                Arguments.of(PROJECT, List.of()),
                Arguments.of(
                        PROJECT.replace("web[loop]>=1", "web[loop]>=2"),
                        List.of(new StaleEntry(place, "web[loop]>=2", "the lock holds web 1.0"))),
                Arguments.of(
                        PROJECT.replace("web[loop]>=1", "web[speed,loop]>=1"),
                        List.of(new StaleEntry(
                                place, "web[loop,speed]>=1", "the lock holds web without the extra \"speed\""))),
                Arguments.of(
                        PROJECT.replace("web[loop]>=1", "orm"),
                        List.of(new StaleEntry(place, "orm", "the lock holds no package \"orm\" for the target"))),
                Arguments.of(
                        PROJECT.replace("\"web[loop]>=1\"", "\"web[loop]>=1\", \"orm\"")
                                + "[tool.pdm.resolution]\nexcludes = [\"orm\"]",
                        List.of()),
                // What nothing asks for any more; another package still asks for core, and win is not for the target.
                Arguments.of(
                        PROJECT.replace("\"web[loop]>=1\", ", ""),
                        List.of(new StaleEntry("pyproject.toml", "nothing of web", "the lock holds web 1.0"))),
                Arguments.of(PROJECT.replace(", \"win; sys_platform == 'win32'\"", ""), List.of()),
                Arguments.of(PROJECT.replace("[\"tests\"]", "[\"gone\"]"), List.of()));
    }

    @ParameterizedTest
    @MethodSource("stale")
    void whereTheHashDiffersEachRequirementThatCountsIsCompared(String project, List<StaleEntry> expected) {
        assertThat(read(GROUPS).stale(wanted(project, List.of(), List.of()))).isEqualTo(expected);
    }
}

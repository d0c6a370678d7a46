package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.DEBIAN;
import static dev.pycontainer.packaging.lock.LockFixture.app;
import static dev.pycontainer.packaging.lock.LockFixture.pyproject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PylockTest {

    private static final String HEAD = """
            lock-version = "1.0"
            created-by = "pip"
            """;

    @TempDir
    Path directory;

    private Lock read(String text) {
        return LockFixture.read(directory, "pylock.toml", text);
    }

    private Lock packages(String text) {
        return read(HEAD + text);
    }

    private static String wheel(String name, String rest) {
        return """

                [[packages]]
                name = "%s"
                version = "1.0"
                %s
                [[packages.wheels]]
                name = "%s-1.0-py3-none-any.whl"
                url = "https://index.example/files/%s-1.0-py3-none-any.whl"
                size = 3
                hashes = { sha256 = "%s" }
                """.formatted(name, rest, name.replace('-', '_'), name.replace('-', '_'), A);
    }

    private static List<String> names(Needed needed) {
        return needed.packages().stream().map(locked -> locked.name().value()).toList();
    }

    /** The example of the specification, with placeholders for its files' host, which no test may name. */
    @Test
    void theSpecificationsOwnExampleIsRead() {
        String example = """
                lock-version = '1.0'
                environments = ["sys_platform == 'win32'", "sys_platform == 'linux'"]
                requires-python = '== 3.12.*'
                created-by = 'mousebender'

                [[packages]]
                name = 'attrs'
                version = '25.1.0'
                requires-python = '>= 3.8'

                    [[packages.wheels]]
                    name = 'attrs-25.1.0-py3-none-any.whl'
                    upload-time = 2025-01-25T11:30:10.164985+00:00
                    url = 'https://files.example/packages/fc/30/attrs-25.1.0-py3-none-any.whl'
                    size = 63152
                    hashes = {sha256 = 'c75a69e28a550a7e93789579c22aa26b0f5b83b75dc4e08fe092980051e1090a'}

                    [[packages.attestation-identities]]
                    environment = 'release-pypi'
                    kind = 'GitHub'
                    repository = 'python-attrs/attrs'
                    workflow = 'pypi-package.yml'

                [[packages]]
                name = 'cattrs'
                version = '24.1.2'
                requires-python = '>= 3.8'
                dependencies = [
                    {name = 'attrs'},
                ]

                    [[packages.wheels]]
                    name = 'cattrs-24.1.2-py3-none-any.whl'
                    upload-time = 2024-09-22T14:58:34.812643+00:00
                    url = 'https://files.example/packages/c8/d5/cattrs-24.1.2-py3-none-any.whl'
                    size = 66446
                    hashes = {sha256 = '67c7495b760168d931a10233f979b28dc04daf853b30752246f4f8471c6d68d0'}

                [tool.mousebender]
                command = ['.', 'lock', 'cattrs']
                run-on = 2025-03-06T12:28:57.760769
                """;

        Needed needed = read(example)
                .select(app(LockFixture.target("3.12.4", "cp312", DEBIAN.libc(), "2.36"), List.of(), List.of()));

        assertThat(names(needed)).containsExactly("attrs", "cattrs");
        assertThat(needed.packages().get(0).requiredBy()).containsExactly("cattrs");
        assertThat(needed.packages().get(0).files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(LockedFile.of(
                                "https://files.example/packages/fc/30/attrs-25.1.0-py3-none-any.whl",
                                new Digest("c75a69e28a550a7e93789579c22aa26b0f5b83b75dc4e08fe092980051e1090a"),
                                OptionalLong.of(63152))),
                        List.of()));
        assertThatThrownBy(() -> read(example).select(app())).hasMessage("""
                The lock is for Python ==3.12.*, but the base has Python 3.11.2.
                  do     use a base whose Python fits, or change requires-python in pyproject.toml and lock again""");
    }

    static Stream<Arguments> versions() {
        return Stream.of(
                Arguments.of("1.0", true),
                Arguments.of("1", true),
                Arguments.of("1.1", true),
                Arguments.of("0.9", false),
                Arguments.of("2", false),
                Arguments.of("2.0", false),
                Arguments.of("2.1", false));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theMajorVersionOfTheFormatMustBeOne(String version, boolean read) {
        String lock = "lock-version = \"" + version + "\"\ncreated-by = \"pip\"\npackages = []";

        if (read) {
            assertThat(read(lock).select(app()).packages()).isEmpty();
        } else {
            assertThatThrownBy(() -> read(lock)).hasMessage("""
                    The lock has version %s.
                      where  pylock.toml: lock-version
                      why    version 1 of pylock.toml can be read
                      do     lock again with a tool that writes version 1""".formatted(version));
        }
    }

    private static final String ASKED = """
            extras = ["feat1", "feat2"]
            dependency-groups = ["dev", "docs"]
            default-groups = ["main"]
            """
            + wheel("foo", "")
            + wheel("foo-main", "marker = \"'main' in dependency_groups\"")
            + wheel("foo-dev", "marker = \"'dev' in dependency_groups\"")
            + wheel("foo-docs", "marker = \"'docs' in dependency_groups or 'feat1' in extras\"")
            + wheel("foo-feat1", "marker = \"'feat1' in extras\"")
            + wheel("foo-feat2", "marker = \"'feat2' in extras and sys_platform == 'linux'\"")
            + wheel("foo-win", "marker = \"sys_platform == 'win32'\"");

    static Stream<Arguments> asked() {
        return Stream.of(
                Arguments.of(List.of(), List.of(), List.of("foo", "foo-main")),
                Arguments.of(List.of(), List.of("Dev"), List.of("foo", "foo-dev", "foo-main")),
                Arguments.of(List.of("feat1"), List.of(), List.of("foo", "foo-docs", "foo-feat1", "foo-main")),
                Arguments.of(
                        List.of("feat1", "feat2"),
                        List.of("docs"),
                        List.of("foo", "foo-docs", "foo-feat1", "foo-feat2", "foo-main")));
    }

    /** The lock's default groups stand for what the project itself requires; groups that are asked for come on top. */
    @ParameterizedTest
    @MethodSource("asked")
    void markersAskForExtrasAndGroups(List<String> extras, List<String> groups, List<String> expected) {
        assertThat(names(packages(ASKED).select(app(extras, groups)))).isEqualTo(expected);
    }

    @Test
    void whatIsNotNeededIsToldWithItsMarker() {
        assertThat(packages(ASKED).select(app()).omitted())
                .extracting(omitted -> omitted.name() + ": " + omitted.reason())
                .containsExactly(
                        "foo-dev: its marker `\"dev\" in dependency_groups` does not hold",
                        "foo-docs: its marker `\"docs\" in dependency_groups or \"feat1\" in extras` does not hold",
                        "foo-feat1: its marker `\"feat1\" in extras` does not hold",
                        "foo-feat2: its marker `\"feat2\" in extras and sys_platform == \"linux\"` does not hold",
                        "foo-win: its marker `sys_platform == \"win32\"` does not hold");
    }

    @Test
    void extrasAndGroupsThatTheLockDoesNotKnowAreRefused() {
        assertThatThrownBy(() -> packages(ASKED).select(app(List.of("feat3"), List.of())))
                .hasMessage("""
                The lock knows no extra "feat3".
                  why    its extras are: feat1, feat2
                  do     write "feat1", or write the lock with the extra""");
        assertThatThrownBy(() -> packages(wheel("foo", "")).select(app(List.of(), List.of("nowhere"))))
                .hasMessage("""
                The lock knows no group "nowhere".
                  why    it has no groups
                  do     write the lock with the group""");
    }

    /** Exporters write the packages of the extras and groups that they are told, and no word of these. */
    @Test
    void aLockWithoutExtrasAndGroupsHoldsThoseOfTheProjectThatItMeets() {
        String project = """
                [project]
                name = "app"
                optional-dependencies.fast = ["foo"]
                [dependency-groups]
                ops = ["bar"]
                """;
        Wanted wanted = Wanted.of(directory, Optional.of(pyproject(project)), DEBIAN, List.of("fast"), List.of("ops"));

        assertThat(names(packages(wheel("foo", "")).select(wanted))).containsExactly("foo");
        assertThat(packages(wheel("foo", "")).stale(wanted))
                .containsExactly(new StaleEntry(
                        "pyproject.toml: dependency-groups.ops",
                        "bar",
                        "the lock holds no package \"bar\" for the target"));
        assertThatThrownBy(() ->
                        packages("extras = [\"slow\"]\n" + wheel("foo", "")).select(wanted))
                .hasMessageStartingWith("The lock knows no extra \"fast\".\n  why    its extras are: slow\n");
        assertThatThrownBy(() -> packages("default-groups = [\"dev\"]\n" + wheel("foo", ""))
                        .select(wanted))
                .hasMessageStartingWith("The lock knows no group \"ops\".\n  why    its groups are: dev\n");
    }

    static Stream<Arguments> environments() {
        return Stream.of(
                Arguments.of("[]", "its list of environments is empty"),
                Arguments.of(
                        "['python_version == \"3.14\"', 'os_name == \"nt\"']",
                        "it was made only for: python_version == \"3.14\"; os_name == \"nt\""));
    }

    @ParameterizedTest
    @MethodSource("environments")
    void oneOfTheEnvironmentsMustHold(String environments, String why) {
        assertThatThrownBy(() -> packages("packages = []\nenvironments = " + environments)
                        .select(app()))
                .hasMessageContaining(why)
                .hasMessageStartingWith("The lock does not support the base's platform.\n  why    ")
                .hasMessageEndingWith("  do     lock again for the platform of the base");
        assertThat(packages("packages = []\nenvironments = ['os_name == \"nt\"', 'os_name == \"posix\"']")
                        .select(app())
                        .packages())
                .isEmpty();
    }

    @Test
    void aPackagesOwnPythonIsHeldAgainstTheTargetWhereItIsNeeded() {
        String lock = wheel("foo", "requires-python = \"==3.14.*\"");

        assertThatThrownBy(() -> packages(lock).select(app())).hasMessage("""
                The lock is for Python ==3.14.*, but the base has Python 3.11.2.
                  where  package "foo" 1.0
                  do     use a base whose Python fits, or change requires-python in pyproject.toml and lock again""");
        assertThat(packages(wheel("foo", "requires-python = \"==3.14.*\"\nmarker = \"os_name == 'nt'\""))
                        .select(app())
                        .packages())
                .isEmpty();
    }

    @Test
    void aPackageThatIsSelectedTwiceIsRefused() {
        String both = wheel("foo", "") + wheel("foo", "marker = \"os_name == 'posix'\"");
        String one = wheel("foo", "marker = \"os_name == 'nt'\"") + wheel("foo", "marker = \"os_name == 'posix'\"");

        assertThatThrownBy(() -> packages(both).select(app())).hasMessage("""
                Package "foo" is locked twice for the target.
                  why    package "foo" 1.0 and package "foo" 1.0 are both needed
                  do     lock again with the tool that wrote the lock""");
        assertThat(names(packages(one).select(app()))).containsExactly("foo");
    }

    private LockedPackage only(String source) {
        return packages("""
                [[packages]]
                name = "foo"
                %s
                """.formatted(source)).select(app()).packages().get(0);
    }

    @Test
    void everyKindOfSourceIsRead() {
        String hashes = "hashes = { sha256 = \"" + A + "\" }";

        assertThat(only("directory = { path = \"../libs/foo\", editable = true, subdirectory = \"python\" }")
                        .files())
                .isEqualTo(new LockedFiles.Member(
                        directory.resolve("../libs/foo/python").normalize()));
        assertThat(
                        only("vcs = { type = \"git\", url = \"https://user:word@git.example/foo.git\", commit-id = \"fa12\" }")
                                .files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of("git+https://git.example/foo.git@fa12")));
        assertThat(only("archive = { url = \"https://files.example/foo-2.0.tar.gz\", hashes = { md5 = \"1\" } }")
                        .files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of("https://files.example/foo-2.0.tar.gz")));
        assertThat(only("archive = { url = \"https://files.example/foo-2.0%2Bcpu-py3-none-any.whl\", " + hashes + " }")
                        .files())
                .isEqualTo(new LockedFiles.Direct(LockedFile.of(
                        "https://files.example/foo-2.0%2Bcpu-py3-none-any.whl", new Digest(A), OptionalLong.empty())));
        assertThat(only("wheels = [{ path = \"./wheels/foo-1.0-py3-none-any.whl\", size = 7, " + hashes
                                + " }]\nsdist = { path = \".\\\\foo-1.0.zip\", " + hashes + " }")
                        .files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(new LockedFile(
                                "foo-1.0-py3-none-any.whl",
                                new Digest(A),
                                OptionalLong.of(7),
                                new FileLocation.Local(directory.resolve("wheels/foo-1.0-py3-none-any.whl")))),
                        List.of("foo-1.0.zip")));
    }

    @Test
    void theProjectItselfIsLeftOut() {
        String lock = "[[packages]]\nname = \"app\"\ndirectory = { path = \".\", editable = true }\n"
                + "dependencies = [{ name = \"foo\" }]\n" + wheel("foo", "");
        Wanted wanted = Wanted.of(directory, Optional.empty(), DEBIAN, List.of(), List.of());

        Needed needed = packages(lock).select(wanted);

        assertThat(names(needed)).containsExactly("foo");
        assertThat(needed.packages().get(0).requiredBy()).containsExactly("app");
    }

    @Test
    void theIndexIsToldWithoutCredentials() {
        assertThat(packages(wheel("foo", "index = \"https://user:word@index.example/simple/\""))
                        .select(app())
                        .packages()
                        .get(0)
                        .indexes())
                .containsExactly("https://index.example/simple/");
        assertThat(packages(wheel("foo", "index = \"./wheels\""))
                        .select(app())
                        .packages()
                        .get(0)
                        .indexes())
                .isEmpty();
    }

    static Stream<Arguments> unusable() {
        String hashes = "hashes = { sha256 = \"" + A + "\" }";
        return Stream.of(
                Arguments.of(
                        "wheels = [{ url = \"https://index.example/foo-1.0-py3-none-any.whl\", hashes = { md5 = \"1\", sha1 = \"2\" } }]",
                        """
                        The file foo-1.0-py3-none-any.whl has no SHA-256 hash.
                          where  package "foo" without a version
                          why    the lock holds md5 alone, sha1 alone for it
                          do     lock it from an index that tells SHA-256 hashes"""),
                Arguments.of(
                        "wheels = [{ url = \"https://index.example/foo-1.0-py3-none-any.whl\", hashes = { sha256 = \"ab\" } }]",
                        """
                        "ab" is not a SHA-256 digest in lower-case hex.
                          where  package "foo" without a version
                          do     lock again with the tool that wrote the lock"""),
                Arguments.of(
                        "wheels = [{ url = \"https://u:secret@index.example/foo-1.0-py3-none-any.whl\", " + hashes
                                + " }]",
                        """
                        The URL of a file on index.example holds credentials.
                          where  package "foo" without a version
                          why    a lock file is committed and shared; credentials in it are known to all its readers
                          do     remove them from the index's URL, change the password, and lock again"""),
                Arguments.of("wheels = [{ url = \"file:///home/me/foo-1.0-py3-none-any.whl\", " + hashes + " }]", """
                        The URL file:///home/me/foo-1.0-py3-none-any.whl is not an HTTP or HTTPS URL.
                          where  package "foo" without a version
                          do     lock the file from an index that serves it over HTTPS"""),
                Arguments.of("archive = { path = \"/home/me/foo-1.0-py3-none-any.whl\", " + hashes + " }", """
                        The path "/home/me/foo-1.0-py3-none-any.whl" is absolute.
                          where  package "foo" without a version
                          why    a lock is shared, and an absolute path means something else on every machine
                          do     make the path relative where the package is required, and lock again"""),
                Arguments.of("directory = { path = \"C:\\\\foo\" }", """
                        The path "C:\\foo" is absolute.
                          where  package "foo" without a version
                          why    a lock is shared, and an absolute path means something else on every machine
                          do     make the path relative where the package is required, and lock again"""),
                Arguments.of("directory = { path = \"a\\u0000b\" }", """
                        "a\\0b" is not a path.
                          where  package "foo" without a version
                          why    Nul character not allowed
                          do     lock again with the tool that wrote the lock"""));
    }

    /** What only the image cannot use is refused where the package is needed, and nowhere else. */
    @ParameterizedTest
    @MethodSource("unusable")
    void whatCannotBeUsedIsRefusedByName(String source, String message) {
        String entry = "[[packages]]\nname = \"foo\"\n" + source + "\n";

        assertThatThrownBy(() -> packages(entry).select(app()))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(message);
        assertThat(packages(entry + "marker = \"os_name == 'nt'\"")
                        .select(app())
                        .omitted())
                .hasSize(1);
    }

    @Test
    void aMarkerThatOnlyTheRunningSystemKnowsIsRefusedByName() {
        assertThatThrownBy(() -> packages(wheel("foo", "marker = \"platform_release > '6'\""))
                        .select(app()))
                .hasMessageStartingWith(
                        "The marker `platform_release > \"6\"` asks for platform_release, which is not known here.\n"
                                + "  where  package \"foo\" 1.0");
    }

    static Stream<Arguments> stale() {
        String project = "[project]\nname = \"app\"\n";
        String place = "pyproject.toml: project.dependencies";
        return Stream.of(
                Arguments.of(project + "dependencies = [\"foo>=1\"]", List.of()),
                Arguments.of(
                        project
                                + "dependencies = [\"foo>=1.1\", \"Bar ; os_name == 'posix'\", \"win; os_name == 'nt'\"]",
                        List.of(
                                new StaleEntry(place, "foo>=1.1", "the lock holds foo 1.0"),
                                new StaleEntry(
                                        place,
                                        "bar ; os_name == \"posix\"",
                                        "the lock holds no package \"bar\" for the target"))),
                // A requirement by URL, an extra of which the format tells nothing, and the project itself.
                Arguments.of(
                        project
                                + "dependencies = [\"foo @ git+https://git.example/foo\", \"foo[fast]\", \"app[feat1]\"]",
                        List.of()),
                Arguments.of(
                        project
                                + "dependencies = [\"app[feat1]\"]\noptional-dependencies.feat1 = [\"app[feat1]\", \"gone\"]",
                        List.of(new StaleEntry(
                                "pyproject.toml: project.optional-dependencies.feat1",
                                "gone",
                                "the lock holds no package \"gone\" for the target"))),
                // An extra and a group that nobody asks for.
                Arguments.of(
                        project + "optional-dependencies.feat2 = [\"gone\"]\n[dependency-groups]\ndev = [\"gone\"]",
                        List.of()),
                Arguments.of(
                        project + "[dependency-groups]\nmain = [\"gone\"]",
                        List.of(new StaleEntry(
                                "pyproject.toml: dependency-groups.main",
                                "gone",
                                "the lock holds no package \"gone\" for the target"))),
                Arguments.of(
                        project + "requires-python = \">=3.12\"",
                        List.of(new StaleEntry(
                                "pyproject.toml: project.requires-python",
                                ">=3.12",
                                "the lock was made for Python >=3.10"))),
                Arguments.of(
                        project
                                + "dependencies = [\"foo>2\", \"gone\"]\n[tool.uv]\noverride-dependencies = [\"foo==1.0\", { package = { name = \"bar\" }, dependencies = [\"x\"] }]\nexclude-dependencies = [\"gone\", { package = { name = \"bar\" }, dependencies = [\"x\"] }]",
                        List.of()),
                Arguments.of(
                        project
                                + "dependencies = [\"foo>2\", \"gone\"]\n[tool.pdm.resolution]\nexcludes = [\"gone\"]\noverrides = { foo = \"1.0\" }",
                        List.of()));
    }

    /** The format does not say what it was made from, so that only what is surely not met counts. */
    @ParameterizedTest
    @MethodSource("stale")
    void aRequirementThatTheLockDoesNotMeetMakesItStale(String project, List<StaleEntry> expected) {
        Wanted wanted = Wanted.of(directory, Optional.of(pyproject(project)), DEBIAN, List.of(), List.of());

        assertThat(read(HEAD + "requires-python = \">=3.10\"\n" + ASKED).stale(wanted))
                .isEqualTo(expected);
    }

    @Test
    void aLockWithoutAProjectIsNeverStale() {
        Wanted wanted = Wanted.of(directory, Optional.empty(), DEBIAN, List.of(), List.of());

        assertThat(packages(ASKED).stale(wanted)).isEmpty();
    }
}

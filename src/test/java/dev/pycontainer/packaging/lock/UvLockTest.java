package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.app;
import static dev.pycontainer.packaging.lock.LockFixture.locked;
import static dev.pycontainer.packaging.lock.LockFixture.project;
import static dev.pycontainer.packaging.lock.LockFixture.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UvLockTest {

    @TempDir
    Path directory;

    private Lock read(String text) {
        return LockFixture.read(directory, "uv.lock", text);
    }

    /** {@code name version} of the packages that are selected. */
    private static List<String> names(Needed needed) {
        return names(needed.packages());
    }

    private static List<String> names(List<LockedPackage> packages) {
        return packages.stream()
                .map(locked -> locked.name() + " " + locked.version().orElseThrow())
                .toList();
    }

    @Test
    void theLockSaysWhichFileItIs() {
        Lock lock = read(project(""));

        assertThat(lock.file().kind()).isEqualTo("uv.lock");
        assertThat(lock.file().name()).isEqualTo("uv.lock");
        assertThat(lock.file().sha256()).isEqualTo(Digest.of(project("")));
        assertThat(lock.select(app()).packages()).isEmpty();
    }

    /** The lock knows the project's indexes by their URLs, uv's variables by the names that the project gives them. */
    @Test
    void anIndexesLoginComesFromTheVariableOfItsName() throws IOException {
        Files.writeString(directory.resolve("pyproject.toml"), """
                [[tool.uv.index]]
                name = "my-corp.1"
                url = "https://index.example/simple"
                [[tool.uv.index]]
                name = "other"
                url = "https://other.example/simple"
                [[tool.uv.index]]
                name = "wheels"
                url = "../wheels"
                [[tool.uv.index]]
                url = "https://nameless.example/simple"
                """);
        Path lock = Files.writeString(directory.resolve("uv.lock"), project(""));
        List<LockCredentials> told = new ArrayList<>();
        Map<String, String> environment = Map.of(
                "UV_INDEX_MY_CORP_1_USERNAME",
                "me",
                "UV_INDEX_MY_CORP_1_PASSWORD",
                "s3cret",
                "UV_INDEX_WHEELS_USERNAME",
                "x");

        new LockReader(new Disk(), environment, told::add).read(lock);

        assertThat(told).singleElement().satisfies(login -> {
            assertThat(login.url()).isEqualTo("https://index.example/simple");
            assertThat(login.login().username()).isEqualTo("me");
            assertThat(login.login().password().reveal()).isEqualTo("s3cret");
            assertThat(login.login().source()).isEqualTo("UV_INDEX_MY_CORP_1_USERNAME and _PASSWORD");
        });
        assertThat(new LockReader(new Disk(), Map.of()).read(lock).credentials())
                .isEmpty();
    }

    @Test
    void packagesAreFoundByWalkingFromTheProject() {
        String lock = project("dependencies = [{ name = \"web\" }, { name = \"orm\" }]")
                + locked("web", "2.0", "dependencies = [{ name = \"core\" }]")
                + locked("orm", "1.5", "dependencies = [{ name = \"core\" }]")
                + locked("core", "0.1", "")
                + locked("stranger", "9", "");

        List<LockedPackage> selected = read(lock).select(app()).packages();

        assertThat(names(selected)).containsExactly("core 0.1", "orm 1.5", "web 2.0");
        assertThat(selected.get(0).requiredBy()).containsExactly("orm", "web");
        assertThat(selected.get(1).requiredBy()).containsExactly("app");
        assertThat(selected.get(0).files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(LockedFile.of(
                                "https://index.example/files/core-0.1-py3-none-any.whl",
                                new Digest(A),
                                OptionalLong.of(3))),
                        List.of()));
    }

    /** uv drops from a marker what already holds for the package's parents: alone it would let too much in. */
    @Test
    void aMarkerCountsOnlyOnTheWayFromTheProject() {
        String lock = project(
                        "dependencies = [{ name = \"shell\", marker = \"sys_platform == 'win32'\" }, { name = \"web\" }]")
                + locked("shell", "1", "dependencies = [{ name = \"colours\" }]")
                + locked("colours", "1", "")
                + locked("web", "1", "dependencies = [{ name = \"loop\", marker = \"platform_machine == 'x86_64'\" }]")
                + locked("loop", "1", "");

        assertThat(names(read(lock).select(app()))).containsExactly("loop 1", "web 1");
    }

    @Test
    void aPackagesOwnExtrasAreWalkedOnlyWhereAsked() {
        String lock = project(
                        "dependencies = [{ name = \"web\", extra = [\"standard\", \"none-of-its\"] }, { name = \"orm\" }]")
                + locked("web", "1", """
                        [package.optional-dependencies]
                        standard = [{ name = "loop" }, { name = "orm", extra = ["async"] }]
                        """)
                + locked("orm", "1", """
                        [package.optional-dependencies]
                        async = [{ name = "driver" }]
                        postgres = [{ name = "unwanted" }]
                        """)
                + locked("loop", "1", "")
                + locked("driver", "1", "")
                + locked("unwanted", "1", "");

        List<LockedPackage> selected = read(lock).select(app()).packages();

        assertThat(names(selected)).containsExactly("driver 1", "loop 1", "orm 1", "web 1");
        assertThat(selected.get(0).requiredBy()).containsExactly("orm[async]");
        assertThat(selected.get(2).extras()).containsExactly("async");
        assertThat(selected.get(2).requiredBy()).containsExactly("app", "web[standard]");
    }

    private static final String EXTRAS_AND_GROUPS = project("""
                    dependencies = [{ name = "web" }]

                    [package.optional-dependencies]
                    all = [{ name = "app", extra = ["fast-json"] }, { name = "orm" }]
                    fast-json = [{ name = "json" }]

                    [package.dev-dependencies]
                    dev = [{ name = "test" }]
                    docs = [{ name = "markdown" }]

                    [package.metadata]
                    provides-extras = ["all", "fast-json", "empty"]

                    [package.metadata.requires-dev]
                    dev = [{ name = "test" }]
                    docs = [{ name = "markdown" }]
                    nothing = []
                    """)
            + locked("web", "1", "")
            + locked("json", "1", "")
            + locked("orm", "1", "")
            + locked("test", "1", "")
            + locked("markdown", "1", "");

    static Stream<Arguments> extrasAndGroups() {
        return Stream.of(
                Arguments.of(List.of(), List.of(), List.of("web 1")),
                Arguments.of(List.of("Fast_JSON"), List.of(), List.of("json 1", "web 1")),
                Arguments.of(List.of("all"), List.of(), List.of("json 1", "orm 1", "web 1")),
                Arguments.of(List.of("empty"), List.of("nothing"), List.of("web 1")),
                Arguments.of(List.of(), List.of("dev"), List.of("test 1", "web 1")),
                Arguments.of(List.of("fast-json"), List.of("docs"), List.of("json 1", "markdown 1", "web 1")));
    }

    @ParameterizedTest
    @MethodSource("extrasAndGroups")
    void extrasAndGroupsAreTakenWhereAskedFor(List<String> extras, List<String> groups, List<String> expected) {
        assertThat(names(read(EXTRAS_AND_GROUPS).select(app(extras, groups)))).isEqualTo(expected);
    }

    /** As `uv export --no-dev` answers. */
    static Stream<Arguments> defaultGroups() {
        return Stream.of(
                Arguments.of("[]", List.of("web 1")),
                Arguments.of("[\"dev\"]", List.of("web 1")),
                Arguments.of("[\"DEV\", \"Docs\"]", List.of("markdown 1", "web 1")),
                Arguments.of("[\"nothing\"]", List.of("web 1")),
                Arguments.of("\"all\"", List.of("markdown 1", "web 1")));
    }

    @ParameterizedTest
    @MethodSource("defaultGroups")
    void uvsDefaultGroupsAreTakenUnaskedButForDev(String value, List<String> expected) {
        assertThat(names(read(EXTRAS_AND_GROUPS).select(appWithDefaultGroups(value, List.of()))))
                .isEqualTo(expected);
    }

    @Test
    void theGroupDevIsTakenBesideTheDefaultGroupsWhereAskedFor() {
        assertThat(names(read(EXTRAS_AND_GROUPS).select(appWithDefaultGroups("[\"docs\"]", List.of("dev")))))
                .containsExactly("markdown 1", "test 1", "web 1");
    }

    @Test
    void aDefaultGroupThatTheLockDoesNotKnowIsRefused() {
        Wanted wanted = appWithDefaultGroups("[\"all\"]", List.of());

        assertThatThrownBy(() -> read(EXTRAS_AND_GROUPS).select(wanted)).hasMessage("""
                The lock knows no group "all".
                  where  [tool.uv] default-groups of pyproject.toml
                  why    its groups are: dev, docs, nothing
                  do     add the group to pyproject.toml and run `uv lock`""");
    }

    @Test
    void defaultGroupsOfAnotherFormAreRefused() {
        assertThatThrownBy(() -> appWithDefaultGroups("\"none\"", List.of())).hasMessage("""
                "default-groups" is neither "all" nor an array of strings.
                  where  pyproject.toml: tool.uv.default-groups""");
        assertThatThrownBy(() -> appWithDefaultGroups("true", List.of())).hasMessage("""
                "default-groups" is not an array of strings.
                  where  pyproject.toml: tool.uv.default-groups""");
        assertThatThrownBy(() -> appWithDefaultGroups("[\"-x\"]", List.of())).hasMessageStartingWith("""
                        "-x" is not the name of an extra or group.
                          where  pyproject.toml: tool.uv.default-groups
                        """);
    }

    private static Wanted appWithDefaultGroups(String value, List<String> groups) {
        return Wanted.of(
                Path.of("app"),
                Optional.of(LockFixture.pyproject("""
                        [project]
                        name = "app"
                        [tool.uv]
                        default-groups = %s
                        """.formatted(value))),
                LockFixture.DEBIAN,
                List.of(),
                groups);
    }

    @Test
    void whatAGroupNeedsSaysSo() {
        List<LockedPackage> selected = read(EXTRAS_AND_GROUPS)
                .select(app(List.of("all"), List.of("dev")))
                .packages();

        assertThat(selected)
                .extracting(locked -> locked.name().value(), LockedPackage::requiredBy)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("test", List.of("app (group dev)")),
                        org.assertj.core.groups.Tuple.tuple("json", List.of("app[fast-json]")));
    }

    private static final String FORKS = project("""
                    dependencies = [
                        { name = "numpy", version = "1.26.4", source = { registry = "https://index.example/simple" }, marker = "python_full_version < '3.12'" },
                        { name = "numpy", version = "2.5.5", source = { registry = "https://index.example/simple" }, marker = "python_full_version >= '3.12'" },
                        { name = "frame" },
                    ]
                    """)
            + locked("numpy", "1.26.4", "resolution-markers = [\"python_full_version < '3.12'\"]")
            + locked("numpy", "2.5.5", "resolution-markers = [\"python_full_version >= '3.12'\"]")
            + locked("frame", "1", "dependencies = [{ name = \"numpy\" }]");

    @Test
    void ofSeveralForksTheTargetsOneIsTaken() {
        assertThat(names(read(FORKS).select(app()))).containsExactly("frame 1", "numpy 1.26.4");
        assertThat(names(read(FORKS).select(app(target("3.13.0", "cp313", Libc.MUSL, "1.2"), List.of(), List.of()))))
                .containsExactly("frame 1", "numpy 2.5.5");
    }

    @Test
    void packagesOfOneNameAndVersionAreToldApartBySource() {
        String cpu = locked("torch", "2.0", "").replace("index.example/simple", "index.example/cpu");
        String lock = project("dependencies = [{ name = \"torch\", version = \"2.0\","
                        + " source = { registry = \"https://index.example/cpu\" } }]")
                + locked("torch", "2.0", "dependencies = [{ name = \"cuda\" }]")
                + cpu
                + locked("cuda", "12", "");

        assertThat(names(read(lock).select(app()))).containsExactly("torch 2.0");
    }

    @Test
    void cyclesEnd() {
        String lock = project("dependencies = [{ name = \"chicken\" }]")
                + locked("chicken", "1", "dependencies = [{ name = \"egg\" }]")
                + locked("egg", "1", "dependencies = [{ name = \"chicken\" }, { name = \"app\" }]");

        assertThat(names(read(lock).select(app()))).containsExactly("chicken 1", "egg 1");
    }

    @Test
    void aHigherRevisionAndUnknownKeysAreCompatible() {
        String lock = project("dependencies = [{ name = \"web\" }]\nnews = 1")
                        .replace("revision = 3", "revision = 99\nfuture = { a = 1 }")
                + locked("web", "1", "");

        assertThat(names(read(lock).select(app()))).containsExactly("web 1");
    }

    @Test
    void theOldNameOfAPackageIsRead() {
        String lock = (project("dependencies = [{ name = \"web\" }]") + locked("web", "1", ""))
                .replace("[[package]]", "[[distribution]]");

        assertThat(names(read(lock).select(app()))).containsExactly("web 1");
    }

    @Test
    void aSourceDistributionIsKnownByName() {
        String lock = project("dependencies = [{ name = \"old\" }]") + """

                [[package]]
                name = "old"
                version = "1"
                source = { registry = "https://index.example/simple" }
                sdist = { url = "https://index.example/files/old-1.tar.gz", hash = "sha256:%s" }
                """.formatted(A);

        assertThat(read(lock).select(app()).packages().get(0).files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of("old-1.tar.gz")));
    }

    /** uv tells the resolutions of conflicting extras apart by markers on extras with encoded names. */
    private static final String CONFLICTS =
            project("""
                    [package.optional-dependencies]
                    cpu = [{ name = "torch", version = "1", marker = "extra == 'extra-3-app-cpu'" }]
                    gpu = [{ name = "torch", version = "2", marker = "extra == 'extra-3-app-gpu' or extra != 'extra-3-app-cpu'" }]

                    [package.dev-dependencies]
                    old = [{ name = "torch", version = "1", marker = "extra == 'group-3-app-old'" }]
                    train = [{ name = "app", extra = ["gpu"] }]
                    """).replace("revision = 3", """
                    revision = 3
                    conflicts = [[
                        { package = "app", extra = "cpu" },
                        { package = "app", extra = "gpu" },
                        { package = "app", group = "old" },
                        { package = "other" },
                    ]]""") + locked("torch", "1", "") + locked("torch", "2", "");

    @Test
    void ofConflictingChoicesEachHasItsOwnVersions() {
        Lock lock = read(CONFLICTS);

        assertThat(names(lock.select(app()))).isEmpty();
        assertThat(names(lock.select(app(List.of("cpu"), List.of())))).containsExactly("torch 1");
        assertThat(names(lock.select(app(List.of("gpu"), List.of())))).containsExactly("torch 2");
        assertThat(names(lock.select(app(List.of(), List.of("old"))))).containsExactly("torch 1");
        assertThat(names(lock.select(app(List.of(), List.of("train"))))).containsExactly("torch 2");
    }

    /** An extra that an edge asks for is active on that edge already. */
    @Test
    void anEdgeMayDependOnTheExtraThatItAsksFor() {
        String asks = "train = [{ name = \"app\", extra = [\"gpu\"]";
        Lock same = read(CONFLICTS.replace(asks, asks + ", marker = \"extra == 'extra-3-app-gpu'\""));

        assertThat(names(same.select(app(List.of(), List.of("train"))))).containsExactly("torch 2");

        Lock other = read(CONFLICTS.replace(asks, asks + ", marker = \"extra == 'extra-3-app-cpu'\""));

        assertThat(names(other.select(app(List.of(), List.of("train"))))).isEmpty();
    }

    @Test
    void conflictingChoicesTogetherAreRefused() {
        Lock lock = read(CONFLICTS);

        assertThatThrownBy(() -> lock.select(app(List.of("cpu", "gpu"), List.of())))
                .hasMessage("""
                The lock does not allow extra "cpu" of app together with extra "gpu" of app.
                  why    [tool.uv] conflicts of the project keeps them apart, each with versions of its own
                  do     ask for one of them in this image, and build another image for the other""");
        assertThatThrownBy(() -> lock.select(app(List.of(), List.of("old", "train"))))
                .hasMessageStartingWith(
                        "The lock does not allow extra \"gpu\" of app together with group \"old\" of app.");
    }

    private static final String WORKSPACE =
            """
            version = 1
            requires-python = ">=3.11"

            [manifest]
            members = ["app", "api", "lib"]

            [[package]]
            name = "app"
            source = { virtual = "." }
            dependencies = [{ name = "lib" }]

            [[package]]
            name = "api"
            version = "1"
            source = { editable = "services/api" }
            dependencies = [{ name = "lib", extra = ["fast"] }, { name = "web" }]

            [[package]]
            name = "lib"
            source = { editable = "lib" }

            [package.optional-dependencies]
            fast = [{ name = "json" }]

            [package.dev-dependencies]
            dev = [{ name = "test" }]
            """ + locked("json", "1", "") + locked("web", "1", "") + locked("test", "1", "");

    private Wanted member(String name, String path) {
        return Wanted.of(
                directory.resolve(path),
                Optional.of(LockFixture.pyproject("[project]\nname = \"" + name + "\"")),
                LockFixture.DEBIAN,
                List.of(),
                List.of());
    }

    @Test
    void aRootThatIsNoProjectIsRefusedWithItsMembers() {
        Wanted nameless = Wanted.of(directory, Optional.empty(), LockFixture.DEBIAN, List.of(), List.of());

        assertThatThrownBy(() -> read(WORKSPACE).select(nameless)).hasMessage("""
                The project is the root of a workspace, and none of its members.
                  why    an image is of one project, and pyproject.toml has no [project] name
                  do     name one of the members as python.project: lib, services/api""");
    }

    @Test
    void theMemberThatLiesInTheProjectsDirectoryIsTheProject() {
        Lock lock = read(WORKSPACE);

        assertThat(lock.select(member("api", "services/api")).packages())
                .extracting(locked -> locked.name().value())
                .containsExactly("json", "lib", "web");
        assertThat(lock.select(member("lib", "lib")).packages()).isEmpty();
    }

    @Test
    void aMembersDirectoryMayBeReachedByALink() throws IOException {
        Files.createDirectory(directory.resolve("elsewhere"));
        assertThatThrownBy(() -> read(WORKSPACE).select(member("api", "elsewhere")))
                .hasMessageStartingWith("The lock is not of the project \"api\".");

        Files.createDirectories(directory.resolve("services/api"));
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("services/api"));

        assertThat(read(WORKSPACE).select(member("api", "link")).packages())
                .extracting(locked -> locked.name().value())
                .containsExactly("json", "lib", "web");
        for (String other : List.of("elsewhere", "gone")) {
            assertThatThrownBy(() -> read(WORKSPACE).select(member("api", other)))
                    .hasMessageStartingWith("The lock is not of the project \"api\".");
        }
    }

    /** As a plugin of the project does. */
    @Test
    void aPackageThatNeedsTheProjectItselfBringsItNotIn() {
        String lock = project("dependencies = [{ name = \"plugin\" }]").replace("virtual", "editable")
                + locked("plugin", "1", "dependencies = [{ name = \"app\" }]");

        assertThat(names(read(lock).select(app()))).containsExactly("plugin 1");
    }

    /** Its version is its build backend's to tell. */
    @Test
    void aNeededMemberIsAProjectWithItsExtras() {
        LockedPackage lib =
                read(WORKSPACE).select(member("api", "services/api")).packages().get(1);

        assertThat(lib)
                .isEqualTo(new LockedPackage(
                        PackageName.of("lib"),
                        Optional.empty(),
                        new LockedFiles.Member(directory.resolve("lib")),
                        List.of(),
                        List.of("fast"),
                        List.of("api")));
    }

    @Test
    void aVirtualMemberIsNothingToInstall() {
        String lock = WORKSPACE.replace("editable = \"lib\"", "virtual = \"lib\"");

        Needed needed = read(lock).select(member("api", "services/api"));

        assertThat(needed.packages())
                .extracting(locked -> locked.name().value())
                .containsExactly("json", "web");
        assertThat(omitted(needed)).contains("lib -: a virtual project: what it requires is installed, itself is not");
    }

    private static List<String> omitted(Needed needed) {
        return needed.omitted().stream()
                .map(omitted -> omitted.name() + " "
                        + omitted.version().map(Version::toString).orElse("-") + ": " + omitted.reason())
                .toList();
    }

    @Test
    void whatIsLeftOutIsToldWithTheNearestReason() {
        String lock = project("""
                        dependencies = [
                            { name = "shell", marker = "sys_platform == 'win32'" },
                            { name = "web" },
                        ]
                        [package.optional-dependencies]
                        docs = [{ name = "markdown" }]
                        [package.dev-dependencies]
                        dev = [{ name = "test" }]
                        """)
                + locked("web", "1", """
                        dependencies = [{ name = "numpy", version = "2" }]
                        [package.optional-dependencies]
                        fast = [{ name = "json" }]
                        """)
                + locked("shell", "1", "dependencies = [{ name = \"colours\" }]")
                + locked("colours", "1", "dependencies = [{ name = \"paint\" }]")
                + locked("paint", "1", "")
                + locked("markdown", "1", "dependencies = [{ name = \"html\" }]")
                + locked("html", "1", "dependencies = [{ name = \"markdown\" }]")
                + locked("test", "1", "")
                + locked("json", "1", "")
                + locked("numpy", "1", "")
                + locked("numpy", "2", "")
                + locked("stranger", "9", "");

        assertThat(omitted(read(lock).select(app())))
                .containsExactly(
                        "colours 1: required only by shell, which is left out",
                        "html 1: of the extra \"docs\"",
                        "json 1: of the extra \"fast\" of web",
                        "markdown 1: of the extra \"docs\"",
                        "numpy 1: of another fork of the resolution; 2 is taken",
                        "paint 1: required only by colours, which is left out",
                        "shell 1: its marker `sys_platform == \"win32\"` does not hold",
                        "stranger 9: nothing requires it",
                        "test 1: of the group \"dev\"");
    }

    /** As for a wheel's URL of each platform. */
    @Test
    void aVersionOfSeveralSourcesIsLeftOutOnce() {
        String lock = project("""
                        [package.optional-dependencies]
                        db = [{ name = "driver" }]
                        """)
                + locked("driver", "1", "")
                + locked("driver", "1", "").replace("index.example/simple", "index.example/arm64");

        assertThat(omitted(read(lock).select(app()))).containsExactly("driver 1: of the extra \"db\"");
    }

    @Test
    void whatOtherMembersNeedIsLeftOutAsTheirs() {
        assertThat(omitted(read(WORKSPACE).select(member("lib", "lib"))))
                .containsExactly(
                        "api 1: another project, which is not required",
                        "app -: another project, which is not required",
                        "json 1: of the extra \"fast\"",
                        "test 1: of the group \"dev\"",
                        "web 1: of the project \"api\"");
        assertThat(omitted(read(WORKSPACE).select(member("api", "services/api"))))
                .containsExactly(
                        "app -: another project, which is not required", "test 1: of the group \"dev\" of lib");
        String more = WORKSPACE.replace("[[package]]\nname = \"lib\"", """
                        [package.optional-dependencies]
                        admin = [{ name = "panel" }]
                        [package.dev-dependencies]
                        dev = [{ name = "lint" }]

                        [[package]]
                        name = "lib\"""")
                + locked("panel", "1", "")
                + locked("lint", "1", "");
        assertThat(omitted(read(more).select(member("lib", "lib"))))
                .contains("panel 1: of the project \"api\"", "lint 1: of the project \"api\"");
    }

    /** An environment that no package is for, of a resolution that forked. */
    @Test
    void ofTwoPackagesOfOneVersionTheForkDecides() {
        String lock = project("dependencies = [{ name = \"torch\", version = \"2\" }]")
                + locked("torch", "2", "resolution-markers = [\"sys_platform == 'darwin'\"]")
                + locked("torch", "2", "resolution-markers = [\"sys_platform == 'linux'\"]")
                        .replace("index.example/simple", "index.example/cpu");

        assertThat(read(lock).select(app()).packages().get(0).indexes()).containsExactly("https://index.example/cpu");
    }

    @Test
    void aVersionThatAnEdgeNamesIsTakenWhateverItsFork() {
        String lock = project("dependencies = [{ name = \"torch\", version = \"1\" }]")
                + locked("torch", "1", "resolution-markers = [\"sys_platform == 'darwin'\"]")
                + locked("torch", "2", "resolution-markers = [\"sys_platform == 'linux'\"]");

        assertThat(read(lock).select(app()).packages().get(0).version()).hasToString("Optional[1]");
    }

    /** Written again for each fork, it is in all of these and in no other. */
    @Test
    void aPackageThatIsWrittenTwiceIsInTheForksOfBoth() {
        String lock = project("dependencies = [{ name = \"torch\" }]")
                + locked("torch", "1", "resolution-markers = [\"sys_platform == 'darwin'\"]")
                + locked("torch", "1", "resolution-markers = [\"sys_platform == '%s'\"]")
                + locked("torch", "2", "resolution-markers = [\"sys_platform == '%s'\"]");

        assertThat(read(lock.formatted("win32", "linux"))
                        .select(app())
                        .packages()
                        .get(0)
                        .version())
                .hasToString("Optional[2]");
        assertThat(read(lock.formatted("linux", "win32"))
                        .select(app())
                        .packages()
                        .get(0)
                        .version())
                .hasToString("Optional[1]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "supported-markers = [\"sys_platform == 'win32'\", \"sys_platform == 'linux'\"]",
                "resolution-markers = [\"sys_platform == 'win32'\", \"sys_platform == 'linux'\"]",
                "resolution-markers = [\"sys_platform == 'win32'\", \"extra == 'extra-3-app-cpu'\"]",
                "resolution-markers = []"
            })
    void oneOfTheLocksPlatformsMustBeTheBases(String markers) {
        assertThat(read(project("").replace("revision = 3", markers))
                        .select(app())
                        .packages())
                .isEmpty();
    }

    @Test
    void aProjectMayConflictWithItsOwnGroup() {
        String lock = project("""
                        dependencies = [{ name = "lib", marker = "extra == 'project-3-app'" }]
                        [package.dependency-groups]
                        dev = []
                        """)
                        .replace(
                                "revision = 3",
                                "conflicts = [[{ package = \"app\" }, { package = \"app\", group = \"dev\" }]]")
                + locked("lib", "1", "");

        assertThat(read(lock).select(app()).packages()).hasSize(1);
        assertThatThrownBy(() -> read(lock).select(app(List.of(), List.of("dev"))))
                .hasMessage("""
                The lock does not allow project "app" together with group "dev" of app.
                  why    [tool.uv] conflicts of the project keeps them apart, each with versions of its own
                  do     ask for one of them in this image, and build another image for the other""");
    }

    @Test
    void anUnknownExtraOrGroupIsRefusedWithTheKnownOnes() {
        Lock lock = read(EXTRAS_AND_GROUPS);

        assertThatThrownBy(() -> lock.select(app(List.of("fast"), List.of()))).hasMessage("""
                The lock knows no extra "fast".
                  why    its extras are: all, empty, fast-json
                  do     add the extra to pyproject.toml and run `uv lock`""");
        assertThatThrownBy(() -> lock.select(app(List.of(), List.of("lint")))).hasMessage("""
                The lock knows no group "lint".
                  why    its groups are: dev, docs, nothing
                  do     add the group to pyproject.toml and run `uv lock`""");
        assertThatThrownBy(() -> read(project("")).select(app(List.of("fast"), List.of())))
                .hasMessage("""
                The lock knows no extra "fast".
                  why    it has no extras
                  do     add the extra to pyproject.toml and run `uv lock`""");
    }

    @Test
    void aProjectWithoutANameHasNoPlaceInTheLock() {
        Wanted nameless = Wanted.of(Path.of("app"), Optional.empty(), LockFixture.DEBIAN, List.of(), List.of());

        assertThatThrownBy(() -> read(project("")).select(nameless)).hasMessage("""
                The project has no name by which the lock knows it.
                  why    uv.lock is walked from the project, and pyproject.toml has no [project] name
                  do     add a [project] table with a name, and lock again""");
    }

    @Test
    void theProjectsNameIsComparedInItsNormalForm() {
        Wanted spelled = Wanted.of(
                Path.of("app"),
                Optional.of(LockFixture.pyproject("[project]\nname = \"APP\"")),
                LockFixture.DEBIAN,
                List.of(),
                List.of());

        assertThat(read(project("")).select(spelled).packages()).isEmpty();
    }
}

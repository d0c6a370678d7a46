package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.locked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Pyproject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a project says now, compared with what its {@code uv.lock} was made from. */
class UvStaleTest {

    private static final String HEAD = """
            version = 1
            revision = 3
            requires-python = ">=3.11"

            [manifest]
            %s

            [[package]]
            name = "app"
            version = "1.0"
            source = { virtual = "." }
            %s
            """;

    @TempDir
    Path directory;

    /** {@code place: line (why)} for each difference. */
    private List<String> stale(String lock, String pyproject, List<String> extras, List<String> groups) {
        Wanted wanted =
                Wanted.of(directory, Optional.of(LockFixture.pyproject(pyproject)), LockFixture.DEBIAN, extras, groups);
        return LockFixture.read(directory, "uv.lock", lock).stale(wanted).stream()
                .map(entry -> entry.place() + ": " + entry.line() + " (" + entry.why() + ")")
                .toList();
    }

    private List<String> stale(String requiresDist, String dependencies, String settings) {
        return stale(
                HEAD.formatted("", "[package.metadata]\nrequires-dist = [" + requiresDist + "]"),
                "[project]\nname = \"app\"\nversion = \"2.0\"\ndependencies = [" + dependencies + "]\n" + settings,
                List.of(),
                List.of());
    }

    /** requires-dist of the lock, dependencies of the project, its settings: the same thing in other words. */
    static Stream<Arguments> same() {
        String git = "{ name = \"lib\", git = \"https://forge.example/lib?";
        String sources = "[tool.uv.sources]\n";
        return Stream.of(
                Arguments.of("{ name = \"web\" }", "\"web\"", ""),
                Arguments.of("{ name = \"web-kit\", specifier = \">=1.0,<2\" }", "\"Web_Kit <2.0, >=1\"", ""),
                Arguments.of("{ name = \"web\", extras = [\"fast-json\"] }", "\"web[Fast_JSON]\"", ""),
                Arguments.of("{ name = \"web\", specifier = \"==1.*\" }", "\"web == 1.*\"", ""),
                Arguments.of("{ name = \"web\", specifier = \"===odd\" }", "\"web === ODD\"", ""),
                Arguments.of(
                        "{ name = \"web\", marker = \"sys_platform == 'linux'\", specifier = \">1\" }",
                        "\"web>1; sys_platform=='linux'\"",
                        ""),
                // What does not reach the target changes nothing in the image.
                Arguments.of("", "\"shell>2; sys_platform=='win32'\"", ""),
                Arguments.of("{ name = \"shell\", marker = \"sys_platform == 'win32'\" }", "", ""),
                // The lock's index is told only where one is pinned.
                Arguments.of(
                        "{ name = \"web\", index = \"https://index.example/cpu/\" }",
                        "\"web\"",
                        sources
                                + "web = { index = \"cpu\" }\n[[tool.uv.index]]\nname = \"cpu\"\nurl = \"https://me:pw@index.example/cpu\""),
                Arguments.of(
                        "{ name = \"web\", index = \"wheels\" }",
                        "\"web\"",
                        sources
                                + "web = { index = \"flat\" }\n[[tool.uv.index]]\nname = \"flat\"\nurl = \"./wheels\"\nformat = \"flat\""),
                Arguments.of(
                        "{ name = \"web\", index = \"https://index.example/cpu\" }",
                        "\"web\"",
                        sources + "web = { index = \"set-elsewhere\" }"),
                Arguments.of(
                        git + "tag=v1\" }",
                        "\"lib\"",
                        sources + "lib = { git = \"https://forge.example/lib\", tag = \"v1\" }"),
                Arguments.of(
                        git + "branch=a%2Fb&subdirectory=py\" }",
                        "\"lib\"",
                        sources
                                + "lib = { git = \"https://forge.example/lib\", branch = \"a/b\", subdirectory = \"py\" }"),
                Arguments.of(
                        git + "tag=v1\" }",
                        "\"lib\"",
                        sources + "lib = { git = \"git+https://forge.example/lib\", tag = \"v1\" }"),
                Arguments.of(git + "rev=1.0\" }", "\"lib @ git+https://me@forge.example/lib@1.0\"", ""),
                Arguments.of(
                        "{ name = \"lib\", git = \"https://forge.example/lib.git\" }",
                        "\"lib @ https://forge.example/lib.git\"",
                        ""),
                Arguments.of(
                        "{ name = \"lib\", git = \"https://forge.example/lib.git?subdirectory=py\" }",
                        "\"lib @ https://forge.example/lib.git#subdirectory=py\"",
                        ""),
                Arguments.of(
                        git + "subdirectory=py\" }", "\"lib @ git+https://forge.example/lib#subdirectory=py\"", ""),
                Arguments.of(
                        "{ name = \"lib\", url = \"https://index.example/lib-1.zip\" }",
                        "\"lib @ https://index.example/lib-1.zip#sha256=00\"",
                        ""),
                Arguments.of(
                        "{ name = \"lib\", url = \"https://index.example/lib-1.zip\" }",
                        "\"lib\"",
                        sources + "lib = { url = \"https://index.example/lib-1.zip\" }"),
                Arguments.of(
                        "{ name = \"lib\", editable = \"../lib\" }",
                        "\"lib\"",
                        sources + "lib = { path = \"./../lib\", editable = true }"),
                Arguments.of("{ name = \"lib\", directory = \"lib\" }", "\"lib @ file:///${PROJECT_ROOT}/lib\"", ""),
                Arguments.of("{ name = \"lib\", directory = \"lib\" }", "\"lib @ file://host/lib\"", ""),
                Arguments.of(
                        "{ name = \"lib\", url = \"https://index.example/lib-1.zip\" }",
                        "\"lib @ https://${HOST}/lib-1.zip\"",
                        ""),
                // Sources may be for some targets alone.
                Arguments.of("{ name = \"web\", index = \"https://index.example/cpu\" }", "\"web\"", sources + """
                        web = [
                            { index = "mac", marker = "sys_platform == 'darwin'" },
                            { index = "docs", group = "docs" },
                            { index = "cpu", marker = "sys_platform == 'linux'" },
                        ]
                        [[tool.uv.index]]
                        name = "mac"
                        url = "https://index.example/mac"
                        [[tool.uv.index]]
                        name = "cpu"
                        url = "https://index.example/cpu"
                        """),
                Arguments.of(
                        "{ name = \"web\" }",
                        "\"web\"",
                        sources + "web = [{ index = \"mac\", marker = \"sys_platform == 'darwin'\" }]"));
    }

    @ParameterizedTest
    @MethodSource("same")
    void whatIsTheSameInOtherWordsIsFresh(String requiresDist, String dependencies, String settings) {
        assertThat(stale(requiresDist, dependencies, settings)).isEmpty();
    }

    /** requires-dist, dependencies, settings, and what is told. */
    static Stream<Arguments> different() {
        String place = "pyproject.toml: project.dependencies: ";
        String index = "{ name = \"web\", index = \"https://index.example/cpu\" }";
        return Stream.of(
                Arguments.of("", "\"httpx>=0.28\"", "", place + "httpx>=0.28 (the lock was made without httpx)"),
                Arguments.of(
                        "{ name = \"httpx\", specifier = \">=0.27\" }",
                        "\"httpx>=0.28\"",
                        "",
                        place + "httpx>=0.28 (the lock was made from httpx>=0.27)"),
                Arguments.of(
                        "{ name = \"httpx\", specifier = \">=0.27\" }",
                        "",
                        "",
                        place + "nothing of httpx (the lock was made from httpx>=0.27)"),
                Arguments.of(
                        "{ name = \"httpx\" }",
                        "\"httpx[http2]\"",
                        "",
                        place + "httpx[http2] (the lock was made from httpx)"),
                Arguments.of(
                        "{ name = \"httpx\", extras = [\"http2\"] }",
                        "\"httpx; sys_platform == 'linux'\"",
                        "",
                        place + "httpx ; sys_platform == \"linux\" (the lock was made from httpx[http2])"),
                Arguments.of(
                        "{ name = \"web\" }, { name = \"web\", specifier = \"<9\" }",
                        "\"web\"",
                        "",
                        place + "no second web (the lock was made from web<9)"),
                // PEP 440: "~=" and "==…*" count the segments.
                Arguments.of(
                        "{ name = \"web\", specifier = \"~=1.0\" }",
                        "\"web~=1.0.0\"",
                        "",
                        place + "web~=1.0.0 (the lock was made from web~=1.0)"),
                Arguments.of(
                        "{ name = \"web\", specifier = \"==1.0\" }",
                        "\"web==1.0.*\"",
                        "",
                        place + "web==1.0.* (the lock was made from web==1.0)"),
                // "===" compares texts.
                Arguments.of(
                        "{ name = \"web\", specifier = \"===1.0\" }",
                        "\"web===1.0.0\"",
                        "",
                        place + "web===1.0.0 (the lock was made from web===1.0)"),
                Arguments.of(
                        index,
                        "\"web\"",
                        "[tool.uv.sources]\nweb = { index = \"gpu\" }\n[[tool.uv.index]]\nname = \"gpu\"\nurl = \"https://index.example/gpu\"",
                        place
                                + "web from the index https://index.example/gpu (the lock was made from web from the index https://index.example/cpu)"),
                Arguments.of(
                        index,
                        "\"web\"",
                        "",
                        place + "web (the lock was made from web from the index https://index.example/cpu)"),
                Arguments.of(
                        "{ name = \"lib\", git = \"https://forge.example/lib?tag=v1\" }",
                        "\"lib\"",
                        "[tool.uv.sources]\nlib = { git = \"https://forge.example/lib\", tag = \"v2\" }",
                        place
                                + "lib from git https://forge.example/lib tag v2 (the lock was made from lib from git https://forge.example/lib tag v1)"),
                Arguments.of(
                        "{ name = \"lib\", git = \"https://forge.example/lib?rev=v1\" }",
                        "\"lib @ git+https://forge.example/lib@v2\"",
                        "",
                        place
                                + "lib from git https://forge.example/lib rev v2 (the lock was made from lib from git https://forge.example/lib rev v1)"),
                Arguments.of(
                        "{ name = \"lib\", url = \"https://index.example/lib-1.zip\" }",
                        "\"lib @ https://index.example/lib-2.zip\"",
                        "",
                        place
                                + "lib from https://index.example/lib-2.zip (the lock was made from lib from https://index.example/lib-1.zip)"),
                Arguments.of(
                        "{ name = \"lib\" }",
                        "\"lib\"",
                        "[tool.uv.sources]\nlib = { path = \"../lib\" }",
                        place + "lib from ../lib (the lock was made from lib)"),
                // Of an origin or index that cannot be told, one thing can: that the lock has none.
                Arguments.of(
                        "{ name = \"lib\" }",
                        "\"lib @ file:///${PROJECT_ROOT}/lib\"",
                        "",
                        place + "lib from * (the lock was made from lib)"),
                Arguments.of(
                        "{ name = \"web\" }",
                        "\"web\"",
                        "[tool.uv.sources]\nweb = { index = \"set-elsewhere\" }",
                        place + "web (the lock was made from web)"),
                Arguments.of(
                        "{ name = \"lib\" }",
                        "\"lib\"",
                        "[tool.uv.sources]\nlib = { workspace = true }",
                        place + "lib from the workspace (the lock was made from lib)"));
    }

    @ParameterizedTest
    @MethodSource("different")
    void whatTheLockWasNotMadeFromIsToldWithItsLine(
            String requiresDist, String dependencies, String settings, String told) {
        assertThat(stale(requiresDist, dependencies, settings)).containsExactly(told);
    }

    @Test
    void aSourceMayBeForOneExtraOrGroupAlone() {
        String lock = HEAD.formatted("", """
                [package.metadata]
                requires-dist = [
                    { name = "web" },
                    { name = "web", marker = "extra == 'fast'", index = "https://index.example/fast" },
                ]
                [package.metadata.requires-dev]
                docs = [{ name = "web", index = "https://index.example/docs" }]
                """);
        String project = """
                [project]
                name = "app"
                dependencies = ["web"]
                optional-dependencies = { fast = ["web"] }
                [dependency-groups]
                docs = ["web"]
                [tool.uv.sources]
                web = [{ index = "fast", extra = "fast" }, { index = "docs", group = "docs" }]
                [[tool.uv.index]]
                name = "fast"
                url = "https://index.example/fast"
                [[tool.uv.index]]
                name = "docs"
                url = "https://index.example/docs"
                """;

        assertThat(stale(lock, project, List.of("fast"), List.of("docs"))).isEmpty();
        assertThat(stale(lock, project.replace("extra = \"fast\"", "extra = \"other\""), List.of("fast"), List.of()))
                .containsExactly("pyproject.toml: project.dependencies: no second web"
                        + " (the lock was made from web from the index https://index.example/fast)");
    }

    /** As projects do that have a lock for each kind of GPU, where one extra asks for another. */
    @Test
    void theMarkerOfASourceMayNameTheExtrasThatAreAskedFor() {
        String lock = HEAD.formatted("", """
                [package.metadata]
                requires-dist = [
                    { name = "app", extras = ["ml"], marker = "extra == 'gpu'" },
                    { name = "web", marker = "extra == 'ml' and extra == 'gpu'", index = "https://index.example/gpu" },
                    { name = "web", marker = "extra == 'ml' and extra != 'gpu'" },
                ]
                """);
        String project = """
                [project]
                name = "app"
                optional-dependencies = { gpu = ["app[ml]"], ml = ["web"] }
                [tool.uv.sources]
                web = [{ index = "gpu", marker = "extra == 'gpu'" }]
                [[tool.uv.index]]
                name = "gpu"
                url = "https://index.example/gpu"
                """;

        assertThat(stale(lock, project, List.of("gpu"), List.of())).isEmpty();
        assertThat(stale(lock, project, List.of("ml"), List.of())).isEmpty();
        assertThat(stale(lock, project.replace("extra == 'gpu'", "extra == 'cpu'"), List.of("gpu"), List.of()))
                .containsExactly("pyproject.toml: project.optional-dependencies.ml: web"
                        + " (the lock was made from web from the index https://index.example/gpu)");
    }

    /** Where the version is dynamic, uv asks the backend for the metadata, and some backends write such extras out. */
    @Test
    void anExtraThatABackendWroteOutHasNoSourceThatIsForAnotherOneAlone() {
        String lock = HEAD.formatted("", """
                [package.metadata]
                requires-dist = [
                    { name = "web", marker = "extra == 'all'" },
                    { name = "web", marker = "extra == 'fast'", index = "https://index.example/fast" },
                ]
                """);
        String project = """
                [project]
                name = "app"
                dynamic = ["version"]
                optional-dependencies = { all = ["app[fast]"], fast = ["web"] }
                [tool.uv.sources]
                web = [{ index = "fast", extra = "fast" }]
                [[tool.uv.index]]
                name = "fast"
                url = "https://index.example/fast"
                """;

        assertThat(stale(lock, project, List.of("all"), List.of())).isEmpty();
        assertThat(stale(lock, project.replace("fast = [\"web\"]", "fast = [\"web>1\"]"), List.of("all"), List.of()))
                .containsExactly("pyproject.toml: project.optional-dependencies.fast:"
                        + " web>1 from the index https://index.example/fast (the lock was made from web)");
    }

    @Test
    void anExtraThatAsksForNoOtherOneIsWrittenOutByNobody() {
        String lock = HEAD.formatted("", """
                [package.metadata]
                requires-dist = [
                    { name = "json", marker = "extra == 'all'" },
                    { name = "web", marker = "extra == 'all'" },
                    { name = "web", marker = "extra == 'fast'", index = "https://index.example/fast" },
                ]
                """);
        String project = """
                [project]
                name = "app"
                dynamic = ["version"]
                optional-dependencies = { all = ["json"], fast = ["web"] }
                [tool.uv.sources]
                web = [{ index = "fast", extra = "fast" }]
                [[tool.uv.index]]
                name = "fast"
                url = "https://index.example/fast"
                """;

        assertThat(stale(lock, project, List.of("all", "fast"), List.of()))
                .containsExactly("pyproject.toml: project.dependencies: no second web (the lock was made from web)");
    }

    @Test
    void aFileByItsUrlIsAPath() {
        String lib = "\"lib @ " + directory.resolve("lib").toUri() + "\"";

        assertThat(stale("{ name = \"lib\", directory = \"lib\" }", lib, "")).isEmpty();
        assertThat(stale("{ name = \"lib\", directory = \"lib\" }", lib.replace("/lib", "/other"), ""))
                .containsExactly(
                        "pyproject.toml: project.dependencies: lib from other (the lock was made from lib from lib)");
        assertThat(stale(
                        "{ name = \"lib\", directory = \".\" }",
                        "\"lib\"",
                        "[tool.uv.sources]\nlib = { path = \"x\" }"))
                .containsExactly(
                        "pyproject.toml: project.dependencies: lib from x (the lock was made from lib from .)");
    }

    @Test
    void aPackageOfAnotherNameIsNoAnswer() {
        assertThat(stale("{ name = \"a\" }, { name = \"c\" }", "\"b\", \"c\"", ""))
                .containsExactly(
                        "pyproject.toml: project.dependencies: b (the lock was made without b)",
                        "pyproject.toml: project.dependencies: nothing of a (the lock was made from a)");
    }

    private static final String CHOICES = HEAD.formatted("", """
            [package.metadata]
            requires-dist = [
                { name = "app", extras = ["json"], marker = "extra == 'all'" },
                { name = "fast", marker = "extra == 'json'", specifier = ">=1" },
                { name = "docs", marker = "extra == 'docs'", specifier = ">=1" },
            ]
            provides-extras = ["all", "json", "docs"]

            [package.metadata.requires-dev]
            dev = [{ name = "pytest", specifier = ">=8" }]
            lint = [{ name = "ruff", specifier = ">=1" }]
            """);

    private static final String CHOSEN = """
            [project]
            name = "app"
            [project.optional-dependencies]
            all = ["app[json]"]
            json = ["fast>=2"]
            docs = ["docs>=2"]
            [dependency-groups]
            lint = ["ruff>=2"]
            [tool.uv]
            dev-dependencies = ["pytest>=9"]
            """;

    @Test
    void whatTheImageDoesNotTakeIsNotCompared() {
        assertThat(stale(CHOICES, CHOSEN, List.of(), List.of())).isEmpty();
    }

    @Test
    void extrasAndGroupsAreComparedWhereAskedFor() {
        assertThat(stale(CHOICES, CHOSEN, List.of("docs"), List.of("lint", "dev")))
                .containsExactly(
                        "pyproject.toml: project.optional-dependencies.docs: docs>=2 (the lock was made from docs>=1)",
                        "pyproject.toml: tool.uv.dev-dependencies: pytest>=9 (the lock was made from pytest>=8)",
                        "pyproject.toml: dependency-groups.lint: ruff>=2 (the lock was made from ruff>=1)");
    }

    @Test
    void anExtraThatAnotherAsksForIsAskedForToo() {
        assertThat(stale(CHOICES, CHOSEN, List.of("all"), List.of()))
                .containsExactly(
                        "pyproject.toml: project.optional-dependencies.json: fast>=2 (the lock was made from fast>=1)");
    }

    /** A later name of the table. */
    @Test
    void groupsMayStandInTheMetadataByTheirNewName() {
        assertThat(stale(
                        CHOICES.replace("metadata.requires-dev", "metadata.dependency-groups"),
                        CHOSEN.replace("ruff>=2", "ruff>=1"),
                        List.of(),
                        List.of("lint")))
                .isEmpty();
    }

    @Test
    void extrasAreFollowedThroughOthersAndFromGroups() {
        String told = "pyproject.toml: project.optional-dependencies.json: fast>=2 (the lock was made from fast>=1)";
        String chain = CHOSEN.replace("all = [\"app[json]\"]", "all = [\"app[more]\"]\nmore = [\"app[json]\"]");
        String group = CHOSEN.replace("lint = [\"ruff>=2\"]", "lint = [\"ruff>=1\", \"app[json]\"]");

        assertThat(stale(CHOICES, chain, List.of("all"), List.of())).containsExactly(told);
        assertThat(stale(CHOICES, group, List.of(), List.of("lint"))).containsExactly(told);
    }

    @Test
    void defaultGroupsAreTaken() {
        assertThat(stale(CHOICES, CHOSEN + "default-groups = [\"lint\"]", List.of(), List.of()))
                .containsExactly("pyproject.toml: dependency-groups.lint: ruff>=2 (the lock was made from ruff>=1)");
    }

    @Test
    void whatIsDynamicOnlyItsBackendKnows() {
        String lock = HEAD.formatted("", "[package.metadata]\nrequires-dist = [{ name = \"told-by-backend\" }]");

        assertThat(stale(lock, "[project]\nname = \"app\"\ndynamic = [\"dependencies\"]", List.of(), List.of()))
                .isEmpty();
    }

    @Test
    void whereExtrasAreDynamicNothingIsMissed() {
        String lock = HEAD.formatted("", "[package.metadata]\nrequires-dist = [{ name = \"told-by-backend\" }]");

        assertThat(stale(
                        lock, "[project]\nname = \"app\"\ndynamic = [\"optional-dependencies\"]", List.of(), List.of()))
                .isEmpty();
    }

    @Test
    void aLockThatTellsOfItsDependenciesIsComparedWithThem() {
        String told = "pyproject.toml: project.dependencies: other (the lock was made without other)";
        String project = "[project]\nname = \"app\"\ndependencies = [\"web\", \"other\"]";
        String lock = HEAD.formatted(
                        "",
                        "dependencies = [{ name = \"web\" }]\n[package.metadata]\nrequires-dist = [{ name = \"web\" }]")
                + locked("web", "1", "");

        assertThat(stale(lock, project, List.of(), List.of())).containsExactly(told);
        assertThat(stale(HEAD.formatted("", ""), project.replace("\"web\", ", ""), List.of(), List.of()))
                .containsExactly(told);
    }

    @Test
    void aLockWithoutMetadataTellsNothing() {
        String lock = HEAD.formatted("", "dependencies = [{ name = \"web\" }]") + locked("web", "1", "");

        assertThat(stale(lock, "[project]\nname = \"app\"\ndependencies = [\"other\"]", List.of(), List.of()))
                .isEmpty();
    }

    @Test
    void aGroupForAnotherPythonIsRefusedAndNotToldAsStale() {
        String project = CHOSEN + "[tool.uv.dependency-groups]\nlint = { requires-python = \">=3.12\" }";
        Wanted wanted = Wanted.of(
                directory, Optional.of(LockFixture.pyproject(project)), LockFixture.DEBIAN, List.of(), List.of("lint"));
        Lock lock = LockFixture.read(directory, "uv.lock", CHOICES);

        assertThat(lock.stale(wanted)).isEmpty();
        assertThatThrownBy(() -> lock.select(wanted))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The group "lint" is for Python >=3.12, but the base has Python 3.11.2.
                  where  pyproject.toml: tool.uv.dependency-groups.lint.requires-python
                  do     leave the group out, or use a base whose Python fits""");
    }

    @Test
    void aGroupForTheTargetsPythonIsCompared() {
        String project = CHOSEN + "[tool.uv.dependency-groups]\nlint = { requires-python = \">=3.11\" }";

        assertThat(stale(CHOICES, project, List.of(), List.of("lint")))
                .containsExactly("pyproject.toml: dependency-groups.lint: ruff>=2 (the lock was made from ruff>=1)");
    }

    @Test
    void aLockThatNamesNoPythonIsForEach() {
        assertThat(stale(
                        HEAD.formatted("", "").replace("requires-python = \">=3.11\"\n", ""),
                        "[project]\nname = \"app\"\nrequires-python = \">=3.12\"",
                        List.of(),
                        List.of()))
                .isEmpty();
    }

    /** A lock for it need not say what the project says for this one; the selection refuses it. */
    @Test
    void aLockForAnotherPythonIsNotCompared() {
        String project =
                "[project]\nname = \"app\"\nrequires-python = \">=3.12\"\ndependencies = [\"tomli; python_version < '3.12'\"]";

        assertThat(stale(HEAD.formatted("", "").replace(">=3.11", ">=3.12"), project, List.of(), List.of()))
                .isEmpty();
    }

    @Test
    void aGroupMayAllowLessThanItsProject() {
        String project = "[project]\nname = \"app\"\nrequires-python = \">=3.9\"\n";

        assertThat(stale(
                        HEAD.formatted("", ""),
                        project + "[tool.uv.dependency-groups]\ndev = { requires-python = \">=3.11\" }",
                        List.of(),
                        List.of()))
                .isEmpty();
        assertThat(stale(HEAD.formatted("", ""), project, List.of(), List.of())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ">=3.11 | >=3.11 | -",
                ">=3.11 | >= 3.11.0 | -",
                ">=3.11,<4 | <4,>=3.11 | -",
                ">=3.11 | ~=3.11 | -",
                "==3.11.* | >=3.11,<3.12 | -",
                ">=3.11 | >=3.10 | 3.10",
                ">=3.10 | >=3.11 | 3.10",
                ">=3.11 | >=3.11,<3.13 | 3.13",
                ">=3.11.2 | >=3.11.3 | 3.11.2",
                ">=3.11 | >=3.11,!=3.11.9 | 3.11.9"
            })
    void thePythonsAreComparedByWhatTheyMean(String lock, String project, String differs) {
        List<String> stale = stale(
                HEAD.formatted("", "").replace(">=3.11", lock),
                "[project]\nname = \"app\"\nrequires-python = \"" + project + "\"",
                List.of(),
                List.of());

        assertThat(stale)
                .hasSize(differs.equals("-") ? 0 : 1)
                .allMatch(told -> told.startsWith("pyproject.toml: project.requires-python: requires-python = \"")
                        && told.endsWith("which differs for Python " + differs + ")"));
    }

    @Test
    void aWorkspaceAllowsWhatAllItsMembersDo() {
        String lock = HEAD.formatted("members = [\"app\", \"lib\"]", "");

        assertThat(stale(lock, "[project]\nname = \"app\"\nrequires-python = \">=3.9\"", List.of(), List.of()))
                .isEmpty();
        assertThat(stale(lock, "[project]\nname = \"app\"\nrequires-python = \">=3.12\"", List.of(), List.of()))
                .containsExactly("pyproject.toml: project.requires-python: requires-python = \">=3.12\""
                        + " (the lock was made for \">=3.11\", which differs for Python 3.11)");
    }

    static final List<Arguments> MANIFEST = List.of(
            Arguments.of("", "", ""),
            Arguments.of(
                    "constraints = [{ name = \"web\", specifier = \"<3\" }]",
                    "constraint-dependencies = [\"web<3\", \"shell; sys_platform=='win32'\"]",
                    ""),
            Arguments.of("", "constraint-dependencies = [\"unneeded<3\"]", ""),
            Arguments.of(
                    "",
                    "constraint-dependencies = [\"web<3\"]",
                    "pyproject.toml: tool.uv.constraint-dependencies: web<3 (the lock was made without it)"),
            Arguments.of(
                    "overrides = [{ name = \"web\", specifier = \"==1\" }]",
                    "",
                    "pyproject.toml: tool.uv.override-dependencies: nothing of web (the lock was made with web==1)"),
            Arguments.of(
                    "overrides = [{ name = \"web\", url = \"https://index.example/web.zip\" }]",
                    "override-dependencies = [\"web @ https://${HOST}/web.zip\"]",
                    ""),
            Arguments.of("overrides = [{ name = \"web\", package = \"app\", specifier = \"==1\" }]", "", ""),
            Arguments.of("", "override-dependencies = [{ package = \"web\", dependency = \"x\" }]", ""));

    @ParameterizedTest
    @FieldSource("MANIFEST")
    void constraintsAndOverridesOfNeededPackagesAreCompared(String manifest, String settings, String told) {
        String lock = HEAD.formatted(manifest, """
                        dependencies = [{ name = "web" }]
                        [package.metadata]
                        requires-dist = [{ name = "web" }]
                        """) + locked("web", "1", "");
        String project = "[project]\nname = \"app\"\ndependencies = [\"web\"]\n[tool.uv]\n" + settings;

        assertThat(stale(lock, project, List.of(), List.of())).isEqualTo(told.isEmpty() ? List.of() : List.of(told));
    }

    @Test
    void anIndexOfAConstraintThatCannotBeToldIsFresh() {
        String web = "{ name = \"web\", index = \"https://index.example/cpu\" }";
        String lock = HEAD.formatted("constraints = [" + web + "]", """
                        dependencies = [{ name = "web" }]
                        [package.metadata]
                        requires-dist = [%s]
                        """.formatted(web)) + locked("web", "1", "");
        String project = """
                [project]
                name = "app"
                dependencies = ["web"]
                [tool.uv]
                constraint-dependencies = ["web"]
                sources.web = { index = "set-elsewhere" }
                """;

        assertThat(stale(lock, project, List.of(), List.of())).isEmpty();
    }

    private static final String WITH_MEMBER = HEAD.formatted("members = [\"app\", \"lib\"]", """
            dependencies = [{ name = "lib" }]
            [package.metadata]
            requires-dist = [{ name = "lib", editable = "lib" }]
            """) + """

            [[package]]
            name = "lib"
            source = { editable = "lib" }
            [package.metadata]
            requires-dist = [{ name = "web", specifier = ">=1" }]
            """;

    private static final String ROOT = """
            [project]
            name = "app"
            dependencies = ["lib"]
            [tool.uv.workspace]
            members = ["lib"]
            [tool.uv.sources]
            lib = { workspace = true }
            web = { url = "https://index.example/web.zip" }
            """;

    private void member(String path, String dependencies) throws IOException {
        Path member = Files.createDirectories(directory.resolve(path));
        Files.writeString(
                member.resolve(Pyproject.FILE), "[project]\nname = \"lib\"\ndependencies = [" + dependencies + "]");
    }

    /** The sources of a workspace's root count for its members. */
    @Test
    void aMemberThatIsNeededIsComparedToo() throws IOException {
        Files.writeString(directory.resolve(Pyproject.FILE), ROOT);
        member("lib", "\"web\"");

        assertThat(stale(WITH_MEMBER, ROOT, List.of(), List.of()))
                .containsExactly("lib/pyproject.toml: project.dependencies: "
                        + "web from https://index.example/web.zip (the lock was made from web>=1)");
    }

    /** The lock, which does not know the group, is not walked before that is told. */
    @Test
    void aGroupThatIsNewIsToldFirst() {
        String project =
                ROOT + "[tool.uv]\noverride-dependencies = [\"web==2\"]\n[dependency-groups]\ndocs = [\"mkdocs\"]\n";

        assertThat(stale(WITH_MEMBER, project, List.of(), List.of("docs")))
                .containsExactly("pyproject.toml: dependency-groups.docs: mkdocs (the lock was made without mkdocs)");
    }

    @Test
    void aDirectoryThatIsNeededIsComparedToo() throws IOException {
        String root = ROOT.replace("{ workspace = true }", "{ path = \"lib\", editable = false }");
        member("lib", "\"web>=2\"");

        assertThat(stale(WITH_MEMBER.replace("editable = ", "directory = "), root, List.of(), List.of()))
                .containsExactly("lib/pyproject.toml: project.dependencies: web>=2 (the lock was made from web>=1)");
        assertThat(stale(WITH_MEMBER.replace("editable = \"lib\"", "directory = \"lib/\""), root, List.of(), List.of()))
                .containsExactly("lib/pyproject.toml: project.dependencies: web>=2 (the lock was made from web>=1)");
    }

    /** Its requirements are its build backend's to tell. */
    @Test
    void aMemberThatIsNotDescribedIsNotCompared() throws IOException {
        member("lib", "");
        Files.writeString(directory.resolve("lib/pyproject.toml"), "[build-system]\nrequires = [\"setuptools\"]\n");

        assertThat(stale(WITH_MEMBER, ROOT, List.of(), List.of())).isEmpty();
    }

    /** Constraints and overrides are the workspace's, whichever of its members the image is of. */
    @Test
    void theRootsConstraintsCountForItsMembers() throws IOException {
        String lock = WITH_MEMBER.replace("source = { editable = \"lib\" }", """
                        source = { editable = "lib" }
                        dependencies = [{ name = "web" }]
                        """) + locked("web", "1", "");
        String lib = "[project]\nname = \"lib\"\ndependencies = [\"web>=1\"]\n";
        Wanted wanted = Wanted.of(
                directory.resolve("lib"),
                Optional.of(LockFixture.pyproject(lib)),
                LockFixture.DEBIAN,
                List.of(),
                List.of());
        Lock read = LockFixture.read(directory, "uv.lock", lock);

        // No root lies here: it may have been taken along alone.
        assertThat(read.stale(wanted)).isEmpty();
        Files.writeString(
                directory.resolve(Pyproject.FILE),
                ROOT.replace("web = { url = \"https://index.example/web.zip\" }\n", "")
                        + "[tool.uv]\noverride-dependencies = [\"web==2\"]\n");
        assertThat(read.stale(wanted)).singleElement().satisfies(entry -> {
            assertThat(entry.place()).isEqualTo("pyproject.toml: tool.uv.override-dependencies");
            assertThat(entry.line()).isEqualTo("web==2");
        });
    }

    @Test
    void aProjectThatIsNoMemberHasSourcesOfItsOwn() throws IOException {
        String root = ROOT.replace("[\"lib\"]\n[tool.uv.sources]", "[]\n[tool.uv.sources]")
                .replace("{ workspace = true }", "{ path = \"lib\", editable = true }");
        Files.writeString(directory.resolve(Pyproject.FILE), root);
        member("lib", "\"web>=1\"");

        assertThat(stale(WITH_MEMBER, root, List.of(), List.of())).isEmpty();
    }

    @Test
    void aProjectWithoutItsFileHereIsNotCompared() {
        assertThat(stale(WITH_MEMBER, ROOT, List.of(), List.of())).isEmpty();
    }
}

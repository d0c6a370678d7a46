package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.pyproject;
import static dev.pycontainer.packaging.lock.PoetryFixture.MAIN;
import static dev.pycontainer.packaging.lock.PoetryFixture.bare;
import static dev.pycontainer.packaging.lock.PoetryFixture.lock;
import static dev.pycontainer.packaging.lock.PoetryFixture.locked;
import static dev.pycontainer.packaging.lock.PoetryFixture.version;
import static dev.pycontainer.packaging.lock.PoetryFixture.wants;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.packaging.Pyproject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoetryStalenessTest {

    private static final String APP = "[tool.poetry]\nname = \"app\"\nversion = \"1\"\n";
    private static final String PYTHON = APP + "[tool.poetry.dependencies]\npython = \">=3.8\"\n";
    private static final String STANDARD = "[project]\nname = \"app\"\nrequires-python = \">=3.8\"\n";

    @TempDir
    Path directory;

    private List<String> stale(String lock, Wanted wanted) {
        return LockFixture.read(directory, "poetry.lock", lock).stale(wanted).stream()
                .map(entry -> entry.place() + " | " + entry.line() + " | " + entry.why())
                .toList();
    }

    private List<String> stale(String lock, String project) {
        return stale(lock, wants(project));
    }

    // The hash of what the lock was made from

    private static Set<String> hashes(Pyproject pyproject) {
        return new PoetryContentHash(pyproject.tree()).complete();
    }

    /** The hashes are Poetry 2.5's own. */
    @Test
    void theHashIsThatOfWhatPoetryLocks() {
        assertThat(hashes(pyproject("""
                        [tool.poetry]
                        name = "app"
                        version = "1"
                        [tool.poetry.dependencies]
                        python = "^3.11"
                        httpx = { version = "^0.27", extras = ["http2"], optional = true }
                        [tool.poetry.extras]
                        web = ["httpx"]
                        [tool.poetry.group.dev.dependencies]
                        pytest = "^8"
                        [[tool.poetry.source]]
                        name = "internal"
                        url = "https://index.example/simple"
                        secondary = true
                        """))).contains("cb7e86313ac94803f69229fa40cf6bffc4a34bd55f38e9d1fb54165937db0cbc");
        assertThat(new PoetryContentHash(pyproject("""
                        [dependency-groups]
                        dev = ["pytest>=8", { include-group = "x" }]
                        x = []
                        [project]
                        name = "app"
                        version = "2"
                        dependencies = []
                        [tool.poetry.group.dev]
                        optional = true
                        """).tree())).satisfies(hash -> {
            // Since Poetry 2.3 the groups of the standard are a part of it.
            assertThat(hash.complete())
                    .containsExactly("ed9bb180b94fd64095ce65bac33f7ae731a82b59b6ca215a03472a64ddabc2e9");
            assertThat(hash.withoutGroups())
                    .contains("303339ab4fd852697f5bc6b96be35d9f49578065b84aff8421226b9d466c26a1");
        });
        assertThat(hashes(pyproject("[tool.poetry]\npackage-mode = false\n")))
                .contains("115cf985d932e9bf5f540555bbdd75decbb62cac81e399375fc19f6277f8c1d8");
        assertThat(hashes(
                        pyproject("[dependency-groups]\ndev = [\"pytest>=8\"]\n[tool.poetry]\npackage-mode = false\n")))
                .containsExactly("8b0ae78b37aa31dfe336e0e7c87fcf7f31ffe2fd0ae9194ce639c27b6fac75a5");
    }

    @Test
    void theHashIsOfTextInTheWordsOfPython() {
        assertThat(new PoetryContentHash(pyproject("""
                        [tool.poetry]
                        package-mode = false
                        [project]
                        name = "app"
                        requires-python = ">=3.11"
                        dependencies = ['httpx>=0.27 ; sys_platform == "linux"', "caf\\u00e9\\t\\\\x\\U0001F600"]
                        optional-dependencies = { web = ["httpx"] }
                        """).tree()).complete())
                .contains("f9b4c3c53698bf6bba98c02d47d98fc5b11345624082ea2a8f061c21c1498482");
        assertThat(hashes(pyproject("""
                        [project]
                        name = "app"
                        requires-python = ">=3.11"
                        dependencies = ['httpx>=0.27 ; sys_platform == "linux"', "caf\\u00e9\\t\\\\x\\U0001F600\\u0001\\u007f\\b\\f\\n\\r/\\""]
                        optional-dependencies = { web = ["httpx"] }
                        """)))
                .containsExactly("1aff96e2cc2c3e34c16e45e1fd22ed54f1748357659716dae262fda43ab64eb0");
    }

    @Test
    void aLockOfThisHashIsFresh() {
        // Its packages would tell that it is not.
        String project = PYTHON + "httpx = \"^0.27\"\n";
        String hash = hashes(pyproject(project)).iterator().next();

        assertThat(stale(lock().replace(PoetryFixture.NOT_THE_HASH, hash), project))
                .isEmpty();
        assertThat(stale(lock(), project))
                .containsExactly(
                        "pyproject.toml: tool.poetry.dependencies.httpx | httpx = \"^0.27\" | the lock does not hold httpx");
    }

    @Test
    void theHashOfOldVersionsDoesNotTellOfGroups() {
        // Its packages would tell that it is not fresh.
        String poetry = PYTHON + "httpx = \"^0.27\"\n";
        String project = poetry + "[tool.poetry.group.dev.dependencies]\npytest = \"^8\"\n";
        String old = version("1.1")
                .replace(
                        PoetryFixture.NOT_THE_HASH,
                        // Poetry 1.1's own, which saw no groups.
                        hashes(pyproject(poetry)).iterator().next());

        assertThat(stale(old, project)).isEmpty();
        assertThat(stale(old, wants(project, List.of(), List.of("dev"))))
                .contains(
                        "pyproject.toml: tool.poetry.group.dev.dependencies.pytest | pytest = \"^8\" | the lock does not hold pytest");
        assertThat(stale(old, poetry + "[project]\nname = \"app\"\ndependencies = [\"anyio\"]\n"))
                .containsExactly("pyproject.toml: project.dependencies | anyio | the lock does not hold anyio");
    }

    @Test
    void theHashBeforeGroupsOfTheStandardDoesNotTellOfThem() {
        String poetry = PYTHON + "httpx = \"^0.27\"\n";
        String project = poetry + "[dependency-groups]\ndev = [\"pytest\"]\n";
        String lock = lock().replace(
                        PoetryFixture.NOT_THE_HASH,
                        hashes(pyproject(poetry)).iterator().next());

        assertThat(stale(lock, project)).isEmpty();
        assertThat(stale(lock, wants(project, List.of(), List.of("dev")))).hasSize(2);
    }

    // What the image consumes

    private static final String FULL = lock(
            locked("httpx", "0.27.2", MAIN),
            locked("rich", "13.7", MAIN + "markers = \"extra == 'pretty'\""),
            locked("pytest", "8.3", "groups = [\"dev\"]"),
            locked("mkdocs", "1.6", "groups = [\"docs\"]"),
            "[extras]\npretty = [\"rich\"]");
    private static final String PROJECT = PYTHON + """
            httpx = "^0.27"
            rich = { version = "^13", optional = true }
            [tool.poetry.extras]
            pretty = ["rich"]
            [tool.poetry.group.dev.dependencies]
            pytest = "^8"
            [tool.poetry.group.docs.dependencies]
            mkdocs = "^1"
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version = \"1\"            | version = \"2\"",
                "python = \">=3.8\"         | python = \"^3.8\"",
                "python = \">=3.8\"         | python = \">=3.8, <4.0\"",
                "name = \"app\"             | name = \"other\"",
                "pytest = \"^8\"            | pytest = \"^9\"",
                "mkdocs = \"^1\"            | mkdocs = \"^2\"",
                "rich = { version = \"^13\" | rich = { version = \"^14\"",
                "pretty = [\"rich\"]        | pretty = []",
                "httpx = \"^0.27\"          | httpx = \">=0.27.1,<1\"",
                "httpx = \"^0.27\"          | HTTPX = \"^0.27\"",
            })
    void whatNoImageConsumesIsNotCompared(String before, String now) {
        assertThat(stale(FULL, PROJECT.replace(before, now))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "httpx = \"^0.27\"            | httpx = \"^0.28\"            | dependencies.httpx       | httpx = \"^0.28\" | the lock holds httpx 0.27.2",
                "httpx = \"^0.27\"            | h2 = \"*\"                   | dependencies.h2          | h2 = \"*\" | the lock does not hold h2",
                "httpx = \"^0.27\"            | httpx = { version = \"^0.27\", source = \"internal\" } | dependencies.httpx | httpx = { version = \"^0.27\", source = \"internal\" } | the lock holds it from pypi",
                "httpx = \"^0.27\"            | httpx = { git = \"https://git.example/h.git\" } | dependencies.httpx | httpx = { git = \"https://git.example/h.git\" } | the lock holds httpx 0.27.2",
                "httpx = \"^0.27\"            | pytest = \"^8\"              | dependencies.pytest      | pytest = \"^8\" | the lock holds pytest for dev alone",
                "python = \">=3.8\"           | python = \">=3.9\"           | dependencies.python      | Python >=3.9 | the lock was made for Python >=3.8",
                "rich = { version = \"^13\"   | rich = { version = \"^14\"   | dependencies.rich        | rich = { version = \"^14\", optional = true } | the lock holds rich 13.7",
                "pretty = [\"rich\"]          | pretty = [\"rich\", \"httpx\"] | extras.pretty          | pretty = [httpx, rich] | the lock was made from pretty = [rich]",
                "mkdocs = \"^1\"              | mkdocs = \"^2\"              | group.docs.dependencies.mkdocs | mkdocs = \"^2\" | the lock holds mkdocs 1.6",
            })
    void whatTheImageConsumesIsToldWithItsLine(String before, String now, String place, String line, String why) {
        assertThat(stale(FULL, wants(PROJECT.replace(before, now), List.of("pretty"), List.of("docs"))))
                .containsExactly("pyproject.toml: tool.poetry." + place + " | " + line + " | " + why);
    }

    @Test
    void dependenciesOfTheStandardAreComparedToo() {
        String project = """
                [project]
                name = "app"
                requires-python = ">=3.8"
                dependencies = ["httpx>=0.28", "tomli ; python_version < '3.11'"]
                [project.optional-dependencies]
                pretty = ["rich>=14"]
                [dependency-groups]
                docs = ["mkdocs>=2"]
                """;

        assertThat(stale(FULL, wants(project, List.of("pretty"), List.of("docs"))))
                .containsExactly(
                        "pyproject.toml: project.dependencies | httpx>=0.28 | the lock holds httpx 0.27.2",
                        "pyproject.toml: project.optional-dependencies.pretty | rich>=14 | the lock holds rich 13.7",
                        "pyproject.toml: dependency-groups.docs | mkdocs>=2 | the lock holds mkdocs 1.6");
        assertThat(stale(
                        FULL,
                        wants(
                                project.replace("3.8", "3.9").replace("rich>=14", "anyio"),
                                List.of("pretty"),
                                List.of())))
                .startsWith(
                        "pyproject.toml: project.requires-python | Python >=3.9 | the lock was made for Python >=3.8",
                        "pyproject.toml: project.optional-dependencies.pretty | pretty = [anyio] | the lock was made from pretty = [rich]");
    }

    @Test
    void anExtraMayAskForOthersOfTheProject() {
        String project = """
                [project]
                name = "app"
                requires-python = ">=3.8"
                dependencies = ["httpx"]
                [project.optional-dependencies]
                pretty = ["rich"]
                all = ["app[pretty]"]
                """;
        String lock = FULL.replace("pretty = [\"rich\"]", "pretty = [\"rich\"]\nall = [\"app\"]");

        assertThat(stale(lock, wants(project, List.of("all"), List.of()))).isEmpty();
        assertThat(stale(lock, wants(project.replace("\"rich\"", "\"rich>=14\""), List.of("all"), List.of())))
                .containsExactly(
                        "pyproject.toml: project.optional-dependencies.pretty | rich>=14 | the lock holds rich 13.7");
    }

    @Test
    void anExtraThatTheProjectNoLongerHasIsTold() {
        String project = PROJECT.replace("pretty =", "fast =");

        assertThat(stale(FULL, wants(project, List.of("pretty"), List.of())))
                .containsExactly(
                        "pyproject.toml: tool.poetry.extras.pretty | no extra \"pretty\" | the lock was made from pretty = [rich]");
        // Where it is asked for it is refused: the lock does not know it.
        assertThat(stale(FULL, wants(project, List.of("fast"), List.of()))).isEmpty();
    }

    /** They say neither what needs a package nor, at first, which Python they are for, and hold no setuptools. */
    @Test
    void oldLocksAreComparedByWhatTheySay() {
        String old = version("2.0", locked("httpx", "0.27.2", ""));

        assertThat(stale(old, PYTHON + "httpx = \"^0.27\"\nsetuptools = \"*\"\n"))
                .isEmpty();
        assertThat(stale(old, PYTHON + "httpx = \"^0.28\"\n")).hasSize(1);
        assertThat(stale(old.replaceAll("(?m)^python-versions.*\n", ""), PYTHON + "httpx = \"^0.27\"\n"))
                .isEmpty();
    }

    @Test
    void otherOriginsAreCompared() {
        String git = "[package.source]\ntype = \"git\"\nurl = \"https://git.example/h.git\"\nreference = \"main\"\n";
        String lock = lock(locked("httpx", "0.27.2", MAIN + git));
        String wanted = PYTHON + "httpx = { git = \"https://git.example/%s.git\", branch = \"%s\" }\n";

        assertThat(stale(lock, wanted.formatted("h", "main"))).isEmpty();
        assertThat(stale(lock, wanted.formatted("h", "next")))
                .containsExactly(
                        "pyproject.toml: tool.poetry.dependencies.httpx | httpx = { git = \"https://git.example/h.git\", branch = \"next\" } | the lock holds it from git main");
        assertThat(stale(lock, wanted.formatted("other", "main")))
                .singleElement()
                .asString()
                .endsWith("| the lock holds it from git main");
        assertThat(stale(lock, PYTHON + "httpx = \"^0.27\"\n")).isEmpty();
        assertThat(stale(lock, PYTHON + "httpx = \"^0.28\"\n"))
                .singleElement()
                .asString()
                .endsWith("| the lock holds httpx 0.27.2 (git main)");
        assertThat(stale(lock, STANDARD + "dependencies = [\"httpx @ git+https://git.example/h.git@main\"]\n"))
                .isEmpty();
        assertThat(stale(lock, STANDARD + "dependencies = [\"httpx @ git+https://git.example/h.git@next\"]\n"))
                .hasSize(1);
        assertThat(stale(
                        lock.replace("reference = \"main\"", "reference = \"next/try\""),
                        STANDARD + "dependencies = [\"httpx @ git+https://git.example/h.git@next/try\"]\n"))
                .isEmpty();
    }

    @Test
    void aPathMayBeWrittenInSeveralWays() {
        String lock = lock(
                bare("idna", "3", MAIN + "files = []\n[package.source]\ntype = \"directory\"\nurl = \"libs/idna\"\n"));

        assertThat(stale(lock, PYTHON + "idna = { path = \"./libs/idna\" }\n")).isEmpty();
        assertThat(stale(lock, STANDARD + "dependencies = [\"idna @ file:///srv/libs/idna\"]\n"))
                .isEmpty();
        assertThat(stale(lock(locked("idna", "3", MAIN)), PYTHON + "idna = { path = \"libs/idna\" }\n"))
                .hasSize(1);
    }

    /** What nothing asks for any more, neither the project nor a package, was asked for when the lock was made. */
    @Test
    void aDependencyThatWasTakenOutIsTold() {
        assertThat(stale(FULL, PROJECT.replace("httpx = \"^0.27\"\n", "")))
                .containsExactly(
                        "pyproject.toml: tool.poetry.dependencies | nothing of httpx | the lock holds httpx 0.27.2 for main");
        assertThat(stale(FULL, PROJECT.replace("mkdocs = \"^1\"\n", ""))).isEmpty();
        assertThat(stale(FULL, wants(PROJECT.replace("mkdocs = \"^1\"\n", ""), List.of(), List.of("docs"))))
                .containsExactly(
                        "pyproject.toml: tool.poetry.group.docs | nothing of mkdocs | the lock holds mkdocs 1.6 for docs");
        assertThat(
                        stale(
                                FULL,
                                "[project]\nname = \"app\"\nrequires-python = \">=3.8\"\n[project.optional-dependencies]\npretty = [\"rich\"]\n"))
                .containsExactly(
                        "pyproject.toml: project.dependencies | nothing of httpx | the lock holds httpx 0.27.2 for main");
        assertThat(stale(
                        lock(locked("idna", "3", MAIN + "markers = \"sys_platform == 'linux'\"\n")),
                        STANDARD + "dependencies = []\n"))
                .containsExactly(
                        "pyproject.toml: project.dependencies | nothing of idna | the lock holds idna 3 for main");
        // One that another package requires stays, and so does one whose marker does not hold.
        assertThat(stale(
                        lock(
                                locked("httpx", "0.27.2", MAIN + "[package.dependencies]\nh2 = \"*\"\n"),
                                locked("h2", "4", MAIN),
                                locked("win", "1", MAIN + "markers = \"sys_platform == 'win32'\"\n")),
                        PYTHON + "httpx = \"*\"\n"))
                .isEmpty();
        assertThat(stale(FULL.replace("\"2.1\"", "\"2.0\""), PROJECT.replace("httpx = \"^0.27\"\n", "")))
                .isEmpty();
    }

    @Test
    void anExtraOfADependencyThatTheLockWasMadeWithoutIsTold() {
        String httpx = locked("httpx", "0.27.2", MAIN + """
                [package.dependencies]
                h2 = { version = ">=3,<5", optional = true, markers = "extra == 'http2'" }
                [package.extras]
                http2 = ["h2 (>=3,<5)"]
                cli = ["click (==8.*)", "h2"]
                win = ["pywin32 ; sys_platform == 'win32'"]
                tools = ["setuptools"]
                plain = ["idna"]
                other = ["h2 (>=3)"]
                """)
                .replace("[package.dependencies]\n", "[package.dependencies]\nidna = \"*\"\n");
        String lock = lock(httpx, locked("h2", "4", MAIN));
        String project = PYTHON + "httpx = { version = \"*\", extras = [\"%s\"] }\n";

        assertThat(stale(lock, project.formatted("HTTP2"))).isEmpty();
        assertThat(stale(lock, project.formatted("unknown"))).isEmpty();
        assertThat(stale(lock, project.formatted("win"))).isEmpty();
        assertThat(stale(lock, project.formatted("plain"))).isEmpty();
        assertThat(stale(lock, project.formatted("other"))).hasSize(1);
        assertThat(stale(lock, project.formatted("tools"))).hasSize(1);
        assertThat(stale(lock.replace("\"2.1\"", "\"2.0\""), project.formatted("tools")))
                .isEmpty();
        assertThat(stale(lock, project.formatted("cli")))
                .containsExactly("pyproject.toml: tool.poetry.dependencies.httpx"
                        + " | httpx = { version = \"*\", extras = [\"cli\"] }"
                        + " | the lock holds httpx without the extra \"cli\"");
    }

    @Test
    void aLockWithoutAHashIsComparedAllTheSame() {
        String lock = FULL.replaceAll("content-hash.*\n", "");

        assertThat(stale(lock, PROJECT)).isEmpty();
        assertThat(stale(lock, PROJECT.replace("^0.27", "^0.28"))).hasSize(1);
    }

    @Test
    void withoutAProjectNothingIsStale() {
        assertThat(stale(FULL, Wanted.of(directory, Optional.empty(), LockFixture.DEBIAN, List.of(), List.of())))
                .isEmpty();
    }
}

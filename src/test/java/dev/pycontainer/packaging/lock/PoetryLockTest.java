package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.B;
import static dev.pycontainer.packaging.lock.LockFixture.C;
import static dev.pycontainer.packaging.lock.LockFixture.DEBIAN;
import static dev.pycontainer.packaging.lock.PoetryFixture.MAIN;
import static dev.pycontainer.packaging.lock.PoetryFixture.bare;
import static dev.pycontainer.packaging.lock.PoetryFixture.lock;
import static dev.pycontainer.packaging.lock.PoetryFixture.locked;
import static dev.pycontainer.packaging.lock.PoetryFixture.version;
import static dev.pycontainer.packaging.lock.PoetryFixture.wants;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoetryLockTest {

    private static final String APP = "[tool.poetry]\nname = \"app\"\nversion = \"1\"\n";
    private static final String DEPENDENCIES = APP + "[tool.poetry.dependencies]\npython = \"^3.8\"\n";

    @TempDir
    Path directory;

    private Needed select(String lock, Wanted wanted) {
        return LockFixture.read(directory, "poetry.lock", lock).select(wanted);
    }

    private static List<String> chosen(Needed needed) {
        return needed.packages().stream()
                .map(locked -> locked.name() + " " + locked.version().orElseThrow())
                .toList();
    }

    private static List<String> omitted(Needed needed) {
        return needed.omitted().stream()
                .map(one -> one.name() + " " + one.version().orElseThrow() + ": " + one.reason())
                .toList();
    }

    private LockedPackage only(String entry, String dependency) {
        return select(lock(entry), wants(DEPENDENCIES + dependency + "\n"))
                .packages()
                .get(0);
    }

    // Lock version 2.1: "groups" and "markers" of the packages

    @Test
    void groupsOfTheLockSayWhatIsNeeded() {
        String lock = lock(
                locked("idna", "3.10", MAIN),
                locked("mkdocs", "1.6", "groups = [\"Docs_Site\"]"),
                locked("pytest", "8.3", "groups = [\"dev\"]"),
                locked("ruff", "0.5", "groups = [\"dev\", \"lint\"]"),
                locked("click", "8.1", "groups = [\"dev\", \"main\"]"));

        assertThat(chosen(select(lock, wants(APP)))).containsExactly("click 8.1", "idna 3.10");
        assertThat(omitted(select(lock, wants(APP))))
                .containsExactly(
                        "mkdocs 1.6: of the group \"docs-site\"",
                        "pytest 8.3: of the group \"dev\"",
                        "ruff 0.5: of the groups \"dev\", \"lint\"");
        assertThat(chosen(select(lock, wants(APP, List.of(), List.of("docs.site")))))
                .containsExactly("click 8.1", "idna 3.10", "mkdocs 1.6");
        assertThat(chosen(select(lock, wants(APP, List.of(), List.of("main")))))
                .containsExactly("click 8.1", "idna 3.10");
    }

    @Test
    void markersOfTheLockSayWhereItIsNeeded() {
        String lock = lock(
                locked("linux", "1", MAIN + "markers = \"sys_platform == 'linux'\""),
                locked("win", "1", MAIN + "markers = \"sys_platform == 'win32'\""),
                locked("none", "1", MAIN + "markers = \"python_version < '3.11' or sys_platform == 'win32'\""));

        Needed needed = select(lock, wants(APP));

        assertThat(chosen(needed)).containsExactly("linux 1");
        assertThat(omitted(needed))
                .containsExactly(
                        "none 1: its marker python_version < \"3.11\" or sys_platform == \"win32\" does not hold",
                        "win 1: its marker sys_platform == \"win32\" does not hold");
    }

    @Test
    void eachGroupMayHaveAMarkerOfItsOwn() {
        String lock = lock(
                locked(
                        "both",
                        "1",
                        "groups = [\"main\", \"dev\"]\n"
                                + "markers = {main = \"sys_platform == 'win32'\", dev = \"sys_platform == 'linux'\"}"),
                locked("free", "1", "groups = [\"main\", \"dev\"]\nmarkers = {main = \"sys_platform == 'win32'\"}"),
                locked(
                        "dead",
                        "1",
                        "groups = [\"main\", \"dev\"]\nmarkers = {main = \"os_name == 'nt'\", dev = \"os_name == 'os2'\"}"),
                locked("dev", "1", "groups = [\"dev\"]"));

        assertThat(chosen(select(lock, wants(APP)))).isEmpty();
        assertThat(chosen(select(lock, wants(APP, List.of(), List.of("dev")))))
                .containsExactly("both 1", "dev 1", "free 1");
        assertThat(omitted(select(lock, wants(APP, List.of(), List.of("dev")))))
                .containsExactly("dead 1: its marker os_name == \"nt\" or os_name == \"os2\" does not hold");
    }

    @Test
    void extrasAreConditionsOfMarkers() {
        String lock = lock(
                locked("rich", "13.7", MAIN + "markers = \"extra == 'Pretty_Print'\""),
                "[extras]\nPretty-Print = [\"rich\"]\nother = []");

        assertThat(chosen(select(lock, wants(APP)))).isEmpty();
        assertThat(chosen(select(lock, wants(APP, List.of("pretty.print"), List.of()))))
                .containsExactly("rich 13.7");
    }

    @Test
    void aNameMayHaveAVersionForEachCondition() {
        String lock = lock(
                locked("numpy", "1.24", MAIN + "markers = \"python_version < '3.11'\""),
                locked("numpy", "2.1", MAIN + "markers = \"python_version >= '3.11'\""));

        assertThat(chosen(select(lock, wants(APP)))).containsExactly("numpy 2.1");
    }

    @Test
    void aLockThatSaysItAllNeedsNoProject() {
        Wanted wanted = Wanted.of(directory, Optional.empty(), DEBIAN, List.of(), List.of());

        Needed needed = select(lock(locked("idna", "3.10", MAIN)), wanted);

        assertThat(chosen(needed)).containsExactly("idna 3.10");
        assertThat(needed.packages().get(0).requiredBy()).isEmpty();
    }

    @Test
    void itIsToldWhoNeedsWhat() {
        String lock = lock(
                locked(
                        "httpx",
                        "0.27",
                        MAIN
                                + "[package.dependencies]\nidna = \"*\"\nh2 = {version = \">=3\", optional = true, markers = \"extra == 'http2'\"}\n[package.extras]\nhttp2 = [\"h2 (>=3,<5)\"]"),
                locked("h2", "4.1", MAIN),
                locked("idna", "3.10", MAIN),
                locked("pytest", "8", "groups = [\"dev\"]"));
        String project = DEPENDENCIES + "httpx = {version = \"^0.27\", extras = [\"HTTP2\"]}\n"
                + "[tool.poetry.group.dev.dependencies]\npytest = \"*\"\nidna = \"*\"\n";

        Needed needed = select(lock, wants(project, List.of(), List.of("dev")));

        assertThat(needed.packages())
                .extracting(locked -> locked.name() + " " + locked.extras() + " " + locked.requiredBy())
                .containsExactly(
                        "h2 [] [httpx[http2]]",
                        "httpx [http2] [app]",
                        "idna [] [app (group dev), httpx]",
                        "pytest [] [app (group dev)]");
    }

    // "source" of every kind

    @Test
    void filesWithoutAnUrlAreInTheIndex() {
        LockedPackage locked = only(locked("idna", "3.10", MAIN), "idna = \"*\"");

        assertThat(locked.files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(new LockedFile(
                                "idna-3.10-py3-none-any.whl",
                                new Digest(A),
                                OptionalLong.empty(),
                                new FileLocation.InIndex())),
                        List.of("idna-3.10.tar.gz")));
        assertThat(locked.indexes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://index.example/simple, https://index.example/simple",
        "https://user:word@index.example/simple, https://index.example/simple",
        "https://token@index.example/simple/, https://index.example/simple/",
    })
    void anotherIndexIsNamedWithoutItsCredentials(String url, String named) {
        String source = "[package.source]\ntype = \"legacy\"\nurl = \"" + url + "\"\nreference = \"internal\"";

        assertThat(only(locked("idna", "3.10", MAIN + source), "idna = \"*\"").indexes())
                .containsExactly(named);
    }

    @Test
    void aRepositoryWouldHaveToBeBuilt() {
        String source = "files = []\ndevelop = false\n" + MAIN
                + "[package.source]\ntype = \"git\"\nurl = \"https://user:word@git.example/acme/idna.git\"\n"
                + "reference = \"main\"\nresolved_reference = \"0a1b2c\"\nsubdirectory = \"python\"";

        assertThat(only(bare("idna", "3.10", source), "idna = {git = \"https://git.example/acme/idna.git\"}")
                        .files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(), List.of("git+https://git.example/acme/idna.git@0a1b2c#subdirectory=python")));
    }

    /** As git and Poetry take them; pip knows URLs alone. */
    @ParameterizedTest
    @CsvSource({
        "git@git.example:acme/idna.git, git+ssh://git@git.example/acme/idna.git@0a1b2c",
        "git.example:acme/idna.git, git+ssh://git.example/acme/idna.git@0a1b2c",
        "ssh://git@git.example/acme/idna.git, git+ssh://git@git.example/acme/idna.git@0a1b2c",
        "ssh://me@git.example/acme/idna.git, git+ssh://git.example/acme/idna.git@0a1b2c",
    })
    void aRepositoryBehindSshIsToldAsPipTakesIt(String url, String told) {
        String source = "files = []\n" + MAIN + "[package.source]\ntype = \"git\"\nurl = \"" + url
                + "\"\nreference = \"main\"\nresolved_reference = \"0a1b2c\"";

        assertThat(only(bare("idna", "3.10", source), "idna = {git = \"" + url + "\"}")
                        .files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of(told)));
    }

    @Test
    void anArchiveIsToldWithItsSubdirectoryAndWithoutSecrets() {
        String url = "https://files.example/idna.zip?token=s3cret";
        String source = MAIN + "[package.source]\ntype = \"url\"\nurl = \"" + url + "\"\nsubdirectory = \"python\"";

        assertThat(only(locked("idna", "3.10", source), "idna = {url = \"" + url + "\", subdirectory = \"python\"}")
                        .files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(), List.of("https://files.example/idna.zip?token=…#subdirectory=python")));
    }

    @Test
    void aWheelAtAnUrlIsTakenFromThere() {
        String url = "https://files.example/idna-3.10-py3-none-any.whl";
        String source = MAIN + "[package.source]\ntype = \"url\"\nurl = \"" + url + "#sha256=" + A + "\"";

        assertThat(only(locked("idna", "3.10", source), "idna = {url = \"" + url + "\"}")
                        .files())
                .isEqualTo(new LockedFiles.Direct(new LockedFile(
                        "idna-3.10-py3-none-any.whl", new Digest(A), OptionalLong.empty(), new FileLocation.Url(url))));
    }

    @Test
    void aWheelBesideTheLockIsTakenFromThere() {
        String path = "wheels/idna-3.10-py3-none-any.whl";
        String source = MAIN + "[package.source]\ntype = \"file\"\nurl = \"" + path + "\"";

        assertThat(only(locked("idna", "3.10", source), "idna = {path = \"" + path + "\"}")
                        .files())
                .isEqualTo(new LockedFiles.Direct(new LockedFile(
                        "idna-3.10-py3-none-any.whl",
                        new Digest(A),
                        OptionalLong.empty(),
                        new FileLocation.Local(directory.resolve(path)))));
    }

    @ParameterizedTest
    @CsvSource({
        "url, https://files.example/idna-3.10.tar.gz, https://files.example/idna-3.10.tar.gz",
        "file, sdists/idna-3.10.tar.gz, idna-3.10.tar.gz",
    })
    void aSourceThatIsNamedWouldHaveToBeBuilt(String type, String url, String told) {
        String source = MAIN + "[package.source]\ntype = \"" + type + "\"\nurl = \"" + url + "\"";
        String key = type.equals("url") ? "url" : "path";

        assertThat(only(locked("idna", "3.10", source), "idna = {" + key + " = \"" + url + "\"}")
                        .files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of(told)));
    }

    @Test
    void aDirectoryIsAMember() {
        String source = "files = []\ndevelop = true\n" + MAIN
                + "[package.source]\ntype = \"directory\"\nurl = \"../libs/idna\"";

        assertThat(only(bare("idna", "3.10", source), "idna = {path = \"../libs/idna\"}")
                        .files())
                .isEqualTo(
                        new LockedFiles.Member(directory.resolve("../libs/idna").normalize()));
    }

    // Before 2.1: walking from the project

    // In the wild: the requirement of the extra is none of the standard.
    private static final String HTTP2 =
            "[package.dependencies]\nh2 = {version = \"*\", optional = true}\n[package.extras]\nhttp2 = [\"h2 (^4)\"]";

    private static String old(String name, String version, String rest) {
        return locked(name, version, rest);
    }

    private List<String> walked(String project, List<String> extras, List<String> groups, String... packages) {
        return chosen(select(version("2.0", packages), wants(project, extras, groups)));
    }

    private List<String> walked(String project, String... packages) {
        return walked(project, List.of(), List.of(), packages);
    }

    @Test
    void dependenciesAreFollowedWhereTheirMarkersHold() {
        assertThat(walked(
                        DEPENDENCIES
                                + "httpx = \"^0.27\"\ncolorama = {version = \"*\", markers = \"sys_platform == 'win32'\"}\n"
                                + "tomli = {version = \"*\", python = \"<3.11\"}\nuvloop = {version = \"*\", platform = \"linux\"}\n"
                                + "pywin32 = {version = \"*\", platform = \"win32\"}\n",
                        old(
                                "httpx",
                                "0.27.2",
                                "[package.dependencies]\nidna = {version = \">=3\", markers = \"\"}\nexceptiongroup = {version = \"*\", markers = \"python_version < '3.11'\"}"),
                        old("idna", "3.10", "[package.dependencies]\nhttpx = \"*\""),
                        old("exceptiongroup", "1.2", ""),
                        old("tomli", "2", ""),
                        old("uvloop", "0.19", ""),
                        old("pywin32", "306", ""),
                        old("colorama", "0.4", "")))
                .containsExactly("httpx 0.27.2", "idna 3.10", "uvloop 0.19");
    }

    @Test
    void aPackageMayNeedTheProjectItself() {
        assertThat(walked(DEPENDENCIES + "plugin = \"*\"\n", old("plugin", "1", "[package.dependencies]\napp = \"*\"")))
                .containsExactly("plugin 1");
    }

    @Test
    void aPathMeansADirectoryOrAFile() {
        String source = "files = []\n[package.source]\ntype = \"directory\"\nurl = \"libs/idna\"\n";

        assertThat(walked(DEPENDENCIES + "idna = {path = \"./libs/idna\"}\n", bare("idna", "3.10", source)))
                .containsExactly("idna 3.10");
    }

    @Test
    void theProjectsTablesTogetherSayWhichVersion() {
        String project = """
                [project]
                name = "app"
                dependencies = ["numpy>=1"]
                [tool.poetry.dependencies]
                numpy = "<2"
                other = "*"
                "numpy[fast]" = "*"
                """;

        assertThat(walked(project, old("numpy", "1.24", ""), old("numpy", "2.1", "")))
                .containsExactly("numpy 1.24");
    }

    @Test
    void dynamicDependenciesStandInPoetrysTables() {
        String project = """
                [project]
                name = "app"
                dynamic = ["dependencies"]
                [project.optional-dependencies]
                pretty = ["rich"]
                [tool.poetry.dependencies]
                idna = "*"
                """;
        String lock = version("2.0", old("idna", "3", ""), old("rich", "13", ""), "[extras]\npretty = [\"rich\"]\n");

        assertThat(chosen(select(lock, wants(project)))).containsExactly("idna 3");
        assertThat(chosen(select(lock, wants(project, List.of("pretty"), List.of()))))
                .containsExactly("idna 3", "rich 13");
        assertThat(chosen(select(lock, wants(project.replace("\"dependencies\"", "\"readme\"")))))
                .isEmpty();
    }

    @Test
    void whatIsLeftOutIsToldWithItsReason() {
        String lock = version(
                "2.0",
                old("idna", "3.10", ""),
                old("pytest", "8", ""),
                old("rich", "13", "").replace("optional = false", "optional = true"),
                old("numpy", "1.24", "").replace("\">=3.8\"", "\">=3.8,<3.11\""),
                old("numpy", "2.1", ""),
                old("six", "1.15", ""),
                old("six", "1.16", ""));

        Needed needed = select(lock, wants(DEPENDENCIES + "idna = \"*\"\nnumpy = \"*\"\nsix = \"*\"\n"));

        assertThat(chosen(needed)).containsExactly("idna 3.10", "numpy 2.1", "six 1.16");
        assertThat(omitted(needed))
                .containsExactly(
                        "numpy 1.24: it is for Python >=3.8,<3.11",
                        "pytest 8: of a group that is not asked for, or of another platform",
                        "rich 13: of an extra that is not asked for, or of another platform",
                        "six 1.15: of it, 1.16 is taken");
    }

    @Test
    void severalConstraintsOfOneNameAreForSeveralConditions() {
        String project = DEPENDENCIES
                + "numpy = [{version = \"~1.24\", python = \"<3.11\"}, {version = \"^2\", python = \">=3.11\"}]\n";
        String[] packages = {old("numpy", "1.24.4", ""), old("numpy", "2.1", "")};
        Target older = LockFixture.target("3.9.2", "cp39", Libc.GLIBC, "2.31");

        assertThat(walked(project, packages)).containsExactly("numpy 2.1");
        assertThat(chosen(select(
                        version("2.0", packages),
                        Wanted.of(directory, wants(project).pyproject(), older, List.of(), List.of()))))
                .containsExactly("numpy 1.24.4");
    }

    @Test
    void aVersionThatLeadsNowhereIsNotTaken() {
        assertThat(walked(
                        DEPENDENCIES + "web = \"*\"\ncore = \"<2\"\n",
                        old("web", "2", "[package.dependencies]\ncore = \">=2\""),
                        old("web", "1", "[package.dependencies]\ncore = \">=1\""),
                        old("core", "1.5", ""),
                        old("core", "2.5", "")))
                .containsExactly("core 1.5", "web 1");
    }

    @Test
    void extrasAreFollowedOnceTheirVersionIsDecided() {
        assertThat(walked(
                        DEPENDENCIES + "httpx = {version = \"*\", extras = [\"http2\"]}\nweb = \"*\"\n",
                        old("httpx", "1", HTTP2),
                        old("httpx", "2", HTTP2),
                        old("h2", "4", ""),
                        old("web", "1", "[package.dependencies]\nhttpx = \"<2\"")))
                .containsExactly("h2 4", "httpx 1", "web 1");
    }

    @Test
    void extrasThatNobodyAskedForHaveASayInTheVersion() {
        // given
        String lock = version(
                "2.0",
                locked("a", "1", "[package.dependencies]\ncommon = \">=1\""),
                locked("b", "1", "[package.dependencies]\ncommon = \"<2\""),
                locked("common", "1", ""),
                locked("common", "2", ""));
        String b = "a = \"*\"\nb = {version = \"*\", optional = true, markers = \"sys_platform == '%s'\"}\n";

        // then
        assertThat(chosen(select(lock, wants(DEPENDENCIES + b.formatted("linux")))))
                .containsExactly("a 1", "common 1");
        assertThat(chosen(select(lock, wants(DEPENDENCIES + b.formatted("win32")))))
                .containsExactly("a 1", "common 2");
    }

    @Test
    void anExtraThatCannotBeHadHasNoSayInTheVersion() {
        // given
        String lock = version(
                "2.0",
                locked("a", "1", "[package.dependencies]\ncommon = \">=1\""),
                locked("common", "1", ""),
                locked("common", "2", ""));

        // then
        assertThat(chosen(
                        select(lock, wants(DEPENDENCIES + "a = \"*\"\nabsent = {version = \"*\", optional = true}\n"))))
                .containsExactly("a 1", "common 2");
    }

    @Test
    void groupsAreThoseOfTheProject() {
        String project = DEPENDENCIES + """
                idna = "*"
                [tool.poetry.group.Docs_Site]
                optional = true
                include-groups = ["theme"]
                [tool.poetry.group.Docs_Site.dependencies]
                mkdocs = "*"
                [tool.poetry.group.theme.dependencies]
                material = "*"
                [tool.poetry.dev-dependencies]
                pytest = "*"
                [tool.poetry.group.dev.dependencies]
                ruff = "*"
                """;
        String[] packages = {
            old("idna", "3", ""),
            old("mkdocs", "1", ""),
            old("material", "9", ""),
            old("pytest", "8", ""),
            old("ruff", "0.5", "")
        };

        assertThat(walked(project, packages)).containsExactly("idna 3");
        assertThat(walked(project, List.of(), List.of("docs-site"), packages))
                .containsExactly("idna 3", "material 9", "mkdocs 1");
        assertThat(walked(project, List.of(), List.of("dev"), packages))
                .containsExactly("idna 3", "pytest 8", "ruff 0.5");
    }

    @Test
    void groupsMayIncludeEachOther() {
        String project = DEPENDENCIES + """
                [tool.poetry.group.docs]
                include-groups = ["theme"]
                [tool.poetry.group.docs.dependencies]
                mkdocs = "*"
                [tool.poetry.group.theme]
                include-groups = ["docs"]
                [tool.poetry.group.theme.dependencies]
                material = "*"
                """;

        assertThat(walked(project, List.of(), List.of("theme"), old("mkdocs", "1", ""), old("material", "9", "")))
                .containsExactly("material 9", "mkdocs 1");
    }

    @Test
    void groupsOfTheStandardAreGroupsToo() {
        String project = """
                [project]
                name = "app"
                dependencies = ["idna>=3"]
                [dependency-groups]
                docs = ["mkdocs>=1", { include-group = "theme" }]
                theme = ["material"]
                [tool.poetry.group.docs.dependencies]
                mkdocs = { source = "internal" }
                """;
        String internal =
                "[package.source]\ntype = \"legacy\"\nurl = \"https://index.example/simple\"\nreference = \"internal\"";

        assertThat(select(
                                version(
                                        "2.0",
                                        old("idna", "3", ""),
                                        old("mkdocs", "1", ""),
                                        old("mkdocs", "1", internal),
                                        old("material", "9", "")),
                                wants(project, List.of(), List.of("docs")))
                        .packages())
                .extracting(locked -> locked.name() + " " + locked.indexes())
                .containsExactly("idna []", "material []", "mkdocs [https://index.example/simple]");
    }

    @Test
    void extrasOfPoetrysOwnTables() {
        String project = DEPENDENCIES + """
                redis = { version = "*", optional = true }
                rich = { version = "*", optional = true }
                [tool.poetry.extras]
                Cache_It = ["redis"]
                all = ["redis", "rich"]
                """;
        String lock = version(
                "2.0",
                old("redis", "5", ""),
                old("rich", "13", ""),
                "[extras]\nall = [\"redis\", \"rich\"]\ncache-it = [\"redis\"]\n");

        assertThat(chosen(select(lock, wants(project)))).isEmpty();
        assertThat(chosen(select(lock, wants(project, List.of("cache.it"), List.of()))))
                .containsExactly("redis 5");
        assertThat(chosen(select(lock, wants(project, List.of("all"), List.of()))))
                .containsExactly("redis 5", "rich 13");
    }

    @Test
    void extrasOfTheStandardMayAskForOthers() {
        String project = """
                [project]
                name = "app"
                [project.optional-dependencies]
                cache = ["redis>=5 ; sys_platform == 'linux'", "pywin32 ; sys_platform == 'win32'"]
                pretty = ["rich"]
                more = ["app[cache,pretty]"]
                all = ["app[more]"]
                """;
        String lock = version(
                "2.0",
                old("redis", "5", ""),
                old("rich", "13", ""),
                old("pywin32", "306", ""),
                "[extras]\nall = [\"app\"]\nmore = [\"app\"]\ncache = [\"redis\", \"pywin32\"]\npretty = [\"rich\"]\n");

        assertThat(chosen(select(lock, wants(project, List.of("all"), List.of()))))
                .containsExactly("redis 5", "rich 13");
    }

    @Test
    void extrasOfDependenciesAreFollowed() {
        assertThat(walked(
                        DEPENDENCIES + "httpx = {version = \"*\", extras = [\"HTTP2\", \"unknown\"]}\n",
                        old(
                                "httpx",
                                "1",
                                "[package.dependencies]\nh2 = {version = \"*\", optional = true}\nbrotli = {version = \"*\", optional = true}\n[package.extras]\nbrotli = [\"brotli\"]\nhttp2 = [\"h2 (>=3,<5) ; python_version > '3'\"]"),
                        old("h2", "4", ""),
                        old("brotli", "1", "")))
                .containsExactly("h2 4", "httpx 1");
    }

    @Test
    void whatPoetry1LeftOutOfItsLocksIsNotMissed() {
        assertThat(chosen(select(
                        version("1.1", old("gunicorn", "20", "[package.dependencies]\nsetuptools = \">=3.0\"")),
                        wants(DEPENDENCIES + "gunicorn = \"*\"\n"))))
                .containsExactly("gunicorn 20");
    }

    @Test
    void whatPoetry1LeftOutIsTakenWhereALockHoldsIt() {
        assertThat(walked(DEPENDENCIES + "setuptools = \"*\"\n", old("setuptools", "70", "")))
                .containsExactly("setuptools 70");
    }

    /** Poetry 1.0 kept of a dependency no marker, and wrote that of all who need a package to the package itself. */
    @Test
    void aPackageOfPoetry10HasAMarkerOfItsOwn() {
        String project = DEPENDENCIES + "web = \"*\"\n";
        String web = bare("web", "1", "[package.dependencies]\ncolors = \"*\"\ncore = \"*\"");
        String lock = web + bare("colors", "2", "marker = \"sys_platform == \\\"win32\\\"\"")
                + bare("core", "3", "marker = \"python_version >= \\\"3.5\\\"\"")
                + bare("core", "4", "marker = \"python_version < \\\"3.5\\\"\"") + """
                [metadata]
                content-hash = "0"
                python-versions = "^3.6"
                """;

        Needed needed = select(lock, wants(project));

        assertThat(chosen(needed)).containsExactly("core 3", "web 1");
        assertThat(needed.omitted())
                .extracting(omitted -> omitted.name() + ": " + omitted.reason())
                .containsExactly(
                        "colors: its marker sys_platform == \"win32\" does not hold", "core: of it, 3 is taken");
    }

    // Before 2.0: files stand in the metadata

    @Test
    void filesOfOldLocksStandInTheMetadata() {
        String lock = bare("Foo.Bar", "1.0", "") + bare("other", "1", "") + """
                [metadata]
                lock-version = "1.1"
                python-versions = "^3.8"
                content-hash = "0"

                [metadata.files]
                "Foo.Bar" = [
                    {file = "foo_bar-1.0-py3-none-any.whl", hash = "sha256:%s"},
                    {file = "foo_bar-2.0-py3-none-any.whl", hash = "sha256:%s"},
                    {file = "foo_bar-1.0.tar.gz", hash = "sha256:%s"},
                ]
                other = []
                """.formatted(A, B, B);

        Needed needed = select(lock, wants(DEPENDENCIES + "foo-bar = \"*\"\n"));

        assertThat(needed.packages().get(0).files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(new LockedFile(
                                "foo_bar-1.0-py3-none-any.whl",
                                new Digest(A),
                                OptionalLong.empty(),
                                new FileLocation.InIndex())),
                        List.of("foo_bar-1.0.tar.gz")));
        assertThat(select(lock.replace("\"Foo.Bar\" = [", "foo-bar = ["), wants(DEPENDENCIES + "foo-bar = \"*\"\n"))
                        .packages())
                .isEqualTo(needed.packages());
    }

    @Test
    void filesOfThePackageCountBeforeThoseOfTheMetadata() {
        String lock = old("idna", "3.10", "") + "[metadata]\n[metadata.hashes]\nidna = [\"" + C + "\"]\n";

        assertThat(select(lock, wants(DEPENDENCIES + "idna = \"*\"\n"))
                        .packages()
                        .get(0)
                        .files())
                .isInstanceOf(LockedFiles.Listed.class);
    }

    @Test
    void theOldestLocksHaveHashesAlone() {
        String lock = bare("idna", "3.10", "category = \"main\"\n") + """
                [metadata]
                content-hash = "0"
                python-versions = "*"

                [metadata.hashes]
                idna = ["%s", "%s"]
                """.formatted(B, A);

        assertThat(select(lock, wants(DEPENDENCIES + "idna = \"*\"\n"))
                        .packages()
                        .get(0)
                        .files())
                .isEqualTo(new LockedFiles.Hashed(List.of(new Digest(A), new Digest(B))));
    }
}

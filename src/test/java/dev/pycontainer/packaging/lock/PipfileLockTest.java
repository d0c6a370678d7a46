package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.B;
import static dev.pycontainer.packaging.lock.LockFixture.DEBIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PipfileLockTest {

    private static final Target PYTHON_3_12 = LockFixture.target("3.12.4", "cp312", DEBIAN.libc(), "2.36");

    private static final String META = """
            "_meta": {
                "hash": {"sha256": "%s"},
                "pipfile-spec": 6,
                "requires": {"python_version": "3.11"},
                "sources": [
                    {"name": "main", "url": "https://index.example/simple", "verify_ssl": true},
                    {"name": "own", "url": "https://${NAME}:${WORD}@${HOST}/$TEAM/simple", "verify_ssl": true}
                ]
            }""".formatted(A);

    private static final String CATEGORIES = """
            "default": {
                "Web_App": {"hashes": ["sha256:%s", "md5:1"], "version": "==1.0", "extras": ["Loop", "fast"], "index": "main"},
                "uv": {"hashes": ["sha256:%s"], "version": "==2.0", "markers": "platform_machine == 'x86_64'"},
                "win": {"hashes": ["sha256:%s"], "version": "==1", "sys_platform": "== 'win32'", "markers": "os_name != ''"}
            },
            "develop": {
                "tests": {"hashes": ["sha256:%s"], "version": "==3", "os_markers": "os_name == 'posix'", "markers": ""},
                "uv": {"hashes": ["sha256:%s"], "version": "==2.0", "extras": ["more"]}
            },
            "My_Metrics": {
                "metrics": "==4"
            }""".formatted(A, A, A, A, A);

    @TempDir
    Path directory;

    private Lock read(String... parts) {
        return read(Map.of(), parts);
    }

    private Lock read(Map<String, String> environment, String... parts) {
        try {
            return new LockReader(new Disk(), environment)
                    .read(Files.writeString(directory.resolve("Pipfile.lock"), "{" + String.join(",", parts) + "}"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Wanted wanted(String... groups) {
        return Wanted.of(directory, Optional.empty(), DEBIAN, List.of(), List.of(groups));
    }

    private static List<String> names(Needed needed) {
        return needed.packages().stream().map(locked -> locked.name().value()).toList();
    }

    private LockedPackage only(String entry) {
        return read(META, "\"default\": {\"foo\": " + entry + "}")
                .select(wanted())
                .packages()
                .get(0);
    }

    @Test
    void theDefaultCategoryIsWhatIsNeeded() {
        Needed needed = read(META, CATEGORIES).select(wanted());

        assertThat(names(needed)).containsExactly("uv", "web-app");
        assertThat(needed.packages().get(1))
                .isEqualTo(new LockedPackage(
                        PackageName.of("web-app"),
                        Optional.of(Version.parse("1.0")),
                        new LockedFiles.Hashed(List.of(new Digest(A))),
                        List.of("https://index.example/simple"),
                        List.of("fast", "loop"),
                        List.of()));
        assertThat(needed.omitted())
                .extracting(omitted -> omitted.name() + " " + omitted.version().orElseThrow() + " " + omitted.reason())
                .containsExactly(
                        "metrics 4 of the group \"my-metrics\"",
                        "tests 3 of the group \"develop\"",
                        "win 1 its marker `os_name != \"\" and sys_platform == \"win32\"` does not hold");
    }

    @ParameterizedTest
    @CsvSource({
        "develop, tests uv web-app",
        "dev-packages, tests uv web-app",
        "my.metrics, metrics uv web-app",
        "packages, uv web-app",
        "default, uv web-app"
    })
    void categoriesAreGroups(String group, String names) {
        assertThat(names(read(META, CATEGORIES).select(wanted(group)))).isEqualTo(List.of(names.split(" ")));
    }

    @Test
    void extrasOfAPackageInTwoCategoriesAreJoined() {
        assertThat(read(META, CATEGORIES).select(wanted("develop")).packages().get(1))
                .extracting(LockedPackage::extras)
                .isEqualTo(List.of("more"));
    }

    /** Without a version nothing but the source tells two apart. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'git': 'https://git.example/foo', 'ref': 'a'} | {'git': 'https://git.example/foo', 'ref': 'b'}",
                "{'path': 'libs/foo'}                           | {'path': 'other/foo'}",
                "{'file': 'https://files.example/foo.zip'}      | {'file': 'https://files.example/foo-2.zip'}",
            })
    void aPackageFromTwoPlacesIsRefused(String main, String development) {
        String lock = "'default': {'foo': %s}, 'develop': {'foo': %s}";
        Lock both = read(META, lock.formatted(main, development).replace('\'', '"'));
        Lock same = read(META, lock.formatted(main, main).replace('\'', '"'));

        assertThatThrownBy(() -> both.select(wanted("develop"))).hasMessage("""
                Package "foo" is locked twice for the target.
                  why    package "foo" without a version is needed by different groups, from different places
                  do     name one place of it in the Pipfile's categories, and run `pipenv lock`""");
        assertThat(names(same.select(wanted("develop")))).containsExactly("foo");
        assertThat(names(both.select(wanted()))).containsExactly("foo");
    }

    @Test
    void categoriesMayHashOtherFilesOfOneVersion() {
        String lock = """
                "default": {"foo": {"version": "==1", "hashes": ["sha256:%s"]}},
                "develop": {"foo": {"version": "==1", "hashes": ["sha256:%s"]}}
                """.formatted("a".repeat(64), "b".repeat(64));

        assertThat(names(read(META, lock).select(wanted("develop")))).containsExactly("foo");
    }

    @ParameterizedTest
    @CsvSource({"${NAME}@, me, ''", "me:${WORD}@, me, secret", "${NOBODY}:${WORD}@, ,", "me:known@, ,"})
    void aLoginIsTakenAsFarAsVariablesTellIt(String login, String user, String password) {
        String own = "\"default\": {\"foo\": {\"version\": \"==1\", \"index\": \"own\"}}";
        Map<String, String> environment =
                Map.of("HOST", "own.example", "TEAM", "team", "NAME", "me", "WORD", "secret", "NOBODY", "");

        assertThat(read(environment, META.replace("${NAME}:${WORD}@", login), own)
                        .credentials())
                .extracting(
                        found -> found.login().username(),
                        found -> found.login().password().reveal())
                .isEqualTo(user == null ? List.of() : List.of(tuple(user, password)));
    }

    /** As pipenv's documentation has it: a private index is named with variables for its login. */
    @Test
    void aSourcesLoginComesFromTheEnvironment() {
        String own = "\"default\": {\"foo\": {\"version\": \"==1\", \"index\": \"own\"}}";
        Map<String, String> place = Map.of("HOST", "own.example", "TEAM", "team");
        Map<String, String> all = Map.of("HOST", "own.example", "TEAM", "team", "NAME", "me", "WORD", "s3%2Fcret");

        assertThat(read(all, META, own).credentials()).singleElement().satisfies(login -> {
            assertThat(login.url()).isEqualTo("https://own.example/team/simple");
            assertThat(login.login().username()).isEqualTo("me");
            assertThat(login.login().password().reveal()).isEqualTo("s3/cret");
            assertThat(login.toString()).doesNotContain("s3/cret");
        });
        assertThat(read(all, META, own).select(wanted()).packages().get(0).indexes())
                .containsExactly("https://own.example/team/simple");
        assertThat(read(
                                Map.of("URL", "https://me:s3$cret@own.example/simple"),
                                META.replace("https://${NAME}:${WORD}@${HOST}/$TEAM/simple", "${URL}"),
                                own)
                        .credentials())
                .extracting(LockCredentials::url)
                .containsExactly("https://own.example/simple");
        assertThat(read(place, META, own).credentials()).isEmpty();
        assertThat(read(META, own).credentials()).isEmpty();
        assertThat(read(all, META.replace("${NAME}:${WORD}", "me:known"), own).credentials())
                .isEmpty();
    }

    @Test
    void categoriesOfOneNameAreOne() {
        assertThat(names(read(META, "\"default\": {}", "\"a_b\": {\"one\": \"1\"}", "\"a-b\": {\"two\": \"2\"}")
                        .select(wanted("a.b"))))
                .containsExactly("one", "two");
    }

    @Test
    void aGroupThatIsNoCategoryIsRefused() {
        assertThatThrownBy(() -> read(META, CATEGORIES).select(wanted("metrics")))
                .hasMessage("""
                The lock knows no group "metrics".
                  why    its groups are: default, develop, my-metrics
                  do     write "my-metrics", or add the category to the Pipfile and run `pipenv lock`""");
        assertThatThrownBy(() -> read(META, CATEGORIES)
                        .select(Wanted.of(directory, Optional.empty(), DEBIAN, List.of("fast"), List.of())))
                .hasMessage("""
                The lock knows no extra "fast".
                  why    it has no extras
                  do     name the category that holds it as one of python.groups""");
    }

    @Test
    void theBaseMustHaveTheRequiredPython() {
        Wanted other = Wanted.of(directory, Optional.empty(), PYTHON_3_12, List.of(), List.of());
        String full = META.replace("\"python_version\": \"3.11\"", "\"python_full_version\": \"3.11.9\"");

        assertThatThrownBy(() -> read(META, CATEGORIES).select(other)).hasMessage("""
                The lock is for Python ==3.11.*, but the base has Python 3.12.4.
                  do     use a base whose Python fits, or change [requires] in the Pipfile and lock again""");
        assertThatThrownBy(() -> read(full, CATEGORIES).select(wanted())).hasMessage("""
                The lock is for Python ==3.11.9, but the base has Python 3.11.2.
                  do     use a base whose Python fits, or change [requires] in the Pipfile and lock again""");
        assertThat(names(read(META.replace("\"3.11\"", "\"3\""), CATEGORIES).select(other)))
                .containsExactly("uv", "web-app");
    }

    @Test
    void aPackageComesFromItsSourceElseFromTheFirst() {
        String own =
                "\"default\": {\"foo\": {\"version\": \"==1\", \"index\": \"own\"}, \"bar\": {\"version\": \"==1\"}}";
        Map<String, String> environment = Map.of("HOST", "own.example", "TEAM", "team");

        assertThat(read(environment, META, own).select(wanted()).packages())
                .extracting(LockedPackage::indexes)
                .containsExactly(List.of("https://index.example/simple"), List.of("https://own.example/team/simple"));
        assertThat(read("\"_meta\": {\"pipfile-spec\": 6}", "\"default\": {\"bar\": {\"version\": \"==1\"}}")
                        .select(wanted())
                        .packages()
                        .get(0)
                        .indexes())
                .isEmpty();
    }

    static Stream<Arguments> versions() {
        return Stream.of(
                Arguments.of("{\"version\": \"==1.0\"}", "1.0"),
                Arguments.of("{\"version\": \"===1.0\"}", "1.0"),
                Arguments.of("{\"version\": \"== 1.0 \"}", "1.0"),
                Arguments.of("\"==1.0\"", "1.0"),
                Arguments.of("\"1.0\"", "1.0"),
                Arguments.of("{\"version\": \"==1.0+cpu\"}", "1.0+cpu"));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aVersionIsPinned(String entry, String version) {
        assertThat(only(entry).version().orElseThrow()).hasToString(version);
        assertThat(only(entry).files()).isEqualTo(new LockedFiles.Unhashed());
    }

    static Stream<Arguments> sources() {
        String commit = "\"ref\": \"fa12\"";
        return Stream.of(
                Arguments.of(
                        "{\"git\": \"https://u:w@git.example/foo.git\", " + commit + ", \"subdirectory\": \"py\"}",
                        "git+https://git.example/foo.git@fa12#subdirectory=py"),
                Arguments.of(
                        "{\"git\": \"git+https://git.example/foo.git\", " + commit + "}",
                        "git+https://git.example/foo.git@fa12"),
                Arguments.of(
                        "{\"git\": \"ssh://git@git.example/foo.git\", " + commit + "}",
                        "git+ssh://git@git.example/foo.git@fa12"),
                Arguments.of("{\"hg\": \"https://hg.example/foo\", " + commit + "}", "hg+https://hg.example/foo@fa12"),
                Arguments.of(
                        "{\"file\": \"https://files.example/foo-1.0.tar.gz\"}", "https://files.example/foo-1.0.tar.gz"),
                Arguments.of(
                        "{\"file\": \"https://files.example/foo.zip\", \"subdirectory\": \"py\"}",
                        "https://files.example/foo.zip#subdirectory=py"),
                Arguments.of("{\"path\": \"./foo-1.0.tar.gz\"}", "foo-1.0.tar.gz"),
                Arguments.of("{\"file\": \"foo-1.0.ZIP\"}", "foo-1.0.ZIP"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aPackageThatMustBeBuiltIsToldByItsAddress(String entry, String source) {
        assertThat(only(entry).files()).isEqualTo(new LockedFiles.Listed(List.of(), List.of(source)));
        assertThat(only(entry).indexes()).isEmpty();
    }

    @Test
    void aWheelByItsAddressIsMeantItself() {
        String hash = "\"hashes\": [\"sha256:" + B + "\"]";

        LockedPackage remote =
                only("{\"file\": \"https://files.example/foo-1.0%2Bcpu-py3-none-any.whl\", \"version\": \"==1.0+cpu\", "
                        + hash + "}");
        assertThat(remote.version().orElseThrow()).hasToString("1.0+cpu");
        assertThat(remote.files())
                .isEqualTo(new LockedFiles.Direct(LockedFile.of(
                        "https://files.example/foo-1.0%2Bcpu-py3-none-any.whl", new Digest(B), OptionalLong.empty())));
        assertThat(only("{\"path\": \"wheels/foo-1.0-py3-none-any.whl\", " + hash + "}")
                        .files())
                .isEqualTo(new LockedFiles.Direct(new LockedFile(
                        "foo-1.0-py3-none-any.whl",
                        new Digest(B),
                        OptionalLong.empty(),
                        new FileLocation.Local(directory.resolve("wheels/foo-1.0-py3-none-any.whl")))));
    }

    @Test
    void aDirectoryIsAMemberAndTheProjectItselfIsLeftOut() {
        assertThat(only("{\"path\": \"./libs/foo\", \"editable\": true, \"extras\": [\"fast\"]}"))
                .satisfies(member -> {
                    assertThat(member.files()).isEqualTo(new LockedFiles.Member(directory.resolve("libs/foo")));
                    assertThat(member.extras()).containsExactly("fast");
                    assertThat(member.version()).isEmpty();
                });
        assertThat(only("{\"path\": \".\", \"subdirectory\": \"foo\"}").files())
                .isEqualTo(new LockedFiles.Member(directory.resolve("foo")));
        assertThat(read(META, "\"default\": {\"app\": {\"path\": \".\", \"editable\": true}}")
                        .select(wanted())
                        .packages())
                .isEmpty();
    }

    private static final String PIPFILE = """
            [[source]]
            url = "https://${USER}:${WORD}@own.example/simple"
            verify_ssl = true
            name = "own"

            [packages]
            Web_Lib = {extras = ["loop"], version = ">=1.0", markers = "os_name == 'p\u00f6six'"}
            orm = "*"

            [dev-packages]
            tests = {path = "./tests", editable = true}

            [Admin]
            "Zope.Interface" = "~=5.0"

            [requires]
            python_version = "3.11"

            [pipenv]
            allow_prereleases = true

            [scripts]
            serve = "web"
            """;

    /** What pipenv 2026 makes of this Pipfile, what it made while names stood for themselves, and without categories. */
    @ParameterizedTest
    @CsvSource({
        "fdef27d15c72e19d82a36db76548802e0578fba054fdef4ad1fea2a851f28981",
        "9e8eae5689798d3169de75be3a359cc3e7df49f431a0c19b48e1a17b3bd4bcca",
        "42db64c4db028867bc3f17500f8ee4395f0dd786bd49cb4c6d0875c9a0e0f995"
    })
    void aPipfileWithTheSameHashIsFresh(String hash) throws IOException {
        String changed = PIPFILE.replace("p\u00f6six", "posix");

        Files.writeString(directory.resolve("Pipfile"), PIPFILE);
        assertThat(read(META.replace(A, hash), "\"default\": {}").stale(wanted()))
                .isEmpty();
        Files.writeString(directory.resolve("Pipfile"), changed);
        assertThat(read(META.replace(A, hash), "\"default\": {}").stale(wanted()))
                .extracting(StaleEntry::why)
                .containsExactly(
                        "the lock holds no package \"web-lib\" for the target",
                        "the lock holds no package \"orm\" for the target");
    }

    @Test
    void aPipfileThatRequiresNoPythonHasAHashToo() throws IOException {
        Files.writeString(
                directory.resolve("Pipfile"),
                "[[source]]\nname = \"own\"\nurl = \"https://own.example/simple\"\nverify_ssl = true\n[packages]\norm = \"*\"\n");

        assertThat(read(
                                META.replace(A, "cd45c7fe7eced2196f50299666f342701782529089f83fcd861a6f26210a281a"),
                                "\"default\": {}")
                        .stale(wanted()))
                .isEmpty();
    }

    /** The same Pipfile without its sources, for which those of the lock stand. */
    @Test
    void aPipfileWithoutSourcesHasTheDefaultOnes() throws IOException {
        String sources =
                "[{\"name\": \"own\", \"url\": \"https://${USER}:${WORD}@own.example/simple\", \"verify_ssl\": true}]";

        Files.writeString(directory.resolve("Pipfile"), PIPFILE.substring(PIPFILE.indexOf("[packages]")));

        assertThat(read(
                                "\"_meta\": {\"pipfile-spec\": 6, \"sources\": " + sources
                                        + ", \"hash\": {\"sha256\": \"fdef27d15c72e19d82a36db76548802e0578fba054fdef4ad1fea2a851f28981\"}}",
                                "\"default\": {}")
                        .stale(wanted()))
                .isEmpty();
    }

    static Stream<Arguments> stale() {
        String web = "[packages]\nweb-app = ";
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of(web + "\"*\"", List.of()),
                Arguments.of(web + "\"\"", List.of()),
                Arguments.of(web + "\"1.0\"", List.of()),
                Arguments.of(web + "{version = \"*\", extras = [\"loop\"]}", List.of()),
                Arguments.of(web + "{git = \"https://git.example/web\", ref = \"main\", version = \">9\"}", List.of()),
                Arguments.of(
                        web + "\"2.0\"",
                        List.of(new StaleEntry("Pipfile: packages", "web-app==2.0", "the lock holds web-app 1.0"))),
                Arguments.of(
                        web + "\" >=2\"",
                        List.of(new StaleEntry("Pipfile: packages", "web-app>=2", "the lock holds web-app 1.0"))),
                Arguments.of(
                        web + "{extras = [\"slow\"]}",
                        List.of(new StaleEntry(
                                "Pipfile: packages",
                                "web-app[slow]",
                                "the lock holds web-app without the extra \"slow\""))),
                Arguments.of(
                        "[packages]\ngone = {sys_platform = \"== 'linux'\"}\nwin = {sys_platform = \"== 'win32'\"}",
                        List.of(new StaleEntry(
                                "Pipfile: packages", "gone", "the lock holds no package \"gone\" for the target"))),
                Arguments.of("[packages]\napp = {path = \".\", editable = true}", List.of()),
                Arguments.of("[packages]\napp = {file = \"./\"}", List.of()),
                Arguments.of(
                        "[packages]\nother = {file = \"https://files.example/other.whl\"}",
                        List.of(new StaleEntry(
                                "Pipfile: packages", "other", "the lock holds no package \"other\" for the target"))),
                Arguments.of(
                        "[packages]\nother = {path = \"./other\"}",
                        List.of(new StaleEntry(
                                "Pipfile: packages", "other", "the lock holds no package \"other\" for the target"))),
                Arguments.of("[dev-packages]\ngone = \"*\"", List.of()),
                // Not what pipenv locks: these names are those of the lock.
                Arguments.of("[default]\ngone = \"*\"", List.of()),
                Arguments.of(
                        "[my-metrics]\ngone = \"*\"",
                        List.of(new StaleEntry(
                                "Pipfile: my-metrics", "gone", "the lock holds no package \"gone\" for the target"))),
                Arguments.of("[requires]\npython_version = \"3\"", List.of()),
                Arguments.of(
                        "[requires]\npython_version = \"3.12\"\npython_full_version = \"3.12.1\"",
                        List.of(
                                new StaleEntry(
                                        "Pipfile: requires.python_version",
                                        "3.12",
                                        "the lock was made for Python 3.11"),
                                new StaleEntry(
                                        "Pipfile: requires.python_full_version",
                                        "3.12.1",
                                        "the lock was made for any Python"))));
    }

    @ParameterizedTest
    @MethodSource("stale")
    void whereTheHashDiffersEachRequirementThatCountsIsCompared(String pipfile, List<StaleEntry> expected)
            throws IOException {
        Files.writeString(directory.resolve("Pipfile"), pipfile);

        assertThat(read(META, CATEGORIES).stale(wanted("my_metrics"))).isEqualTo(expected);
    }

    @Test
    void aLockWithoutAPipfileIsNeverStale() {
        assertThat(read(META, CATEGORIES).stale(wanted())).isEmpty();
    }

    @Test
    void aLockAboveTheProjectKnowsItByItsPath() throws IOException {
        Files.writeString(directory.resolve("Pipfile"), "[packages]\napp = {path = \"./app\"}");
        Wanted below = Wanted.of(directory.resolve("app"), Optional.empty(), DEBIAN, List.of(), List.of());
        Lock lock = read(META, "\"default\": {\"app\": {\"path\": \"./app\"}, \"foo\": \"==1\"}");

        assertThat(names(lock.select(below))).containsExactly("foo");
        assertThat(lock.stale(below)).isEmpty();
        assertThat(names(lock.select(wanted()))).containsExactly("app", "foo");
    }
}

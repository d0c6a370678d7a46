package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.DEBIAN;
import static dev.pycontainer.packaging.lock.PoetryFixture.MAIN;
import static dev.pycontainer.packaging.lock.PoetryFixture.bare;
import static dev.pycontainer.packaging.lock.PoetryFixture.files;
import static dev.pycontainer.packaging.lock.PoetryFixture.locked;
import static dev.pycontainer.packaging.lock.PoetryFixture.version;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile and broken {@code poetry.lock} files and projects of Poetry, a table: the rule, how it is broken, and the answer,
 * which names the place and says what to do.
 *
 * <p>No row breaks two rules, so that each fails when its check is removed: {@code src/test/mutation/run} shows it.
 */
class HostilePoetryLocksTest {

    private static final String AGAIN = "run `poetry lock`";
    private static final String APP = "[tool.poetry]\nname = \"app\"\nversion = \"1\"\n";
    private static final String NEEDS = APP + "[tool.poetry.dependencies]\n";

    @TempDir
    Path directory;

    private record Row(
            String rule,
            String how,
            String lock,
            Optional<String> project,
            List<String> extras,
            List<String> groups,
            String answer) {

        Row of(String newRule) {
            return new Row(newRule, how, lock, project, extras, groups, answer);
        }

        Row withoutProject() {
            return new Row(rule, how, lock, Optional.empty(), extras, groups, answer);
        }

        @Override
        public String toString() {
            return rule + ": " + how;
        }
    }

    private static Stream<Row> rule(String rule, Row... rows) {
        return Stream.of(rows).map(row -> row.of(rule));
    }

    private static String answer(String what, String place, String why, String todo) {
        return what + "\n  where  poetry.lock" + place + (why.isEmpty() ? "" : "\n  why    " + why) + "\n  do     "
                + todo;
    }

    /** A lock, as it is, of a project without dependencies. */
    private static Row lock(String how, String lock, String what, String place, String why, String todo) {
        return new Row("", how, lock, Optional.of(APP), List.of(), List.of(), answer(what, place, why, todo));
    }

    /** A lock of version 2.1 with one package of the main group. */
    private static Row entry(String how, String rest, String what, String place, String why, String todo) {
        return lock(
                how,
                PoetryFixture.lock(bare("foo", "1.0", MAIN + rest)),
                what,
                ": package \"foo\" 1.0" + place,
                why,
                todo);
    }

    /** A lock of version 2.0 with these packages, of a project with these dependencies. */
    private static Row walk(
            String how, String dependencies, String packages, String what, String place, String why, String todo) {
        return new Row(
                "",
                how,
                version("2.0", packages),
                Optional.of(NEEDS + dependencies),
                List.of(),
                List.of(),
                answer(what, place, why, todo));
    }

    private static Row project(String how, String project, String what, String place, String why, String todo) {
        return new Row(
                "",
                how,
                version("2.0"),
                Optional.of(project),
                List.of(),
                List.of(),
                answer(what, ": pyproject.toml" + place, why, todo));
    }

    private static Row asking(
            String how, List<String> extras, List<String> groups, String what, String why, String todo) {
        return new Row(
                "",
                how,
                PoetryFixture.lock(
                        locked("foo", "1.0", "groups = [\"docs\"]"), "[extras]\npretty = [\"foo\"]\nfast = []\n"),
                Optional.of(APP),
                extras,
                groups,
                answer(what, "", why, todo));
    }

    static Stream<Row> file() {
        String lock = PoetryFixture.lock();
        return Stream.of(
                        rule(
                                "the file is TOML in UTF-8",
                                lock(
                                        "a table that does not end",
                                        "[[package]\n",
                                        "The file is not valid TOML.",
                                        "",
                                        "Unexpected token: Got STD_TABLE_CLOSE, expected ARRAY_TABLE_CLOSE, near line 2",
                                        AGAIN),
                                lock(
                                        "deep",
                                        "a = " + "[".repeat(2000),
                                        "The file is not valid TOML.",
                                        "",
                                        "Document nesting depth (101) exceeds the maximum allowed (100)",
                                        AGAIN)),
                        rule(
                                "there is metadata",
                                lock("none", "[extras]\n", "\"metadata\" is missing.", ": metadata", "", AGAIN),
                                lock(
                                        "a string",
                                        "metadata = \"2.1\"\n",
                                        "\"metadata\" is not a table.",
                                        ": metadata",
                                        "",
                                        AGAIN)),
                        rule(
                                "its version is 1 or 2",
                                lock(
                                        "3.0",
                                        lock.replace("2.1", "3.0"),
                                        "The lock has version 3.0.",
                                        "",
                                        "versions 1 and 2 of poetry.lock can be read",
                                        "lock again with a version of Poetry that writes one of them"),
                                lock(
                                        "0.9",
                                        lock.replace("2.1", "0.9"),
                                        "The lock has version 0.9.",
                                        "",
                                        "versions 1 and 2 of poetry.lock can be read",
                                        "lock again with a version of Poetry that writes one of them"),
                                lock(
                                        "no version",
                                        lock.replace("2.1", "two"),
                                        "\"two\" is not a version.",
                                        ": metadata.lock-version",
                                        "PEP 440 wants [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]",
                                        AGAIN),
                                lock(
                                        "a number",
                                        lock.replace("\"2.1\"", "2.1"),
                                        "\"lock-version\" is not a string.",
                                        ": metadata.lock-version",
                                        "",
                                        AGAIN)),
                        rule(
                                "packages are tables with name and version",
                                lock(
                                        "one table",
                                        "[package]\nname = \"foo\"\n" + lock,
                                        "\"package\" is not an array of tables.",
                                        ": package",
                                        "",
                                        AGAIN),
                                lock(
                                        "no name",
                                        "[[package]]\nversion = \"1\"\n" + lock,
                                        "\"name\" is missing.",
                                        ": package.name",
                                        "",
                                        AGAIN),
                                lock(
                                        "no version",
                                        "[[package]]\nname = \"foo\"\n" + lock,
                                        "\"version\" is missing.",
                                        ": package.version",
                                        "",
                                        AGAIN),
                                lock(
                                        "a name with a blank",
                                        "[[package]]\nname = \"f o\"\nversion = \"1\"\n" + lock,
                                        "\"f o\" is not a package name.",
                                        ": package.name",
                                        "a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit",
                                        AGAIN),
                                lock(
                                        "no version of the standard",
                                        "[[package]]\nname = \"foo\"\nversion = \"one\"\n" + lock,
                                        "\"one\" is not a version.",
                                        ": package.version",
                                        "PEP 440 wants [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]",
                                        AGAIN)),
                        rule(
                                "it is for the base's Python",
                                lock(
                                        "another",
                                        lock.replace(">=3.8", "^3.12"),
                                        "The lock is for Python ^3.12, but the base has Python 3.11.2.",
                                        "",
                                        "python-versions of the lock is \"^3.12\"",
                                        "use a base whose Python fits, or change the Python of the project in pyproject.toml and lock again"),
                                lock(
                                        "none that can be read",
                                        lock.replace(">=3.8", "three"),
                                        "The version constraint \"three\" cannot be read.",
                                        ": metadata.python-versions",
                                        "\"three\" is not a version constraint: Poetry knows ^, ~, ~=, ==, !=, <, <=, >, >= before a version, and wildcards such as 1.*",
                                        AGAIN)),
                        rule(
                                "an old lock lies beside its project",
                                lock(
                                                "no project",
                                                version("2.0"),
                                                "The lock needs the project's pyproject.toml.",
                                                "",
                                                "before version 2.1 a poetry.lock does not say which packages the project itself needs",
                                                "lock with Poetry 2, or put the lock beside the pyproject.toml it was made from")
                                        .withoutProject()),
                        rule(
                                "what is asked for is known",
                                asking(
                                        "a misspelt extra",
                                        List.of("prety"),
                                        List.of(),
                                        "The lock knows no extra \"prety\".",
                                        "its extras are: fast, pretty",
                                        "write \"pretty\", or add the extra to pyproject.toml and run `poetry lock`"),
                                asking(
                                        "a misspelt group",
                                        List.of(),
                                        List.of("doc"),
                                        "The lock knows no group \"doc\".",
                                        "its groups are: docs",
                                        "write \"docs\", or add the group to pyproject.toml and run `poetry lock`"),
                                asking(
                                        "another group",
                                        List.of(),
                                        List.of("tests"),
                                        "The lock knows no group \"tests\".",
                                        "its groups are: docs",
                                        "add the group to pyproject.toml and run `poetry lock`")))
                .flatMap(rows -> rows);
    }

    static Stream<Row> packages() {
        String twice = PoetryFixture.lock(locked("foo", "1.0", MAIN), locked("foo", "2.0", MAIN));
        return Stream.of(
                        rule(
                                "a package says its groups",
                                lock(
                                        "none",
                                        PoetryFixture.lock(locked("foo", "1.0", "")),
                                        "\"groups\" is missing.",
                                        ": package \"foo\" 1.0: groups",
                                        "",
                                        AGAIN),
                                lock(
                                        "a string",
                                        PoetryFixture.lock(locked("foo", "1.0", "groups = \"main\"")),
                                        "\"groups\" is not an array of strings.",
                                        ": package \"foo\" 1.0: groups",
                                        "",
                                        AGAIN),
                                lock(
                                        "no name",
                                        PoetryFixture.lock(locked("foo", "1.0", "groups = [\"-\"]")),
                                        "\"-\" is not the name of an extra or group.",
                                        ": package \"foo\" 1.0: groups",
                                        "a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit",
                                        AGAIN)),
                        rule(
                                "markers can be evaluated",
                                entry(
                                        "no marker",
                                        "markers = \"python is new\"",
                                        "The marker cannot be read: there is no marker variable `python`.",
                                        ": markers",
                                        "python is new\n         ~~~~~~^",
                                        AGAIN),
                                entry(
                                        "a number",
                                        "markers = 3",
                                        "\"markers\" is not a string.",
                                        ": markers",
                                        "",
                                        AGAIN),
                                entry(
                                        "of a group",
                                        "markers = {main = \"python is new\"}",
                                        "The marker cannot be read: there is no marker variable `python`.",
                                        ": markers.main",
                                        "python is new\n         ~~~~~~^",
                                        AGAIN),
                                entry(
                                        "of the running system",
                                        "markers = \"platform_release >= '6'\"",
                                        "The marker `platform_release >= \"6\"` asks for platform_release, which is not known here.",
                                        "",
                                        "it depends on the machine that will run the image, not on the image",
                                        "replace the condition by one on sys_platform, platform_machine or python_version")),
                        rule(
                                "a name is needed once",
                                lock(
                                        "two versions",
                                        twice,
                                        "Package \"foo\" is needed in two versions.",
                                        "",
                                        "the markers of package \"foo\" 1.0 and of package \"foo\" 2.0 both hold",
                                        AGAIN)),
                        rule(
                                "files have a name and a SHA-256 hash",
                                entry(
                                        "no hash",
                                        "files = [{file = \"foo-1.0-py3-none-any.whl\"}]",
                                        "\"hash\" is missing.",
                                        ": files.hash",
                                        "",
                                        AGAIN),
                                entry(
                                        "no name",
                                        "files = [{hash = \"sha256:" + A + "\"}]",
                                        "\"file\" is missing.",
                                        ": files.file",
                                        "",
                                        AGAIN),
                                entry(
                                        "another hash",
                                        "files = [{file = \"foo-1.0-py3-none-any.whl\", hash = \"md5:00\"}]",
                                        "A file of package \"foo\" has no SHA-256 hash.",
                                        "",
                                        "the lock holds \"md5:00\"",
                                        "lock it from an index that tells SHA-256 hashes"),
                                entry(
                                        "half a hash",
                                        "files = [{file = \"foo-1.0-py3-none-any.whl\", hash = \"sha256:00\"}]",
                                        "\"00\" is not a SHA-256 digest in lower-case hex.",
                                        "",
                                        "",
                                        AGAIN),
                                entry(
                                        "names alone",
                                        "files = [\"foo-1.0-py3-none-any.whl\"]",
                                        "\"files\" is not an array of tables.",
                                        ": files",
                                        "",
                                        AGAIN),
                                entry(
                                        "of another package",
                                        files("bar", "1.0"),
                                        "The wheel bar-1.0-py3-none-any.whl is not of package \"foo\" 1.0.",
                                        "",
                                        "the lock lists it for this package, and its name says otherwise",
                                        "lock again with the tool that wrote the lock"),
                                entry(
                                        "of another version",
                                        files("foo", "2.0"),
                                        "The wheel foo-2.0-py3-none-any.whl is not of package \"foo\" 1.0.",
                                        "",
                                        "the lock lists it for this package, and its name says otherwise",
                                        "lock again with the tool that wrote the lock"),
                                entry(
                                        "none",
                                        "files = []",
                                        "Package foo 1.0 has no wheel.",
                                        "",
                                        "the lock lists no file of it",
                                        "lock a version of foo that has a wheel for this base, or put one into a directory that python.wheelhouse names")),
                        rule(
                                "the source is one of Poetry's kinds",
                                entry(
                                        "another kind",
                                        files("foo", "1.0") + "[package.source]\ntype = \"svn\"\nurl = \"x\"",
                                        "Package \"foo\" comes from a source of kind \"svn\".",
                                        ": source",
                                        "Poetry knows legacy, pypi, git, url, file and directory",
                                        "run `poetry lock` with a present-day Poetry"),
                                entry(
                                        "a string",
                                        "source = \"legacy\"\n" + files("foo", "1.0"),
                                        "\"source\" is not a table.",
                                        ": source",
                                        "",
                                        AGAIN)),
                        rule(
                                "the source says where it is",
                                entry(
                                        "an index without",
                                        files("foo", "1.0") + "[package.source]\ntype = \"legacy\"",
                                        "\"url\" is missing.",
                                        ": source.url",
                                        "",
                                        AGAIN),
                                entry(
                                        "an index by FTP",
                                        files("foo", "1.0")
                                                + "[package.source]\ntype = \"legacy\"\nurl = \"ftp://u:p@index.example\"",
                                        "The index's URL ftp://index.example is not an HTTP or HTTPS URL.",
                                        ": source.url",
                                        "",
                                        "lock from an index that is served over HTTPS"),
                                entry(
                                        "a repository without",
                                        "files = []\n[package.source]\ntype = \"git\"",
                                        "\"url\" is missing.",
                                        ": source.url",
                                        "",
                                        AGAIN),
                                entry(
                                        "a URL without",
                                        files("foo", "1.0") + "[package.source]\ntype = \"url\"",
                                        "\"url\" is missing.",
                                        ": source.url",
                                        "",
                                        AGAIN),
                                entry(
                                        "a URL by FTP",
                                        files("foo", "1.0")
                                                + "[package.source]\ntype = \"url\"\nurl = \"ftp://x/foo-1.0-py3-none-any.whl\"",
                                        "The URL ftp://x/foo-1.0-py3-none-any.whl is not an HTTP or HTTPS URL.",
                                        "",
                                        "",
                                        "lock the file from an index that serves it over HTTPS"),
                                entry(
                                        "a URL with a password",
                                        files("foo", "1.0")
                                                + "[package.source]\ntype = \"url\"\nurl = \"https://u:p@files.example/foo-1.0-py3-none-any.whl\"",
                                        "The URL of a file on files.example holds credentials.",
                                        "",
                                        "a lock file is committed and shared; credentials in it are known to all its readers",
                                        "remove them from the index's URL, change the password, and lock again"),
                                entry(
                                        "a URL of no file",
                                        files("foo", "1.0")
                                                + "[package.source]\ntype = \"url\"\nurl = \"https://files.example/\"",
                                        "The URL https://files.example/ names no file.",
                                        "",
                                        "",
                                        AGAIN),
                                entry(
                                        "a file without",
                                        files("foo", "1.0") + "[package.source]\ntype = \"file\"",
                                        "\"url\" is missing.",
                                        ": source.url",
                                        "",
                                        AGAIN),
                                entry(
                                        "an absolute path",
                                        files("foo", "1.0")
                                                + "[package.source]\ntype = \"file\"\nurl = \"/srv/foo-1.0-py3-none-any.whl\"",
                                        "The path \"/srv/foo-1.0-py3-none-any.whl\" is absolute.",
                                        ": source.url",
                                        "a lock is shared, and an absolute path means something else on every machine",
                                        "make the path relative where the package is required, and lock again"),
                                entry(
                                        "no path",
                                        "files = []\n[package.source]\ntype = \"directory\"\nurl = \"a\\u0000b\"",
                                        "\"a\\0b\" is not a path.",
                                        ": source.url",
                                        "Nul character not allowed",
                                        "lock again with the tool that wrote the lock")),
                        rule(
                                "a file at a place of its own is hashed",
                                entry(
                                        "a URL",
                                        "files = []\n[package.source]\ntype = \"url\"\nurl = \"https://files.example/foo-1.0-py3-none-any.whl\"",
                                        "Package \"foo\" is unhashed.",
                                        "",
                                        "it is the file foo-1.0-py3-none-any.whl, for which the lock holds no hash",
                                        "run `poetry lock` with a present-day Poetry, which writes hashes for files at a URL, or depend on a release in an index"),
                                entry(
                                        "a path",
                                        files("foo", "1.0").replace("foo-1.0-py3", "foo-1.0-py2.py3")
                                                + "[package.source]\ntype = \"file\"\nurl = \"foo-1.0-py3-none-any.whl\"",
                                        "Package \"foo\" is unhashed.",
                                        "",
                                        "it is the file foo-1.0-py3-none-any.whl, for which the lock holds no hash",
                                        "run `poetry lock` with a present-day Poetry, which writes hashes for files at a URL, or depend on a release in an index")))
                .flatMap(rows -> rows);
    }

    static Stream<Row> walks() {
        String many = IntStream.range(0, 600)
                .mapToObj(i -> locked("foo", "1." + i, "[package.dependencies]\nbar = \"<1\""))
                .collect(Collectors.joining());
        String internal =
                "[package.source]\ntype = \"legacy\"\nurl = \"https://index.example/simple\"\nreference = \"internal\"";
        return Stream.of(
                        rule(
                                "dependencies can be read",
                                walk(
                                        "a number",
                                        "foo = \"*\"",
                                        locked("foo", "1.0", "[package.dependencies]\nbar = 3"),
                                        "\"bar\" is not a string, a table, or an array of them.",
                                        ": package \"foo\" 1.0: dependencies.bar",
                                        "",
                                        AGAIN),
                                walk(
                                        "no name",
                                        "foo = \"*\"",
                                        locked("foo", "1.0", "[package.dependencies]\n\"b r\" = \"*\""),
                                        "\"b r\" is not a package name.",
                                        ": package \"foo\" 1.0: dependencies.b r",
                                        "a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit",
                                        AGAIN),
                                walk(
                                        "no constraint",
                                        "foo = \"*\"",
                                        locked("foo", "1.0", "[package.dependencies]\nbar = \"about 3\""),
                                        "The version constraint \"about 3\" cannot be read.",
                                        ": package \"foo\" 1.0: dependencies.bar.version",
                                        "\"about\" is not a version constraint: Poetry knows ^, ~, ~=, ==, !=, <, <=, >, >= before a version, and wildcards such as 1.*",
                                        AGAIN),
                                walk(
                                        "no marker",
                                        "foo = \"*\"",
                                        locked(
                                                "foo",
                                                "1.0",
                                                "[package.dependencies]\nbar = {version = \"*\", markers = \"new\"}"),
                                        "The marker cannot be read: there is no marker variable `new`.",
                                        ": package \"foo\" 1.0: dependencies.bar.markers",
                                        "new\n         ~~~^",
                                        AGAIN),
                                walk(
                                        "no Python",
                                        "foo = \"*\"",
                                        locked(
                                                "foo",
                                                "1.0",
                                                "[package.dependencies]\nbar = {version = \"*\", python = \"new\"}"),
                                        "The version constraint \"new\" cannot be read.",
                                        ": package \"foo\" 1.0: dependencies.bar.python",
                                        "\"new\" is not a version constraint: Poetry knows ^, ~, ~=, ==, !=, <, <=, >, >= before a version, and wildcards such as 1.*",
                                        AGAIN),
                                walk(
                                        "no platform",
                                        "foo = \"*\"",
                                        locked(
                                                "foo",
                                                "1.0",
                                                "[package.dependencies]\nbar = {version = \"*\", platform = \"a b\"}"),
                                        "The platform \"a b\" cannot be read.",
                                        ": package \"foo\" 1.0: dependencies.bar.platform",
                                        "it is a name such as linux, or several with || between them and != before them",
                                        AGAIN)),
                        rule(
                                "an extra of a package names packages",
                                walk(
                                        "no name",
                                        "foo = {version = \"*\", extras = [\"fast\"]}",
                                        locked("foo", "1.0", """
                                                [package.dependencies]
                                                bar = {version = "*", optional = true}
                                                [package.extras]
                                                fast = ["(>=1)"]
                                                """),
                                        "The requirement cannot be read: expected a package name before `(`.",
                                        ": package \"foo\" 1.0: extras.fast",
                                        "(>=1)\n         ^",
                                        AGAIN)),
                        rule(
                                "a dependency is in the lock",
                                walk(
                                        "of the project",
                                        "foo = \"*\"",
                                        "",
                                        "The lock holds no \"foo\" as app needs it.",
                                        "",
                                        "needed is foo = \"*\"; the lock has no package of that name",
                                        AGAIN),
                                walk(
                                        "of a package",
                                        "foo = \"*\"",
                                        locked("foo", "1.0", "[package.dependencies]\nbar = \">=2\""),
                                        "The lock holds no \"bar\" as foo needs it.",
                                        "",
                                        "needed is bar = \">=2\"; the lock has no package of that name",
                                        AGAIN),
                                walk(
                                        "in another version",
                                        "foo = \"^2\"",
                                        locked("foo", "1.0", ""),
                                        "The lock holds no \"foo\" as app needs it.",
                                        "",
                                        "needed is foo = \"^2\"; the lock has 1.0 for Python >=3.8",
                                        AGAIN),
                                walk(
                                        "in another version, for each Python",
                                        "foo = \"^2\"",
                                        locked("foo", "1.0", "").replace(">=3.8", "*"),
                                        "The lock holds no \"foo\" as app needs it.",
                                        "",
                                        "needed is foo = \"^2\"; the lock has 1.0",
                                        AGAIN),
                                walk(
                                        "for another Python",
                                        "foo = \"*\"",
                                        locked("foo", "1.0", "").replace(">=3.8", ">=3.12"),
                                        "The lock holds no \"foo\" as app needs it.",
                                        "",
                                        "needed is foo = \"*\"; the lock has 1.0 for Python >=3.12",
                                        AGAIN)),
                        rule(
                                "the versions fit together",
                                walk(
                                        "they do not",
                                        "foo = \"*\"\nbar = \"*\"",
                                        locked("foo", "1.0", "[package.dependencies]\nbar = \"<1\"")
                                                + locked("foo", "2.0", "[package.dependencies]\nbar = \"<1\"")
                                                + locked("bar", "1.0", "")
                                                + locked("bar", "2.0", ""),
                                        "The packages of the lock do not fit together for this target.",
                                        "",
                                        "every version that the lock holds of \"bar\" forbids or lacks something else that is needed",
                                        AGAIN),
                                walk(
                                        "many do not",
                                        "foo = \"*\"\nbar = \"*\"",
                                        many + locked("bar", "1.0", "") + locked("bar", "2.0", ""),
                                        "Which packages of the lock fit together was not found in 500 attempts.",
                                        "",
                                        "",
                                        "run `poetry lock` with Poetry 2, whose locks say what is needed where")),
                        rule(
                                "one package is meant",
                                walk(
                                        "two indexes",
                                        "foo = \"*\"",
                                        locked("foo", "1.0", "") + locked("foo", "1.0", internal),
                                        "The lock holds \"foo\" 1.0 twice, and nothing says which is meant.",
                                        "",
                                        "pypi and legacy \"internal\"",
                                        "run `poetry lock` with Poetry 2, whose locks say what is needed where")),
                        rule(
                                "a package's Python can be read",
                                walk(
                                        "none",
                                        "foo = \"*\"",
                                        locked("foo", "1.0", "").replace(">=3.8", "three"),
                                        "The version constraint \"three\" cannot be read.",
                                        ": package \"foo\" 1.0: python-versions",
                                        "\"three\" is not a version constraint: Poetry knows ^, ~, ~=, ==, !=, <, <=, >, >= before a version, and wildcards such as 1.*",
                                        AGAIN)),
                        rule(
                                "the oldest locks have hashes too",
                                new Row(
                                        "",
                                        "md5",
                                        (bare("foo", "1.0", "") + "[metadata]\n[metadata.hashes]\nfoo = [\""
                                                + "0".repeat(32) + "\"]\n"),
                                        Optional.of(NEEDS + "foo = \"*\"\n"),
                                        List.of(),
                                        List.of(),
                                        answer(
                                                "A file of package \"foo\" has no SHA-256 hash.",
                                                ": metadata.hashes.foo",
                                                "the lock holds \"00000000000000000000000000000000\"",
                                                "lock it from an index that tells SHA-256 hashes"))))
                .flatMap(rows -> rows);
    }

    static Stream<Row> projects() {
        return Stream.of(
                        rule(
                                "dependencies can be read",
                                project(
                                        "a number",
                                        NEEDS + "foo = 3",
                                        "\"foo\" is not a string, a table, or an array of them.",
                                        ": tool.poetry.dependencies.foo",
                                        "",
                                        "correct it and run `poetry lock`"),
                                project(
                                        "no name",
                                        NEEDS + "\"f o\" = \"*\"",
                                        "\"f o\" is not a package name.",
                                        ": tool.poetry.dependencies.f o",
                                        "a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit",
                                        "correct it and run `poetry lock`"),
                                project(
                                        "no constraint",
                                        NEEDS + "foo = \"about 3\"",
                                        "The version constraint \"about 3\" cannot be read.",
                                        ": tool.poetry.dependencies.foo.version",
                                        "\"about\" is not a version constraint: Poetry knows ^, ~, ~=, ==, !=, <, <=, >, >= before a version, and wildcards such as 1.*",
                                        "correct it and run `poetry lock`"),
                                project(
                                        "an endless one",
                                        NEEDS + "foo = \"" + ">=1,".repeat(300) + "\"",
                                        "A version constraint of 1200 characters is not read.",
                                        ": tool.poetry.dependencies.foo.version",
                                        "no constraint that means something is longer than 1024",
                                        "correct it and run `poetry lock`"),
                                project(
                                        "no marker",
                                        NEEDS + "foo = {version = \"*\", markers = \"new\"}",
                                        "The marker cannot be read: there is no marker variable `new`.",
                                        ": tool.poetry.dependencies.foo.markers",
                                        "new\n         ~~~^",
                                        "correct it and run `poetry lock`"),
                                project(
                                        "no Python",
                                        NEEDS + "foo = {version = \"*\", python = \"new\"}",
                                        "The version constraint \"new\" cannot be read.",
                                        ": tool.poetry.dependencies.foo.python",
                                        "\"new\" is not a version constraint: Poetry knows ^, ~, ~=, ==, !=, <, <=, >, >= before a version, and wildcards such as 1.*",
                                        "correct it and run `poetry lock`"),
                                project(
                                        "of the running system",
                                        NEEDS + "foo = {version = \"*\", markers = \"platform_version > '1'\"}",
                                        "The marker `platform_version > \"1\"` asks for platform_version, which is not known here.",
                                        ": tool.poetry.dependencies.foo",
                                        "it depends on the machine that will run the image, not on the image",
                                        "replace the condition by one on sys_platform, platform_machine or python_version"),
                                project(
                                        "no Python of the project",
                                        NEEDS + "python = 3",
                                        "\"python\" is not a string.",
                                        ": tool.poetry.dependencies.python",
                                        "",
                                        "correct it and run `poetry lock`"),
                                project(
                                        "no flag",
                                        NEEDS + "foo = {version = \"*\", optional = \"yes\"}",
                                        "\"optional\" is not true or false.",
                                        ": tool.poetry.dependencies.foo.optional",
                                        "",
                                        "correct it and run `poetry lock`")),
                        rule(
                                "groups can be read",
                                project(
                                        "one that is not there",
                                        APP + "[tool.poetry.group.docs]\ninclude-groups = [\"theme\"]",
                                        "There is no dependency group \"theme\".",
                                        ": tool.poetry.group.docs.include-groups",
                                        "",
                                        "add it, or do not include it"),
                                project(
                                        "a string",
                                        APP + "[tool.poetry.group]\ndocs = \"mkdocs\"",
                                        "\"docs\" is not a table.",
                                        ": tool.poetry.group.docs",
                                        "",
                                        "correct it and run `poetry lock`"),
                                project(
                                        "no name",
                                        APP + "[tool.poetry.group.\"-\".dependencies]\n",
                                        "\"-\" is not the name of an extra or group.",
                                        ": tool.poetry.group",
                                        "a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit",
                                        "correct it and run `poetry lock`")),
                        rule(
                                "extras can be read",
                                project(
                                        "a string",
                                        APP + "[tool.poetry.extras]\npretty = \"rich\"",
                                        "\"pretty\" is not an array of strings.",
                                        ": tool.poetry.extras.pretty",
                                        "",
                                        "correct it and run `poetry lock`"),
                                project(
                                        "no name of an extra",
                                        APP + "[tool.poetry.extras]\n\"-\" = []",
                                        "\"-\" is not the name of an extra or group.",
                                        ": tool.poetry.extras",
                                        "a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit",
                                        "correct it and run `poetry lock`"),
                                project(
                                        "no name of a package",
                                        APP + "[tool.poetry.extras]\npretty = [\"-\"]",
                                        "The requirement cannot be read: a package name begins and ends with a letter or digit.",
                                        ": tool.poetry.extras.pretty",
                                        "-\n         ~^",
                                        "correct it and run `poetry lock`")))
                .flatMap(rows -> rows);
    }

    private void select(Row row) throws IOException {
        Path file = Files.writeString(directory.resolve("poetry.lock"), row.lock());
        Lock lock = new LockReader(new Disk(), Map.of()).read(file);
        Wanted wanted =
                Wanted.of(directory, row.project().map(LockFixture::pyproject), DEBIAN, row.extras(), row.groups());
        new SelectWheels(
                        packages -> Map.of(),
                        LockFixture.NO_WHEELS,
                        new Check("checks.staleLock", Check.Level.OFF, finding -> {}))
                .from(lock, wanted, LockFixture.COMMAND);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"file", "packages", "walks", "projects"})
    void isRefusedWithOneClearMessage(Row row) {
        assertThatThrownBy(() -> select(row)).isInstanceOf(BuildRefused.class).hasMessage(row.answer());
    }
}

package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.locked;
import static dev.pycontainer.packaging.lock.LockFixture.project;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Broken and hostile {@code uv.lock} files, a table: the rule, how the lock breaks it, and the answer, which names the
 * place and says what to do.
 *
 * <p>No row breaks two rules, so that each fails when its check is removed: {@code src/test/mutation/run} shows it.
 */
class HostileUvLocksTest {

    private static final String INDEX = "{ registry = \"https://index.example/simple\" }";
    private static final String WHEEL = "{ " + url("lib-1.0-py3-none-any.whl") + " }";
    private static final String LATIN_1 = "version = 1 # \u00fc";

    private static final LockedFileSource NO_INDEX = packages -> {
        throw new AssertionError("the index was asked for " + packages);
    };

    @TempDir
    Path directory;

    private record Row(String rule, String how, String lock, String answer) {
        @Override
        public String toString() {
            return rule + ": " + how;
        }
    }

    private static Stream<Row> rule(String rule, Row... rows) {
        return Arrays.stream(rows).map(row -> new Row(rule, row.how, row.lock, row.answer));
    }

    private static Row row(String how, String lock, String answer) {
        return new Row("", how, lock, answer);
    }

    /** The project, and the package that it requires, from this source. */
    private static String lib(String source, String rest) {
        return project("dependencies = [{ name = \"lib\" }]") + """

                [[package]]
                name = "lib"
                version = "1.0"
                source = %s
                %s
                """.formatted(source, rest);
    }

    private static String wheel(String keys) {
        return lib(INDEX, "wheels = [{ " + keys + " }]");
    }

    private static String flat(String path) {
        return lib("{ registry = \"wheels\" }", "wheels = [{ path = \"" + path + "\", hash = \"sha256:" + A + "\" }]");
    }

    private static String url(String fileName) {
        return "url = \"https://index.example/" + fileName + "\", hash = \"sha256:" + A + "\"";
    }

    /** The project with these dependencies, and a package of the name lib. */
    private static String edge(String dependencies) {
        return project("dependencies = [" + dependencies + "]") + locked("lib", "1.0", "");
    }

    // The file is TOML (1.0), encoded in UTF-8, of version 1

    static Stream<Row> files() {
        return Stream.of(
                        rule(
                                "it is TOML",
                                row("an array without an end", "version = 1\npackage = [\n", """
                        The file is not valid TOML.
                          where  uv.lock
                          why    Premature end of file, near line 3
                          do     run `uv lock` again"""),
                                row("nothing behind a key", "version =\n", """
                        The file is not valid TOML.
                          where  uv.lock
                          why    Newline not permitted here, near line 1
                          do     run `uv lock` again"""),
                                row("a key twice", "version = 1\nversion = 1\n", """
                        The file is not valid TOML.
                          where  uv.lock
                          why    Duplicate key, near line 3
                          do     run `uv lock` again"""),
                                row("5000 arrays in each other", "version = " + "[".repeat(5000), """
                        The file is not valid TOML.
                          where  uv.lock
                          why    Document nesting depth (101) exceeds the maximum allowed (100)
                          do     run `uv lock` again""")),
                        rule("it is UTF-8", row("Latin-1", LATIN_1, """
                        The file is not valid TOML.
                          where  uv.lock
                          why    it is not encoded in UTF-8
                          do     run `uv lock` again""")),
                        rule(
                                "its version is 1",
                                row("an empty file", "", """
                        The lock does not say its format's version.
                          where  uv.lock
                          why    version 1 of uv.lock can be read
                          do     lock again with a version of uv that writes version 1"""),
                                row("version 2", "version = 2", """
                        The lock has version 2.
                          where  uv.lock
                          why    version 1 of uv.lock can be read
                          do     lock again with a version of uv that writes version 1"""),
                                row("a string", "version = \"1\"", """
                        "version" is not an integer.
                          where  uv.lock: version
                          do     run `uv lock` again"""),
                                row("a fraction", "version = 1.0", """
                        "version" is not an integer.
                          where  uv.lock: version
                          do     run `uv lock` again"""),
                                row("more than 64 bits", "version = 99999999999999999999", """
                        "version" is not an integer.
                          where  uv.lock: version
                          do     run `uv lock` again""")))
                .flatMap(rows -> rows);
    }

    // Packages: name, version, source

    static Stream<Row> packages() {
        return Stream.of(
                        rule(
                                "packages are tables",
                                row("a table", "version = 1\npackage = { name = \"app\" }", """
                        "package" is not an array of tables.
                          where  uv.lock: package
                          do     run `uv lock` again"""),
                                row("strings", "version = 1\npackage = [\"app\"]", """
                        "package" is not an array of tables.
                          where  uv.lock: package
                          do     run `uv lock` again""")),
                        rule(
                                "a package has a name",
                                row("none", "version = 1\n[[package]]\nversion = \"1\"", """
                        "name" is missing.
                          where  uv.lock: package 1: name
                          do     run `uv lock` again"""),
                                row("a number", "version = 1\n[[package]]\nname = 1", """
                        "name" is not a string.
                          where  uv.lock: package 1: name
                          do     run `uv lock` again"""),
                                row("no name", "version = 1\n[[package]]\nname = \"-app\"", """
                        "-app" is not a package name.
                          where  uv.lock: package 1: name
                          why    a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit
                          do     run `uv lock` again""")),
                        rule(
                                "a package has a source",
                                row("none", "version = 1\n[[package]]\nname = \"app\"", """
                        "source" is missing.
                          where  uv.lock: package "app" without a version: source
                          do     run `uv lock` again"""),
                                row(
                                        "of uv before version 1",
                                        "version = 1\n[[package]]\nname = \"app\"\nsource = \"editable+.\"",
                                        """
                        "source" is not a table.
                          where  uv.lock: package "app" without a version: source
                          do     run `uv lock` again"""),
                                row("empty", lib("{}", ""), """
                        The source is of no kind that is known.
                          where  uv.lock: package "lib" 1.0: source
                          why    it says nothing
                          do     lock again with a version of uv that writes version 1"""),
                                row("of a new kind", lib("{ torrent = \"x\" }", ""), """
                        The source is of no kind that is known.
                          where  uv.lock: package "lib" 1.0: source
                          why    it says torrent
                          do     lock again with a version of uv that writes version 1"""),
                                row("a number", lib("{ registry = 1 }", ""), """
                        "registry" is not a string.
                          where  uv.lock: package "lib" 1.0: source.registry
                          do     run `uv lock` again""")),
                        rule(
                                "a version is one of PEP 440",
                                row(
                                        "words",
                                        lib(INDEX, "").replace("\"1.0\"\nsource = { reg", "\"latest\"\nsource = { reg"),
                                        """
                        "latest" is not a version.
                          where  uv.lock: package "lib" latest: version
                          why    PEP 440 wants [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]
                          do     run `uv lock` again"""),
                                row(
                                        "a number",
                                        lib(INDEX, "").replace("\"1.0\"\nsource = { reg", "1\nsource = { reg"),
                                        """
                        "version" is not a string.
                          where  uv.lock: package 2: version
                          do     run `uv lock` again""")),
                        rule(
                                "what comes from an index has a version",
                                row(
                                        "none",
                                        lib(INDEX, "").replace("version = \"1.0\"\nsource = { reg", "source = { reg"),
                                        """
                        Package "lib" comes from an index without a version.
                          where  uv.lock: package "lib" without a version
                          why    only a project on disk may leave its version to its build backend
                          do     run `uv lock` again""")),
                        rule(
                                "a package is one thing",
                                row(
                                        "twice, with different needs",
                                        lib(INDEX, "") + locked("lib", "1.0", "dependencies = [{ name = \"app\" }]"),
                                        """
                        The package stands in the lock twice, with different dependencies.
                          where  uv.lock: package "lib" 1.0
                          why    nothing says which of the two is meant
                          do     run `uv lock` again""")))
                .flatMap(rows -> rows);
    }

    // Edges: what a package requires

    static Stream<Row> edges() {
        return Stream.of(
                        rule(
                                "edges are tables",
                                row("a string", project("dependencies = \"lib\""), """
                        "dependencies" is not an array of tables.
                          where  uv.lock: package "app" 1.0: dependencies
                          do     run `uv lock` again"""),
                                row("strings", project("dependencies = [\"lib\"]"), """
                        "dependencies" is not an array of tables.
                          where  uv.lock: package "app" 1.0: dependencies
                          do     run `uv lock` again"""),
                                row("an extra that is none", project("optional-dependencies = [\"fast\"]"), """
                        "optional-dependencies" is not a table.
                          where  uv.lock: package "app" 1.0: optional-dependencies
                          do     run `uv lock` again"""),
                                row(
                                        "a group that is none",
                                        project("dev-dependencies = { dev = { name = \"lib\" } }"),
                                        """
                        "dev" is not an array of tables.
                          where  uv.lock: package "app" 1.0: dev-dependencies.dev
                          do     run `uv lock` again""")),
                        rule(
                                "an edge names a package",
                                row("none", project("dependencies = [{ version = \"1\" }]"), """
                        "name" is missing.
                          where  uv.lock: package "app" 1.0: dependencies.name
                          do     run `uv lock` again"""),
                                row("no name", project("dependencies = [{ name = \"li b\" }]"), """
                        "li b" is not a package name.
                          where  uv.lock: package "app" 1.0: dependencies.name
                          why    a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit
                          do     run `uv lock` again""")),
                        rule(
                                "the package is in the lock",
                                row("no such name", edge("{ name = \"lost\" }"), """
                        The lock does not say which package app means by "lost".
                          where  uv.lock
                          why    it holds no such package
                          do     run `uv lock` again"""),
                                row("no such version", edge("{ name = \"lib\", version = \"2.0\" }"), """
                        The lock does not say which package app means by "lib 2.0".
                          where  uv.lock
                          why    it holds no such package
                          do     run `uv lock` again"""),
                                row(
                                        "no such source",
                                        edge("{ name = \"lib\", source = { git = \"https://forge.example/lib\" } }"),
                                        """
                        The lock does not say which package app means by "lib".
                          where  uv.lock
                          why    it holds no such package
                          do     run `uv lock` again""")),
                        rule(
                                "the package is clear",
                                row("two versions", edge("{ name = \"lib\" }") + locked("lib", "2.0", ""), """
                        The lock does not say which package app means by "lib".
                          where  uv.lock
                          why    it holds several: package "lib" 1.0, package "lib" 2.0
                          do     run `uv lock` again"""),
                                row(
                                        "two versions, one of them for all forks and again for another one",
                                        edge("{ name = \"lib\" }")
                                                + locked("lib", "1.0", "resolution-markers = [\"os_name == 'nt'\"]")
                                                + locked("lib", "2.0", "resolution-markers = [\"os_name == 'posix'\"]"),
                                        """
                        The lock does not say which package app means by "lib".
                          where  uv.lock
                          why    it holds several: package "lib" 1.0, package "lib" 2.0
                          do     run `uv lock` again"""),
                                row(
                                        "two versions, one of them for another fork and again for all",
                                        project("dependencies = [{ name = \"lib\" }]")
                                                + locked("lib", "1.0", "resolution-markers = [\"os_name == 'nt'\"]")
                                                + locked("lib", "1.0", "")
                                                + locked("lib", "2.0", "resolution-markers = [\"os_name == 'posix'\"]"),
                                        """
                        The lock does not say which package app means by "lib".
                          where  uv.lock
                          why    it holds several: package "lib" 1.0, package "lib" 2.0
                          do     run `uv lock` again"""),
                                row(
                                        "two needed versions",
                                        edge(
                                                        "{ name = \"lib\", version = \"1.0\" }, { name = \"lib\", version = \"2.0\" }")
                                                + locked("lib", "2.0", ""),
                                        """
                        Package "lib" is needed in two versions.
                          where  uv.lock
                          why    package "lib" 1.0 is required by app; package "lib" 2.0 by app
                          do     run `uv lock` again""")),
                        rule(
                                "a marker can be answered",
                                row("no marker", edge("{ name = \"lib\", marker = \"linux\" }"), """
                        The marker cannot be read: there is no marker variable `linux`.
                          where  uv.lock: package "app" 1.0: dependencies.marker
                          why    linux
                                 ~~~~~^
                          do     run `uv lock` again"""),
                                row(
                                        "of a running kernel",
                                        edge("{ name = \"lib\", marker = \"platform_release > '5'\" }"),
                                        """
                        The marker `platform_release > "5"` asks for platform_release, which is not known here.
                          where  uv.lock: package "app" 1.0: dependency "lib"
                          why    it depends on the machine that will run the image, not on the image
                          do     replace the condition by one on sys_platform, platform_machine or python_version"""),
                                row(
                                        "of a fork",
                                        edge("{ name = \"lib\" }")
                                                + locked("lib", "2.0", "resolution-markers = [\"linux\"]"),
                                        """
                        The marker cannot be read: there is no marker variable `linux`.
                          where  uv.lock: package "lib" 2.0: resolution-markers
                          why    linux
                                 ~~~~~^
                          do     run `uv lock` again""")),
                        rule(
                                "extras have names",
                                row("a number", edge("{ name = \"lib\", extra = [1] }"), """
                        "extra" is not an array of strings.
                          where  uv.lock: package "app" 1.0: dependencies.extra
                          do     run `uv lock` again"""),
                                row("no name", edge("{ name = \"lib\", extra = [\"a/b\"] }"), """
                        "a/b" is not the name of an extra or group.
                          where  uv.lock: package "app" 1.0: dependencies.extra
                          why    a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit
                          do     run `uv lock` again""")))
                .flatMap(rows -> rows);
    }

    // The project, its Python, its conflicts

    static Stream<Row> projects() {
        return Stream.of(
                        rule(
                                "the lock is of the project",
                                row("another project", project("").replace("\"app\"", "\"other\""), """
                        The lock is not of the project "app".
                          where  uv.lock
                          why    it was made for "other"
                          do     run `uv lock` in the project's directory"""),
                                row(
                                        "another directory",
                                        project("").replace("virtual = \".\"", "editable = \"packages/app\""),
                                        """
                        The lock is not of the project "app".
                          where  uv.lock
                          why    its project of this name lies in packages/app
                          do     run `uv lock` in the project's directory"""),
                                row(
                                        "a package of an index",
                                        project("")
                                                .replace(
                                                        "virtual = \".\"",
                                                        "registry = \"https://index.example/simple\""),
                                        """
                        The lock is not of the project "app".
                          where  uv.lock
                          why    it was made for no project
                          do     run `uv lock` in the project's directory"""),
                                row("no project", "version = 1\n", """
                        The lock is not of the project "app".
                          where  uv.lock
                          why    it was made for no project
                          do     run `uv lock` in the project's directory""")),
                        rule(
                                "the lock is for the Python",
                                row("another one", project("").replace(">=3.11", ">=3.12"), """
                        The lock is for Python >=3.12, but the base has Python 3.11.2.
                          where  uv.lock
                          do     use a base whose Python fits, or change requires-python in pyproject.toml and lock again"""),
                                row("no specifier", project("").replace(">=3.11", "3.x"), """
                        The version specifier cannot be read: expected one of ===, ~=, ==, !=, <=, >=, < and > before `3`.
                          where  uv.lock: requires-python
                          why    3.x
                                 ^
                          do     run `uv lock` again"""),
                                row("a list", project("").replace("\">=3.11\"", "[\">=3.11\"]"), """
                        "requires-python" is not a string.
                          where  uv.lock: requires-python
                          do     run `uv lock` again""")),
                        rule(
                                "the lock is for the platform",
                                row(
                                        "another one",
                                        project("")
                                                .replace(
                                                        "revision = 3",
                                                        "supported-markers = [\"sys_platform == 'win32'\"]"),
                                        """
                        The lock does not support the base's platform.
                          where  uv.lock
                          why    it was made only for: sys_platform == 'win32'
                          do     add the platform to `environments` of [tool.uv] and lock again"""),
                                row(
                                        "another resolution",
                                        project("")
                                                .replace(
                                                        "revision = 3",
                                                        "resolution-markers = [\"sys_platform == 'win32'\", \"sys_platform == 'darwin'\"]"),
                                        """
                        The lock does not support the base's platform.
                          where  uv.lock
                          why    it was made only for: sys_platform == 'win32'; sys_platform == 'darwin'
                          do     add the platform to `environments` of [tool.uv] and lock again"""),
                                row(
                                        "no marker",
                                        project("").replace("revision = 3", "supported-markers = [\"linux\"]"),
                                        """
                        The marker cannot be read: there is no marker variable `linux`.
                          where  uv.lock: supported-markers
                          why    linux
                                 ~~~~~^
                          do     run `uv lock` again""")),
                        rule(
                                "conflicts are sets of extras and groups",
                                row(
                                        "tables",
                                        project("")
                                                .replace(
                                                        "revision = 3",
                                                        "conflicts = [{ package = \"app\", extra = \"cpu\" }]"),
                                        """
                        "conflicts" is not an array of arrays of tables.
                          where  uv.lock: conflicts
                          do     run `uv lock` again"""),
                                row(
                                        "names",
                                        project("").replace("revision = 3", "conflicts = [[\"cpu\", \"gpu\"]]"),
                                        """
                        "conflicts" is not an array of arrays of tables.
                          where  uv.lock: conflicts
                          do     run `uv lock` again"""),
                                row(
                                        "names in one array",
                                        project("").replace("revision = 3", "conflicts = [\"cpu\", \"gpu\"]"),
                                        """
                        "conflicts" is not an array of arrays of tables.
                          where  uv.lock: conflicts
                          do     run `uv lock` again"""),
                                row(
                                        "without a package",
                                        project("").replace("revision = 3", "conflicts = [[{ extra = \"cpu\" }]]"),
                                        """
                        "package" is missing.
                          where  uv.lock: conflicts.package
                          do     run `uv lock` again"""),
                                row(
                                        "no name",
                                        project("")
                                                .replace(
                                                        "revision = 3",
                                                        "conflicts = [[{ package = \"app\", extra = \"\" }]]"),
                                        """
                        "" is not the name of an extra or group.
                          where  uv.lock: conflicts.extra
                          why    a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit
                          do     run `uv lock` again""")),
                        rule(
                                "what it was made from can be compared",
                                row("no tables", project("[package.metadata]\nrequires-dist = [\"lib\"]"), """
                        "requires-dist" is not an array of tables.
                          where  uv.lock: package "app" 1.0: metadata.requires-dist
                          do     run `uv lock` again"""),
                                row(
                                        "no specifier",
                                        project(
                                                "[package.metadata]\nrequires-dist = [{ name = \"lib\", specifier = \"1\" }]"),
                                        """
                        The version specifier cannot be read: expected one of ===, ~=, ==, !=, <=, >=, < and > before `1`.
                          where  uv.lock: package "app" 1.0: metadata.requires-dist.specifier
                          why    1
                                 ^
                          do     run `uv lock` again"""),
                                row(
                                        "no marker",
                                        project(
                                                "[package.metadata]\nrequires-dist = [{ name = \"lib\", marker = \"linux\" }]"),
                                        """
                        The marker cannot be read: there is no marker variable `linux`.
                          where  uv.lock: package "app" 1.0: metadata.requires-dist.marker
                          why    linux
                                 ~~~~~^
                          do     run `uv lock` again"""),
                                row(
                                        "no constraint",
                                        project("") + "[manifest]\nconstraints = [{ specifier = \">1\" }]",
                                        """
                        "name" is missing.
                          where  uv.lock: manifest.constraints.name
                          do     run `uv lock` again""")))
                .flatMap(rows -> rows);
    }

    // Sources: where the files of a package are

    static Stream<Row> sources() {
        return Stream.of(
                        rule(
                                "an index is served over HTTP",
                                row("FTP", lib("{ registry = \"ftp://index.example/simple\" }", "wheels = []"), """
                        The index's URL ftp://index.example/simple is not an HTTP or HTTPS URL.
                          where  uv.lock: package "lib" 1.0
                          do     lock from an index that is served over HTTPS""")),
                        rule(
                                "a path is relative to the lock",
                                row("absolute", lib("{ editable = \"/srv/lib\" }", ""), """
                        The path "/srv/lib" is absolute.
                          where  uv.lock: package "lib" 1.0
                          why    a lock is shared, and an absolute path means something else on every machine
                          do     make the path relative where the package is required, and lock again"""),
                                row("of a drive", lib("{ path = \"C:/lib.whl\" }", ""), """
                        The path "C:/lib.whl" is absolute.
                          where  uv.lock: package "lib" 1.0
                          why    a lock is shared, and an absolute path means something else on every machine
                          do     make the path relative where the package is required, and lock again"""),
                                row("NUL", lib("{ directory = \"li\\u0000b\" }", ""), """
                        "li\\0b" is not a path.
                          where  uv.lock: package "lib" 1.0
                          why    Nul character not allowed
                          do     lock again with the tool that wrote the lock""")),
                        rule(
                                "a repository is at one commit",
                                row(
                                        "a branch",
                                        lib("{ git = \"https://me:pw@forge.example/lib?branch=main\" }", ""),
                                        """
                        The git repository https://forge.example/lib is locked to no commit.
                          where  uv.lock: package "lib" 1.0
                          why    a branch or tag may move, and only a commit is one state of it
                          do     run `uv lock` again"""),
                                row(
                                        "an option without a value",
                                        lib("{ git = \"https://forge.example/lib?lfs\" }", ""),
                                        """
                        The git repository https://forge.example/lib is locked to no commit.
                          where  uv.lock: package "lib" 1.0
                          why    a branch or tag may move, and only a commit is one state of it
                          do     run `uv lock` again"""),
                                row("a short one", lib("{ git = \"https://forge.example/lib#0123abc\" }", ""), """
                        The git repository https://forge.example/lib is locked to no commit.
                          where  uv.lock: package "lib" 1.0
                          why    a branch or tag may move, and only a commit is one state of it
                          do     run `uv lock` again""")),
                        rule(
                                "a URL or path is one file",
                                row(
                                        "two wheels",
                                        lib(
                                                "{ url = \"https://index.example/lib.whl\" }",
                                                "wheels = [" + WHEEL + ", " + WHEEL.replace("none-any", "none-win32")
                                                        + "]"),
                                        """
                        Package "lib" has several wheels at one address.
                          where  uv.lock: package "lib" 1.0
                          why    its source is of kind url, which is one file
                          do     run `uv lock` again""")))
                .flatMap(rows -> rows);
    }

    // Wheels: where, which, with which hash

    static Stream<Row> wheels() {
        return Stream.of(
                        rule(
                                "wheels are tables",
                                row(
                                        "a string",
                                        lib("{ registry = \"https://index.example/simple\" }", "wheels = [\"lib\"]"),
                                        """
                        "wheels" is not an array of tables.
                          where  uv.lock: package "lib" 1.0: wheels
                          do     run `uv lock` again""")),
                        rule(
                                "a wheel has an address",
                                row("none", wheel("size = 1"), """
                        A wheel of package "lib" is without an address.
                          where  uv.lock: package "lib" 1.0: wheel 1
                          why    it has neither a URL, nor a path within a source that is one
                          do     run `uv lock` again"""),
                                row("a path, from an index", wheel("path = \"lib-1.0-py3-none-any.whl\""), """
                        A wheel of package "lib" is without an address.
                          where  uv.lock: package "lib" 1.0: wheel 1
                          why    it has neither a URL, nor a path within a source that is one
                          do     run `uv lock` again"""),
                                row(
                                        "a file name, from an index",
                                        wheel("filename = \"lib-1.0-py3-none-any.whl\""),
                                        """
                        A wheel of package "lib" is without an address.
                          where  uv.lock: package "lib" 1.0: wheel 1
                          why    it has neither a URL, nor a path within a source that is one
                          do     run `uv lock` again"""),
                                row(
                                        "no file name, in a file",
                                        lib("{ path = \"lib.whl\" }", "wheels = [{ hash = \"sha256:" + A + "\" }]"),
                                        """
                        A wheel of package "lib" is without an address.
                          where  uv.lock: package "lib" 1.0: wheel 1
                          why    it has neither a URL, nor a path within a source that is one
                          do     run `uv lock` again"""),
                                row("not HTTP", wheel("url = \"file:///lib-1.0-py3-none-any.whl\""), """
                        The URL file:///lib-1.0-py3-none-any.whl is not an HTTP or HTTPS URL.
                          where  uv.lock: package "lib" 1.0
                          do     lock the file from an index that serves it over HTTPS"""),
                                row("a directory", wheel("url = \"https://index.example/lib/\""), """
                        The URL https://index.example/lib/ names no file.
                          where  uv.lock: package "lib" 1.0
                          do     run `uv lock` again"""),
                                row("a number", wheel("url = 1"), """
                        "url" is not a string.
                          where  uv.lock: package "lib" 1.0: wheel 1: url
                          do     run `uv lock` again""")),
                        rule(
                                "a URL holds no credentials",
                                row(
                                        "a password",
                                        wheel("url = \"https://me:secret@index.example/lib-1.0-py3-none-any.whl\""),
                                        """
                        The URL of a file on index.example holds credentials.
                          where  uv.lock: package "lib" 1.0
                          why    a lock file is committed and shared; credentials in it are known to all its readers
                          do     remove them from the index's URL, change the password, and lock again""")),
                        rule(
                                "a wheel lies in its directory",
                                row("above it", flat("../lib-1.0-py3-none-any.whl"), """
                        The path "../lib-1.0-py3-none-any.whl" leaves the directory of wheels.
                          where  uv.lock: package "lib" 1.0: wheel 1: path
                          why    the source of the package is that directory, and what lies elsewhere is not of it
                          do     run `uv lock` again"""),
                                row("absolute", flat("/srv/lib-1.0-py3-none-any.whl"), """
                        The path "/srv/lib-1.0-py3-none-any.whl" is absolute.
                          where  uv.lock: package "lib" 1.0: wheel 1: path
                          why    a lock is shared, and an absolute path means something else on every machine
                          do     make the path relative where the package is required, and lock again""")),
                        rule(
                                "a wheel is of its package",
                                row("another name", wheel(url("other-1.0-py3-none-any.whl")), """
                        The wheel other-1.0-py3-none-any.whl is not of package "lib" 1.0.
                          where  uv.lock: package "lib" 1.0
                          why    the lock lists it for this package, and its name says otherwise
                          do     lock again with the tool that wrote the lock"""),
                                row("another version", wheel(url("lib-2.0-py3-none-any.whl")), """
                        The wheel lib-2.0-py3-none-any.whl is not of package "lib" 1.0.
                          where  uv.lock: package "lib" 1.0
                          why    the lock lists it for this package, and its name says otherwise
                          do     lock again with the tool that wrote the lock"""),
                                row("no name", wheel(url("lib.whl")), """
                        "lib.whl" is not a wheel's file name.
                          where  uv.lock: package "lib" 1.0
                          why    its name has 1 parts instead of 5, or 6 with a build tag: distribution-version-build-python-abi-platform
                          do     lock again with the tool that wrote the lock"""),
                                row(
                                        "a path in its name",
                                        lib(
                                                "{ path = \"lib.whl\" }",
                                                "wheels = [{ filename = \"../lib-1.0-py3-none-any.whl\", hash = \"sha256:"
                                                        + A + "\" }]"),
                                        """
                        "../lib-1.0-py3-none-any.whl" is not a wheel's file name.
                          where  uv.lock: package "lib" 1.0
                          why    its distribution "../lib" is not a package name
                          do     lock again with the tool that wrote the lock""")),
                        rule(
                                "a wheel has a SHA-256",
                                row(
                                        "a short one",
                                        wheel(
                                                "url = \"https://index.example/lib-1.0-py3-none-any.whl\", hash = \"sha256:00\""),
                                        """
                        "00" is not a SHA-256 digest in lower-case hex.
                          where  uv.lock: package "lib" 1.0: wheel 1: hash
                          do     run `uv lock` again"""),
                                row(
                                        "another algorithm",
                                        wheel(
                                                "url = \"https://index.example/lib-1.0-py3-none-any.whl\", hash = \"md5:00\""),
                                        """
                        A wheel of package "lib" has no SHA-256 hash.
                          where  uv.lock: package "lib" 1.0
                          why    for lib-1.0-py3-none-any.whl the lock holds "md5:00"
                          do     lock it from an index that tells SHA-256 hashes"""),
                                row(
                                        "a number",
                                        wheel("url = \"https://index.example/lib-1.0-py3-none-any.whl\", hash = 1"),
                                        """
                        "hash" is not a string.
                          where  uv.lock: package "lib" 1.0: wheel 1: hash
                          do     run `uv lock` again"""),
                                row(
                                        "none, in a directory",
                                        lib(
                                                "{ registry = \"wheels\" }",
                                                "wheels = [{ path = \"lib-1.0-py3-none-any.whl\" }]"),
                                        """
                        A wheel of package "lib" is unhashed.
                          where  uv.lock: package "lib" 1.0
                          why    the lock holds no hash for lib-1.0-py3-none-any.whl
                          do     lock it from an index that tells hashes; a directory of wheels does not"""),
                                row(
                                        "none, in a directory, and for another platform",
                                        lib(
                                                "{ registry = \"wheels\" }",
                                                "wheels = [{ path = \"lib-1.0-cp311-cp311-win32.whl\" }]"),
                                        """
                        A wheel of package "lib" is unhashed.
                          where  uv.lock: package "lib" 1.0
                          why    the lock holds no hash for lib-1.0-cp311-cp311-win32.whl
                          do     lock it from an index that tells hashes; a directory of wheels does not"""),
                                row(
                                        "none, at a URL",
                                        lib(
                                                "{ url = \"https://index.example/lib-1.0-py3-none-any.whl\" }",
                                                "wheels = [{ url = \"https://index.example/lib-1.0-py3-none-any.whl\" }]"),
                                        """
                        A wheel of package "lib" is unhashed.
                          where  uv.lock: package "lib" 1.0
                          why    the lock holds no hash for lib-1.0-py3-none-any.whl
                          do     lock it from an index that tells hashes; a directory of wheels does not""")),
                        rule(
                                "a size is a number of bytes",
                                row("words", wheel(url("lib-1.0-py3-none-any.whl") + ", size = \"large\""), """
                        "size" is not an integer.
                          where  uv.lock: package "lib" 1.0: wheel 1: size
                          do     run `uv lock` again"""),
                                row("negative", wheel(url("lib-1.0-py3-none-any.whl") + ", size = -1"), """
                        The size -1 is less than nothing.
                          where  uv.lock: package "lib" 1.0: wheel 1: size
                          do     run `uv lock` again""")),
                        rule(
                                "the target has a wheel",
                                row("none", lib(INDEX, ""), """
                        Package lib 1.0 has no wheel.
                          where  uv.lock: package "lib" 1.0
                          why    the lock lists no file of it
                          do     lock a version of lib that has a wheel for this base, or put one into a directory that python.wheelhouse names"""),
                                row(
                                        "of other platforms, hashed or not",
                                        lib(
                                                "{ registry = \"wheels\" }",
                                                "wheels = [{ path = \"lib-1.0-cp311-cp311-win_amd64.whl\" }, "
                                                        + "{ path = \"lib-1.0-cp311-cp311-win32.whl\", hash = \"sha256:"
                                                        + A + "\" }]"),
                                        """
                        No wheel of lib 1.0 fits the base.
                          where  uv.lock: package "lib" 1.0
                          why    the base has CPython 3.11 (cp311) with glibc 2.36 on linux x86_64; its only wheel is for something else:
                                 lib-1.0-cp311-cp311-win32.whl: for Windows
                          do     lock a version of lib that has a wheel for this base, or put one into a directory that python.wheelhouse names"""),
                                row("of another platform", wheel(url("lib-1.0-cp311-cp311-win32.whl")), """
                        No wheel of lib 1.0 fits the base.
                          where  uv.lock: package "lib" 1.0
                          why    the base has CPython 3.11 (cp311) with glibc 2.36 on linux x86_64; its only wheel is for something else:
                                 lib-1.0-cp311-cp311-win32.whl: for Windows
                          do     lock a version of lib that has a wheel for this base, or put one into a directory that python.wheelhouse names""")))
                .flatMap(rows -> rows);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"files", "packages", "edges", "projects", "sources", "wheels"})
    void whatCannotBeReadIsRefusedByName(Row row) {
        assertThatThrownBy(() -> select(row.lock))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(row.answer);
    }

    private Selection select(String text) throws IOException {
        Charset charset = text.equals(LATIN_1) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        Path file = Files.writeString(directory.resolve("uv.lock"), text, charset);
        Lock lock = new LockReader(new Disk(), Map.of()).read(file);
        Wanted app = Wanted.of(
                directory,
                Optional.of(LockFixture.pyproject("[project]\nname = \"app\"")),
                LockFixture.DEBIAN,
                List.of(),
                List.of());
        return new SelectWheels(NO_INDEX, LockFixture.NO_WHEELS, LockFixture.FRESH)
                .from(lock, app, LockFixture.COMMAND);
    }

    @Test
    void theLockThatTheRowsBreakIsRead() throws IOException {
        assertThat(select(lib(INDEX, "wheels = [" + WHEEL + "]")).wheels()).hasSize(1);
        assertThat(select(edge("{ name = \"lib\" }")).wheels()).hasSize(1);
    }

    @Test
    void aMarkerOfManyParenthesesIsRefused() {
        String marker = "(".repeat(5000) + "os_name == 'posix'" + ")".repeat(5000);

        assertThatThrownBy(() -> select(edge("{ name = \"lib\", marker = \"" + marker + "\" }")))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(
                        "The marker cannot be read: more than 100 parentheses are open.\n  where  uv.lock: package \"app\" 1.0: dependencies.marker\n");
    }

    /** The walk keeps what is open in a queue of its own. */
    @Test
    void aLongChainAndCyclesOfExtrasAreWalked() throws IOException {
        StringBuilder lock = new StringBuilder(project("dependencies = [{ name = \"p0\", extra = [\"a\"] }]"));
        int length = 3000;
        for (int i = 0; i < length; i++) {
            String next = "p" + (i + 1) % length;
            lock.append(locked("p" + i, "1", """
                    dependencies = [{ name = "%s" }]
                    [package.optional-dependencies]
                    a = [{ name = "%s", extra = ["a", "b"] }]
                    b = [{ name = "p%d", extra = ["a"] }]
                    """.formatted(next, next, i)));
        }

        assertThat(select(lock.toString()).wheels()).hasSize(length);
    }
}

package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.HostileLock.row;
import static dev.pycontainer.packaging.lock.HostileLock.rule;
import static dev.pycontainer.packaging.lock.HostileLock.rules;
import static dev.pycontainer.packaging.lock.LockFixture.A;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile and broken {@code pdm.lock} files, a table: the rule, how the lock breaks it, and the answer.
 *
 * <p>No row breaks two rules, so that each fails when its check is removed: {@code src/test/mutation/run} shows it.
 */
class HostilePdmLockTest {

    private static final String HEAD = "[metadata]\nlock_version = \"4.5.0\"\nstrategy = [\"inherit_metadata\"]\n";
    private static final String WALKED = "[metadata]\nlock_version = \"4.5.0\"\nstrategy = []\n";
    private static final String WHEEL = "{file = \"foo-1.0-py3-none-any.whl\", hash = \"sha256:" + A + "\"}";

    private static String entry(String name, String text) {
        return "[[package]]\nname = \"" + name + "\"\nversion = \"1.0\"\n" + text + "\n";
    }

    private static String foo(String text) {
        return HEAD + entry("foo", text);
    }

    /** With a file that breaks no rule. */
    private static String filed(String text) {
        return foo(text + "\nfiles = [" + WHEEL + "]");
    }

    @TempDir
    Path directory;

    // The file is TOML in UTF-8 (TOML 1.0)

    static Stream<HostileLock> syntax() {
        return rules(rule(
                "a lock is TOML",
                row("half a line", "package =", """
            The file is not valid TOML.
              where  pdm.lock
              why    Premature end of file, near line 1
              do     run `pdm lock` again"""),
                row("conflict marks", HEAD + "<<<<<<< HEAD\n", """
            The file is not valid TOML.
              where  pdm.lock
              why    Unknown token, near line 4
              do     run `pdm lock` again"""),
                row("nested without end", "package = " + "[".repeat(200) + "]".repeat(200), """
            The file is not valid TOML.
              where  pdm.lock
              why    Document nesting depth (101) exceeds the maximum allowed (100)
              do     run `pdm lock` again"""),
                row("Latin-1", HEAD + "# ä", """
            The file is not valid TOML.
              where  pdm.lock
              why    it is not encoded in UTF-8
              do     run `pdm lock` again""").in(StandardCharsets.ISO_8859_1)));
    }

    // What the lock says of itself: its table "metadata"

    static Stream<HostileLock> metadata() {
        return rules(
                rule("there is metadata", row("none", "", """
            "metadata" is missing.
              where  pdm.lock: metadata
              do     run `pdm lock` again"""), row("a number", "metadata = 1", """
            "metadata" is not a table.
              where  pdm.lock: metadata
              do     run `pdm lock` again""")),
                rule(
                        "the version of the format is known",
                        row("none", "[metadata]", """
            "lock_version" is missing.
              where  pdm.lock: metadata.lock_version
              do     run `pdm lock` again"""),
                        row("a number", "[metadata]\nlock_version = 4.5", """
            "lock_version" is not a string.
              where  pdm.lock: metadata.lock_version
              do     run `pdm lock` again"""),
                        row("a word", "[metadata]\nlock_version = \"new\"", """
            "new" is not a version.
              where  pdm.lock: metadata.lock_version
              why    PEP 440 wants [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]
              do     run `pdm lock` again"""),
                        row("another first digit", "[metadata]\nlock_version = \"5.0\"", """
            The lock has version 5.0.
              where  pdm.lock: metadata.lock_version
              why    versions 4.0 to 4.5 of pdm.lock can be read
              do     lock again with a version of pdm that writes one of them"""),
                        row("a higher second digit", "[metadata]\nlock_version = \"4.6\"", """
            The lock has version 4.6.
              where  pdm.lock: metadata.lock_version
              why    versions 4.0 to 4.5 of pdm.lock can be read
              do     lock again with a version of pdm that writes one of them""")),
                rule(
                        "strategies are words",
                        row("one of them", "[metadata]\nlock_version = \"4.5\"\nstrategy = \"static_urls\"", """
            "strategy" is not an array of strings.
              where  pdm.lock: metadata.strategy
              do     run `pdm lock` again""")),
                rule(
                        "groups are names",
                        row("one of them", HEAD + "groups = \"default\"", """
            "groups" is not an array of strings.
              where  pdm.lock: metadata.groups
              do     run `pdm lock` again"""),
                        row("no name", HEAD + "groups = [\"!\"]", """
            "!" is not the name of an extra or group.
              where  pdm.lock: metadata.groups
              why    a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit
              do     run `pdm lock` again"""),
                        row("without the project's own dependencies", HEAD + "groups = [\"test\"]", """
            The lock was made without the project's own dependencies.
              where  pdm.lock
              why    its groups are: test
              do     run `pdm lock` without --without default""")),
                rule(
                        "one of the targets is the base",
                        row("another platform", HEAD + "[[metadata.targets]]\nplatform = \"windows_amd64\"", """
            The lock does not support the base.
              where  pdm.lock
              why    the base has CPython 3.11 (cp311) with glibc 2.36 on linux x86_64; the lock was made only for Python of any version on windows_amd64
              do     use a base that fits, or run `pdm lock --append` with the base's --platform and --python"""),
                        row(
                                "a newer Python",
                                HEAD
                                        + "[[metadata.targets]]\nrequires_python = \">=3.12\"\n[[metadata.targets]]\nimplementation = \"pypy\"",
                                """
            The lock does not support the base.
              where  pdm.lock
              why    the base has CPython 3.11 (cp311) with glibc 2.36 on linux x86_64; the lock was made only for Python >=3.12, Python of any version (pypy)
              do     use a base that fits, or run `pdm lock --append` with the base's --platform and --python"""),
                        row("no specifier", HEAD + "[[metadata.targets]]\nrequires_python = \"3\"", """
            The version specifier cannot be read: expected one of ===, ~=, ==, !=, <=, >=, < and > before `3`.
              where  pdm.lock: metadata.targets.requires_python
              why    3
                     ^
              do     run `pdm lock` again"""),
                        row("a word", HEAD + "targets = [\"linux\"]", """
            "targets" is not an array of tables.
              where  pdm.lock: metadata.targets
              do     run `pdm lock` again""")),
                rule(
                        "a hash is one",
                        row("cut off", HEAD + "content_hash = \"sha256:ab\"", """
            "ab" is not a SHA-256 digest in lower-case hex.
              where  pdm.lock: metadata.content_hash
              do     run `pdm lock` again""")
                                .beside("pyproject.toml", "[project]\nname = \"app\"\n"),
                        row("a number", HEAD + "content_hash = 1", """
            "content_hash" is not a string.
              where  pdm.lock: metadata.content_hash
              do     run `pdm lock` again""")
                                .beside("pyproject.toml", "[project]\nname = \"app\"\n")));
    }

    // What a package says of itself

    static Stream<HostileLock> packages() {
        return rules(
                rule("packages are tables", row("a number", "package = 1\n" + HEAD, """
            "package" is not an array of tables.
              where  pdm.lock: package
              do     run `pdm lock` again""")),
                rule(
                        "a package has a name",
                        row("none", HEAD + "[[package]]\nversion = \"1.0\"", """
            "name" is missing.
              where  pdm.lock: package.name
              do     run `pdm lock` again"""),
                        row("no name", HEAD + "[[package]]\nname = \"../foo\"", """
            "../foo" is not a package name.
              where  pdm.lock: package.name
              why    a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit
              do     run `pdm lock` again""")),
                rule("a version is one", row("a word", HEAD + "[[package]]\nname = \"foo\"\nversion = \"one\"", """
            "one" is not a version.
              where  pdm.lock: package "foo" one: version
              why    PEP 440 wants [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]
              do     run `pdm lock` again""")),
                rule(
                        "extras are names",
                        row("one of them", filed("extras = \"a\""), """
            "extras" is not an array of strings.
              where  pdm.lock: package "foo" 1.0: extras
              do     run `pdm lock` again"""),
                        row("no name", filed("extras = [\"!\"]"), """
            "!" is not the name of an extra or group.
              where  pdm.lock: package "foo" 1.0: extras
              why    a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit
              do     run `pdm lock` again""")),
                rule(
                        "groups of a package are names",
                        row("one of them", filed("groups = \"default\""), """
            "groups" is not an array of strings.
              where  pdm.lock: package "foo" 1.0: groups
              do     run `pdm lock` again"""),
                        row("no name", filed("groups = [\"!\"]"), """
            "!" is not the name of an extra or group.
              where  pdm.lock: package "foo" 1.0: groups
              why    a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit
              do     run `pdm lock` again""")),
                rule(
                        "a marker can be answered",
                        row("half of one", filed("marker = 'os_name =='"), """
            The marker cannot be read: expected a marker variable or a quoted text before the end.
              where  pdm.lock: package "foo" 1.0: marker
              why    os_name ==
                               ^
              do     run `pdm lock` again"""),
                        row("what only the running system knows", filed("marker = 'platform_version > \"6\"'"), """
            The marker `platform_version > "6"` asks for platform_version, which is not known here.
              where  pdm.lock: package "foo" 1.0
              why    it depends on the machine that will run the image, not on the image
              do     replace the condition by one on sys_platform, platform_machine or python_version"""),
                        row("a number", filed("marker = 1"), """
            "marker" is not a string.
              where  pdm.lock: package "foo" 1.0: marker
              do     run `pdm lock` again""")),
                rule(
                        "dependencies are requirements",
                        row("two words", filed("dependencies = [\"a b\"]"), """
            The requirement cannot be read: expected a version specifier, `@`, `;` or the end before `b`.
              where  pdm.lock: package "foo" 1.0: dependencies
              why    a b
                       ^
              do     run `pdm lock` again"""),
                        row("a number", filed("dependencies = [1]"), """
            "dependencies" is not an array of strings.
              where  pdm.lock: package "foo" 1.0: dependencies
              do     run `pdm lock` again"""),
                        row("an address alone", filed("dependencies = [\"-e file:///${PROJECT_ROOT}/a\"]"), """
            An editable requirement does not say which package it is.
              where  pdm.lock: package "foo" 1.0: dependencies
              why    it is known by its address alone
              do     write it as `-e ADDRESS#egg=NAME`, and lock again"""),
                        row(
                                "what only the running system knows",
                                filed("dependencies = [\"a; platform_version > '6'\"]"),
                                """
            The marker `platform_version > "6"` asks for platform_version, which is not known here.
              where  pdm.lock: package "foo" 1.0
              why    it depends on the machine that will run the image, not on the image
              do     replace the condition by one on sys_platform, platform_machine or python_version""")),
                rule(
                        "a package is needed in one version",
                        row("two of them", filed("") + entry("foo", "").replace("1.0", "2.0"), """
            Package "foo" is locked twice for the target.
              where  pdm.lock
              why    package "foo" 1.0 and package "foo" 2.0 are both needed
              do     run `pdm lock` again"""),
                        row("twice in one version", filed("") + entry("foo", ""), """
            Package "foo" is locked twice for the target.
              where  pdm.lock
              why    package "foo" 1.0 is there more than once
              do     run `pdm lock` again"""),
                        row(
                                "with an extra in another version",
                                filed("") + entry("foo", "extras = [\"a\"]").replace("1.0", "2.0"),
                                """
            Package "foo" is locked twice for the target.
              where  pdm.lock
              why    package "foo" 1.0 and package "foo" 2.0 are both needed
              do     run `pdm lock` again"""),
                        row(
                                "two with extras alone",
                                foo("extras = [\"a\"]")
                                        + entry("foo", "extras = [\"b\"]").replace("1.0", "2.0"),
                                """
            Package "foo" is locked twice for the target.
              where  pdm.lock
              why    package "foo" 1.0 and package "foo" 2.0 are both needed
              do     run `pdm lock` again""")));
    }

    // A lock without inherited metadata is walked from the project

    static Stream<HostileLock> walks() {
        return rules(
                rule("there is a project to begin from", row("none", WALKED + entry("foo", ""), """
            The lock does not say which packages the project needs.
              where  pdm.lock
              why    it was made without the strategy inherit_metadata, and there is no [project] to begin from
              do     run `pdm lock -S inherit_metadata`""")),
                rule(
                        "the lock holds what is required",
                        row("nothing of it", WALKED, """
            The lock does not say which package the project means by "foo".
              where  pdm.lock
              why    it holds no such package
              do     run `pdm lock` again""")
                                .beside("pyproject.toml", "[project]\nname = \"app\"\ndependencies = [\"foo\"]\n"),
                        row("by a package", WALKED + entry("foo", "dependencies = [\"bar>1\"]"), """
            The lock does not say which package foo means by "bar>1".
              where  pdm.lock
              why    it holds no such package
              do     run `pdm lock` again""")
                                .beside("pyproject.toml", "[project]\nname = \"app\"\ndependencies = [\"foo\"]\n"),
                        row(
                                        "several versions",
                                        WALKED
                                                + entry("foo", "")
                                                + entry("foo", "").replace("1.0", "2.0"),
                                        """
            The lock does not say which package the project means by "foo".
              where  pdm.lock
              why    it holds several: package "foo" 1.0, package "foo" 2.0
              do     run `pdm lock` again""")
                                .beside("pyproject.toml", "[project]\nname = \"app\"\ndependencies = [\"foo\"]\n")),
                rule(
                        "a dependency can be answered",
                        row(
                                        "what only the running system knows",
                                        WALKED + entry("foo", "dependencies = [\"bar; platform_version > '6'\"]"),
                                        """
            The marker `platform_version > "6"` asks for platform_version, which is not known here.
              where  pdm.lock: package "foo" 1.0
              why    it depends on the machine that will run the image, not on the image
              do     replace the condition by one on sys_platform, platform_machine or python_version""")
                                .beside("pyproject.toml", "[project]\nname = \"app\"\ndependencies = [\"foo\"]\n")));
    }

    // Where a package comes from

    static Stream<HostileLock> sources() {
        return rules(
                rule(
                        "a repository names its commit",
                        row("no commit", foo("git = \"https://git.example/foo\"\neditable = true"), """
            The lock does not say which commit it means.
              where  pdm.lock: package "foo" 1.0
              why    an editable package of version control is whatever lies in its directory
              do     remove `-e` where it is required, and run `pdm lock` again"""),
                        row("a number", foo("git = 1"), """
            "git" is not a string.
              where  pdm.lock: package "foo" 1.0: git
              do     run `pdm lock` again""")),
                rule(
                        "a directory is relative",
                        row("a number", foo("path = 1"), """
            "path" is not a string.
              where  pdm.lock: package "foo" 1.0: path
              do     run `pdm lock` again"""),
                        row("absolute", foo("path = \"/home/me/foo\""), """
            The path "/home/me/foo" is absolute.
              where  pdm.lock: package "foo" 1.0
              why    a lock is shared, and an absolute path means something else on every machine
              do     make the path relative where the package is required, and lock again"""),
                        row("a URL to it", foo("url = \"file:///home/me/foo\""), """
            The URL file:///home/me/foo is not an HTTP or HTTPS URL.
              where  pdm.lock: package "foo" 1.0
              do     lock the file from an index that serves it over HTTPS"""),
                        row("NUL", foo("path = \"a\\u0000b\""), """
            "a\\0b" is not a path.
              where  pdm.lock: package "foo" 1.0
              why    Nul character not allowed
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "a wheel by its address has a hash",
                        row("none", foo("url = \"https://files.example/foo-1.0-py3-none-any.whl\""), """
            The file foo-1.0-py3-none-any.whl has no SHA-256 hash.
              where  pdm.lock: package "foo" 1.0
              why    the lock holds no hash for it
              do     lock it from an index that tells SHA-256 hashes"""),
                        row(
                                "a local one",
                                foo(
                                        "path = \"./foo-1.0-py3-none-any.whl\"\nfiles = [{file = \"foo-1.0-py3-none-any.whl\", hash = \"md5:1\"}]"),
                                """
            The file foo-1.0-py3-none-any.whl has no SHA-256 hash.
              where  pdm.lock: package "foo" 1.0
              why    the lock holds md5 alone for it
              do     lock it from an index that tells SHA-256 hashes""")),
                rule(
                        "what must be built is refused",
                        row("a repository", foo("git = \"https://u:word@git.example/foo\"\nrevision = \"fa12\""), """
            Package foo 1.0 has no wheel, only sources.
              where  pdm.lock: package "foo" 1.0
              why    git+https://git.example/foo@fa12 would have to be built, which runs its code on this machine
              do     lock a version of foo that has a wheel for this base, or build one into a directory that python.wheelhouse names:
                     build foo @ git+https://git.example/foo@fa12"""),
                        row("an archive", foo("url = \"https://files.example/foo.zip\""), """
            Package foo 1.0 has no wheel, only sources.
              where  pdm.lock: package "foo" 1.0
              why    https://files.example/foo.zip would have to be built, which runs its code on this machine
              do     lock a version of foo that has a wheel for this base, or build one into a directory that python.wheelhouse names:
                     build foo @ https://files.example/foo.zip"""),
                        row("a local archive", foo("path = \"./foo-1.0.tar.gz\""), """
            Package foo 1.0 has no wheel, only sources.
              where  pdm.lock: package "foo" 1.0
              why    foo-1.0.tar.gz would have to be built, which runs its code on this machine
              do     lock a version of foo that has a wheel for this base, or build one into a directory that python.wheelhouse names:
                     build foo==1.0""")),
                rule(
                        "a source of the project's is an index",
                        row("a page of links", filed(""), """
            The source "links" of [[tool.pdm.source]] is no index.
              where  pdm.lock: package "foo" 1.0
              why    pages of links have no names by which a package is found
              do     lock from an index, or lock with the strategy static_urls""")
                                .beside(
                                        "pyproject.toml",
                                        "[project]\nname = \"app\"\n[[tool.pdm.source]]\nname = \"links\"\ntype = \"find_links\"\nurl = \"https://a.example/\"\ninclude_packages = [\"foo\"]\n"),
                        row("a directory", filed(""), """
            The index's URL file:///wheels is not an HTTP or HTTPS URL.
              where  pdm.lock: package "foo" 1.0
              do     lock from an index that is served over HTTPS""")
                                .beside(
                                        "pyproject.toml",
                                        "[project]\nname = \"app\"\n[[tool.pdm.source]]\nname = \"pypi\"\nurl = \"file:///wheels\"\n")));
    }

    // Files of a package

    static Stream<HostileLock> files() {
        return rules(
                rule(
                        "files are tables",
                        row("a number", foo("files = 1"), """
            "files" is not an array of tables.
              where  pdm.lock: package "foo" 1.0: files
              do     run `pdm lock` again"""),
                        row("an older one", "[metadata]\nlock_version = \"4.0\"\nfiles = 1", """
            "files" is not a table.
              where  pdm.lock: metadata.files
              do     run `pdm lock` again""")),
                rule(
                        "a file is somewhere",
                        row("nowhere", foo("files = [{hash = \"sha256:1\"}]"), """
            A file has neither a name nor a URL.
              where  pdm.lock: package "foo" 1.0: files
              do     run `pdm lock` again"""),
                        row("no name", foo("files = [{url = \"https://files.example/\"}]"), """
            The URL https://files.example/ names no file.
              where  pdm.lock: package "foo" 1.0
              do     run `pdm lock` again""")),
                rule(
                        "a URL is plain HTTP(S)",
                        row(
                                "credentials",
                                foo(
                                        "files = [{url = \"https://u:word@index.example/foo-1.0-py3-none-any.whl\", hash = \"sha256:"
                                                + A + "\"}]"),
                                """
            The URL of a file on index.example holds credentials.
              where  pdm.lock: package "foo" 1.0
              why    a lock file is committed and shared; credentials in it are known to all its readers
              do     remove them from the index's URL, change the password, and lock again"""),
                        row(
                                "a file",
                                foo("files = [{url = \"file:///foo-1.0-py3-none-any.whl\", hash = \"sha256:" + A
                                        + "\"}]"),
                                """
            The URL file:///foo-1.0-py3-none-any.whl is not an HTTP or HTTPS URL.
              where  pdm.lock: package "foo" 1.0
              do     lock the file from an index that serves it over HTTPS"""),
                        row(
                                "a file that has a name besides",
                                foo(
                                        "files = [{file = \"foo-1.0-py3-none-any.whl\", url = \"ftp://a.example/foo-1.0-py3-none-any.whl\", hash = \"sha256:"
                                                + A + "\"}]"),
                                """
            The URL ftp://a.example/foo-1.0-py3-none-any.whl is not an HTTP or HTTPS URL.
              where  pdm.lock: package "foo" 1.0
              do     lock the file from an index that serves it over HTTPS""")),
                rule(
                        "a file has a SHA-256 hash",
                        row("none", foo("files = [{file = \"foo-1.0-py3-none-any.whl\"}]"), """
            The file foo-1.0-py3-none-any.whl has no SHA-256 hash.
              where  pdm.lock: package "foo" 1.0
              why    the lock holds no hash for it
              do     lock it from an index that tells SHA-256 hashes"""),
                        row(
                                "a weak one",
                                foo("files = [{file = \"foo-1.0-py3-none-any.whl\", hash = \"md5:1\"}]"),
                                """
            The file foo-1.0-py3-none-any.whl has no SHA-256 hash.
              where  pdm.lock: package "foo" 1.0
              why    the lock holds md5 alone for it
              do     lock it from an index that tells SHA-256 hashes"""),
                        row(
                                "a short one",
                                foo("files = [{file = \"foo-1.0-py3-none-any.whl\", hash = \"sha256:ab\"}]"),
                                """
            "ab" is not a SHA-256 digest in lower-case hex.
              where  pdm.lock: package "foo" 1.0
              do     run `pdm lock` again"""),
                        row("no kind", foo("files = [{file = \"foo-1.0-py3-none-any.whl\", hash = \"ab\"}]"), """
            The file foo-1.0-py3-none-any.whl has no SHA-256 hash.
              where  pdm.lock: package "foo" 1.0
              why    the lock holds "ab" for it
              do     lock it from an index that tells SHA-256 hashes""")),
                rule(
                        "a wheel is the package's",
                        row("no tags", filed("").replace("foo-1.0-py3-none-any", "foo-1.0"), """
            "foo-1.0.whl" is not a wheel's file name.
              where  pdm.lock: package "foo" 1.0
              why    its name has 2 parts instead of 5, or 6 with a build tag: distribution-version-build-python-abi-platform
              do     lock again with the tool that wrote the lock"""),
                        row(
                                "of another package",
                                filed("").replace("foo-1.0-py3-none-any", "bar-1.0-py3-none-any"),
                                """
            The wheel bar-1.0-py3-none-any.whl is not of package "foo" 1.0.
              where  pdm.lock: package "foo" 1.0
              why    the lock lists it for this package, and its name says otherwise
              do     lock again with the tool that wrote the lock"""),
                        row(
                                "of another version",
                                filed("").replace("foo-1.0-py3-none-any", "foo-2.0-py3-none-any"),
                                """
            The wheel foo-2.0-py3-none-any.whl is not of package "foo" 1.0.
              where  pdm.lock: package "foo" 1.0
              why    the lock lists it for this package, and its name says otherwise
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "there is a wheel",
                        row("none", foo("files = []"), """
            Package foo 1.0 has no wheel.
              where  pdm.lock: package "foo" 1.0
              why    the lock lists no file of it
              do     lock a version of foo that has a wheel for this base, or put one into a directory that python.wheelhouse names"""),
                        row("sources alone", filed("").replace("-py3-none-any.whl", ".tar.gz"), """
            Package foo 1.0 has no wheel, only sources.
              where  pdm.lock: package "foo" 1.0
              why    foo-1.0.tar.gz would have to be built, which runs its code on this machine
              do     lock a version of foo that has a wheel for this base, or build one into a directory that python.wheelhouse names:
                     build foo==1.0""")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"syntax", "metadata", "packages", "walks", "sources", "files"})
    void isRefusedWithOneClearMessage(HostileLock lock) {
        lock.isRefusedIn(directory, "pdm.lock");
    }

    @Test
    void whatBreaksNoRuleIsTaken() throws IOException {
        row("", filed(""), "").isTakenIn(directory, "pdm.lock", "foo-1.0-py3-none-any.whl");
        row("", WALKED + filed("").substring(HEAD.length()), "")
                .beside("pyproject.toml", "[project]\nname = \"app\"\ndependencies = [\"foo\"]\n")
                .isTakenIn(directory, "pdm.lock", "foo-1.0-py3-none-any.whl");
    }

    @Test
    void noRowStandsTwice() {
        assertThat(Stream.of(syntax(), metadata(), packages(), walks(), sources(), files())
                        .flatMap(rows -> rows)
                        .map(HostileLock::toString))
                .doesNotHaveDuplicates();
    }
}

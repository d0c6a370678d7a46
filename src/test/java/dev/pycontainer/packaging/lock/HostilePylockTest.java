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
 * Hostile and broken {@code pylock.toml} files, a table: the rule of the "pylock.toml specification", how the lock breaks
 * it, and the answer.
 *
 * <p>No row breaks two rules, so that each fails when its check is removed: {@code src/test/mutation/run} shows it.
 */
class HostilePylockTest {

    private static final String HEAD = "lock-version = \"1.0\"\ncreated-by = \"pip\"\n";
    private static final String HASHES = "hashes = { sha256 = \"" + A + "\" }";
    private static final String WHEEL = "url = \"https://index.example/files/foo-1.0-py3-none-any.whl\", ";

    private static String top(String text) {
        return HEAD + text + "\npackages = []\n";
    }

    private static String foo(String text) {
        return HEAD + "[[packages]]\nname = \"foo\"\nversion = \"1.0\"\n" + text + "\n";
    }

    /** With a source that breaks no rule. */
    private static String sourced(String text) {
        return foo(text + "\nwheels = [{ " + WHEEL + HASHES + " }]");
    }

    private static String wheel(String text) {
        return foo("wheels = [{ " + text + " }]");
    }

    @TempDir
    Path directory;

    // The file is TOML in UTF-8 (TOML 1.0)

    static Stream<HostileLock> syntax() {
        return rules(rule(
                "a lock is TOML",
                row("half a line", "lock-version =", """
            The file is not valid TOML.
              where  pylock.toml
              why    Premature end of file, near line 1
              do     lock again with the tool that wrote the lock"""),
                row("a key twice", HEAD + "created-by = \"uv\"", """
            The file is not valid TOML.
              where  pylock.toml
              why    Duplicate key, near line 3
              do     lock again with the tool that wrote the lock"""),
                row("conflict marks", HEAD + "<<<<<<< HEAD\n", """
            The file is not valid TOML.
              where  pylock.toml
              why    Unknown token, near line 3
              do     lock again with the tool that wrote the lock"""),
                row("nested without end", HEAD + "packages = " + "[".repeat(200) + "]".repeat(200), """
            The file is not valid TOML.
              where  pylock.toml
              why    Document nesting depth (101) exceeds the maximum allowed (100)
              do     lock again with the tool that wrote the lock"""),
                row("Latin-1", HEAD + "# ä", """
            The file is not valid TOML.
              where  pylock.toml
              why    it is not encoded in UTF-8
              do     lock again with the tool that wrote the lock""").in(StandardCharsets.ISO_8859_1)));
    }

    // What stands at the top (pylock.toml specification, "File Format")

    static Stream<HostileLock> heads() {
        return rules(
                rule(
                        "the version of the format is known",
                        row("none", "created-by = \"pip\"\npackages = []", """
            "lock-version" is missing.
              where  pylock.toml: lock-version
              do     lock again with the tool that wrote the lock"""),
                        row("a number", "lock-version = 1.0\ncreated-by = \"pip\"\npackages = []", """
            "lock-version" is not a string.
              where  pylock.toml: lock-version
              do     lock again with the tool that wrote the lock"""),
                        row("no version", "lock-version = \"1.x\"\ncreated-by = \"pip\"\npackages = []", """
            "1.x" is not a version.
              where  pylock.toml: lock-version
              why    PEP 440 wants [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]
              do     lock again with the tool that wrote the lock"""),
                        row(
                                "another major version",
                                "lock-version = \"2.0\"\ncreated-by = \"pip\"\npackages = []",
                                """
            The lock has version 2.0.
              where  pylock.toml: lock-version
              why    version 1 of pylock.toml can be read
              do     lock again with a tool that writes version 1"""),
                        row("an epoch", "lock-version = \"1!1.0\"\ncreated-by = \"pip\"\npackages = []", """
            The lock has version 1!1.0.
              where  pylock.toml: lock-version
              why    version 1 of pylock.toml can be read
              do     lock again with a tool that writes version 1""")),
                rule("a lock says who made it", row("nobody", "lock-version = \"1.0\"\npackages = []", """
            "created-by" is missing.
              where  pylock.toml: created-by
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "a lock has packages",
                        row("no key", HEAD, """
            "packages" is missing.
              where  pylock.toml: packages
              do     lock again with the tool that wrote the lock"""),
                        row("a number", HEAD + "packages = 1", """
            "packages" is not an array of tables.
              where  pylock.toml: packages
              do     lock again with the tool that wrote the lock"""),
                        row("numbers", HEAD + "packages = [1]", """
            "packages" is not an array of tables.
              where  pylock.toml: packages
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "names of extras are normal",
                        row("an underscore", top("extras = [\"a_b\"]"), """
            "a_b" is not a normalized package name.
              where  pylock.toml: extras
              do     lock again with the tool that wrote the lock"""),
                        row("one name", top("extras = \"a\""), """
            "extras" is not an array of strings.
              where  pylock.toml: extras
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "groups are names",
                        row("numbers", top("dependency-groups = [1]"), """
            "dependency-groups" is not an array of strings.
              where  pylock.toml: dependency-groups
              do     lock again with the tool that wrote the lock"""),
                        row("a table", top("default-groups = {}"), """
            "default-groups" is not an array of strings.
              where  pylock.toml: default-groups
              do     lock again with the tool that wrote the lock""")),
                rule("a tool has a table", row("a number", top("tool = 1"), """
            "tool" is not a table.
              where  pylock.toml: tool
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "one of the environments holds",
                        row("none", top("environments = []"), """
            The lock does not support the base's platform.
              where  pylock.toml
              why    its list of environments is empty
              do     lock again for the platform of the base"""),
                        row(
                                "another system",
                                top("environments = ['os_name == \"nt\"', 'sys_platform == \"darwin\"']"),
                                """
            The lock does not support the base's platform.
              where  pylock.toml
              why    it was made only for: os_name == "nt"; sys_platform == "darwin"
              do     lock again for the platform of the base"""),
                        row("no marker", top("environments = ['windows']"), """
            The marker cannot be read: there is no marker variable `windows`.
              where  pylock.toml: environments
              why    windows
                     ~~~~~~~^
              do     lock again with the tool that wrote the lock"""),
                        row("a number", top("environments = [1]"), """
            "environments" is not an array of strings.
              where  pylock.toml: environments
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "the base's Python is allowed",
                        row("a newer one", top("requires-python = \">=3.12\""), """
            The lock is for Python >=3.12, but the base has Python 3.11.2.
              where  pylock.toml
              do     use a base whose Python fits, or change requires-python in pyproject.toml and lock again"""),
                        row("no specifier", top("requires-python = \"3\""), """
            The version specifier cannot be read: expected one of ===, ~=, ==, !=, <=, >=, < and > before `3`.
              where  pylock.toml: requires-python
              why    3
                     ^
              do     lock again with the tool that wrote the lock"""),
                        row("a number", top("requires-python = 3"), """
            "requires-python" is not a string.
              where  pylock.toml: requires-python
              do     lock again with the tool that wrote the lock""")));
    }

    // What a package says of itself (section "packages")

    static Stream<HostileLock> packages() {
        return rules(
                rule(
                        "a package has a normal name",
                        row("none", HEAD + "[[packages]]\nversion = \"1.0\"", """
            "name" is missing.
              where  pylock.toml: packages.name
              do     lock again with the tool that wrote the lock"""),
                        row("an upper case letter", HEAD + "[[packages]]\nname = \"Foo\"", """
            "Foo" is not a normalized package name.
              where  pylock.toml: packages.name
              do     lock again with the tool that wrote the lock"""),
                        row("a path", HEAD + "[[packages]]\nname = \"../foo\"", """
            "../foo" is not a normalized package name.
              where  pylock.toml: packages.name
              do     lock again with the tool that wrote the lock"""),
                        row("a number", HEAD + "[[packages]]\nname = 1", """
            "name" is not a string.
              where  pylock.toml: packages.name
              do     lock again with the tool that wrote the lock""")),
                rule("a version is one", row("a word", HEAD + "[[packages]]\nname = \"foo\"\nversion = \"one\"", """
            "one" is not a version.
              where  pylock.toml: package "foo" one: version
              why    PEP 440 wants [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "a marker can be answered",
                        row("half of one", sourced("marker = 'os_name =='"), """
            The marker cannot be read: expected a marker variable or a quoted text before the end.
              where  pylock.toml: package "foo" 1.0: marker
              why    os_name ==
                               ^
              do     lock again with the tool that wrote the lock"""),
                        row("what only the running system knows", sourced("marker = 'platform_release > \"6\"'"), """
            The marker `platform_release > "6"` asks for platform_release, which is not known here.
              where  pylock.toml: package "foo" 1.0
              why    it depends on the machine that will run the image, not on the image
              do     replace the condition by one on sys_platform, platform_machine or python_version"""),
                        row("a number", sourced("marker = 1"), """
            "marker" is not a string.
              where  pylock.toml: package "foo" 1.0: marker
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "a package allows the base's Python",
                        row("a newer one", sourced("requires-python = \">=3.12\""), """
            The lock is for Python >=3.12, but the base has Python 3.11.2.
              where  pylock.toml: package "foo" 1.0
              do     use a base whose Python fits, or change requires-python in pyproject.toml and lock again"""),
                        row("no specifier", sourced("requires-python = \"3\""), """
            The version specifier cannot be read: expected one of ===, ~=, ==, !=, <=, >=, < and > before `3`.
              where  pylock.toml: package "foo" 1.0: requires-python
              why    3
                     ^
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "an index is a URL",
                        row("a number", sourced("index = 1"), """
            "index" is not a string.
              where  pylock.toml: package "foo" 1.0: index
              do     lock again with the tool that wrote the lock"""),
                        row("no host", sourced("index = \"https://\""), """
            The index's URL https:// is not an HTTP or HTTPS URL.
              where  pylock.toml: package "foo" 1.0
              do     lock from an index that is served over HTTPS""")),
                rule(
                        "dependencies are tables",
                        row("names", sourced("dependencies = [\"bar\"]"), """
            "dependencies" is not an array of tables.
              where  pylock.toml: package "foo" 1.0: dependencies
              do     lock again with the tool that wrote the lock"""),
                        row("a number as name", sourced("dependencies = [{ name = 1 }]"), """
            "name" is not a string.
              where  pylock.toml: package "foo" 1.0: dependencies.name
              do     lock again with the tool that wrote the lock""")),
                rule("an attestation tells its kind", row("none", sourced("attestation-identities = [{}]"), """
            "kind" is missing.
              where  pylock.toml: package "foo" 1.0: attestation-identities.kind
              do     lock again with the tool that wrote the lock""")),
                rule("a package's tool has a table", row("a number", sourced("tool = 1"), """
            "tool" is not a table.
              where  pylock.toml: package "foo" 1.0: tool
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "a package is needed once",
                        row("twice", sourced("") + sourced("").substring(HEAD.length()), """
            Package "foo" is locked twice for the target.
              where  pylock.toml
              why    package "foo" 1.0 and package "foo" 1.0 are both needed
              do     lock again with the tool that wrote the lock""")));
    }

    // Where a package comes from: one source alone

    static Stream<HostileLock> sources() {
        return rules(
                rule(
                        "there is one source",
                        row("none", foo(""), """
            Package "foo" has no source.
              where  pylock.toml: package "foo" 1.0
              why    it has neither vcs nor directory, archive, sdist or wheels
              do     lock again with the tool that wrote the lock"""),
                        row("no wheels", foo("wheels = []"), """
            Package "foo" has no source.
              where  pylock.toml: package "foo" 1.0
              why    it has neither vcs nor directory, archive, sdist or wheels
              do     lock again with the tool that wrote the lock"""),
                        row(
                                "an archive and a source distribution",
                                foo("archive = { path = \"foo.zip\", " + HASHES
                                        + " }\nsdist = { path = \"foo-1.0.zip\", " + HASHES + " }"),
                                """
            Package "foo" has several sources.
              where  pylock.toml: package "foo" 1.0
              why    it has archive and sdist; only sdist and wheels may stand together
              do     lock again with the tool that wrote the lock"""),
                        row("a directory and wheels", sourced("directory = { path = \"foo\" }"), """
            Package "foo" has several sources.
              where  pylock.toml: package "foo" 1.0
              why    it has directory and wheels; only sdist and wheels may stand together
              do     lock again with the tool that wrote the lock"""),
                        row(
                                "a repository and a directory",
                                foo(
                                        "directory = { path = \"foo\" }\nvcs = { type = \"git\", url = \"https://git.example/a\", commit-id = \"1\" }"),
                                """
            Package "foo" has several sources.
              where  pylock.toml: package "foo" 1.0
              why    it has vcs and directory; only sdist and wheels may stand together
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "a directory is relative",
                        row("no path", foo("directory = {}"), """
            "path" is missing.
              where  pylock.toml: package "foo" 1.0: directory.path
              do     lock again with the tool that wrote the lock"""),
                        row("a path alone", foo("directory = \"foo\""), """
            "directory" is not a table.
              where  pylock.toml: package "foo" 1.0: directory
              do     lock again with the tool that wrote the lock"""),
                        row("absolute", foo("directory = { path = \"/home/me/foo\" }"), """
            The path "/home/me/foo" is absolute.
              where  pylock.toml: package "foo" 1.0
              why    a lock is shared, and an absolute path means something else on every machine
              do     make the path relative where the package is required, and lock again"""),
                        row("on a drive", foo("directory = { path = \"C:\\\\foo\" }"), """
            The path "C:\\foo" is absolute.
              where  pylock.toml: package "foo" 1.0
              why    a lock is shared, and an absolute path means something else on every machine
              do     make the path relative where the package is required, and lock again"""),
                        row("NUL", foo("directory = { path = \"a\\u0000b\" }"), """
            "a\\0b" is not a path.
              where  pylock.toml: package "foo" 1.0
              why    Nul character not allowed
              do     lock again with the tool that wrote the lock"""),
                        row("editable by a number", foo("directory = { path = \"foo\", editable = 1 }"), """
            "editable" is not true or false.
              where  pylock.toml: package "foo" 1.0: directory.editable
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "a repository names its commit",
                        row("no commit", foo("vcs = { type = \"git\", url = \"https://git.example/a\" }"), """
            "commit-id" is missing.
              where  pylock.toml: package "foo" 1.0: vcs.commit-id
              do     lock again with the tool that wrote the lock"""),
                        row("no kind", foo("vcs = { url = \"https://git.example/a\", commit-id = \"1\" }"), """
            "type" is missing.
              where  pylock.toml: package "foo" 1.0: vcs.type
              do     lock again with the tool that wrote the lock"""),
                        row("no place", foo("vcs = { type = \"git\", commit-id = \"1\" }"), """
            A repository has neither a URL nor a path.
              where  pylock.toml: package "foo" 1.0: vcs
              do     lock again with the tool that wrote the lock"""),
                        row("an empty place", foo("vcs = { type = \"git\", url = \"\", commit-id = \"1\" }"), """
            A repository has neither a URL nor a path.
              where  pylock.toml: package "foo" 1.0: vcs
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "what must be built is refused",
                        row(
                                "a repository",
                                foo(
                                        "vcs = { type = \"git\", url = \"https://u:word@git.example/a\", commit-id = \"fa12\" }"),
                                """
            Package foo 1.0 has no wheel, only sources.
              where  pylock.toml: package "foo" 1.0
              why    git+https://git.example/a@fa12 would have to be built, which runs its code on this machine
              do     lock a version of foo that has a wheel for this base, or build one into a directory that python.wheelhouse names:
                     build foo @ git+https://git.example/a@fa12"""),
                        row(
                                "an archive",
                                foo("archive = { url = \"https://files.example/foo.zip\", " + HASHES + " }"),
                                """
            Package foo 1.0 has no wheel, only sources.
              where  pylock.toml: package "foo" 1.0
              why    https://files.example/foo.zip would have to be built, which runs its code on this machine
              do     lock a version of foo that has a wheel for this base, or build one into a directory that python.wheelhouse names:
                     build foo @ https://files.example/foo.zip"""),
                        row(
                                "a source distribution alone",
                                foo("sdist = { path = \"foo-1.0.tar.gz\", " + HASHES + " }"),
                                """
            Package foo 1.0 has no wheel, only sources.
              where  pylock.toml: package "foo" 1.0
              why    foo-1.0.tar.gz would have to be built, which runs its code on this machine
              do     lock a version of foo that has a wheel for this base, or build one into a directory that python.wheelhouse names:
                     build foo==1.0""")));
    }

    // Files (sections "packages.archive", "packages.sdist" and "packages.wheels")

    static Stream<HostileLock> files() {
        return rules(
                rule(
                        "a file is somewhere",
                        row("nowhere", wheel("name = \"foo-1.0-py3-none-any.whl\", " + HASHES), """
            A file has neither a URL nor a path.
              where  pylock.toml: package "foo" 1.0: wheels
              why    url or path is required of every file
              do     lock again with the tool that wrote the lock"""),
                        row("empty words", wheel("url = \"\", path = \"\", " + HASHES), """
            A file has neither a URL nor a path.
              where  pylock.toml: package "foo" 1.0: wheels
              why    url or path is required of every file
              do     lock again with the tool that wrote the lock"""),
                        row("a directory", foo("archive = { path = \"foo/\", " + HASHES + " }"), """
            A file has no name.
              where  pylock.toml: package "foo" 1.0: archive
              why    neither its path nor its URL ends with one
              do     lock again with the tool that wrote the lock"""),
                        row("an empty name", foo("archive = { name = \"\", path = \"foo/\", " + HASHES + " }"), """
            A file has no name.
              where  pylock.toml: package "foo" 1.0: archive
              why    neither its path nor its URL ends with one
              do     lock again with the tool that wrote the lock"""),
                        row("no name", foo("archive = { url = \"https://files.example/\", " + HASHES + " }"), """
            A file has no name.
              where  pylock.toml: package "foo" 1.0: archive
              why    neither its path nor its URL ends with one
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "a URL is plain HTTP(S)",
                        row(
                                "credentials",
                                wheel("url = \"https://u:word@index.example/foo-1.0-py3-none-any.whl\", " + HASHES),
                                """
            The URL of a file on index.example holds credentials.
              where  pylock.toml: package "foo" 1.0
              why    a lock file is committed and shared; credentials in it are known to all its readers
              do     remove them from the index's URL, change the password, and lock again"""),
                        row("a file", wheel("url = \"file:///home/me/foo-1.0-py3-none-any.whl\", " + HASHES), """
            The URL file:///home/me/foo-1.0-py3-none-any.whl is not an HTTP or HTTPS URL.
              where  pylock.toml: package "foo" 1.0
              do     lock the file from an index that serves it over HTTPS""")),
                rule(
                        "a path is relative",
                        row("absolute", wheel("path = \"/home/me/foo-1.0-py3-none-any.whl\", " + HASHES), """
            The path "/home/me/foo-1.0-py3-none-any.whl" is absolute.
              where  pylock.toml: package "foo" 1.0
              why    a lock is shared, and an absolute path means something else on every machine
              do     make the path relative where the package is required, and lock again""")),
                rule(
                        "a file has a SHA-256 hash",
                        row("no hashes", wheel("url = \"https://index.example/foo-1.0-py3-none-any.whl\""), """
            "hashes" is missing.
              where  pylock.toml: package "foo" 1.0: wheels.hashes
              do     lock again with the tool that wrote the lock"""),
                        row("none of them", wheel(WHEEL + "hashes = {}"), """
            A file has no hash.
              where  pylock.toml: package "foo" 1.0: wheels.hashes
              do     lock it from an index that tells hashes"""),
                        row("weak ones", wheel(WHEEL + "hashes = { md5 = \"1\", sha1 = \"2\" }"), """
            The file foo-1.0-py3-none-any.whl has no SHA-256 hash.
              where  pylock.toml: package "foo" 1.0
              why    the lock holds md5 alone, sha1 alone for it
              do     lock it from an index that tells SHA-256 hashes"""),
                        row("a short one", wheel(WHEEL + "hashes = { sha256 = \"ab\" }"), """
            "ab" is not a SHA-256 digest in lower-case hex.
              where  pylock.toml: package "foo" 1.0
              do     lock again with the tool that wrote the lock"""),
                        row("a number", wheel(WHEEL + "hashes = { sha256 = 1 }"), """
            "sha256" is not a string.
              where  pylock.toml: package "foo" 1.0: wheels.hashes.sha256
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "a size is a count of bytes",
                        row("below zero", wheel(WHEEL + "size = -1, " + HASHES), """
            The size -1 is below zero.
              where  pylock.toml: package "foo" 1.0: wheels.size
              do     lock again with the tool that wrote the lock"""),
                        row("true", wheel(WHEEL + "size = true, " + HASHES), """
            "size" is not an integer.
              where  pylock.toml: package "foo" 1.0: wheels.size
              do     lock again with the tool that wrote the lock"""),
                        row("beyond 64 bits", wheel(WHEEL + "size = 99999999999999999999, " + HASHES), """
            "size" is not an integer.
              where  pylock.toml: package "foo" 1.0: wheels.size
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "a wheel is the package's",
                        row("no tags", wheel("path = \"foo-1.0.whl\", " + HASHES), """
            "foo-1.0.whl" is not a wheel's file name.
              where  pylock.toml: package "foo" 1.0
              why    its name has 2 parts instead of 5, or 6 with a build tag: distribution-version-build-python-abi-platform
              do     lock again with the tool that wrote the lock"""),
                        row("of another package", wheel("path = \"bar-1.0-py3-none-any.whl\", " + HASHES), """
            The file bar-1.0-py3-none-any.whl is not of package "foo".
              where  pylock.toml: package "foo" 1.0
              why    the lock lists it there, and its name says otherwise
              do     lock again with the tool that wrote the lock"""),
                        row("of another version", wheel("path = \"foo-2.0-py3-none-any.whl\", " + HASHES), """
            The file foo-2.0-py3-none-any.whl is not of version 1.0.
              where  pylock.toml: package "foo" 1.0
              why    the lock lists it there, and its name says otherwise
              do     lock again with the tool that wrote the lock"""),
                        row("by its name alone", wheel(WHEEL + "name = \"bar-1.0-py3-none-any.whl\", " + HASHES), """
            The file bar-1.0-py3-none-any.whl is not of package "foo".
              where  pylock.toml: package "foo" 1.0
              why    the lock lists it there, and its name says otherwise
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "a source distribution is the package's",
                        row("no version", foo("sdist = { path = \"foo.tar.gz\", " + HASHES + " }"), """
            "foo.tar.gz" is not a source distribution's file name.
              where  pylock.toml: package "foo" 1.0
              why    one is NAME-VERSION.tar.gz
              do     lock again with the tool that wrote the lock"""),
                        row("no archive", foo("sdist = { path = \"foo-1.0.txt\", " + HASHES + " }"), """
            "foo-1.0.txt" is not a source distribution's file name.
              where  pylock.toml: package "foo" 1.0
              why    one is NAME-VERSION.tar.gz
              do     lock again with the tool that wrote the lock"""),
                        row("of another package", foo("sdist = { path = \"bar-1.0.tar.gz\", " + HASHES + " }"), """
            The file bar-1.0.tar.gz is not of package "foo".
              where  pylock.toml: package "foo" 1.0
              why    the lock lists it there, and its name says otherwise
              do     lock again with the tool that wrote the lock"""),
                        row("of another version", foo("sdist = { path = \"foo-2.0.zip\", " + HASHES + " }"), """
            The file foo-2.0.zip is not of version 1.0.
              where  pylock.toml: package "foo" 1.0
              why    the lock lists it there, and its name says otherwise
              do     lock again with the tool that wrote the lock""")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"syntax", "heads", "packages", "sources", "files"})
    void isRefusedWithOneClearMessage(HostileLock lock) {
        lock.isRefusedIn(directory, "pylock.toml");
    }

    @Test
    void whatBreaksNoRuleIsTaken() throws IOException {
        row("", sourced(""), "").isTakenIn(directory, "pylock.toml", "foo-1.0-py3-none-any.whl");
        row("", top(""), "").isTakenIn(directory, "pylock.toml");
    }

    @Test
    void noRowStandsTwice() {
        assertThat(Stream.of(syntax(), heads(), packages(), sources(), files())
                        .flatMap(rows -> rows)
                        .map(HostileLock::toString))
                .doesNotHaveDuplicates();
    }
}

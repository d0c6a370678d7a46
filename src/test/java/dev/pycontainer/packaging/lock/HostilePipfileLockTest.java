package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.HostileLock.row;
import static dev.pycontainer.packaging.lock.HostileLock.rule;
import static dev.pycontainer.packaging.lock.HostileLock.rules;
import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.B;
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
 * Hostile and broken {@code Pipfile.lock} files, a table: the rule, how the lock or the Pipfile breaks it, and the answer.
 *
 * <p>No row breaks two rules, so that each fails when its check is removed: {@code src/test/mutation/run} shows it.
 */
class HostilePipfileLockTest {

    private static final String META = "\"_meta\": {\"pipfile-spec\": 6}";
    private static final String HASHES = "\"hashes\": [\"sha256:" + A + "\"]";

    private static String meta(String text) {
        return "{\"_meta\": {" + text + "}, \"default\": {}}";
    }

    private static String lock(String text) {
        return "{" + META + ", " + text + "}";
    }

    private static String foo(String entry) {
        return lock("\"default\": {\"foo\": " + entry + "}");
    }

    /** With a version that breaks no rule. */
    private static String pinned(String text) {
        return foo("{\"version\": \"==1.0\", " + text + "}");
    }

    private static String hashed(String text) {
        return pinned(HASHES + ", " + text);
    }

    private static String from(String source, String text) {
        return "{\"_meta\": {\"pipfile-spec\": 6, \"sources\": [" + source + "]}, \"default\": {\"foo\": {"
                + "\"version\": \"==1.0\", " + HASHES + text + "}}}";
    }

    @TempDir
    Path directory;

    // The file is JSON in UTF-8 (RFC 8259)

    static Stream<HostileLock> syntax() {
        return rules(rule(
                "a lock is a JSON object",
                row("half of one", "{\n    \"_meta\": {", """
            The lock file is not valid JSON.
              where  Pipfile.lock
              why    Unexpected end-of-input: expected close marker for Object, near line 2
              do     run `pipenv lock` again"""),
                row("an array", "[]", """
            The lock file is not a JSON object.
              where  Pipfile.lock
              do     run `pipenv lock` again"""),
                row("nothing", "", """
            The lock file is not a JSON object.
              where  Pipfile.lock
              do     run `pipenv lock` again"""),
                row("conflict marks", "{\n<<<<<<< HEAD\n", """
            The lock file is not valid JSON.
              where  Pipfile.lock
              why    Unexpected character ('<' (code 60)): was expecting double-quote to start property name, near line 2
              do     run `pipenv lock` again"""),
                row("a key twice", lock("\"default\": {}, \"default\": {}"), """
            The lock file is not valid JSON.
              where  Pipfile.lock
              why    Duplicate property "default", near line 1
              do     run `pipenv lock` again"""),
                row("more behind it", lock("\"default\": {}") + "{}", """
            The lock file is not valid JSON.
              where  Pipfile.lock
              why    Trailing token, near line 1
              do     run `pipenv lock` again"""),
                row("nested without end", "[".repeat(300), """
            The lock file is not valid JSON.
              where  Pipfile.lock
              why    Document nesting depth (201) exceeds the maximum allowed (200)
              do     run `pipenv lock` again"""),
                row("Latin-1", lock("\"default\": {\"ä\": {}}"), """
            The lock file is not valid JSON.
              where  Pipfile.lock
              why    Invalid UTF-8: incomplete multi-byte sequence in property name, near line 1
              do     run `pipenv lock` again""").in(StandardCharsets.ISO_8859_1)));
    }

    // What the lock says of itself: "_meta"

    static Stream<HostileLock> metadata() {
        return rules(
                rule(
                        "there is metadata",
                        row("none", "{\"default\": {}}", """
            "_meta" is missing.
              where  Pipfile.lock: _meta
              do     run `pipenv lock` again"""),
                        row("a number", "{\"_meta\": 1}", """
            "_meta" is not an object.
              where  Pipfile.lock: _meta
              do     run `pipenv lock` again""")),
                rule(
                        "the version of the format is known",
                        row("none", meta(""), """
            The lock does not say its format's version.
              where  Pipfile.lock: _meta.pipfile-spec
              why    version 6 of Pipfile.lock can be read
              do     lock again with a version of pipenv that writes version 6"""),
                        row("a word", meta("\"pipfile-spec\": \"6\""), """
            "pipfile-spec" is not an integer.
              where  Pipfile.lock: _meta.pipfile-spec
              do     run `pipenv lock` again"""),
                        row("another", meta("\"pipfile-spec\": 7"), """
            The lock has version 7.
              where  Pipfile.lock: _meta.pipfile-spec
              why    version 6 of Pipfile.lock can be read
              do     lock again with a version of pipenv that writes version 6""")),
                rule(
                        "the base's Python is allowed",
                        row(
                                "another minor version",
                                meta("\"pipfile-spec\": 6, \"requires\": {\"python_version\": \"3.12\"}"),
                                """
            The lock is for Python ==3.12.*, but the base has Python 3.11.2.
              where  Pipfile.lock
              do     use a base whose Python fits, or change [requires] in the Pipfile and lock again"""),
                        row(
                                "another patch",
                                meta("\"pipfile-spec\": 6, \"requires\": {\"python_full_version\": \"3.11.9\"}"),
                                """
            The lock is for Python ==3.11.9, but the base has Python 3.11.2.
              where  Pipfile.lock
              do     use a base whose Python fits, or change [requires] in the Pipfile and lock again"""),
                        row(
                                "no version",
                                meta("\"pipfile-spec\": 6, \"requires\": {\"python_version\": \"three\"}"),
                                """
            The version specifier cannot be read: `.*` may follow a release segment only, such as 1.4.
              where  Pipfile.lock: _meta.requires.python_version
              why    ==three.*
                     ~~~~~~~~~^
              do     run `pipenv lock` again"""),
                        row("a number", meta("\"pipfile-spec\": 6, \"requires\": {\"python_version\": 3.11}"), """
            "python_version" is not a string.
              where  Pipfile.lock: _meta.requires.python_version
              do     run `pipenv lock` again"""),
                        row("a word", meta("\"pipfile-spec\": 6, \"requires\": \"3.11\""), """
            "requires" is not an object.
              where  Pipfile.lock: _meta.requires
              do     run `pipenv lock` again""")),
                rule(
                        "a hash is one",
                        row("cut off", meta("\"pipfile-spec\": 6, \"hash\": {\"sha256\": \"ab\"}"), """
            "ab" is not a SHA-256 digest in lower-case hex.
              where  Pipfile.lock: _meta.hash.sha256
              do     run `pipenv lock` again""")
                                .beside("Pipfile", ""),
                        row("a number", meta("\"pipfile-spec\": 6, \"hash\": {\"sha256\": 1}"), """
            "sha256" is not a string.
              where  Pipfile.lock: _meta.hash.sha256
              do     run `pipenv lock` again""")
                                .beside("Pipfile", "")));
    }

    // Categories are groups

    static Stream<HostileLock> categories() {
        return rules(
                rule("there is the default one", row("none", lock("\"develop\": {}"), """
            "default" is missing.
              where  Pipfile.lock: default
              do     run `pipenv lock` again""")),
                rule(
                        "a category is an object",
                        row("a number", lock("\"default\": 1"), """
            "default" is not an object.
              where  Pipfile.lock: default
              do     run `pipenv lock` again"""),
                        row("an array", lock("\"default\": [], \"develop\": {}"), """
            "default" is not an object.
              where  Pipfile.lock: default
              do     run `pipenv lock` again"""),
                        row("no name", lock("\"default\": {}, \"a/b\": {}"), """
            "a/b" is not the name of an extra or group.
              where  Pipfile.lock: a/b
              why    a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit
              do     run `pipenv lock` again""")),
                rule("a package has a name", row("a path", lock("\"default\": {\"../foo\": {}}"), """
            "../foo" is not a package name.
              where  Pipfile.lock: default.../foo
              why    a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit
              do     run `pipenv lock` again""")),
                rule(
                        "a package is an object or a version",
                        row("a number", foo("1"), """
            "foo" is not an object.
              where  Pipfile.lock: default.foo
              do     run `pipenv lock` again"""),
                        row("an array", foo("[\"==1.0\"]"), """
            "foo" is not an object.
              where  Pipfile.lock: default.foo
              do     run `pipenv lock` again""")),
                rule(
                        "spellings of a name mean one package",
                        row("two versions", lock("\"default\": {\"foo_bar\": \"==1.0\", \"Foo.Bar\": \"==2.0\"}"), """
            Package "foo-bar" is locked twice for the target.
              where  Pipfile.lock
              why    package "foo-bar" 1.0 and package "foo-bar" 2.0 are both needed, by different groups
              do     pin the same version in the Pipfile's categories, and run `pipenv lock`"""),
                        row(
                                "two sources",
                                lock(
                                        "\"default\": {\"foo_bar\": \"==1.0\", \"foo-bar\": {\"version\": \"==1.0\", \"path\": \"foo\"}}"),
                                """
            Package "foo-bar" is locked twice for the target.
              where  Pipfile.lock
              why    package "foo-bar" 1.0 and package "foo-bar" 1.0 are both needed, by different groups
              do     pin the same version in the Pipfile's categories, and run `pipenv lock`""")));
    }

    // What a package says of itself

    static Stream<HostileLock> packages() {
        return rules(
                rule(
                        "a version is pinned",
                        row("none", foo("{}"), """
            Package "foo" is not pinned to one version.
              where  Pipfile.lock: package "foo" without a version
              why    the lock says no version of it
              do     run `pipenv lock` again"""),
                        row("any", foo("\"*\""), """
            "*" is not one version.
              where  Pipfile.lock: package "foo" *: version
              why    a lock pins each package with ==
              do     run `pipenv lock` again"""),
                        row("a range", foo("{\"version\": \">=1.0\"}"), """
            ">=1.0" is not one version.
              where  Pipfile.lock: package "foo" >=1.0: version
              why    a lock pins each package with ==
              do     run `pipenv lock` again"""),
                        row("two of them", foo("{\"version\": \"==1.0,==2.0\"}"), """
            "==1.0,==2.0" is not one version.
              where  Pipfile.lock: package "foo" 1.0,==2.0: version
              why    a lock pins each package with ==
              do     run `pipenv lock` again"""),
                        row("every one of a kind", foo("{\"version\": \"==1.*\"}"), """
            "==1.*" is not one version.
              where  Pipfile.lock: package "foo" 1.*: version
              why    a lock pins each package with ==
              do     run `pipenv lock` again"""),
                        row("a word", foo("{\"version\": \"==one\"}"), """
            "one" is not a version.
              where  Pipfile.lock: package "foo" one: version
              why    PEP 440 wants [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]
              do     run `pipenv lock` again"""),
                        row("a number", foo("{\"version\": 1.0}"), """
            "version" is not a string.
              where  Pipfile.lock: default.foo.version
              do     run `pipenv lock` again""")),
                rule(
                        "a marker can be answered",
                        row("half of one", hashed("\"markers\": \"os_name ==\""), """
            The marker cannot be read: expected a marker variable or a quoted text before the end.
              where  Pipfile.lock: package "foo" 1.0: markers
              why    os_name ==
                               ^
              do     run `pipenv lock` again"""),
                        row(
                                "what only the running system knows",
                                hashed("\"markers\": \"platform_release > '6'\""),
                                """
            The marker `platform_release > "6"` asks for platform_release, which is not known here.
              where  Pipfile.lock: package "foo" 1.0
              why    it depends on the machine that will run the image, not on the image
              do     replace the condition by one on sys_platform, platform_machine or python_version"""),
                        row("no operator", hashed("\"sys_platform\": \"linux\""), """
            The marker cannot be read: expected one of <=, <, !=, ==, >=, >, ~=, ===, in and not in before `l`.
              where  Pipfile.lock: package "foo" 1.0: sys_platform
              why    sys_platform linux
                                  ^
              do     run `pipenv lock` again"""),
                        row("a number", hashed("\"markers\": 1"), """
            "markers" is not a string.
              where  Pipfile.lock: package "foo" 1.0: markers
              do     run `pipenv lock` again""")),
                rule(
                        "extras are names",
                        row("one of them", hashed("\"extras\": \"a\""), """
            "extras" is not an array of strings.
              where  Pipfile.lock: package "foo" 1.0: extras
              do     run `pipenv lock` again"""),
                        row("no name", hashed("\"extras\": [\"!\"]"), """
            "!" is not the name of an extra or group.
              where  Pipfile.lock: package "foo" 1.0: extras
              why    a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit
              do     run `pipenv lock` again""")),
                rule(
                        "hashes are SHA-256",
                        row("weak ones", pinned("\"hashes\": [\"md5:1\", \"sha512:2\"]"), """
            Package "foo" has no SHA-256 hash.
              where  Pipfile.lock: package "foo" 1.0
              why    the lock holds md5 alone, sha512 alone for it
              do     lock it from an index that tells SHA-256 hashes"""),
                        row("a short one", pinned("\"hashes\": [\"sha256:ab\"]"), """
            "ab" is not a SHA-256 digest in lower-case hex.
              where  Pipfile.lock: package "foo" 1.0
              do     run `pipenv lock` again"""),
                        row("no kind", pinned("\"hashes\": [\"ab\"]"), """
            Package "foo" has no SHA-256 hash.
              where  Pipfile.lock: package "foo" 1.0
              why    the lock holds "ab" for it
              do     lock it from an index that tells SHA-256 hashes"""),
                        row("one of them", pinned("\"hashes\": \"sha256:ab\""), """
            "hashes" is not an array of strings.
              where  Pipfile.lock: package "foo" 1.0: hashes
              do     run `pipenv lock` again""")));
    }

    // Where a package comes from

    static Stream<HostileLock> sources() {
        return rules(
                rule(
                        "an index is a source of the lock",
                        row("of none", hashed("\"index\": \"own\""), """
            The lock has no source "own".
              where  Pipfile.lock: package "foo" 1.0
              why    it has no sources
              do     run `pipenv lock` again"""),
                        row(
                                "not of these",
                                from(
                                        "{\"name\": \"main\", \"url\": \"https://index.example\"}, {\"url\": \"https://b.example\"}",
                                        ", \"index\": \"own\""),
                                """
            The lock has no source "own".
              where  Pipfile.lock: package "foo" 1.0
              why    its sources are: main, https://b.example
              do     run `pipenv lock` again"""),
                        row("a number", hashed("\"index\": 1"), """
            "index" is not a string.
              where  Pipfile.lock: package "foo" 1.0: index
              do     run `pipenv lock` again""")),
                rule(
                        "a source has a URL",
                        row("none", from("{\"name\": \"main\"}", ""), """
            "url" is missing.
              where  Pipfile.lock: _meta.sources.url
              do     run `pipenv lock` again"""),
                        row("a directory", from("{\"name\": \"main\", \"url\": \"file:///wheels\"}", ""), """
            The index's URL file:///wheels is not an HTTP or HTTPS URL.
              where  Pipfile.lock: package "foo" 1.0
              do     lock from an index that is served over HTTPS"""),
                        row("a number", from("1", ""), """
            "sources" is not an array of objects.
              where  Pipfile.lock: _meta.sources
              do     run `pipenv lock` again""")),
                rule(
                        "variables are set",
                        row("in braces", from("{\"name\": \"main\", \"url\": \"https://${HOST}/simple\"}", ""), """
            The variable HOST of the environment is not set.
              where  Pipfile.lock: package "foo" 1.0
              why    it stands in the URL of a source from which packages come
              do     set it, or write the source's address into the Pipfile and run `pipenv lock`"""),
                        row(
                                "without",
                                from(
                                        "{\"name\": \"main\", \"url\": \"https://$NAME:$WORD@index.example/$TEAM/simple\"}",
                                        ""),
                                """
            The variable TEAM of the environment is not set.
              where  Pipfile.lock: package "foo" 1.0
              why    it stands in the URL of a source from which packages come
              do     set it, or write the source's address into the Pipfile and run `pipenv lock`""")),
                rule(
                        "a repository names its commit",
                        row("no commit", foo("{\"git\": \"https://git.example/foo\"}"), """
            The lock does not say which commit it means.
              where  Pipfile.lock: package "foo" without a version
              do     write a ref into the Pipfile, and run `pipenv lock`"""),
                        row("a number", foo("{\"git\": 1}"), """
            "git" is not a string.
              where  Pipfile.lock: package "foo" without a version: git
              do     run `pipenv lock` again""")),
                rule(
                        "a path is relative",
                        row("absolute", foo("{\"path\": \"/home/me/foo\"}"), """
            The path "/home/me/foo" is absolute.
              where  Pipfile.lock: package "foo" without a version
              why    a lock is shared, and an absolute path means something else on every machine
              do     make the path relative where the package is required, and lock again"""),
                        row("on a drive", foo("{\"path\": \"C:\\\\foo\"}"), """
            The path "C:\\foo" is absolute.
              where  Pipfile.lock: package "foo" without a version
              why    a lock is shared, and an absolute path means something else on every machine
              do     make the path relative where the package is required, and lock again"""),
                        row("NUL", foo("{\"path\": \"a\\u0000b\"}"), """
            "a\\0b" is not a path.
              where  Pipfile.lock: package "foo" without a version
              why    Nul character not allowed
              do     lock again with the tool that wrote the lock"""),
                        row("a number", foo("{\"path\": 1}"), """
            "path" is not a string.
              where  Pipfile.lock: package "foo" without a version: path
              do     run `pipenv lock` again"""),
                        row(
                                "a wheel",
                                foo("{\"file\": \"/home/me/foo-1.0-py3-none-any.whl\", \"hashes\": [\"sha256:" + A
                                        + "\"]}"),
                                """
            The path "/home/me/foo-1.0-py3-none-any.whl" is absolute.
              where  Pipfile.lock: package "foo" without a version
              why    a lock is shared, and an absolute path means something else on every machine
              do     make the path relative where the package is required, and lock again""")),
                rule(
                        "a URL is plain HTTP(S)",
                        row("a file", foo("{\"file\": \"file:///home/me/foo-1.0-py3-none-any.whl\"}"), """
            The URL file:///home/me/foo-1.0-py3-none-any.whl is not an HTTP or HTTPS URL.
              where  Pipfile.lock: package "foo" without a version
              do     lock the file from an index that serves it over HTTPS"""),
                        row(
                                "credentials",
                                foo("{\"file\": \"https://u:word@files.example/foo-1.0-py3-none-any.whl\"}"),
                                """
            The URL of a file on files.example holds credentials.
              where  Pipfile.lock: package "foo" without a version
              why    a lock file is committed and shared; credentials in it are known to all its readers
              do     remove them from the index's URL, change the password, and lock again"""),
                        row("no name", foo("{\"file\": \"https://files.example/\"}"), """
            The URL https://files.example/ names no file.
              where  Pipfile.lock: package "foo" without a version
              do     run `pipenv lock` again""")),
                rule(
                        "a wheel by its address has one hash",
                        row("none", foo("{\"file\": \"https://files.example/foo-1.0-py3-none-any.whl\"}"), """
            The file foo-1.0-py3-none-any.whl has no SHA-256 hash.
              where  Pipfile.lock: package "foo" without a version
              why    the lock holds no hash for it
              do     lock it from an index that tells SHA-256 hashes"""),
                        row(
                                "several",
                                foo(
                                        "{\"file\": \"https://files.example/foo-1.0-py3-none-any.whl\", \"hashes\": [\"sha256:"
                                                + A + "\", \"sha256:" + B + "\"]}"),
                                """
            The lock has several hashes for the one file foo-1.0-py3-none-any.whl.
              where  Pipfile.lock: package "foo" without a version
              do     run `pipenv lock` again"""),
                        row(
                                "a weak one",
                                foo("{\"path\": \"./foo-1.0-py3-none-any.whl\", \"hashes\": [\"md5:1\"]}"),
                                """
            The file foo-1.0-py3-none-any.whl has no SHA-256 hash.
              where  Pipfile.lock: package "foo" without a version
              why    the lock holds md5 alone for it
              do     lock it from an index that tells SHA-256 hashes""")),
                rule(
                        "a wheel is the package's",
                        row(
                                "of another package",
                                foo(
                                        "{\"file\": \"https://files.example/bar-1.0-py3-none-any.whl\", \"hashes\": [\"sha256:"
                                                + A + "\"]}"),
                                """
            The wheel bar-1.0-py3-none-any.whl is not of package "foo" without a version.
              where  Pipfile.lock: package "foo" without a version
              why    the lock lists it for this package, and its name says otherwise
              do     lock again with the tool that wrote the lock"""),
                        row(
                                "of another version",
                                foo(
                                        "{\"version\": \"==2.0\", \"file\": \"https://files.example/foo-1.0-py3-none-any.whl\", \"hashes\": [\"sha256:"
                                                + A + "\"]}"),
                                """
            The wheel foo-1.0-py3-none-any.whl is not of package "foo" 2.0.
              where  Pipfile.lock: package "foo" 2.0
              why    the lock lists it for this package, and its name says otherwise
              do     lock again with the tool that wrote the lock""")),
                rule(
                        "what must be built is refused",
                        row(
                                "a repository",
                                foo("{\"git\": \"https://u:word@git.example/foo\", \"ref\": \"fa12\"}"),
                                """
            Package foo has no wheel, only sources.
              where  Pipfile.lock: package "foo" without a version
              why    git+https://git.example/foo@fa12 would have to be built, which runs its code on this machine
              do     lock a version of foo that has a wheel for this base, or build one into a directory that python.wheelhouse names:
                     build foo @ git+https://git.example/foo@fa12"""),
                        row("an archive", foo("{\"file\": \"https://files.example/foo.zip\"}"), """
            Package foo has no wheel, only sources.
              where  Pipfile.lock: package "foo" without a version
              why    https://files.example/foo.zip would have to be built, which runs its code on this machine
              do     lock a version of foo that has a wheel for this base, or build one into a directory that python.wheelhouse names:
                     build foo @ https://files.example/foo.zip"""),
                        row("a local archive", foo("{\"path\": \"./foo-1.0.tar.gz\"}"), """
            Package foo has no wheel, only sources.
              where  Pipfile.lock: package "foo" without a version
              why    foo-1.0.tar.gz would have to be built, which runs its code on this machine
              do     lock a version of foo that has a wheel for this base, or build one into a directory that python.wheelhouse names:
                     build foo""")));
    }

    // The Pipfile beside it, where its hash is another

    static Stream<HostileLock> pipfiles() {
        return rules(
                rule(
                        "a Pipfile is TOML",
                        row("half a line", lock("\"default\": {}"), """
            The file is not valid TOML.
              where  Pipfile.lock: Pipfile
              why    Premature end of file, near line 1
              do     correct it, and run `pipenv lock`""").beside("Pipfile", "packages ="),
                        row("packages that are a number", lock("\"default\": {}"), """
            "packages" is not a table.
              where  Pipfile.lock: Pipfile: packages
              do     correct it, and run `pipenv lock`""")
                                .beside("Pipfile", "packages = 1"),
                        row("requires that is a number", lock("\"default\": {}"), """
            "requires" is not a table.
              where  Pipfile.lock: Pipfile: requires
              do     correct it, and run `pipenv lock`""")
                                .beside("Pipfile", "requires = 1")),
                rule(
                        "a requirement is one",
                        row("a word", lock("\"default\": {}"), """
            The version specifier cannot be read: expected one of ===, ~=, ==, !=, <=, >=, < and > before `n`.
              where  Pipfile.lock: Pipfile: packages.foo
              why    new
                     ^
              do     correct it, and run `pipenv lock`""").beside("Pipfile", "[packages]\nfoo = \"new\""),
                        row("a number", lock("\"default\": {}"), """
            "foo" is not a table.
              where  Pipfile.lock: Pipfile: packages.foo
              do     correct it, and run `pipenv lock`""").beside("Pipfile", "[packages]\nfoo = 1"),
                        row("no name", lock("\"default\": {}"), """
            The requirement cannot be read: a package name begins and ends with a letter or digit.
              where  Pipfile.lock: Pipfile: packages.../foo
              why    ../foo
                     ~~^
              do     correct it, and run `pipenv lock`""")
                                .beside("Pipfile", "[packages]\n\"../foo\" = \"*\""),
                        row("a version that is a number", lock("\"default\": {}"), """
            "version" is not a string.
              where  Pipfile.lock: Pipfile: packages.foo.version
              do     correct it, and run `pipenv lock`""")
                                .beside("Pipfile", "[packages]\nfoo = {version = 1}"),
                        row("an extra that is none", lock("\"default\": {}"), """
            The requirement cannot be read: expected the name of an extra before `!`.
              where  Pipfile.lock: Pipfile: packages.foo
              why    foo[!]
                         ^
              do     correct it, and run `pipenv lock`""")
                                .beside("Pipfile", "[packages]\nfoo = {extras = [\"!\"]}"),
                        row("half a marker", lock("\"default\": {}"), """
            The marker cannot be read: expected a marker variable or a quoted text before the end.
              where  Pipfile.lock: Pipfile: packages.foo.markers
              why    os_name ==
                               ^
              do     correct it, and run `pipenv lock`""")
                                .beside("Pipfile", "[packages]\nfoo = {markers = \"os_name ==\"}"),
                        row("what only the running system knows", lock("\"default\": {}"), """
            The marker `platform_release > "6"` asks for platform_release, which is not known here.
              where  Pipfile.lock: Pipfile: packages.foo
              why    it depends on the machine that will run the image, not on the image
              do     replace the condition by one on sys_platform, platform_machine or python_version""")
                                .beside("Pipfile", "[packages]\nfoo = {markers = \"platform_release > '6'\"}"),
                        row("an absolute path", lock("\"default\": {}"), """
            The path "/home/me/foo" is absolute.
              where  Pipfile.lock: Pipfile
              why    a lock is shared, and an absolute path means something else on every machine
              do     make the path relative where the package is required, and lock again""")
                                .beside("Pipfile", "[packages]\nfoo = {path = \"/home/me/foo\"}")),
                rule(
                        "a Python is one",
                        row("a word", lock("\"default\": {}"), """
            The version specifier cannot be read: `.*` may follow a release segment only, such as 1.4.
              where  Pipfile.lock: Pipfile: requires.python_version
              why    ==three.*
                     ~~~~~~~~~^
              do     correct it, and run `pipenv lock`""")
                                .beside("Pipfile", "[requires]\npython_version = \"three\"")),
                rule(
                        "a lock holds what is required",
                        row("not the package", lock("\"default\": {}"), """
            The lock is stale: the project now says foo.
              where  Pipfile.lock: Pipfile: packages
              why    the lock holds no package "foo" for the target
              do     lock again, or set checks.staleLock to warn""")
                                .beside("Pipfile", "[packages]\nfoo = \"*\""),
                        row("not the Python", lock("\"default\": {}"), """
            The lock is stale: the project now says 3.12.
              where  Pipfile.lock: Pipfile: requires.python_version
              why    the lock was made for any Python
              do     lock again, or set checks.staleLock to warn""")
                                .beside("Pipfile", "[requires]\npython_version = \"3.12\"")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"syntax", "metadata", "categories", "packages", "sources", "pipfiles"})
    void isRefusedWithOneClearMessage(HostileLock lock) {
        lock.isRefusedIn(directory, "Pipfile.lock");
    }

    @Test
    void whatBreaksNoRuleIsTaken() throws IOException {
        row("", pinned(HASHES), "").isTakenIn(directory, "Pipfile.lock", "foo-1.0-py3-none-any.whl");
        row("", meta("\"pipfile-spec\": 6"), "").isTakenIn(directory, "Pipfile.lock");
        row("", from("{\"url\": \"https://index.example\"}", ""), "")
                .beside("Pipfile", "[packages]\nfoo = \"*\"")
                .isTakenIn(directory, "Pipfile.lock", "foo-1.0-py3-none-any.whl");
    }

    @Test
    void noRowStandsTwice() {
        assertThat(Stream.of(syntax(), metadata(), categories(), packages(), sources(), pipfiles())
                        .flatMap(rows -> rows)
                        .map(HostileLock::toString))
                .doesNotHaveDuplicates();
    }
}

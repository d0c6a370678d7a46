package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.B;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a requirements file may say and cannot be done right, refused by name and line; no URL's password is shown. */
class RequirementsRefusedTest {

    private static final String HASH = " --hash=sha256:" + A;

    private static final String COMPILE =
            "write the file with `pip-compile --generate-hashes` or `uv pip compile --universal --generate-hashes`";

    @TempDir
    Path directory;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(directory.resolve("empty"));
        Files.writeString(Files.createDirectories(directory.resolve("old")).resolve("setup.py"), "");
        Files.writeString(directory.resolve("lib-1-py3-none-any.whl"), "wheel");
        Files.writeString(directory.resolve("own.txt"), "web==1\n-r own.txt");
        Files.writeString(directory.resolve("back.txt"), "-c requirements.txt");
        Files.writeString(directory.resolve("broken.txt"), "\n==");
        Files.writeString(directory.resolve("one.txt"), "web==1");
        Files.writeString(directory.resolve("two.txt"), "web==2");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                // pins
                row(
                        "web>=1.0" + HASH,
                        "line 1",
                        "Requirement \"web\" is not pinned to one version.",
                        "it allows >=1.0",
                        COMPILE),
                row(
                        "web==1.*" + HASH,
                        "line 1",
                        "Requirement \"web\" is not pinned to one version.",
                        "it allows ==1.*",
                        COMPILE),
                row(
                        "\nweb # any",
                        "line 2",
                        "Requirement \"web\" is not pinned to one version.",
                        "it allows every version",
                        COMPILE),
                row(
                        "web>=1\nweb<2",
                        "line 1",
                        "Requirement \"web\" is not pinned to one version.",
                        "it allows >=1,<2",
                        COMPILE),
                row(
                        "web>=1\nweb>=1",
                        "line 1",
                        "Requirement \"web\" is not pinned to one version.",
                        "it allows >=1",
                        COMPILE),
                row(
                        "web==1\nWeb==2 ; os_name == 'posix'",
                        "line 1",
                        "The requirements for package \"web\" cannot all be met.",
                        "line 2 asks for ==2, and 1 is pinned",
                        COMPILE),
                row(
                        "-r one.txt\n-c two.txt",
                        "one.txt: line 1",
                        "The requirements for package \"web\" cannot all be met.",
                        "two.txt line 1 asks for ==2, and 1 is pinned",
                        COMPILE),
                row(
                        "web==1\nlib>1\nlib==1.0",
                        "line 2",
                        "The requirements for package \"lib\" cannot all be met.",
                        "line 2 asks for >1, and 1.0 is pinned",
                        COMPILE),
                row(
                        "lib @ https://files.example/lib-1-py3-none-any.whl#sha256=" + A + "\nlib==2",
                        "line 1",
                        "The requirements for package \"lib\" cannot all be met.",
                        "line 2 asks for ==2, and 1 is pinned",
                        COMPILE),
                row(
                        "lib @ https://a.example/lib-1-py3-none-any.whl" + HASH
                                + "\nlib @ https://b.example/lib-1-py3-none-any.whl" + HASH,
                        "line 1",
                        "Package \"lib\" is required from two places.",
                        "line 1 and line 2 name different ones",
                        "leave one of them"),
                // hashes
                row(
                        "web==1" + HASH + "\nlib==2",
                        "line 2",
                        "Requirement \"lib\" 2 is unhashed, and others are not.",
                        "in pip's hash-checking mode, which any hash begins, every requirement needs one",
                        COMPILE),
                row(
                        "--require-hashes\nlib==2",
                        "line 2",
                        "Requirement \"lib\" 2 is unhashed, and others are not.",
                        "in pip's hash-checking mode, which any hash begins, every requirement needs one",
                        COMPILE),
                row(
                        "web==1 --hash=sha512:00",
                        "line 1",
                        "A hash of kind sha512 cannot be checked.",
                        "files are known by their SHA-256",
                        "lock again with SHA-256 hashes, which pip-compile and uv write"),
                row(
                        "web==1 --hash=SHA384:00" + HASH,
                        "line 1",
                        "A hash of kind sha384 cannot be checked.",
                        "files are known by their SHA-256",
                        "lock again with SHA-256 hashes, which pip-compile and uv write"),
                row("web==1 --hash=sha256:xyz", "line 1", "\"xyz\" is not a SHA-256 digest in lower-case hex."),
                row(
                        "web==1 --hash=" + A,
                        "line 1",
                        "\"" + A + "\" is not a digest of the form sha256:<64 hex digits>."),
                row("web==1 --hash", "line 1", "The option --hash has no value."),
                row(
                        "lib @ https://files.example/lib-1-py3-none-any.whl",
                        "line 1",
                        "The file lib-1-py3-none-any.whl is unhashed.",
                        "without a hash, whatever is there today or tomorrow would be installed",
                        "write --hash=sha256:… behind the requirement, or #sha256=… behind its URL"),
                row(
                        "lib @ https://files.example/lib-1-py3-none-any.whl" + HASH + " --hash=sha256:" + B,
                        "line 1",
                        "The file lib-1-py3-none-any.whl has several hashes.",
                        "the bytes behind one URL have one",
                        "leave the one that the file has"),
                row(
                        "lib @ https://files.example/lib-1-py3-none-any.whl#sha256=" + B + HASH,
                        "line 1",
                        "The file lib-1-py3-none-any.whl has several hashes.",
                        "the bytes behind one URL have one",
                        "leave the one that the file has"),
                row(
                        "./lib-1-py3-none-any.whl --hash=sha256:" + B,
                        "line 1",
                        "The file ./lib-1-py3-none-any.whl is not the one that was locked.",
                        "it has sha256:ba59926159d2aa256eb8739b8da7e2b574b960e1202c6d624cbe981cef996c91, the requirement gives sha256:"
                                + B,
                        "lock again, if the file was rightly changed"),
                row(
                        "--require-hashes\nlib-1-py3-none-any.whl",
                        "line 2",
                        "The file lib-1-py3-none-any.whl is unhashed.",
                        "without a hash, whatever is there today or tomorrow would be installed",
                        "write --hash=sha256:… behind the requirement, or #sha256=… behind its URL"),
                row(
                        "./lib-1-py3-none-any.whl --hash=sha256:" + B + HASH,
                        "line 1",
                        "The file ./lib-1-py3-none-any.whl is not the one that was locked.",
                        "it has sha256:ba59926159d2aa256eb8739b8da7e2b574b960e1202c6d624cbe981cef996c91, the requirement gives sha256:"
                                + B + " and others",
                        "lock again, if the file was rightly changed"),
                // lines
                row(
                        "; os_name == 'posix'",
                        "line 1",
                        "The requirement cannot be read: expected a package name before the end.",
                        "\n         ^",
                        null),
                row(
                        "@ https://files.example/x.whl",
                        "line 1",
                        "The requirement cannot be read: expected a package name before `@`.",
                        "@ url\n         ^",
                        null),
                row(
                        "@/x",
                        "line 1",
                        "The requirement cannot be read: expected a package name before `@`.",
                        "@ url\n         ^",
                        null),
                row(
                        "-e lib@./x",
                        "line 1",
                        "There is no file or directory lib@./x.",
                        "a requirement's path begins at the project's directory, DIRECTORY",
                        "correct the path"),
                row(
                        "-e \"./lib @ x\"",
                        "line 1",
                        "There is no file or directory ./lib @ x.",
                        "a requirement's path begins at the project's directory, DIRECTORY",
                        "correct the path"),
                row(
                        "-e \"./lib @ x;y\"",
                        "line 1",
                        "There is no file or directory ./lib @ x;y.",
                        "a requirement's path begins at the project's directory, DIRECTORY",
                        "correct the path"),
                row(
                        "./lib@1.0",
                        "line 1",
                        "There is no file or directory ./lib@1.0.",
                        "a requirement's path begins at the project's directory, DIRECTORY",
                        "correct the path"),
                row(
                        "-e ./${NAME}",
                        "line 1",
                        "A variable of the environment stands in the lock.",
                        "the same files must give the same image, whatever the environment holds; only a URL may have one, as for its credentials",
                        "write the value itself"),
                row("web==1 -e ./old", "line 1", "The option --editable stands behind another requirement."),
                // files
                row(
                        "-r https://me:secret@index.example/r.txt",
                        "line 1",
                        "The requirements file refers to one behind a URL.",
                        "what is there may be another tomorrow",
                        "keep a copy of that file in the project, and refer to it by its path"),
                row(
                        "-c FILE:///c.txt",
                        "line 1",
                        "The requirements file refers to one behind a URL.",
                        "what is there may be another tomorrow",
                        "keep a copy of that file in the project, and refer to it by its path"),
                row(
                        "-r own.txt",
                        "own.txt: line 2",
                        "The requirements file refers to itself.",
                        "own.txt is being read already",
                        "remove the line"),
                row(
                        "-r back.txt",
                        "back.txt: line 1",
                        "The requirements file refers to itself.",
                        "requirements.txt is being read already",
                        "remove the line"),
                row(
                        "-r none.txt",
                        "line 1",
                        "The file none.txt does not exist.",
                        "the requirements file refers to it",
                        "correct the path, which is relative to the file that names it"),
                row(
                        "-c empty",
                        "line 1",
                        "The file empty does not exist.",
                        "the requirements file refers to it",
                        "correct the path, which is relative to the file that names it"),
                row(
                        "-r broken.txt",
                        "broken.txt: line 2",
                        "The requirement cannot be read: expected a package name before `=`.",
                        "==\n         ^",
                        null),
                row(
                        "-r one.txt -c two.txt",
                        "line 1",
                        "The option --requirement or --constraint stands on one line with others.",
                        "pip heeds one of them only",
                        "write each on a line of its own"),
                row(
                        "-r one.txt -r two.txt",
                        "line 1",
                        "The option --requirement stands on one line more than once.",
                        "pip heeds one of them only",
                        "write each on a line of its own"),
                row(
                        "-r 'a\0b'",
                        "line 1",
                        "A path of the requirements file is none.",
                        "Nul character not allowed",
                        null),
                row("./a\0b", "line 1", "A path of the requirements file is none.", "Nul character not allowed", null),
                // options
                row(
                        "--no-binary :all:\nweb==1",
                        "line 2",
                        "Package \"web\" is to be installed without a wheel.",
                        "the option --no-binary says so; a source distribution would have to be built, which runs its code on this machine",
                        "remove the option, or build the wheel yourself and name it in the requirements file"),
                row(
                        "web==1" + HASH + "\n--no-binary other,Web",
                        "line 1",
                        "Package \"web\" is to be installed without a wheel.",
                        "the option --no-binary says so; a source distribution would have to be built, which runs its code on this machine",
                        "remove the option, or build the wheel yourself and name it in the requirements file"),
                row(
                        "--no-index\nweb==1" + HASH,
                        "line 2",
                        "No wheel of web 1 fits the base.",
                        "the option --no-index forbids asking an index, and no directory of --find-links holds one",
                        "put the wheel into such a directory, or remove the option"),
                row(
                        "--no-index\n-i https://index.example/simple\n-f empty\nweb==1",
                        "line 4",
                        "No wheel of web 1 fits the base.",
                        "the option --no-index forbids asking an index, and no directory of --find-links holds one",
                        "put the wheel into such a directory, or remove the option"),
                row(
                        "-i https://me:secret@index.example/simple\nweb==1",
                        "line 1",
                        "The URL https://index.example/simple holds credentials.",
                        "a requirements file is committed and shared; credentials in it are known to all its readers",
                        "remove them and change the password; give the new one in a server of settings.xml, or by a variable such as ${INDEX_TOKEN}"),
                row(
                        "--extra-index-url=https://secret@index.example/simple",
                        "line 1",
                        "The URL https://index.example/simple holds credentials.",
                        "a requirements file is committed and shared; credentials in it are known to all its readers",
                        "remove them and change the password; give the new one in a server of settings.xml, or by a variable such as ${INDEX_TOKEN}"),
                row(
                        "lib @ git+https://me:secret@forge.example/lib",
                        "line 1",
                        "The URL git+https://forge.example/lib holds credentials.",
                        "a requirements file is committed and shared; credentials in it are known to all its readers",
                        "remove them and change the password; give the new one in a server of settings.xml, or by a variable such as ${INDEX_TOKEN}"),
                row(
                        "-i https://:secret@index.example/simple",
                        "line 1",
                        "The URL https://index.example/simple holds credentials.",
                        "a requirements file is committed and shared; credentials in it are known to all its readers",
                        "remove them and change the password; give the new one in a server of settings.xml, or by a variable such as ${INDEX_TOKEN}"),
                row(
                        "-f https://me:secret@links.example/",
                        "line 1",
                        "The URL https://links.example/ holds credentials.",
                        "a requirements file is committed and shared; credentials in it are known to all its readers",
                        "remove them and change the password; give the new one in a server of settings.xml, or by a variable such as ${INDEX_TOKEN}"),
                row(
                        "-f ${LINKS}",
                        "line 1",
                        "The variable LINKS is not set.",
                        "a URL of the requirements file is made of it",
                        "set it in the environment of the build"),
                row(
                        "-f /not/there\nweb==1",
                        "line 2",
                        "The directory /not/there of --find-links cannot be read.",
                        "it does not exist",
                        "correct the path, which is relative to the file that names it, or remove the option"),
                row(
                        "--no-index\n-f /not/there\nweb==1" + HASH,
                        "line 3",
                        "The directory /not/there of --find-links cannot be read.",
                        "it does not exist",
                        "correct the path, which is relative to the file that names it, or remove the option"),
                row(
                        "--no-index\n-f .\nlib==2",
                        "line 3",
                        "No wheel of lib 2 fits the base.",
                        "the option --no-index forbids asking an index, and no directory of --find-links holds one",
                        "put the wheel into such a directory, or remove the option"),
                row(
                        "--no-index\n-f .\nweb==1",
                        "line 3",
                        "No wheel of web 1 fits the base.",
                        "the option --no-index forbids asking an index, and no directory of --find-links holds one",
                        "put the wheel into such a directory, or remove the option"),
                row(
                        "web==1 --",
                        "line 1",
                        "A word without an option stands among the line's options.",
                        "pip passes over it; a requirement and its marker stand before the options",
                        "put the word where it belongs, or remove it"),
                row("-i wheels", "line 1", "The index wheels is not an HTTP or HTTPS URL."),
                row(
                        "-i https://${UNSET_TOKEN}@index.example/simple",
                        "line 1",
                        "The variable UNSET_TOKEN is not set.",
                        "a URL of the requirements file is made of it",
                        "set it in the environment of the build"),
                row(
                        "-i https://a.example/s -i https://b.example/s",
                        "line 1",
                        "The option --index-url stands on one line more than once.",
                        "pip heeds one of them only",
                        "write each on a line of its own"),
                row(
                        "--build-option=x",
                        "line 1",
                        "The option --build-option cannot be read.",
                        "pip knows no such option in requirements files",
                        "correct it, or remove it from the file"),
                row(
                        "--no-",
                        "line 1",
                        "The option --no- cannot be read.",
                        "pip knows no such option in requirements files",
                        "correct it, or remove it from the file"),
                row(
                        "-x",
                        "line 1",
                        "The option -x cannot be read.",
                        "pip knows no such option in requirements files",
                        "correct it, or remove it from the file"),
                row("--pre=yes", "line 1", "The option --pre takes no value."),
                row(
                        "--only-binary :all: stray",
                        "line 1",
                        "A word without an option stands among the line's options.",
                        "pip passes over it; a requirement and its marker stand before the options",
                        "put the word where it belongs, or remove it"),
                row(
                        "web==1" + HASH + " ; os_name == 'nt'",
                        "line 1",
                        "A word without an option stands among the line's options.",
                        "pip passes over it; a requirement and its marker stand before the options",
                        "put the word where it belongs, or remove it"),
                row(
                        "web==1 -i https://me:secret@index.example/simple",
                        "line 1",
                        "The option --index-url stands behind a requirement.",
                        "it holds for the whole file, and pip passes over it there",
                        "write it on a line of its own"),
                row(
                        "--hash=sha256:" + A,
                        "line 1",
                        "The option --hash stands without a requirement.",
                        "pip passes over it; after a line's end, only a \\ continues the line",
                        "write it behind its requirement"),
                row(
                        "web==1 --hash='" + A,
                        "line 1",
                        "The line's options cannot be read.",
                        "the quotation that ' begins has no end",
                        null),
                row("web==1 -e ./old", "line 1", "The option --editable stands behind another requirement."),
                row(
                        "-e https://files.example/lib-1.tar.gz",
                        "line 1",
                        "An editable requirement refers to an archive.",
                        "only a directory or a repository can be installed as editable",
                        "remove the option -e"),
                // variables
                row(
                        "web==${VERSION}" + HASH,
                        "line 1",
                        "A variable of the environment stands in the lock.",
                        "the same files must give the same image, whatever the environment holds; only a URL may have one, as for its credentials",
                        "write the value itself"),
                row(
                        "-r ${STAGE}.txt",
                        "line 1",
                        "A variable of the environment stands in the lock.",
                        "the same files must give the same image, whatever the environment holds; only a URL may have one, as for its credentials",
                        "write the value itself"),
                row(
                        "./${DIR}/lib",
                        "line 1",
                        "A variable of the environment stands in the lock.",
                        "the same files must give the same image, whatever the environment holds; only a URL may have one, as for its credentials",
                        "write the value itself"),
                row(
                        "web==1 ; os_name == '${OS}'",
                        "line 1",
                        "A variable of the environment stands in the lock.",
                        "the same files must give the same image, whatever the environment holds; only a URL may have one, as for its credentials",
                        "write the value itself"),
                row(
                        "web==1 --hash=sha256:${HASH}",
                        "line 1",
                        "A variable of the environment stands in the lock.",
                        "the same files must give the same image, whatever the environment holds; only a URL may have one, as for its credentials",
                        "write the value itself"),
                // paths and references
                row(
                        "./none",
                        "line 1",
                        "There is no file or directory ./none.",
                        "a requirement's path begins at the project's directory, DIRECTORY",
                        "correct the path"),
                row(
                        "lib-2.tar.gz",
                        "line 1",
                        "There is no file or directory lib-2.tar.gz.",
                        "a requirement's path begins at the project's directory, DIRECTORY",
                        "correct the path"),
                row(
                        "-e ./empty",
                        "line 1",
                        "The directory ./empty holds no project.",
                        "it has neither pyproject.toml nor setup.py",
                        "correct the path"),
                row(
                        "./old",
                        "line 1",
                        "The requirement does not tell which package it is.",
                        "the directory ./old would have to be fetched and built to learn its name",
                        "write \"name @ \" before it"),
                row(
                        "git+https://forge.example/lib.git@0123",
                        "line 1",
                        "The requirement does not tell which package it is.",
                        "git+https://forge.example/lib.git@0123 would have to be fetched and built to learn its name",
                        "write \"name @ \" before it"),
                row(
                        "https://files.example/master.zip?token=secret",
                        "line 1",
                        "The requirement does not tell which package it is.",
                        "https://files.example/master.zip?token=… would have to be fetched and built to learn its name",
                        "write \"name @ \" before it"),
                row(
                        "lib @ ",
                        "line 1",
                        "Requirement \"lib\" refers to no URL.",
                        "between the @ and a marker stands one word",
                        null),
                row(
                        "lib @ https://me:secret@files.example/a b",
                        "line 1",
                        "Requirement \"lib\" refers to no URL.",
                        "between the @ and a marker stands one word",
                        null),
                row("file:///%zz", "line 1", "The URL file:///%zz has an escape that is none."),
                // constraints
                // lines
                row(
                        "web==1\n<<<<<<< HEAD",
                        "line 2",
                        "The requirement cannot be read: expected a package name before `<`.",
                        "<<<<<<< HEAD\n         ^",
                        null),
                row(
                        "web=1",
                        "line 1",
                        "The requirement cannot be read: expected one of ===, ~=, ==, !=, <=, >=, < and > before `=`.",
                        "web=1\n            ^",
                        null),
                row(
                        "web==1;platform_release > '5'",
                        "line 1",
                        "The marker `platform_release > \"5\"` asks for platform_release, which is not known here.",
                        "it depends on the machine that will run the image, not on the image",
                        "replace the condition by one on sys_platform, platform_machine or python_version"),
                row(
                        "web==1 ; platform_release > '5'",
                        "line 1",
                        "The marker `platform_release > \"5\"` asks for platform_release, which is not known here.",
                        "it depends on the machine that will run the image, not on the image",
                        "replace the condition by one on sys_platform, platform_machine or python_version"));
    }

    private static Arguments row(String text, String where, String what) {
        return row(text, where, what, null, null);
    }

    private static Arguments row(String text, String where, String what, String why, String todo) {
        return Arguments.of(
                text,
                what + "\n  where  requirements.txt: " + where + (why == null ? "" : "\n  why    " + why)
                        + (todo == null ? "" : "\n  do     " + todo));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void eachIsToldWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> selected(text))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(message.replace("DIRECTORY", directory.toString()))
                .hasMessageNotContaining("secret");
    }

    @Test
    void everythingThatIsNotPinnedIsToldAtOnce() throws IOException {
        Files.writeString(directory.resolve("web.in"), "web>=1\nweb<2\nlib");

        assertThatThrownBy(() -> selected("-r web.in\npinned==1")).hasMessage("""
                2 requirements are not pinned to one version.
                  where  requirements.txt
                  why    web.in line 3: lib
                         web.in line 1: web>=1,<2
                  do     write the file with `pip-compile --generate-hashes` or `uv pip compile --universal --generate-hashes`""");
        assertThatThrownBy(() -> selected("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl"))
                .hasMessageStartingWith("12 requirements are not pinned to one version.")
                .hasMessageContaining("line 10: j\n         and 2 more\n");
    }

    @Test
    void constraintsRestrictVersionsAlone() throws IOException {
        Map<String, String> refused = new LinkedHashMap<>();
        refused.put("-e ./old", "A constraint cannot be editable.");
        refused.put("web[fast]==1", "A constraint cannot have extras.");
        refused.put("./old", "A constraint refers to a file or URL.");
        refused.put("web @ https://files.example/web-1.tar.gz", "A constraint refers to a file or URL.");
        for (Map.Entry<String, String> row : refused.entrySet()) {
            Files.writeString(directory.resolve("con.txt"), row.getKey());
            assertThatThrownBy(() -> selected("web==1\n-c con.txt"))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessageStartingWith(row.getValue() + "\n  where  requirements.txt: con.txt: line 1");
        }
    }

    @Test
    void filesThatMultiplyWithoutEndAreRefused() throws IOException {
        for (int i = 0; i < 40; i++) {
            String next = "n" + (i + 1) + ".txt";
            Files.writeString(directory.resolve("n" + i + ".txt"), "-r " + next + "\n-r " + next + "\n");
        }
        assertThatThrownBy(() -> selected("-r n0.txt"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The requirements file refers to more files than are read.")
                .hasMessageContaining("at most 1000 are, 32 deep, with 64 MiB in all");
        assertThatThrownBy(() -> selected("-r n10.txt\n".repeat(3)))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("does not exist");
        Files.writeString(directory.resolve("n40.txt"), "");
        assertThatThrownBy(() -> selected("-r n25.txt"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The requirements file refers to more files than are read.");
    }

    @Test
    void filesOfManyBytesTogetherAreRefused() throws IOException {
        Files.writeString(directory.resolve("large.txt"), ("#".repeat(1023) + "\n").repeat(14 << 10));

        assertThatThrownBy(() -> selected("-r large.txt\n".repeat(4) + "-r none.txt"))
                .hasMessageStartingWith("The file none.txt does not exist.");
        assertThatThrownBy(() -> selected("-r large.txt\n".repeat(6)))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The requirements file refers to more files than are read.");
    }

    /** A line of a megabyte takes no more than its length's time. */
    @Test
    void longLinesAreReadInOneGo() {
        String blanks = " ".repeat(1 << 20);
        for (String text : List.of(
                "web==1" + blanks + "x",
                "web" + "[a".repeat(1 << 19),
                "-" + "\\\\".repeat(1 << 19),
                "a" + "-".repeat(1 << 20),
                "https://" + "a@".repeat(1 << 19),
                "lib @ " + "${A}".repeat(1 << 18),
                "web==1 ; " + "(".repeat(1 << 20))) {
            assertThatThrownBy(() -> selected(text)).isInstanceOf(BuildRefused.class);
        }
    }

    private Selection selected(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("requirements.txt"), text);
        return new SelectWheels(packages -> Map.of(), LockFixture.NO_WHEELS, LockFixture.FRESH)
                .from(
                        new LockReader(new Disk(), Map.of()).read(file),
                        Wanted.of(directory, Optional.empty(), LockFixture.DEBIAN, List.of(), List.of()),
                        LockFixture.COMMAND);
    }
}

package dev.pycontainer.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.testkit.GitRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectSourcesTest {

    @TempDir
    Path project;

    private Path write(String path, String content) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private void write(List<String> paths) throws IOException {
        for (String path : paths) {
            write(path, "content");
        }
    }

    private List<String> select(List<String> includes, List<String> excludes) {
        return paths(new SelectSources(new Disk(), includes, excludes).from(project));
    }

    private List<String> select() {
        return select(List.of(), List.of());
    }

    private static List<String> paths(SourceFiles files) {
        return files.files().stream().map(SourceFile::path).toList();
    }

    @Test
    void theFilesStandInTheOrderOfTheirUtf8Bytes() throws IOException {
        write(List.of("b/c.py", "b.py", "a.py", "ü.py", "\uFB01.py", "\uD83D\uDE00.py", "B.py"));

        assertThat(select()).containsExactly("B.py", "a.py", "b.py", "b/c.py", "ü.py", "\uFB01.py", "\uD83D\uDE00.py");
    }

    @Test
    void whatIsNoSourceAtTheRootIsLeftOut() throws IOException {
        write(List.of("pom.xml", ".mvn/wrapper.jar", ".gitignore", ".gitattributes", ".github/workflows/ci.yml"));
        write(List.of("README.md", "README", "CHANGELOG.rst", "docs/index.md", "tests/test_app.py"));
        write(List.of(
                "pyproject.toml", "uv.lock", "LICENSE", "app/docs/page.html", "app/tests/test.py", "app/README.md"));

        assertThat(select())
                .containsExactly(
                        "LICENSE",
                        "app/README.md",
                        "app/docs/page.html",
                        "app/tests/test.py",
                        "pyproject.toml",
                        "uv.lock");
    }

    @Test
    void includesBringBackWhatIsLeftOutByDefault() throws IOException {
        write(List.of(
                "README.md", "docs/index.md", "docs/api/a.json", "docs/api/b.html", "tests/test_app.py", "main.py"));

        assertThat(select(List.of("README.md", "docs/**/*.json", "tests/"), List.of()))
                .containsExactly("README.md", "docs/api/a.json", "main.py", "tests/test_app.py");
    }

    @Test
    void excludesWinOverIncludes() throws IOException {
        write(List.of("docs/a.md", "docs/b.md", "app/data/big.csv", "app/main.py", "app/notes/x.txt"));

        assertThat(select(List.of("docs"), List.of("docs/b.*", "**/*.csv", "app/notes/")))
                .containsExactly("app/main.py", "docs/a.md");
    }

    @Test
    void anIncludeThatBringsNothingIsRefused() throws IOException {
        write(List.of("main.py", "docs/a.md"));
        write(".gitignore", "*.md");

        assertThatThrownBy(() -> select(List.of("docs/*.md"), List.of()))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                No file of the project matches "docs/*.md".
                  where  python.sources.includes
                  why    an include brings back what is left out by default; it brings back nothing that git ignores, nothing that an exclude names, and no build output
                  do     correct the pattern, or remove it""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../other", "a/../b", "", "./a", "a//b"})
    void aPatternThatLeavesTheProjectIsRefused(String pattern) {
        assertThatThrownBy(() -> select(List.of(), List.of(pattern)))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                "%s" is not a pattern of paths.
                  where  python.sources.excludes
                  why    a pattern is a relative path, with *, ? and ** where they are wanted
                  do     write it like docs/** or **/*.json""".formatted(pattern));
    }

    @Test
    void whatIsMadeFromSourcesIsNeverASource() throws IOException {
        write(List.of("main.py", ".git/HEAD", "__pycache__/main.pyc", "app/__pycache__/x.pyc", "target/app.jar"));
        write(List.of(".venv/pyvenv.cfg", ".venv/lib/x.py", "tools/env/pyvenv.cfg", "tools/env/bin/python"));
        write(List.of("tools/pom.xml", "tools/target/x.jar", "app/target/module.py", "sub/.git/HEAD", "sub/code.py"));
        write(List.of("out/layout/index.json"));
        Files.createSymbolicLink(project.resolve("linked-venv"), Path.of(".venv"));

        SourceFiles files =
                new SelectSources(new Disk(Set.of(project.resolve("out/layout"))), Set.of(), Set.of()).from(project);

        assertThat(paths(files)).containsExactly("app/target/module.py", "main.py", "sub/code.py", "tools/pom.xml");
    }

    @Test
    void whatIsMadeFromSourcesChangesNothingThatIsAsked() throws IOException {
        write(List.of("pom.xml", "main.py", "app/x.py"));
        Disk before = new Disk();
        new SelectSources(before, List.of(), List.of()).from(project);

        write(List.of("__pycache__/main.pyc", "app/__pycache__/x.pyc", "target/app.jar"));
        Disk after = new Disk();
        new SelectSources(after, List.of(), List.of()).from(project);

        assertThat(after.asked()).containsOnlyKeys(before.asked().keySet());
        // Only a directory, or a link to one, may be a virtual environment.
        assertThat(after.asked())
                .containsKey(project.resolve("app/pyvenv.cfg"))
                .doesNotContainKey(project.resolve("main.py/pyvenv.cfg"));
    }

    @Test
    void gitignoreFilesHoldFromTheRootOfTheRepositoryDown() throws IOException {
        Path root = project;
        GitRepository.in(root);
        write(".gitignore", "*.log\n/apps/web/build/\ndata/*\n!data/keep.csv\n# comment\n\\#odd\ntrailing   \n");
        write("apps/.gitignore", "local.py\n");
        write("apps/web/.gitignore", "!important.log\n");
        for (String path : List.of(
                "main.py",
                "a.log",
                "important.log",
                "build/x",
                "data/a.csv",
                "data/keep.csv",
                "local.py",
                "#odd",
                "trailing",
                "src/build/x.py",
                "src/deep/b.log")) {
            write("apps/web/" + path, "x");
        }
        write(".git/info/exclude", "main.py\n");
        project = root.resolve("apps/web");

        assertThat(select())
                .containsExactly("data/a.csv", "data/keep.csv", "important.log", "main.py", "src/build/x.py");
    }

    /** Rules and files of gitignore(5), each compared with what git itself would add. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foo            | foo, a/foo/x, foo.py, b/foo",
                "foo/           | foo, a/foo/x, b",
                "/foo           | foo, a/foo",
                "a/foo          | a/foo, b/a/foo",
                "a/*            | a/b/c, a/d, e",
                "**/foo         | foo, a/foo/b, a/b/foo",
                "abc/**         | abc/x/y, d/abc/x",
                "a/**/b         | a/b, a/x/b, a/x/y/b, c/a/b",
                "*.py[co]       | a.pyc, a.pyo, a.py, b/c.pyc",
                "?.txt          | a.txt, ab.txt",
                "[!a].txt       | a.txt, b.txt",
                "*~!keep~       | a~, keep~, d/keep~",
                "dir/~!dir/keep | dir/keep, dir/x",
                "/*~!/src       | src/a.py, other/b.py, c",
                "foo\\*         | foo*, foobar",
                "*              | a, b/c",
                "lib/~!src/lib/ | lib/a, src/lib/b, src/x/lib/c",
                "a b            | a b, a",
                "*.egg-info/    | x.egg-info/PKG, y/z.egg-info/PKG",
                "\\!important   | !important, important",
            })
    void ignoreRulesMeanWhatGitMeans(String rules, String files) throws IOException {
        GitRepository repository = GitRepository.in(project);
        write(".gitignore", rules.replace('~', '\n') + "\n");
        for (String file : files.split(", ", -1)) {
            write(file, "x");
        }
        repository.git("add", "-A");
        List<String> tracked = repository
                .git("ls-files", "-z")
                .lines()
                .flatMap(line -> List.of(line.split("\0", -1)).stream())
                .filter(path -> !path.isEmpty() && !path.equals(".gitignore"))
                .toList();

        assertThat(select()).isEqualTo(tracked);
    }

    @Test
    void aProjectThatAnOuterFileIgnoresFollowsItsOwnFilesOnly() throws IOException {
        Path root = project;
        GitRepository.in(root);
        write(".gitignore", "target/\n*.log\n");
        write("target/it/web/main.py", "x");
        write("target/it/web/a.log", "x");
        write("target/it/web/b.tmp", "x");
        write("target/it/web/.gitignore", "*.tmp\n");
        project = root.resolve("target/it/web");

        assertThat(select()).containsExactly("a.log", "main.py");
    }

    @Test
    void withoutGitTheProjectsOwnIgnoreFilesCount() throws IOException {
        write(".gitignore", "*.tmp\n");
        write("app/.gitignore", "local.py\n");
        write(List.of("a.tmp", "app/local.py", "app/main.py", "local.py"));

        assertThat(select()).containsExactly("app/.gitignore", "app/main.py", "local.py");
    }

    @Test
    void executableIsWhatItsOwnerMayExecute() throws IOException {
        Files.setPosixFilePermissions(write("run.sh", "x"), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(write("group.sh", "x"), PosixFilePermissions.fromString("rw-r-xr-x"));

        SourceFiles files = new SelectSources(new Disk(), Set.of(), Set.of()).from(project);

        assertThat(files.at("run.sh").orElseThrow().executable()).isTrue();
        assertThat(files.at("group.sh").orElseThrow().executable()).isFalse();
        assertThat(files.at("run.sh").orElseThrow().size()).isEqualTo(1);
    }

    @Test
    void namesMayBeLongAndInAnyScript() throws IOException {
        String name = "mañana-" + "長い名前".repeat(15) + ".py";
        write("datos/" + name, "x");

        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(100);
        assertThat(select()).containsExactly("datos/" + name);
    }

    @Test
    void linksWithinTheProjectAreKept() throws IOException {
        write(List.of("app/settings/base.py", "app/static/logo.svg"));
        Files.createSymbolicLink(project.resolve("app/static/logo"), Path.of("logo.svg"));
        Files.createSymbolicLink(project.resolve("settings"), Path.of("app/settings"));
        Files.createSymbolicLink(project.resolve("app/here"), Path.of(".."));
        Files.createSymbolicLink(project.resolve("nowhere"), Path.of("missing"));

        SourceFiles files = new SelectSources(new Disk(), Set.of(), Set.of()).from(project);

        assertThat(paths(files))
                .containsExactly(
                        "app/here",
                        "app/settings/base.py",
                        "app/static/logo",
                        "app/static/logo.svg",
                        "nowhere",
                        "settings");
        assertThat(files.at("settings").orElseThrow().linkTarget()).contains("app/settings");
        assertThat(files.at("app/here").orElseThrow().linkTarget()).contains("..");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/hostname", "../../outside", "../app/../../outside"})
    void aLinkOutOfTheProjectIsRefused(String target) throws IOException {
        write("app/main.py", "x");
        Path link = Files.createSymbolicLink(project.resolve("app/link"), Path.of(target));

        assertThatThrownBy(this::select).isInstanceOf(BuildRefused.class).hasMessage("""
                The symbolic link "app/link" to "%s" cannot be kept.
                  why    the target lies outside the project, where the image has other files or none
                  do     replace the link by a copy, or leave it out with python.sources.excludes""".formatted(target));
        Files.delete(link); // JUnit warns of links that leave its directory
    }

    @Test
    void aLinkToAFileThatIsLeftOutIsRefused() throws IOException {
        write(List.of("README.md", "app/main.py"));
        Files.createSymbolicLink(project.resolve("app/README.md"), Path.of("../README.md"));

        assertThatThrownBy(this::select).isInstanceOf(BuildRefused.class).hasMessage("""
                The symbolic link "app/README.md" to "../README.md" cannot be kept.
                  why    "README.md" is left out of the image, so that the link would point nowhere
                  do     bring the target back with python.sources.includes, or leave the link out with python.sources.excludes""");
        assertThat(select(List.of("README.md"), List.of())).contains("app/README.md");
    }

    @Test
    void aSpecialFileIsRefused() throws Exception {
        Process process = new ProcessBuilder("mkfifo", project.resolve("pipe").toString()).start();
        assertThat(process.waitFor()).isZero();

        assertThatThrownBy(this::select).isInstanceOf(BuildRefused.class).hasMessage("""
                "pipe" is neither a file, a directory nor a symbolic link.
                  why    a socket, pipe or device cannot be copied into an image
                  do     remove it, or leave it out with python.sources.excludes""");
    }

    @ParameterizedTest
    @ValueSource(strings = {".wh.main.py", "app/.wh..wh..opq", "app/.wh.directory/file"})
    void aNameThatWouldDeleteFilesBelowIsRefused(String path) throws IOException {
        write(path, "x");

        assertThatThrownBy(this::select).isInstanceOf(BuildRefused.class).hasMessage("""
                The file "%s" cannot be in an image.
                  why    a name that begins with .wh. would delete files of the layers below
                  do     rename it, or leave it out with python.sources.excludes""".formatted(path));
    }

    @Test
    void aNameThatIsNotUtf8IsRefused() throws Exception {
        Files.createDirectories(project.resolve("app"));
        Process process = new ProcessBuilder("sh", "-c", "touch \"$(printf 'app/caf\\351.py')\"")
                .directory(project.toFile())
                .start();
        assertThat(process.waitFor()).isZero();

        assertThatThrownBy(this::select).isInstanceOf(BuildRefused.class).hasMessage("""
                The name of the file "caf\uFFFD.py" is not valid UTF-8.
                  where  app/
                  why    an image's layers name files in UTF-8
                  do     rename the file, or leave it out by its directory in python.sources.excludes""");
    }

    @Test
    void aDirectoryThatIsNotThereIsRefused() {
        project = project.resolve("missing");

        assertThatThrownBy(this::select)
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The project's files in " + project + " cannot be read.\n"
                        + "  why    java.nio.file.NoSuchFileException: " + project);
    }
}

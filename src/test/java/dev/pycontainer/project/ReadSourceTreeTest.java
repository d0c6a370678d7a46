package dev.pycontainer.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.testkit.GitRepository;
import dev.pycontainer.testkit.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every tree is compared with git's own answer. */
class ReadSourceTreeTest {

    @TempDir
    Path root;

    private GitRepository repository;

    @BeforeEach
    void aRepositoryWithAProjectInADirectory() throws IOException {
        repository = GitRepository.in(root.resolve("repository"));
        repository.write("README.md", "outside the project\n");
        repository.write("services/web/pyproject.toml", "[project]\n");
        repository.write("services/web/src/web/__init__.py", "print('hello')\n");
        Path script = repository.write("services/web/run.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(project().resolve("link"), Path.of("src/web/__init__.py"));
        repository.commit();
    }

    private Path project() {
        return root.resolve("repository/services/web");
    }

    private String read() {
        return new ReadSourceTree().of(project()).orElseThrow().id();
    }

    @Test
    void aCleanProjectHasTheTreeOfTheCommit() throws IOException {
        assertThat(read()).isEqualTo(repository.committed("services/web"));
        assertThat(new ReadSourceTree().of(root.resolve("repository")).orElseThrow())
                .hasToString(repository.committed(""));
    }

    @Test
    void uncommittedWorkIsIncluded() throws IOException {
        repository.write("services/web/src/web/__init__.py", "print('changed')\n");
        repository.write("services/web/src/web/new ü.py", "new\n");
        repository.write("services/web/src/web/staged.py", "staged\n");
        repository.git("add", "services/web/src/web/staged.py");
        Files.delete(project().resolve("run.sh"));
        Files.createDirectories(project().resolve("empty"));
        repository.write("README.md", "a change outside the project\n");

        assertThat(read())
                .isEqualTo(repository.withAllWorkAdded("services/web"))
                .isNotEqualTo(repository.committed("services/web"));
    }

    @Test
    void onlyWhatGitIgnoresAndDoesNotTrackIsLeftOut() throws IOException {
        repository.write(".gitignore", "*.log\n/services/*/build/\n");
        repository.write("services/web/src/.gitignore", "!keep.log\n");
        repository.write("services/web/a.log", "ignored\n");
        repository.write("services/web/src/keep.log", "kept\n");
        repository.write("services/web/build/ignored.py", "ignored\n");
        repository.write("services/web/build/forced.py", "tracked though ignored\n");
        repository.git("add", "--force", "services/web/build/forced.py");
        repository.write(".git/info/exclude", "*.private\n");
        repository.write("services/web/mine.private", "of this clone only\n");

        assertThat(read()).isEqualTo(repository.withAllWorkAdded("services/web"));
    }

    @Test
    void lineEndsAreThoseThatGitStores() throws IOException {
        repository.write(".gitattributes", "*.txt text eol=crlf\n*.bin -text\n");
        repository.write("services/web/a.txt", "one\r\ntwo\r\n");
        repository.write("services/web/a.bin", "one\r\ntwo\r\n");

        assertThat(read()).isEqualTo(repository.withAllWorkAdded("services/web"));
    }

    @Test
    void nestedRepositoriesCountByTheirCommit() throws IOException {
        GitRepository nested = GitRepository.in(project().resolve("vendor/nested"));
        nested.write("file", "nested\n");
        nested.commit();
        GitRepository other = GitRepository.in(root.resolve("other"));
        other.write("file", "submodule\n");
        other.commit();
        repository.git(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "--quiet",
                "add",
                root.resolve("other").toString(),
                "services/web/vendor/module");
        assertThat(read()).isEqualTo(repository.withAllWorkAdded("services/web"));

        repository.commit();
        repository.git("submodule", "--quiet", "deinit", "--all");
        assertThat(read()).as("a submodule that was not fetched").isEqualTo(repository.committed("services/web"));
    }

    @Test
    void aFileThatBecameADirectoryIsADirectory() throws IOException {
        Files.delete(project().resolve("run.sh"));
        repository.write("services/web/run.sh/inner", "inner\n");
        repository.write("services/web/run.sh.txt", "sorts between\n");

        assertThat(read()).isEqualTo(repository.withAllWorkAdded("services/web"));
    }

    @Test
    void aPipeIsNoFile() throws Exception {
        Process process = new ProcessBuilder("mkfifo", project().resolve("pipe").toString()).start();
        assertThat(process.waitFor()).isZero();

        assertThat(read()).isEqualTo(repository.committed("services/web"));
    }

    @Test
    void aFileOutsideASparseCheckoutKeepsItsPlace() throws IOException {
        repository.write("services/web/data/large", "large\n");
        repository.commit();
        repository.git("sparse-checkout", "set", "--no-cone", "/*", "!/services/web/data/");

        assertThat(project().resolve("data")).doesNotExist();
        assertThat(read()).isEqualTo(repository.committed("services/web"));
    }

    @Test
    void aLinkedWorktreeIsARepository() throws IOException {
        GitRepository worktree = repository.worktree(root.resolve("linked"));
        worktree.write("services/web/new.py", "new\n");

        assertThat(new ReadSourceTree().of(root.resolve("linked/services/web")).orElseThrow())
                .hasToString(worktree.withAllWorkAdded("services/web"));
    }

    /** A build may copy the directory of a worktree, with the file that names the repository. */
    @Test
    void aCopyOfALinkedWorktreeIsAWorkingTreeOfItsOwn() throws IOException {
        repository.worktree(root.resolve("linked"));
        Stage.copy(root.resolve("linked"), root.resolve("copy"));
        Files.writeString(root.resolve("copy/services/web/new.py"), "new\n");

        assertThat(new ReadSourceTree().of(root.resolve("copy/services/web")).orElseThrow())
                .hasToString(GitRepository.in(root.resolve("copy")).withAllWorkAdded("services/web"));
    }

    @Test
    void aWorkingTreeElsewhereIsRefused() throws IOException {
        repository.git("config", "core.worktree", root.toString() + "/other");
        Files.createDirectories(root.resolve("other"));

        assertThatThrownBy(this::read)
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("The git repository has its working tree elsewhere.")
                .hasMessageContaining("core.worktree says");
    }

    @Test
    void aProjectReachedThroughALinkIsTheSameProject() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("elsewhere"), project());

        assertThat(new ReadSourceTree().of(link).orElseThrow().id()).isEqualTo(read());
    }

    @Test
    void aRepositoryWithoutACommitHasATree() throws IOException {
        GitRepository fresh = GitRepository.in(root.resolve("fresh"));
        fresh.write("app/main.py", "main\n");

        assertThat(new ReadSourceTree().of(root.resolve("fresh/app")).orElseThrow())
                .hasToString(fresh.withAllWorkAdded("app"));
    }

    @Test
    void largeFilesOfLfsCountByTheirPointer() throws IOException {
        repository.write(".gitattributes", "*.weights filter=lfs diff=lfs merge=lfs -text\n");
        Path pointer = repository.write("services/web/a.weights", """
                version https://git-lfs.github.com/spec/v1
                oid sha256:dd5df3ef1aa2e8d5ac2bfc9d1bd8d4ea1bd7c3b8e0e6bbaf2d3fd4d1e3e96a23
                size 11
                """);
        String asPointer = repository.withAllWorkAdded("services/web");
        assertThat(read()).as("a file that was not fetched").isEqualTo(asPointer);

        String sha256 = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
        Files.writeString(pointer, Files.readString(pointer).replaceAll("[0-9a-f]{64}", sha256));
        String expected = repository.withAllWorkAdded("services/web");
        Files.writeString(pointer, "hello world");
        assertThat(read()).isEqualTo(expected);
    }

    @Test
    void aFileWithAnotherFilterIsRefusedByName() throws IOException {
        repository.write(".gitattributes", "secret.* filter=vault\n");
        repository.git("config", "filter.vault.clean", "vault --clean");
        repository.write("services/web/secret.txt", "x\n");

        assertThatThrownBy(this::read).isInstanceOf(BuildRefused.class).hasMessage("""
                The file "services/web/secret.txt" has the git filter "vault".
                  where  the source tree of %s
                  why    its id is known only to the filter's program, and a build starts no programs
                  do     commit the file, or remove the filter from .gitattributes""".formatted(project()));
    }

    @Test
    void withoutGitThereIsNoTree() throws IOException {
        Path plain = Files.createDirectories(root.resolve("plain"));
        Files.writeString(plain.resolve("main.py"), "main");

        assertThat(new ReadSourceTree().of(plain)).isEmpty();
    }

    @Test
    void aProjectThatGitIgnoresHasNoTree() throws IOException {
        repository.write(".gitignore", "target/\n");
        repository.write("target/it/project/main.py", "main\n");

        assertThat(new ReadSourceTree().of(root.resolve("repository/target/it/project")))
                .isEmpty();
    }

    @Test
    void aBrokenRepositoryIsRefused() throws IOException {
        repository.write(".git/index", "no index");

        assertThatThrownBy(this::read)
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The git repository of " + project() + " cannot be read.\n  why    ");
    }

    @Test
    void aRepositoryWithOtherIdsIsRefused() throws IOException {
        repository.git("config", "core.repositoryFormatVersion", "1");
        repository.git("config", "extensions.objectFormat", "sha256");

        assertThatThrownBy(this::read).isInstanceOf(BuildRefused.class).hasMessage("""
                        The git repository names its objects by sha256.
                          where  the source tree of %s
                          why    only repositories with SHA-1 names can be read
                          do     build from a copy of the files without .git""".formatted(project()));
    }

    @Test
    void nothingIsWrittenToTheRepository() throws IOException {
        repository.write("services/web/new.py", "new\n");
        List<String> before = filesOf(root.resolve("repository/.git"));

        read();

        assertThat(filesOf(root.resolve("repository/.git"))).isEqualTo(before);
    }

    @Test
    void aRepositoryThatCannotBeWrittenIsRead() throws IOException {
        String expected = repository.withAllWorkAdded("services/web");
        try (Stream<Path> all = Files.walk(root.resolve("repository/.git"))) {
            for (Path path : all.toList()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
            }
        }
        try {
            assertThat(read()).isEqualTo(expected);
        } finally {
            try (Stream<Path> all = Files.walk(root.resolve("repository/.git"))) {
                for (Path path : all.toList()) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
    }

    private static List<String> filesOf(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.map(path -> path + " " + path.toFile().lastModified())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void onlyTheIdOfATreeIsASourceTree() {
        assertThat(Optional.of(new SourceTree("4b825dc642cb6eb9a060e54bf8d69288fbee4904")))
                .isPresent();
        assertThatThrownBy(() -> new SourceTree("HEAD"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("\"HEAD\" is not the id of a git tree.");
    }
}

package dev.pycontainer.packaging.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Pyproject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lock of a member of a workspace of uv is its root's. */
class UvWorkspaceTest {

    private static final String MEMBER = "[project]\nname = \"member\"\nversion = \"1\"\n";

    @TempDir
    Path root;

    private Path project(String path, String pyproject) throws IOException {
        Path directory = Files.createDirectories(root.resolve(path));
        Files.writeString(directory.resolve(Pyproject.FILE), pyproject);
        return directory;
    }

    private void workspace(String settings) throws IOException {
        project(".", "[tool.uv.workspace]\n" + settings);
        Files.writeString(root.resolve("uv.lock"), "version = 1");
    }

    private static Path lockOf(Path project) throws IOException {
        return new FindLock(new Disk())
                .in(project, Optional.empty(), Pyproject.in(new Disk(), project).map(Pyproject::tree));
    }

    private static boolean isMember(Path project) throws IOException {
        return UvWorkspace.rootOf(
                        new Disk(),
                        project,
                        Pyproject.in(new Disk(), project).orElseThrow().tree())
                .isPresent();
    }

    @Test
    void aMembersLockIsTheRoots() throws IOException {
        workspace("members = [\"packages/*\"]");

        assertThat(lockOf(project("packages/api", MEMBER))).isEqualTo(root.resolve("uv.lock"));
    }

    @Test
    void aLockThatAMemberHasOfItsOwnIsPassedOver() throws IOException {
        workspace("members = [\"api\"]");
        Path member = project("api", MEMBER);
        Files.writeString(member.resolve("uv.lock"), "version = 1");

        assertThat(lockOf(member)).isEqualTo(root.resolve("uv.lock"));
    }

    @Test
    void aProjectThatIsNoMemberHasItsOwnLock() throws IOException {
        workspace("members = [\"packages/*\"]");
        Path other = project("other", MEMBER);
        Files.writeString(other.resolve("uv.lock"), "version = 1");

        assertThat(lockOf(other)).isEqualTo(other.resolve("uv.lock"));
    }

    @Test
    void anotherToolsLockIsTheProjectsOwn() throws IOException {
        workspace("members = [\"api\"]");
        Path member = project("api", MEMBER);
        Files.writeString(member.resolve("poetry.lock"), "");

        assertThat(lockOf(member)).isEqualTo(member.resolve("poetry.lock"));
    }

    @Test
    void whereTheWorkspaceHasNoLockItsRootIsTheOneToLock() throws IOException {
        project(".", "[tool.uv.workspace]\nmembers = [\"api\"]");
        Path member = project("api", MEMBER);

        assertThatThrownBy(() -> lockOf(member))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The project has no lock file.
                  where  %s
                  why    an image is built from exact packages with hashes, never from a resolver's choice
                  do     run `uv lock` in %s, the root of the project's workspace, and commit uv.lock""".formatted(member, root));
    }

    @ParameterizedTest
    @CsvSource({
        "packages/*, packages/api, true",
        "packages/*, packages/api/plugin, false",
        "packages/*, packages, false",
        "packages/**, packages/api/plugin, true",
        "**/plugin, packages/api/plugin, true",
        "**/plugin, plugin, true",
        "./packages/api/, packages/api, true",
        "packages/ap?, packages/api, true",
        "packages/a?, packages/api, false",
        "packages/[a-c]pi, packages/api, true",
        "packages/[!a-c]pi, packages/api, false",
        "packages/[!x]pi, packages/api, true",
        "packages/a.i, packages/api, false",
        "packages/[api, packages/[api, true",
        "packages, packages/api, false"
    })
    void membersAreGlobs(String glob, String member, boolean expected) throws IOException {
        workspace("members = [\"" + glob + "\"]");

        assertThat(isMember(project(member, MEMBER))).isEqualTo(expected);
    }

    @Test
    void whatIsExcludedIsNoMember() throws IOException {
        workspace("members = [\"packages/*\"]\nexclude = [\"packages/old-*\"]");

        assertThat(isMember(project("packages/api", MEMBER))).isTrue();
        assertThat(isMember(project("packages/old-api", MEMBER))).isFalse();
    }

    /** As uv has it: a project in the example directory of a project is on its own. */
    @Test
    void theNearestProjectDecides() throws IOException {
        workspace("members = [\"**\"]");
        project("packages/api", MEMBER);

        assertThat(isMember(project("packages/api/examples/one", MEMBER))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[tool.black]\n",
                MEMBER + "[tool.uv.workspace]\n",
                MEMBER + "[tool.uv]\nmanaged = false\n",
            })
    void aRootAndWhatUvDoesNotManageAreNoMembers(String pyproject) throws IOException {
        workspace("members = [\"packages/*\"]");

        assertThat(isMember(project("packages/api", pyproject))).isFalse();
    }

    @Test
    void aPatternThatIsNoneIsRefused() throws IOException {
        workspace("members = [\"packages/[z-a]\"]");
        Path member = project("packages/api", MEMBER);

        assertThatThrownBy(() -> isMember(member))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                "packages/[z-a]" is not a pattern of directories.
                  where  %s: pyproject.toml: tool.uv.workspace
                  do     correct it in pyproject.toml""".formatted(root));
    }

    @Test
    void aWorkspaceThatCannotBeReadIsRefusedWithItsPlace() throws IOException {
        project(".", "[tool.uv.workspace]\nmembers = \"packages\"");
        Path member = project("packages", MEMBER);

        assertThatThrownBy(() -> isMember(member))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                "members" is not an array of strings.
                  where  %s: pyproject.toml: tool.uv.workspace.members
                  do     correct it in pyproject.toml""".formatted(root));
    }
}

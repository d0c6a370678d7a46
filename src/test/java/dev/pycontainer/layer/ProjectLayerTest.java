package dev.pycontainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Work;
import dev.pycontainer.testkit.LayerEntries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectLayerTest {

    @TempDir
    Path directory;

    private final LayerTestStore store() {
        return new LayerTestStore(directory);
    }

    private static LayerFile file(String path, String content) {
        return LayerFile.of(path, false, content.getBytes(StandardCharsets.UTF_8));
    }

    private static ProjectLayer project(LayerFile... files) {
        return new ProjectLayer(
                LayerKind.PROJECT,
                "/app",
                "/opt/venv",
                List.of(files),
                List.of(),
                List.of(),
                Runnables.NONE,
                FilesModificationTime.FROM_CONTENT);
    }

    @Test
    void directoriesAreTheAppRootsAndThoseBelowThePrefix() throws IOException {
        LayerBlob layer = project(
                        file("opt/venv/lib/python3.11/site-packages/_demo.pth", "/app/src"),
                        file("app/src/demo/__init__.py", ""),
                        LayerFile.of("app/manage.py", true, new byte[] {1}),
                        file("app/ünïcode.txt", "x"),
                        file("srv/static/x.css", "y"))
                .in(store().layers);

        assertThat(LayerEntries.of(layer).lines())
                .containsExactly(
                        "d 0755 0:0 app",
                        "f 0755 0:0 app/manage.py",
                        "d 0755 0:0 app/src",
                        "d 0755 0:0 app/src/demo",
                        "f 0644 0:0 app/src/demo/__init__.py",
                        "f 0644 0:0 app/ünïcode.txt",
                        "d 0755 0:0 opt/venv/lib",
                        "d 0755 0:0 opt/venv/lib/python3.11",
                        "d 0755 0:0 opt/venv/lib/python3.11/site-packages",
                        "f 0644 0:0 opt/venv/lib/python3.11/site-packages/_demo.pth",
                        "f 0644 0:0 srv/static/x.css");
        assertThat(layer.kind().word()).isEqualTo("project");
    }

    @Test
    void twoContentsOfOneSizeHaveTwoTimes() throws IOException {
        LayerEntries before = LayerEntries.of(project(file("app/a.css", "red")).in(store().layers));
        LayerEntries after = LayerEntries.of(project(file("app/a.css", "tan")).in(store().layers));

        assertThat(after.time("app/a.css")).isNotEqualTo(before.time("app/a.css"));
        assertThat(after.time("app")).isEqualTo(315532800);
    }

    @Test
    void aFixedTimeIsThatOfAllEntries() throws IOException {
        ProjectLayer layer = new ProjectLayer(
                LayerKind.PROJECT,
                "/app",
                "/opt/venv",
                List.of(file("app/x/a.css", "red")),
                List.of(new LayerLink("app/link", "x")),
                List.of(),
                Runnables.NONE,
                FilesModificationTime.parse("2026-01-31T12:00:00Z"));

        LayerEntries entries = LayerEntries.of(layer.in(store().layers));

        assertThat(entries.lines()).contains("l 0777 0:0 app/link -> x");
        assertThat(entries.paths())
                .allSatisfy(path -> assertThat(entries.time(path)).isEqualTo(1769860800));
    }

    @Test
    void theOrderInWhichFilesComeDoesNotMatter() throws IOException {
        LayerBlob one = project(file("app/a", "1"), file("app/b", "2")).in(store().layers);
        LayerBlob two = project(file("app/b", "2"), file("app/a", "1")).in(store().layers);

        assertThat(two.descriptor()).isEqualTo(one.descriptor());
        assertThat(two.reused()).isTrue();
    }

    @Test
    void whatDidNotChangeIsNotRead() throws IOException {
        LayerTestStore store = store();
        LayerFile known = file("app/a", "1");
        project(known).in(store.layers);

        LayerFile unreadable = new LayerFile(
                "app/a",
                false,
                () -> {
                    throw new IOException("nobody should ask");
                },
                1,
                known.digest());

        assertThat(project(unreadable).in(store.layers).reused()).isTrue();
        assertThat(store.of(Work.LAYERS_WRITTEN)).isEqualTo(1);
    }

    @Test
    void everyChangeIsAnotherLayer() throws IOException {
        LayerTestStore store = store();
        project(file("app/a", "1")).in(store.layers);

        assertThat(project(file("app/b", "1")).in(store.layers).reused()).isFalse();
        assertThat(project(file("app/a", "2")).in(store.layers).reused()).isFalse();
        assertThat(project(LayerFile.of("app/a", true, new byte[] {'1'}))
                        .in(store.layers)
                        .reused())
                .isFalse();
    }

    @Test
    void aFileThatChangesMeanwhileIsRefused() {
        LayerFile changed =
                new LayerFile("app/a", false, () -> new ByteArrayInputStream(new byte[] {'2'}), 1, Digest.of("1"));

        assertThatThrownBy(() -> project(changed).in(store().layers))
                .isInstanceOf(ContentMismatch.class)
                .hasMessageStartingWith("/app/a is not what was expected.");
    }

    @Test
    void aFileWithoutKnownDigestIsReadOnce() throws IOException {
        LayerFile file = LayerFile.reading("app/a", false, () -> new ByteArrayInputStream(new byte[] {'1', '2'}));

        assertThat(file.size()).isEqualTo(2);
        assertThat(file.digest()).isEqualTo(Digest.of("12"));
    }

    @Test
    void twoFilesOfOnePathAreRefused() {
        assertThatThrownBy(() -> project(file("app/a", "1"), file("app/a", "2")).in(store().layers))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("Two files of one layer would stand at /app/a.");
        assertThatThrownBy(
                        () -> project(file("app/a", "1"), file("app/a/b", "2")).in(store().layers))
                .hasMessage("/app/a would be a file and a directory of one layer.");
    }

    @Test
    void aWhiteoutIsRefused() {
        assertThatThrownBy(() -> project(file("app/.wh.a", "1")).in(store().layers))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("app/.wh.a");
    }
}

package dev.pycontainer.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.archive.TarEntry;
import dev.pycontainer.content.BuildRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileTreeTest {

    private final FileTree tree = new FileTree(10_000);
    private int number;

    @ParameterizedTest
    @CsvSource({
        // a merged usr, as Debian's
        "/bin/python3, /usr/bin/python3.11",
        "/usr/bin/python3, /usr/bin/python3.11",
        // absolute links start at the image's root, and .. stops there
        "/etc/alternatives/python, /usr/bin/python3.11",
        "/escape/usr/bin/python3.11, /usr/bin/python3.11",
        "/usr/../../bin/./python3, /usr/bin/python3.11",
        "/usr/bin/, /usr/bin",
        "/, /"
    })
    void linksAreFollowedToThePathWithoutLinks(String path, String found) {
        link(0, "bin", "usr/bin");
        link(0, "escape", "../../..");
        file(0, "usr/bin/python3.11");
        link(0, "usr/bin/python3", "./python3.11");
        link(0, "etc/alternatives/python", "/bin/python3");

        assertThat(tree.find(path).map(FileTree.Found::path)).contains(found);
    }

    @Test
    void linksThatLeadNowhereOrInACircleAreNone() {
        link(0, "a", "b");
        link(0, "b", "a");
        link(0, "dangling", "/nowhere");
        file(0, "file");
        link(0, "through", "file/below");

        assertThat(tree.find("/a")).isEmpty();
        assertThat(tree.find("/dangling")).isEmpty();
        assertThat(tree.find("/through")).isEmpty();
        assertThat(tree.find("/file/x")).isEmpty();
        assertThat(tree.findName("/dangling")).isPresent();
    }

    @Test
    void aFileOfAnUpperLayerReplacesWhatHasItsName() {
        file(0, "usr/bin/python3");
        file(0, "opt/tool/x");
        file(1, "usr/bin/python3");
        file(1, "opt/tool");

        assertThat(tree.find("/usr/bin/python3").orElseThrow().node().layer()).isEqualTo(1);
        assertThat(tree.find("/opt/tool").orElseThrow().node().isFile()).isTrue();
        assertThat(tree.find("/opt/tool/x")).isEmpty();
    }

    @Test
    void directoriesMergeAndADirectoryReplacesALink() {
        file(0, "usr/lib/a");
        link(0, "lib", "usr/lib");
        directory(1, "usr/lib");
        file(1, "usr/lib/b");
        directory(2, "lib");

        assertThat(tree.find("/usr/lib").orElseThrow().node().names()).containsExactly("a", "b");
        assertThat(tree.find("/lib/a")).isEmpty();
    }

    @Test
    void anEntryBelowALinkGoesWhereTheLinkLeads() {
        directory(0, "usr/bin");
        link(0, "bin", "usr/bin");
        file(1, "bin/python3");

        assertThat(tree.find("/usr/bin/python3")).isPresent();
        assertThat(tree.findName("/bin").map(FileTree.Found::path)).contains("/bin");
    }

    // "Whiteouts": "an empty file with a special filename that signifies a path should be deleted".
    @Test
    void aWhiteoutHidesWhatLowerLayersHave() {
        file(0, "usr/bin/python3");
        file(0, "opt/a/b");
        file(1, "usr/bin/.wh.python3");
        file(1, ".wh.opt");
        file(1, "nowhere/.wh.x");

        assertThat(tree.find("/usr/bin/python3")).isEmpty();
        assertThat(tree.find("/usr/bin")).isPresent();
        assertThat(tree.find("/opt")).isEmpty();
        assertThat(tree.find("/nowhere")).isEmpty();
    }

    // "Whiteout files MUST only apply to resources in lower/parent layers", "Files that are present in the same layer
    // as
    // a whiteout file can only be hidden by whiteout files in subsequent layers."
    @Test
    void aWhiteoutHidesNothingOfItsOwnLayerBeforeOrAfterIt() {
        file(0, "opt/old");
        file(1, "opt/new");
        file(1, ".wh.opt");
        file(1, "opt/newer");
        file(1, ".wh.own");
        file(1, "own");

        assertThat(tree.find("/opt").orElseThrow().node().names()).containsExactly("new", "newer");
        assertThat(tree.find("/own")).isPresent();
    }

    // "Opaque Whiteout": "all siblings are hidden in the lower layer"
    @Test
    void anOpaqueWhiteoutHidesADirectorysLowerContentDeeply() {
        file(0, "bin/my-app-binary");
        file(0, "bin/tools/my-app-tool");
        file(1, "bin/tools/new");
        file(1, "bin/.wh..wh..opq");
        file(1, "bin/last");

        assertThat(tree.find("/bin").orElseThrow().node().names()).containsExactly("last", "tools");
        assertThat(tree.find("/bin/tools").orElseThrow().node().names()).containsExactly("new");
    }

    @Test
    void aWhiteoutBelowALinkHidesWhereTheLinkLeads() {
        file(0, "usr/bin/python3");
        link(0, "bin", "usr/bin");
        file(1, "bin/.wh.python3");

        assertThat(tree.find("/usr/bin/python3")).isEmpty();
    }

    // In the wild: aufs left .wh..wh.plnk and .wh..wh.aufs; docker and containerd skip every name with that prefix.
    @Test
    void recordsOfAufsAreNoFiles() {
        file(0, ".wh..wh.aufs");
        file(0, ".wh..wh.plnk/1.2");

        assertThat(tree.find("/").orElseThrow().node().names()).containsExactly(".wh..wh.plnk");
    }

    @Test
    void hardLinksAreNamesOfOneFile() {
        file(0, "usr/bin/python3.13t");
        add(0, "usr/bin/python3.13", TarEntry.Type.HARD_LINK, "usr/bin/python3.13t");
        link(0, "usr/bin/python3", "python3.13");
        file(0, "usr/bin/other");

        FileTree.Found found = tree.find("/usr/bin/python3").orElseThrow();
        assertThat(found.path()).isEqualTo("/usr/bin/python3.13");
        assertThat(found.aliases()).containsExactly("python3.13", "python3.13t");
    }

    @Test
    void aFileLivesOnUnderItsOtherNameWhenOneIsHidden() {
        file(0, "a");
        add(0, "b", TarEntry.Type.HARD_LINK, "a");
        file(1, ".wh.a");

        assertThat(tree.find("/a")).isEmpty();
        assertThat(tree.find("/b")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {".wh.", ".wh..", ".wh..."})
    void aWhiteoutOfNothingIsRefused(String name) {
        assertThatThrownBy(() -> file(0, name))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The layer has a whiteout of \"" + name.substring(4) + "\", which names nothing.");
    }

    @Test
    void hostileEntriesAreRefusedByName() {
        file(0, "file");
        directory(0, "directory");
        link(0, "dangling", "nowhere");

        assertThatThrownBy(() -> file(0, "file/x"))
                .hasMessage("The layer has an entry \"file/x\" below \"/file\", which is no directory.");
        assertThatThrownBy(() -> file(0, "dangling/x"))
                .hasMessage("The layer has an entry \"dangling/x\" below \"/dangling\", which is no directory.");
        assertThatThrownBy(() -> add(0, "x", TarEntry.Type.HARD_LINK, "gone"))
                .hasMessage("The layer has a hard link \"x\" to \"gone\", which is not there.");
        assertThatThrownBy(() -> add(0, "x", TarEntry.Type.HARD_LINK, "directory"))
                .hasMessage("The layer has a hard link \"x\" to \"directory\", which is a directory.");
    }

    @Test
    void theNumberOfFilesHasALimitParentsIncluded() {
        FileTree small = new FileTree(3);
        small.add(0, 0, new TarEntry("a/b", TarEntry.Type.FILE, "", 0644, 0, 0, 0));

        assertThatThrownBy(() -> small.add(0, 1, new TarEntry("c/d/e", TarEntry.Type.FILE, "", 0644, 0, 0, 0)))
                .hasMessage("The image has more than 3 files, the limit for it.");
    }

    private void file(int layer, String path) {
        add(layer, path, TarEntry.Type.FILE, "");
    }

    private void directory(int layer, String path) {
        add(layer, path, TarEntry.Type.DIRECTORY, "");
    }

    private void link(int layer, String path, String target) {
        add(layer, path, TarEntry.Type.SYMBOLIC_LINK, target);
    }

    private void add(int layer, String path, TarEntry.Type type, String target) {
        tree.add(layer, number++, new TarEntry(path, type, target, 0755, 0, 0, 0));
    }
}

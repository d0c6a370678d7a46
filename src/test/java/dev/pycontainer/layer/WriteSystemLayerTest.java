package dev.pycontainer.layer;

import static dev.pycontainer.testkit.DebBytes.put;
import static dev.pycontainer.testkit.DebBytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Work;
import dev.pycontainer.debian.DirectoryMirror;
import dev.pycontainer.debian.FetchPackage;
import dev.pycontainer.debian.InstalledFiles;
import dev.pycontainer.debian.Mirror;
import dev.pycontainer.debian.Mirrors;
import dev.pycontainer.debian.PackageFile;
import dev.pycontainer.debian.RecordForm;
import dev.pycontainer.testkit.DebBytes;
import dev.pycontainer.testkit.LayerEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteSystemLayerTest {

    private static final String CONTROL = """
            Package: libx1
            Version: 1:2.0-3
            Architecture: amd64
            """;

    private static final String SCRIPT = """
            #!/bin/sh
            set -e
            update-alternatives --install /usr/bin/x x /usr/bin/x.libx 50
            """;

    @TempDir
    Path directory;

    private LayerTestStore store;
    private Path mirror;

    @BeforeEach
    void open() throws IOException {
        store = new LayerTestStore(directory.resolve("cache"));
        mirror = Files.createDirectory(directory.resolve("mirror"));
    }

    @Test
    void packagesLieAsDpkgUnpacksThemWithTheirRecords() throws Exception {
        SystemPackage libx = stored(Map.of("control", CONTROL, "md5sums", "abc  lib/libx.so.1\n"));

        LayerBlob layer = write().of(List.of(libx));

        LayerEntries entries = LayerEntries.of(layer);
        assertThat(entries.lines())
                .containsExactly(
                        "f 4755 0:43 usr/lib/libx.so.1",
                        "f 0644 0:0 var/lib/dpkg/status.d/libx1",
                        "f 0644 0:0 var/lib/dpkg/status.d/libx1.md5sums");
        assertThat(entries.text("usr/lib/libx.so.1")).isEqualTo("elf");
        assertThat(entries.text("var/lib/dpkg/status.d/libx1")).isEqualTo(CONTROL);
        assertThat(layer.kind()).isEqualTo(LayerKind.SYSTEM);
        assertThat(layer.packages()).singleElement().satisfies(held -> {
            assertThat(held.name() + " " + held.version()).isEqualTo("libx1 1:2.0-3");
            assertThat(held.file().orElseThrow().name()).isEqualTo("libx1_2.0-3_amd64.deb");
            assertThat(held.file().orElseThrow().sha256()).isEqualTo(libx.file().sha256());
        });
    }

    @Test
    void theSamePackagesAreTheSameLayerForEverAndEverywhere() throws Exception {
        SystemPackage libx = stored(Map.of("control", CONTROL));
        SystemPackage base = baseFiles();

        LayerBlob layer = write().of(List.of(libx, base));

        // A change of these bytes is a change of WriteSystemLayer.RULES_VERSION, or of LayerWriter's.
        assertThat(layer.diffId())
                .hasToString("sha256:a46c78fe6c710908f08b1d5b2807b5375d246ec9ecc0ec3212dc230bfc90e426");
        LayerTestStore other = new LayerTestStore(Files.createDirectory(directory.resolve("other")));
        assertThat(write(other).of(List.of(base, libx)).descriptor()).isEqualTo(layer.descriptor());
    }

    @Test
    void aLayerThatIsThereIsFoundWithoutAPackage() throws Exception {
        SystemPackage libx = stored(Map.of("control", CONTROL));
        LayerBlob written = write().of(List.of(libx));
        Files.delete(store.blobs.find(libx.file().sha256()).orElseThrow().file());
        Files.delete(mirror.resolve(libx.file().path()));
        long read = store.of(Work.BLOBS_READ);

        LayerBlob found = write().of(List.of(libx));

        assertThat(found.descriptor()).isEqualTo(written.descriptor());
        assertThat(found.reused()).isTrue();
        assertThat(store.of(Work.BLOBS_READ)).isEqualTo(read);
    }

    @Test
    void whatScriptsWouldHaveMadeTakesThePlaceOfThePackagesOwn() throws Exception {
        LayerEntries entries = LayerEntries.of(write().of(List.of(baseFiles())));
        assertThat(entries.lines())
                .contains(
                        "l 0777 0:0 bin -> usr/bin",
                        "l 0777 0:0 lib64 -> usr/lib64",
                        "d 1777 0:0 tmp",
                        "l 0777 0:0 var/run -> /run",
                        "d 0775 65532:0 home/nonroot")
                .doesNotContain("d 0755 0:0 var/run");
        assertThat(entries.text("etc/passwd")).contains("nonroot:x:65532:65532:");
    }

    @Test
    void aPackageOfAnotherNameIsRefused() throws Exception {
        SystemPackage other = stored(Map.of("control", CONTROL.replace("libx1", "liby1")));
        assertThatThrownBy(() -> write().of(List.of(other)))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The package is not what its archive says it is.
                  where  libx1_2.0-3_amd64.deb
                  why    it calls itself liby1 1:2.0-3 for amd64, the archive's list says libx1 1:2.0-3 for amd64
                  do     take another mirror, and tell whoever keeps this one""");
    }

    @Test
    void aPackageWhoseScriptMattersIsRefusedUntilTheUserAnswersForIt() throws Exception {
        SystemPackage libx = stored(Map.of("control", CONTROL, "postinst", SCRIPT));
        assertThatThrownBy(() -> write().of(List.of(libx)))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("The Debian package libx1 needs its script postinst")
                .hasMessageContaining("registers an alternative");
        assertThat(write("libx1").of(List.of(libx)).packages()).hasSize(1);
        assertThatThrownBy(() -> write().of(List.of(libx))).isInstanceOf(BuildRefused.class);
    }

    @Test
    void twoPackagesWithOneFileAreRefused() throws Exception {
        SystemPackage libx = stored(Map.of("control", CONTROL));
        SystemPackage liby = stored("liby1", Map.of("control", CONTROL.replace("libx1", "liby1")));
        assertThatThrownBy(() -> write().of(List.of(libx, liby)))
                .hasMessageContaining("Two files of one layer would stand at /usr/lib/libx.so.1.");
    }

    private WriteSystemLayer write(String... accepted) {
        return write(store, accepted);
    }

    @Test
    void uponDpkgsOwnRecordAPackageIsRecordedAsDpkgDoes() throws Exception {
        SystemPackage libx = stored(Map.of(
                "control",
                CONTROL + "Multi-Arch: same\n",
                "md5sums",
                "abc  lib/libx.so.1\n",
                "postrm",
                "#!/bin/sh\n",
                "triggers",
                "activate-noawait ldconfig\n",
                "list",
                "no\n",
                "a.b",
                "no\n"));

        LayerEntries entries = LayerEntries.of(upon().of(List.of(libx)));

        assertThat(entries.lines())
                .containsExactly(
                        "f 4755 0:43 usr/lib/libx.so.1",
                        "f 0644 0:0 var/lib/dpkg/info/libx1:amd64.list",
                        "f 0644 0:0 var/lib/dpkg/info/libx1:amd64.md5sums",
                        "f 0755 0:0 var/lib/dpkg/info/libx1:amd64.postrm",
                        "f 0644 0:0 var/lib/dpkg/info/libx1:amd64.triggers");
        assertThat(entries.text("var/lib/dpkg/info/libx1:amd64.list")).isEqualTo("/lib/libx.so.1\n");
    }

    @Test
    void thePackagesUponABaseAreTheSameLayerForEver() throws Exception {
        LayerBlob layer = upon().of(List.of(stored(Map.of("control", CONTROL, "triggers", "activate-noawait x\n"))));
        // A change of these bytes is a change of WriteSystemLayer.RULES_VERSION, or of LayerWriter's.
        assertThat(layer.diffId())
                .hasToString("sha256:d09221f0a08a9b93f424163c945dadc65a7cdbf8672bf4def70652fdf10338a1");
    }

    @Test
    void aPackageThatOneArchitectureHasIsRecordedUnderItsName() throws Exception {
        LayerEntries entries = LayerEntries.of(upon().of(List.of(baseFiles())));
        assertThat(entries.text("var/lib/dpkg/info/base-files.list")).isEqualTo("/var/run\n");
        assertThat(entries.text("var/lib/dpkg/info/base-files.md5sums")).isEmpty();
        assertThat(entries.paths()).noneMatch(path -> path.contains("status"));
    }

    @Test
    void aPackageWithoutChecksumsGetsThemAsFromDpkg() throws Exception {
        LayerEntries entries = LayerEntries.of(upon().of(List.of(stored(Map.of("control", CONTROL)))));
        // The MD5 of the three letters "elf".
        assertThat(entries.text("var/lib/dpkg/info/libx1.md5sums"))
                .isEqualTo("aab4b125bca447f96d4fe7920863a1ed  lib/libx.so.1\n");
    }

    @Test
    void whatScriptsWouldFindUponABaseIsKept() throws Exception {
        LayerEntries entries =
                LayerEntries.of(upon("one", "etc/passwd", "etc/group", "etc/opt", "etc/dpkg/origins/default")
                        .of(List.of(baseFiles())));
        assertThat(entries.lines()).contains("l 0777 0:0 var/run -> /run").noneMatch(line -> line.contains(" etc/"));
    }

    @Test
    void uponEveryBaseALayerIsTheSameUnlessScriptsWouldLook() throws Exception {
        SystemPackage libx = stored(Map.of("control", CONTROL));
        LayerBlob layer = upon("one").of(List.of(libx));
        assertThat(upon("two", "tmp").of(List.of(libx)).reused()).isTrue();
        LayerBlob base = upon("one").of(List.of(baseFiles()));
        assertThat(upon("two", "tmp").of(List.of(baseFiles())).diffId()).isNotEqualTo(base.diffId());
        assertThat(write().of(List.of(libx)).diffId()).isNotEqualTo(layer.diffId());
    }

    private WriteSystemLayer upon() {
        return upon("one");
    }

    private WriteSystemLayer upon(String base, String... paths) {
        InstalledFiles.Collecting files = new InstalledFiles.Collecting();
        for (String path : paths) {
            files.lies(path, InstalledFiles.Kind.FILE);
        }
        return write(store, SystemBelow.of(RecordForm.STATUS, Digest.of(base), files::done));
    }

    private WriteSystemLayer write(LayerTestStore into, String... accepted) {
        return write(into, SystemBelow.NOTHING, accepted);
    }

    private WriteSystemLayer write(LayerTestStore into, SystemBelow below, String... accepted) {
        Mirror only = new DirectoryMirror(mirror);
        FetchPackage fetch = new FetchPackage(new Mirrors(only, only, List.of()), into.blobs, into.tally);
        return new WriteSystemLayer(into.layers, into.blobs, fetch, "trixie", "amd64", Set.of(accepted), below);
    }

    private SystemPackage stored(Map<String, String> control) throws IOException {
        return stored("libx1", control);
    }

    private SystemPackage stored(String name, Map<String, String> control) throws IOException {
        byte[] data = DebBytes.tar(tar -> {
            TarArchiveEntry library = new TarArchiveEntry("./lib/libx.so.1");
            library.setMode(04755);
            library.setIds(0, 43);
            put(tar, library, utf8("elf"));
        });
        return offered(name, "1:2.0-3", DebBytes.of(new TreeMap<>(control), data));
    }

    private SystemPackage baseFiles() throws IOException {
        byte[] data = DebBytes.tar(tar -> put(tar, new TarArchiveEntry("./var/run/"), utf8("")));
        String control = """
                Package: base-files
                Version: 13.8
                Architecture: amd64
                """;
        return offered("base-files", "13.8", DebBytes.of(Map.of("control", control), data));
    }

    private SystemPackage offered(String name, String version, byte[] deb) throws IOException {
        Files.write(mirror.resolve(name + ".deb"), deb);
        return new SystemPackage(name, version, "amd64", new PackageFile(name + ".deb", deb.length, Digest.of(deb)));
    }
}

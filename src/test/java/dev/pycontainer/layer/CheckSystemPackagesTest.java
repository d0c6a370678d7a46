package dev.pycontainer.layer;

import static dev.pycontainer.testkit.DebBytes.put;
import static dev.pycontainer.testkit.DebBytes.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Work;
import dev.pycontainer.debian.DirectoryMirror;
import dev.pycontainer.debian.ExtendRecords;
import dev.pycontainer.debian.FetchPackage;
import dev.pycontainer.debian.InstalledFiles;
import dev.pycontainer.debian.Mirror;
import dev.pycontainer.debian.Mirrors;
import dev.pycontainer.debian.PackageFacts;
import dev.pycontainer.debian.PackageFile;
import dev.pycontainer.debian.RecordForm;
import dev.pycontainer.testkit.Command;
import dev.pycontainer.testkit.DebBytes;
import dev.pycontainer.testkit.LayerEntries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckSystemPackagesTest {

    private static final String LIBC = """
            Package: libc6
            Status: install ok installed
            Priority: optional
            Section: libs
            Maintainer: Nobody <nobody@mirror.example>
            Architecture: amd64
            Multi-Arch: same
            Version: 2.41-12
            Description: a library

            """;

    @TempDir
    Path directory;

    private final InstalledFiles.Collecting base = new InstalledFiles.Collecting();
    private LayerTestStore store;
    private Path mirror;

    @BeforeEach
    void open() throws IOException {
        store = new LayerTestStore(directory.resolve("cache"));
        mirror = Files.createDirectory(directory.resolve("mirror"));
    }

    @Test
    void whatALayersPackagesAreIsKnownWithoutThem() throws Exception {
        SystemPackage lion = offered("lion", "", Map.of(), "etc/lion.conf", "usr/share/man/lion.1");
        write().of(List.of(lion));
        Files.delete(mirror.resolve("lion.deb"));
        Files.delete(store.blobs.find(lion.file().sha256()).orElseThrow().file());

        PackageFacts facts = facts().of(List.of(lion)).get(0);

        assertThat(facts.description()).hasToString("lion 1");
        assertThat(facts.paths()).containsOnlyKeys("etc", "etc/lion.conf");
        assertThat(facts.triggering().paths()).containsExactly("etc/lion.conf");
    }

    @Test
    void configurationFilesAreKnownByTheirContent() throws Exception {
        SystemPackage lion = offered(
                "lion", "", Map.of("conffiles", "/etc/lion.conf\nremove-on-upgrade /etc/old\n"), "etc/lion.conf");
        for (int i = 0; i < 2; i++) {
            assertThat(facts().of(List.of(lion)).get(0).conffiles())
                    .containsExactly(
                            new PackageFacts.Conffile("/etc/lion.conf", md5("etc/lion.conf"), false),
                            new PackageFacts.Conffile("/etc/old", "newconffile", true));
        }
        SystemPackage tiger = offered("tiger", "", Map.of("conffiles", "etc/tiger\n"));
        assertThatThrownBy(() -> facts().of(List.of(tiger))).hasMessage("""
                "etc/tiger" is no configuration file of a package.
                  where  tiger_1_amd64.deb: conffiles
                  why    deb-conffiles(5): a pathname is absolute, and the one known flag is remove-on-upgrade""");
    }

    @Test
    void packagesOfSeveralLayersWithOneFileAreRefused() throws Exception {
        List<List<SystemPackage>> groups = List.of(
                List.of(offered("lion", "", Map.of(), "usr/bin/x")),
                List.of(offered("tiger", "", Map.of(), "usr/bin/x")));
        assertThatThrownBy(() -> check().of(groups))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("tiger 1 and lion 1 both have /usr/bin/x.");
        assertThatThrownBy(() -> check().of(groups)).isInstanceOf(BuildRefused.class);
    }

    @Test
    void whatAPackageOfTheBaseWouldBeRunForIsRefused() throws Exception {
        base.triggers("libglib2.0-0t64", "interest-await /usr/share/glib-2.0/schemas\n");
        List<List<SystemPackage>> groups =
                List.of(List.of(offered("lion", "", Map.of(), "usr/share/glib-2.0/schemas/lion.gschema.xml")));
        assertThatThrownBy(() -> check().of(groups))
                .hasMessageContaining(
                        "The Debian package libglib2.0-0t64 needs its script for the package lion, and no script");
        check("lion").of(groups);
    }

    @Test
    void whatIsLeftOutOfImagesTriggersNothing() throws Exception {
        base.triggers("man-db", "interest-noawait /usr/share/man\n");
        check().of(List.of(List.of(offered("lion", "", Map.of(), "usr/share/man/man1/lion.1.gz"))));
    }

    @Test
    void aVerdictIsRemembered() throws Exception {
        List<List<SystemPackage>> groups = List.of(List.of(offered("lion", "", Map.of(), "usr/bin/x")));
        check().of(groups);
        long read = store.of(Work.BLOBS_READ);
        SystemBelow unread = SystemBelow.of(RecordForm.STATUS, Digest.of("base"), () -> {
            throw new AssertionError("read again");
        });
        new CheckSystemPackages(store.layers, facts(), "trixie", "amd64", Set.of(), unread).of(groups);
        assertThat(store.of(Work.BLOBS_READ)).isEqualTo(read);
    }

    /** What dpkg itself says of a system to which packages were added. */
    @Test
    void dpkgTakesTheRecordForItsOwn() throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        file(root, "var/lib/dpkg/status", utf8(LIBC));
        file(root, "var/lib/dpkg/info/format", utf8("1\n"));
        file(root, "var/lib/dpkg/info/libc6:amd64.list", utf8("/.\n"));
        file(root, "var/lib/dpkg/info/libc6:amd64.md5sums", new byte[0]);
        file(root, "var/lib/dpkg/available", new byte[0]);
        Files.createDirectories(root.resolve("var/lib/dpkg/updates"));
        SystemPackage lion = offered(
                "lion",
                "Multi-Arch: same\nDepends: libc6\nMaintainer: Nobody <nobody@mirror.example>\nDescription: a cat\n",
                Map.of("conffiles", "/etc/lion.conf\n", "postrm", "#!/bin/sh\n"),
                "etc/lion.conf",
                "usr/bin/x",
                "usr/share/man/man1/lion.1.gz");

        LayerEntries entries = LayerEntries.of(write().of(List.of(lion)));
        for (String path : entries.paths()) {
            file(root, path, entries.bytes(path));
        }
        Map<String, byte[]> records = Map.of("var/lib/dpkg/status", utf8(LIBC));
        new ExtendRecords(records, "amd64").with(facts().of(List.of(lion))).forEach((path, content) -> {
            try {
                file(root, path, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        String admin = "--admindir=" + root.resolve("var/lib/dpkg");
        assertThat(Command.of("dpkg-query", admin, "-W", "-f", "${db:Status-Abbrev}${Package} ${Version}\\n")
                        .run())
                .isEqualTo("ii libc6 2.41-12\nii lion 1");
        assertThat(Command.of("dpkg-query", admin, "-S", "/usr/bin/x").run()).isEqualTo("lion:amd64: /usr/bin/x");
        assertThat(Command.of("dpkg-query", admin, "-L", "lion").run()).isEqualTo("/etc/lion.conf\n/usr/bin/x");
        assertThat(Command.of("dpkg", "--root=" + root, "--audit").run()).isEmpty();
        assertThat(Command.of("dpkg", "--root=" + root, "-V").run()).isEmpty();
        Files.writeString(root.resolve("etc/lion.conf"), "changed");
        assertThat(Command.of("sh", "-c", "dpkg --root=\"$1\" -V || true", "sh", root)
                        .run())
                .contains("c /etc/lion.conf");
    }

    private static void file(Path root, String path, byte[] content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static String md5(String content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content.getBytes(UTF_8)));
    }

    private FetchPackage fetch() {
        Mirror only = new DirectoryMirror(mirror);
        return new FetchPackage(new Mirrors(only, only, List.of()), store.blobs, store.tally);
    }

    private ReadPackageFacts facts() {
        return new ReadPackageFacts(store.layers, store.blobs, fetch());
    }

    private SystemBelow below() {
        return SystemBelow.of(RecordForm.STATUS, Digest.of("base"), base::done);
    }

    private CheckSystemPackages check(String... accepted) {
        return new CheckSystemPackages(store.layers, facts(), "trixie", "amd64", Set.of(accepted), below());
    }

    private WriteSystemLayer write() {
        return new WriteSystemLayer(store.layers, store.blobs, fetch(), "trixie", "amd64", Set.of(), below());
    }

    /** A package whose files hold their own paths. */
    private SystemPackage offered(String name, String fields, Map<String, String> control, String... files)
            throws IOException {
        Map<String, String> all = new TreeMap<>(control);
        all.put("control", "Package: " + name + "\nVersion: 1\nArchitecture: amd64\n" + fields);
        byte[] deb = DebBytes.of(all, DebBytes.tar(tar -> {
            for (String file : files) {
                put(tar, new TarArchiveEntry("./" + file), utf8(file));
            }
        }));
        Files.write(mirror.resolve(name + ".deb"), deb);
        return new SystemPackage(name, "1", "amd64", new PackageFile(name + ".deb", deb.length, Digest.of(deb)));
    }
}

package dev.pycontainer.debian;

import static dev.pycontainer.testkit.DebBytes.put;
import static dev.pycontainer.testkit.DebBytes.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Tally;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Spool;
import dev.pycontainer.testkit.DebBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PackageTreeTest {

    @TempDir
    Path directory;

    @Test
    void filesLieWhereASystemWithAMergedUsrHasThem() throws Exception {
        assertThat(tree(tar -> {
                    directory(tar, "./lib/", 0755);
                    file(tar, "./lib/x86_64-linux-gnu/libc.so.6", "elf");
                    link(tar, "./lib64/ld-linux-x86-64.so.2", "/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2");
                    link(tar, "./lib", "usr/lib");
                    file(tar, "./etc/libs", "x");
                }))
                .containsExactly(
                        "FILE etc/libs 644 0:0 'x'",
                        "FILE usr/lib/x86_64-linux-gnu/libc.so.6 644 0:0 'elf'",
                        "SYMBOLIC_LINK usr/lib64/ld-linux-x86-64.so.2 777 0:0 -> /lib/x86_64-linux-gnu/ld-linux-x86-64.so.2");
    }

    @Test
    void documentationStaysOutAndLicencesStay() throws Exception {
        assertThat(tree(tar -> {
                    directory(tar, "./usr/share/man/", 0755);
                    file(tar, "./usr/share/man/man1/x.1.gz", "manual");
                    file(tar, "./usr/share/doc/x/changelog.Debian.gz", "changes");
                    file(tar, "./usr/share/doc/x/copyright", "licence");
                    link(tar, "./usr/share/doc/libx", "x");
                    file(tar, "./usr/share/locale/de/LC_MESSAGES/x.mo", "Guten Tag");
                    file(tar, "./usr/lib/locale/C.utf8/LC_CTYPE", "stays");
                    file(tar, "./usr/share/zoneinfo/right/UTC", "leap");
                    file(tar, "./usr/share/zoneinfo/UTC", "utc");
                    file(tar, "./usr/share/manual", "no manual page");
                }))
                .containsExactly(
                        "FILE usr/lib/locale/C.utf8/LC_CTYPE 644 0:0 'stays'",
                        "SYMBOLIC_LINK usr/share/doc/libx 777 0:0 -> x",
                        "FILE usr/share/doc/x/copyright 644 0:0 'licence'",
                        "FILE usr/share/manual 644 0:0 'no manual page'",
                        "FILE usr/share/zoneinfo/UTC 644 0:0 'utc'");
    }

    @Test
    void directoriesAreTheirOwnWhereTheyAreEmptyOrNotUsual() throws Exception {
        assertThat(tree(tar -> {
                    directory(tar, "./tmp/", 01777);
                    directory(tar, "./usr/", 0755);
                    directory(tar, "./usr/bin/", 0755);
                    directory(tar, "./root/", 0700);
                    file(tar, "./root/.profile", "hi");
                    directory(tar, "./var/empty/", 0755);
                    file(tar, "./usr/bin/tool", 04755, 0, 5, "tool");
                }))
                .containsExactly(
                        "DIRECTORY root 700 0:0",
                        "FILE root/.profile 644 0:0 'hi'",
                        "DIRECTORY tmp 1777 0:0",
                        "FILE usr/bin/tool 4755 0:5 'tool'",
                        "DIRECTORY var/empty 755 0:0");
    }

    @Test
    void aFileWithSeveralNamesHasItsContentUnderTheFirst() throws Exception {
        assertThat(tree(tar -> {
                    file(tar, "./usr/share/man/perl.1", "text");
                    file(tar, "./usr/bin/perl5.36.0", "perl");
                    hardLink(tar, "./usr/bin/perl", "./usr/bin/perl5.36.0");
                    hardLink(tar, "./usr/share/perl.txt", "./usr/share/man/perl.1");
                }))
                .containsExactly(
                        "FILE usr/bin/perl 644 0:0 'perl'",
                        "HARD_LINK usr/bin/perl5.36.0 644 0:0 -> usr/bin/perl",
                        "FILE usr/share/perl.txt 644 0:0 'text'");
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of(
                        "a device",
                        filling(tar -> put(tar, new TarArchiveEntry("./dev/sda", TarConstants.LF_BLK), utf8(""))),
                        """
                        The entry "dev/sda" is a device, a pipe or of no known kind.
                          where  x.deb
                          why    Debian Policy, section 10.6: packages make device files in scripts, which are never run here"""),
                Arguments.of("a link out of the root", filling(tar -> link(tar, "./usr/x", "../../etc/passwd")), """
                        The link "usr/x" leads out of the root, to "../../etc/passwd".
                          where  x.deb"""),
                Arguments.of("an absolute one", filling(tar -> link(tar, "./usr/x", "/usr/../../etc")), """
                        The link "usr/x" leads out of the root, to "/usr/../../etc".
                          where  x.deb"""),
                Arguments.of(
                        "two entries",
                        filling(tar -> {
                            file(tar, "./bin/sh", "one");
                            file(tar, "./usr/bin/sh", "other");
                        }),
                        """
                        The package has two entries "usr/bin/sh".
                          where  x.deb"""),
                Arguments.of("another name of nothing", filling(tar -> hardLink(tar, "./usr/x", "./etc/passwd")), """
                        The entry "usr/x" is another name of "etc/passwd", which is no file of the package.
                          where  x.deb"""),
                Arguments.of(
                        "another name of a link",
                        filling(tar -> {
                            link(tar, "./usr/y", "/etc/passwd");
                            hardLink(tar, "./usr/x", "./usr/y");
                        }),
                        """
                        The entry "usr/x" is another name of "usr/y", which is no file of the package.
                          where  x.deb"""),
                Arguments.of("an owner", filling(tar -> file(tar, "./x", 0644, 70_000, 0, "x")), """
                        The entry "x" has an owner that no system has.
                          where  x.deb
                          why    uid 70000, gid 0"""),
                Arguments.of(
                        "a path that leaves the root", filling(tar -> file(tar, "./../etc/passwd", "x")), "x.deb"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void whatNoPackageMayHoldIsRefused(String name, DebBytes.Filling filling, String message) {
        assertThatThrownBy(() -> tree(filling)).isInstanceOf(BuildRefused.class).hasMessageContaining(message);
    }

    private List<String> tree(DebBytes.Filling filling) throws IOException {
        Path file = Files.write(
                directory.resolve("x.deb"), DebBytes.of(Map.of("control", "Package: x\n"), DebBytes.tar(filling)));
        List<String> shown = new ArrayList<>();
        try (DebFile deb = DebFile.open(file, "x.deb");
                Spool spool = new BlobStore(directory, new Tally()).spool()) {
            PackageTree tree = PackageTree.of(deb, spool);
            for (PackageEntry entry : tree.entries()) {
                shown.add("%s %s %o %d:%d%s"
                        .formatted(
                                entry.kind(),
                                entry.path(),
                                entry.mode(),
                                entry.uid(),
                                entry.gid(),
                                entry.kind() == PackageEntry.Kind.FILE
                                        ? " '" + new String(tree.open(entry).readAllBytes(), UTF_8) + "'"
                                        : entry.target().isEmpty() ? "" : " -> " + entry.target()));
            }
        }
        return shown;
    }

    private static DebBytes.Filling filling(DebBytes.Filling filling) {
        return filling;
    }

    private static void directory(TarArchiveOutputStream tar, String path, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setMode(mode);
        put(tar, entry, utf8(""));
    }

    private static void file(TarArchiveOutputStream tar, String path, String content) throws IOException {
        file(tar, path, 0644, 0, 0, content);
    }

    private static void file(TarArchiveOutputStream tar, String path, int mode, int uid, int gid, String content)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setMode(mode);
        entry.setIds(uid, gid);
        put(tar, entry, utf8(content));
    }

    private static void link(TarArchiveOutputStream tar, String path, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        entry.setMode(0777);
        put(tar, entry, utf8(""));
    }

    private static void hardLink(TarArchiveOutputStream tar, String path, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_LINK);
        entry.setLinkName(target);
        put(tar, entry, utf8(""));
    }
}

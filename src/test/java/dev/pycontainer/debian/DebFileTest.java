package dev.pycontainer.debian;

import static dev.pycontainer.testkit.DebBytes.VERSION;
import static dev.pycontainer.testkit.DebBytes.gzip;
import static dev.pycontainer.testkit.DebBytes.packed;
import static dev.pycontainer.testkit.DebBytes.put;
import static dev.pycontainer.testkit.DebBytes.tar;
import static dev.pycontainer.testkit.DebBytes.utf8;
import static dev.pycontainer.testkit.DebBytes.xz;
import static dev.pycontainer.testkit.DebBytes.zstd;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.archive.TarEntry;
import dev.pycontainer.archive.TarReader;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.testkit.DebBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DebFileTest {

    private static final String NAME = "evil_1.0_all.deb";

    /** A directory of the tar's own root stands first, as dpkg-deb writes it. */
    private static final byte[] CONTROL = tar(out -> {
        put(out, new TarArchiveEntry("./"), new byte[0]);
        put(out, new TarArchiveEntry("./control"), utf8("Package: evil\n"));
        put(out, new TarArchiveEntry("./md5sums"), utf8("d41d8cd98f00b204e9800998ecf8427e  usr/x\n"));
    });

    private static final byte[] DATA = tar(out -> {
        put(out, new TarArchiveEntry("./"), new byte[0]);
        TarArchiveEntry game = new TarArchiveEntry("./usr/games/x");
        game.setMode(02755);
        game.setIds(5, 60);
        put(out, game, utf8("content"));
        TarArchiveEntry link = new TarArchiveEntry("./usr/y", TarConstants.LF_SYMLINK);
        link.setLinkName("/usr/games/x");
        put(out, link, new byte[0]);
        put(out, new TarArchiveEntry("./dev/null", TarConstants.LF_CHR), new byte[0]);
        put(out, new TarArchiveEntry("./run/pipe", TarConstants.LF_FIFO), new byte[0]);
    });

    @TempDir
    Path directory;

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of("as dpkg-deb writes it", "2.0\n", "control.tar.xz", xz(CONTROL), "data.tar.xz", xz(DATA)),
                Arguments.of("gzip", "2.0\n", "control.tar.gz", gzip(CONTROL), "data.tar.gz", gzip(DATA)),
                Arguments.of("zstd", "2.0\n", "control.tar.zst", zstd(CONTROL), "data.tar.zst", zstd(DATA)),
                Arguments.of("not compressed", "2.0\n", "control.tar", CONTROL, "data.tar", DATA),
                // "Programs which read new-format archives should be prepared for the minor number to be increased and
                // new
                // lines to be present"
                Arguments.of("a newer one", "2.17\nline\n", "control.tar.gz/", gzip(CONTROL), "data.tar/", DATA));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void aPackageTellsItsControlFilesAndStreamsItsOwn(
            String form, String version, String controlName, byte[] control, String dataName, byte[] data)
            throws IOException {
        byte[] deb = new DebBytes()
                .member("debian-binary", utf8(version))
                .member("_ignored", utf8("x"))
                .member(controlName, control)
                .member("_too", utf8(""))
                .member(dataName, data)
                .member("_gpgorigin", utf8("signature"))
                .bytes();

        try (DebFile file = open(deb)) {
            assertThat(file.name()).isEqualTo(NAME);
            Map<String, String> files = new TreeMap<>();
            file.control().forEach((name, bytes) -> files.put(name, new String(bytes, UTF_8)));
            assertThat(files)
                    .isEqualTo(Map.of(
                            "control", "Package: evil\n", "md5sums", "d41d8cd98f00b204e9800998ecf8427e  usr/x\n"));
            assertThat(entries(file))
                    .containsExactly(
                            " DIRECTORY 755 0:0 ",
                            "usr/games/x FILE 2755 5:60 content",
                            "usr/y SYMBOLIC_LINK 644 0:0 ",
                            "dev/null OTHER 644 0:0 ",
                            "run/pipe OTHER 644 0:0 ");
        }
    }

    static Stream<Arguments> hostile() {
        byte[] control = xz(CONTROL);
        byte[] data = xz(DATA);
        return Stream.of(
                row(
                        "no members",
                        new DebBytes(),
                        "The file is no Debian package.",
                        "its first member is not debian-binary"),
                row(
                        "another ar archive",
                        new DebBytes().member("x.o", utf8("")),
                        "The file is no Debian package.",
                        "its first member is not debian-binary"),
                row(
                        "no version",
                        new DebBytes().member("debian-binary", utf8("two\n")),
                        "The file is no Debian package.",
                        "its debian-binary holds no version"),
                row(
                        "an empty version",
                        new DebBytes().member("debian-binary", utf8("")),
                        "The file is no Debian package.",
                        "its debian-binary holds no version"),
                row(
                        "an endless version",
                        new DebBytes().member("debian-binary", utf8("2." + "0".repeat(5000) + "\n")),
                        "The file is no Debian package.",
                        "its debian-binary holds no version"),
                row(
                        "version 3.0",
                        new DebBytes()
                                .member("debian-binary", utf8("3.0\n"))
                                .member("control.tar.xz", control)
                                .member("data.tar.xz", data),
                        "The Debian package has a format of major version 3.",
                        "what is read here is format 2"),
                row("no control.tar", begun(), "The Debian package has no control.tar.", ""),
                row(
                        "no data.tar",
                        begun().member("control.tar.xz", control),
                        "The Debian package has no data.tar.",
                        ""),
                row(
                        "data before control",
                        begun().member("data.tar.xz", data).member("control.tar.xz", control),
                        "The Debian package has a member \"data.tar.xz\" where its control.tar should be.",
                        ""),
                row(
                        "an unknown member between",
                        begun().member("control.tar.xz", control)
                                .member("must-know", utf8(""))
                                .member("data.tar.xz", data),
                        "The Debian package has a member \"must-know\" where its data.tar should be.",
                        ""),
                row(
                        "two controls",
                        begun().member("control.tar.gz", gzip(CONTROL))
                                .member("control.tar.xz", control)
                                .member("data.tar.xz", data),
                        "The Debian package has a member \"control.tar.xz\" where its data.tar should be.",
                        ""),
                row(
                        "a second control behind",
                        begun().member("control.tar.xz", control)
                                .member("data.tar.xz", data)
                                .member("control.tar", CONTROL),
                        "The Debian package has two members control.tar.",
                        "\"control.tar\" follows where the package should be complete"),
                row(
                        "two data",
                        begun().member("control.tar.xz", control)
                                .member("data.tar.xz", data)
                                .member("data.tar.gz", gzip(DATA)),
                        "The Debian package has two members data.tar.",
                        "\"data.tar.gz\" follows where the package should be complete"),
                row(
                        "the same member twice",
                        begun().member("control.tar.xz", control)
                                .member("data.tar.xz", data)
                                .member("data.tar.xz", data),
                        "The ar archive has two members \"data.tar.xz\".",
                        ""),
                row(
                        "an unknown compression of control",
                        begun().member("control.tar.lzma", control).member("data.tar.xz", data),
                        "control.tar.lzma has a form that is not read here.",
                        "read are .gz, .xz, .zst, and .tar alone"),
                row(
                        "an unknown compression of data",
                        begun().member("control.tar.xz", control).member("data.tar.bz2", data),
                        "data.tar.bz2 has a form that is not read here.",
                        "read are .gz, .xz, .zst, and .tar alone"),
                row(
                        "a truncated package",
                        new DebBytes().raw(Arrays.copyOfRange(whole(), 8, whole().length - 2)),
                        "The ar archive is damaged.",
                        "data.tar is said to have " + DATA.length + " bytes, and " + (DATA.length - 2) + " are there"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void whatIsNoPackageOfFormatTwoIsRefusedWhenItIsOpened(String rule, byte[] deb, String what, String why) {
        assertThatThrownBy(() -> open(deb).close())
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(what + "\n  where  " + NAME)
                .hasMessageEndingWith(why);
    }

    static Stream<Arguments> hostileControl() {
        return Stream.of(
                Arguments.of("no control", tar(Map.of("md5sums", "")), "There is no file \"control\"."),
                Arguments.of("an empty tar", tar(Map.of()), "There is no file \"control\"."),
                Arguments.of(
                        "a file twice",
                        tar(out -> {
                            put(out, new TarArchiveEntry("./control"), utf8("a"));
                            put(out, new TarArchiveEntry("control"), utf8("b"));
                        }),
                        "There are two files \"control\"."),
                Arguments.of(
                        "a directory", entry("sub/", TarConstants.LF_DIR, ""), "The entry \"sub\" is no plain file."),
                Arguments.of(
                        "a file below one",
                        tar(Map.of("sub/control", "")),
                        "The entry \"sub/control\" is no plain file."),
                Arguments.of(
                        "a link",
                        entry("control", TarConstants.LF_SYMLINK, "/etc/shadow"),
                        "The entry \"control\" is no plain file."),
                Arguments.of(
                        "a hard link",
                        entry("control", TarConstants.LF_LINK, "etc/shadow"),
                        "The entry \"control\" is no plain file."),
                Arguments.of(
                        "a device",
                        entry("control", TarConstants.LF_BLK, ""),
                        "The entry \"control\" is no plain file."),
                Arguments.of(
                        "a huge file",
                        huge("preinst", (32L << 20) + 1),
                        "The files are larger than 33554432 bytes together, the limit for them."),
                Arguments.of(
                        "a file that is said to have 8 GiB",
                        huge("preinst", (1L << 33) - 1),
                        "The files are larger than 33554432 bytes together, the limit for them."),
                Arguments.of(
                        "many files",
                        tar(out -> {
                            for (int i = 0; i <= 100; i++) {
                                put(out, new TarArchiveEntry("f" + i), new byte[0]);
                            }
                        }),
                        "The tar has more than 100 entries, the limit for it."),
                Arguments.of(
                        "a long name",
                        tar(Map.of("n".repeat(300), "")),
                        "The tar has a name of more than 255 bytes, the limit for it."),
                Arguments.of(
                        "a name that climbs",
                        tar(Map.of("../control", "")),
                        "The tar has an entry \"./../control\", which leaves its root."),
                Arguments.of(
                        "a name with a NUL",
                        tar(out -> {
                            put(out, new TarArchiveEntry("pax", (byte) 'x'), utf8("21 path=control\0.txt\n"));
                            put(out, new TarArchiveEntry("control"), new byte[0]);
                        }),
                        "The tar has a name with a NUL in it."),
                Arguments.of("no tar", utf8("x".repeat(1024)), "The tar is damaged."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileControl")
    void controlFilesAreFewSmallAndPlain(String rule, byte[] control, String what) throws IOException {
        try (DebFile file = open(begun().member("control.tar.gz", gzip(control))
                .member("data.tar", DATA)
                .bytes())) {
            assertThatThrownBy(file::control)
                    .isInstanceOf(BuildRefused.class)
                    .hasMessageStartingWith(what + "\n  where  " + NAME + ": control.tar.gz");
        }
    }

    @Test
    void anAbsoluteNameIsTakenBelowTheRootAsDpkgTakesIt() throws IOException {
        byte[] control = tar(out -> put(out, new TarArchiveEntry("/control", true), utf8("x")));
        byte[] data = tar(out -> put(out, new TarArchiveEntry("/etc/passwd", true), utf8("y")));

        try (DebFile file = open(
                begun().member("control.tar", control).member("data.tar", data).bytes())) {
            assertThat(file.control()).containsOnlyKeys("control");
            assertThat(entries(file)).containsExactly("etc/passwd FILE 644 0:0 y");
        }
    }

    static Stream<Arguments> hostileData() {
        byte[] climbing = tar(Map.of("../../etc/passwd", "x"));
        byte[] tail = Arrays.copyOf(xz(DATA), xz(DATA).length + 8);
        return Stream.of(
                Arguments.of(
                        "a name that climbs",
                        "data.tar",
                        climbing,
                        "The tar has an entry \"./../../etc/passwd\", which leaves its root."),
                Arguments.of(
                        "a hard link that climbs",
                        "data.tar",
                        entry("x", TarConstants.LF_LINK, "../../etc/passwd"),
                        "The tar has an entry \"../../etc/passwd\", which leaves its root."),
                Arguments.of(
                        "a long name",
                        "data.tar",
                        tar(Map.of("n/".repeat(2100), "")),
                        "The tar has a name of more than 4096 bytes, the limit for it."),
                Arguments.of(
                        "many files",
                        "data.tar.gz",
                        packed(new byte[0], out -> {
                            OutputStream gzip = new GzipCompressorOutputStream(out);
                            byte[] empty = huge("f", 0);
                            for (int i = 0; i <= 500_000; i++) {
                                gzip.write(empty);
                            }
                            return gzip;
                        }),
                        "The tar has more than 500000 entries, the limit for it."),
                Arguments.of("trailing garbage", "data.tar.xz", tail, "data.tar.xz goes on after its end."),
                Arguments.of("another form than said", "data.tar.xz", gzip(DATA), "data.tar.xz cannot be unpacked."),
                Arguments.of("a file that does not end", "data.tar", huge("usr/x", 1 << 20), "The tar is damaged."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileData")
    void hostileFilesAreRefusedWhileTheyAreRead(String rule, String name, byte[] data, String what) throws IOException {
        try (DebFile file =
                open(begun().member("control.tar", CONTROL).member(name, data).bytes())) {
            assertThat(file.control()).isNotEmpty();
            assertThatThrownBy(() -> entries(file))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessageStartingWith(what);
        }
    }

    private static Arguments row(String rule, DebBytes deb, String what, String why) {
        return Arguments.of(rule, deb.bytes(), what, why);
    }

    private static DebBytes begun() {
        return new DebBytes().member("debian-binary", VERSION);
    }

    private static byte[] whole() {
        return begun().member("control.tar", CONTROL).member("data.tar", DATA).bytes();
    }

    private static byte[] entry(String name, byte type, String target) {
        return tar(out -> {
            TarArchiveEntry entry = new TarArchiveEntry(name, type);
            entry.setLinkName(target);
            put(out, entry, new byte[0]);
        });
    }

    /** A tar of one header, which promises content that is not there. */
    private static byte[] huge(String name, long size) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        byte[] header = new byte[512];
        entry.writeEntryHeader(header);
        return header;
    }

    private DebFile open(byte[] deb) throws IOException {
        return DebFile.open(Files.write(directory.resolve("file"), deb), NAME);
    }

    private static List<String> entries(DebFile file) throws IOException {
        List<String> entries = new ArrayList<>();
        try (TarReader tar = file.data()) {
            for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
                TarEntry entry = next.get();
                entries.add(entry.path() + " " + entry.type() + " " + Integer.toOctalString(entry.mode()) + " "
                        + entry.uid() + ":" + entry.gid() + " "
                        + new String(tar.content().readAllBytes(), UTF_8));
            }
        }
        return entries;
    }
}

package dev.pycontainer.archive;

import static dev.pycontainer.archive.ZipBytes.fields;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ZipArchiveTest {

    private static final ZipLimits LIMITS = ZipLimits.WHEEL;
    private static final int DESCRIPTOR = 1 << 3;
    private static final int UTF8 = 1 << 11;

    @TempDir
    Path directory;

    @Test
    void membersAreListedAndRead() throws IOException {
        byte[] content = RandomContent.of(new Random(1), 200_000);
        ZipBytes zip = new ZipBytes()
                .stored("pkg/", "", entry -> entry.mode(040755))
                .stored("pkg/tool", "#!", entry -> entry.mode(0100744))
                .deflated("pkg/data.bin", content)
                .stored("pkg/link", "tool", entry -> entry.mode(0120777))
                .stored("pkg/größe.py", "x", entry -> entry.name("pkg/größe.py", UTF8))
                .stored("pkg/typeless", "", entry -> entry.mode(0755));

        try (ZipArchive archive = open(zip)) {
            List<ZipMember> members = archive.members();
            assertThat(members)
                    .extracting(ZipMember::path)
                    .containsExactly("pkg", "pkg/tool", "pkg/data.bin", "pkg/link", "pkg/größe.py", "pkg/typeless");
            assertThat(members)
                    .extracting(ZipMember::isDirectory)
                    .containsExactly(true, false, false, false, false, false);
            assertThat(members)
                    .extracting(ZipMember::isExecutable)
                    .containsExactly(false, true, false, false, false, false);
            assertThat(members)
                    .extracting(ZipMember::isSymbolicLink)
                    .containsExactly(false, false, false, true, false, false);
            assertThat(members.get(2).size()).isEqualTo(200_000);
            assertThat(members.get(2).compressedSize()).isLessThan(200_000);
            assertThat(archive.read(members.get(2), 200_000)).isEqualTo(content);
            assertThat(archive.read(members.get(4), 10)).isEqualTo("x".getBytes(UTF_8));
        }
    }

    @Test
    void anArchiveWithoutEntriesIsOne() throws IOException {
        try (ZipArchive archive = open(new ZipBytes())) {
            assertThat(archive.members()).isEmpty();
        }
    }

    @Test
    void aCommentIsAllowed() throws IOException {
        ZipBytes zip = new ZipBytes().stored("a", "x");
        zip.comment = "made for you".getBytes(UTF_8);
        try (ZipArchive archive = open(zip)) {
            assertThat(archive.members()).hasSize(1);
        }
    }

    /** APPNOTE 4.3.9: with or without signature, with sizes of four or eight bytes. */
    @ParameterizedTest
    @MethodSource
    void dataDescriptorsAreUnderstood(boolean signed, boolean large) throws IOException {
        ZipBytes zip = new ZipBytes();
        for (String name : List.of("a", "b")) {
            zip.stored(name, "hello", entry -> {
                entry.flags(DESCRIPTOR);
                entry.behind = descriptor(entry, signed, large);
                entry.localCrc = 0;
                entry.localSize = 0;
                entry.localCompressedSize = 0;
            });
        }
        try (ZipArchive archive = open(zip)) {
            assertThat(archive.read(archive.members().get(1), 5)).isEqualTo("hello".getBytes(UTF_8));
        }
    }

    static Stream<Arguments> dataDescriptorsAreUnderstood() {
        return Stream.of(
                arguments(true, false), arguments(false, false), arguments(true, true), arguments(false, true));
    }

    @Test
    void zip64IsUnderstoodInAllItsPlaces() throws IOException {
        ZipBytes zip = new ZipBytes().stored("a", "hello", entry -> {
            entry.extra = fields(28)
                    .putShort((short) 1)
                    .putShort((short) 24)
                    .putLong(entry.size)
                    .putLong(entry.compressedSize)
                    .putLong(0)
                    .array();
            entry.localExtra = fields(20)
                    .putShort((short) 1)
                    .putShort((short) 16)
                    .putLong(entry.size)
                    .putLong(entry.compressedSize)
                    .array();
            entry.size = 0xffffffffL;
            entry.compressedSize = 0xffffffffL;
            entry.localSize = 0xffffffffL;
            entry.localCompressedSize = 0xffffffffL;
            entry.offset = 0xffffffffL;
        });
        zip.zip64 = true;
        try (ZipArchive archive = open(zip)) {
            assertThat(archive.read(archive.members().get(0), 5)).isEqualTo("hello".getBytes(UTF_8));
        }
    }

    @Test
    void whatAnotherWriterWritesIsRead() throws IOException {
        for (Zip64Mode mode : List.of(Zip64Mode.Never, Zip64Mode.Always)) {
            Path file = directory.resolve(mode + ".zip");
            byte[] content = RandomContent.of(new Random(7), 70_000);
            try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(file.toFile())) {
                out.setUseZip64(mode);
                for (int i = 0; i < 50; i++) {
                    ZipArchiveEntry entry = new ZipArchiveEntry("module_" + i + (i % 2 == 0 ? ".py" : "_ü.py"));
                    entry.setUnixMode(i % 3 == 0 ? 0100755 : 0100644);
                    out.putArchiveEntry(entry);
                    out.write(content, i, 1000 * i);
                    out.closeArchiveEntry();
                }
            }
            try (ZipArchive archive = ZipArchive.open(file, "other.zip", LIMITS)) {
                for (int i = 0; i < 50; i++) {
                    ZipMember member = archive.members().get(i);
                    assertThat(member.isExecutable()).isEqualTo(i % 3 == 0);
                    assertThat(archive.read(member, 100_000)).hasSize(1000 * i);
                }
            }
        }
    }

    @Test
    void thirtyThousandEntriesAreNotTooMany() throws IOException {
        ZipBytes zip = new ZipBytes();
        IntStream.range(0, 30_000).forEach(i -> zip.stored("pkg/sub_" + i % 100 + "/module_" + i + ".py", "x = 1\n"));
        try (ZipArchive archive = open(zip)) {
            assertThat(archive.members()).hasSize(30_000);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileEntries")
    void aHostileEntryIsRefusedByName(String why, String name, ZipBytes zip) {
        assertThatThrownBy(() -> open(zip))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The archive's entry \"" + name + "\" cannot be trusted.\n"
                        + "  where  demo-1.0-py3-none-any.whl\n  why    " + why);
    }

    static Stream<Arguments> hostileEntries() {
        return Stream.of(
                named("its name is absolute", "/etc/passwd"),
                named("its name is absolute", "C:/windows"),
                named("its name holds a backslash", "a\\..\\b"),
                named("its name holds a control character", "a\\x00b", "a\0b"),
                named("its name holds a control character", "a\\x0ab", "a\nb"),
                named("one of its name's segments is \"..\"", "../evil.pth"),
                named("one of its name's segments is \"..\"", "a/../../evil.pth"),
                named("one of its name's segments is \"..\"", "a/.."),
                named("one of its name's segments is \".\"", "./a"),
                named("one of its name's segments is \"\"", "a//b"),
                named("one of its name's segments is \"\"", ""),
                hostile(
                        "its name is not ASCII and not marked as UTF-8, so that readers disagree what it is",
                        "ü",
                        entry -> {}),
                hostile("its name is not UTF-8", "a\u00fc", entry -> entry.name = new byte[] {'a', (byte) 0xfc}, "a"),
                hostile("it is encrypted or patched", "a", entry -> entry.flags(1)),
                hostile("it is encrypted or patched", "a", entry -> entry.flags(1 << 6)),
                hostile("its compression method is 12; only 0 (stored) and 8 (deflate) are supported", "a", entry -> {
                    entry.method = 12;
                    entry.localMethod = 12;
                }),
                hostile("its Unix mode 60644 contradicts its name", "a", entry -> entry.mode(0060644)),
                hostile("its Unix mode 40755 contradicts its name", "a", entry -> entry.mode(0040755)),
                hostile("its Unix mode 100644 contradicts its name", "a/", entry -> entry.mode(0100644)),
                hostile("its Unix mode 120777 contradicts its name", "a/", entry -> entry.mode(0120777)),
                hostile("its place in the archive is impossible", "a", entry -> entry.disk = 3),
                hostile("it is a directory with content", "a/", entry -> entry.mode(0040755)),
                hostile("it is stored as it is, but its two sizes differ", "a", entry -> entry.size = 9),
                hostile("its extra fields are damaged", "a", entry -> entry.extra = new byte[3]),
                hostile(
                        "its extra fields are damaged",
                        "a",
                        entry -> entry.extra = fields(4)
                                .putShort((short) 1)
                                .putShort((short) 5)
                                .array()),
                hostile(
                        "it has two zip64 fields",
                        "a",
                        entry -> entry.extra = fields(8).putInt(1).putInt(1).array()),
                hostile("its zip64 field is too short", "a", entry -> {
                    entry.extra =
                            fields(8).putShort((short) 1).putShort((short) 4).array();
                    entry.size = 0xffffffffL;
                }),
                hostile(
                        "a Unicode path field gives it another name",
                        "a",
                        entry -> entry.extra = fields(10)
                                .putShort((short) 0x7075)
                                .putShort((short) 6)
                                .put((byte) 1)
                                .putInt(0)
                                .put((byte) 'b')
                                .array()),
                hostile(
                        "there are two entries of this name",
                        "a",
                        new ZipBytes().stored("a", "1").stored("a", "2")),
                hostile(
                        "there are two entries of this name",
                        "a",
                        new ZipBytes().stored("a", "1").stored("a/", "", entry -> entry.mode(0040755))),
                hostile(
                        "it lies below \"a\", which is a file",
                        "a/b/c",
                        new ZipBytes().stored("a", "1").stored("a/b/c", "2")),
                hostile("its local header gives it another name", "a", entry -> entry.localName = new byte[] {'b'}),
                hostile(
                        "its local header gives it another compression method or other flags",
                        "a",
                        entry -> entry.localMethod = 8),
                hostile(
                        "its local header gives it another compression method or other flags",
                        "a",
                        entry -> entry.localFlags = DESCRIPTOR),
                hostile("its local header gives it another size or CRC-32", "a", entry -> entry.localCrc++),
                hostile("its local header gives it another size or CRC-32", "a", entry -> entry.localSize++),
                hostile(
                        "its local header gives it another size or CRC-32",
                        "a",
                        entry -> entry.localCompressedSize = 0),
                hostile("its data overlap what follows", "a", entry -> {
                    entry.size++;
                    entry.compressedSize++;
                    entry.localSize++;
                    entry.localCompressedSize++;
                }),
                hostile("7 bytes before it belong to no entry", "a", entry -> entry.before = new byte[7]),
                hostile(
                        "3 bytes before it belong to no entry",
                        "b",
                        new ZipBytes()
                                .stored("a", "1", entry -> entry.behind = new byte[3])
                                .stored("b", "2")),
                hostile(
                        "its data overlap what follows",
                        "a",
                        new ZipBytes().stored("a", "1").stored("b", "2", entry -> entry.offset = 0)),
                hostile("it has no local header", "a", entry -> {
                    entry.before = new byte[7];
                    entry.offset = 0;
                }),
                hostile("1 bytes behind its data are no data descriptor", "a", entry -> {
                    entry.flags(DESCRIPTOR);
                    entry.behind = new byte[1];
                }),
                hostile("its data descriptor contradicts the archive's directory", "a", entry -> {
                    entry.flags(DESCRIPTOR);
                    entry.behind = new byte[16];
                }));
    }

    @Test
    void aLocalHeaderThatReachesIntoTheDirectoryIsRefused() throws IOException {
        byte[] bytes = new ZipBytes().stored("a", "1").toByteArray();
        bytes[28] = 9;
        Path file = Files.write(directory.resolve("demo.whl"), bytes);

        assertThatThrownBy(() -> ZipArchive.open(file, "demo.whl", LIMITS))
                .hasMessage("The archive's entry \"a\" cannot be trusted.\n"
                        + "  where  demo.whl\n  why    it overlaps the central directory");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileArchives")
    void aHostileArchiveIsRefused(String why, ZipBytes zip) {
        assertThatThrownBy(() -> open(zip))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The file is not a zip archive that can be trusted.\n"
                        + "  where  demo-1.0-py3-none-any.whl\n  why    " + why);
    }

    static Stream<Arguments> hostileArchives() {
        return Stream.of(
                archive(
                        "its end record is followed by bytes that are not its comment",
                        zip -> zip.behindComment = new byte[5]),
                archive(
                        "its end record is followed by bytes that are not its comment",
                        zip -> zip.comment = fields(30)
                                .put((byte) ' ')
                                .putInt(0x06054b50)
                                .putInt(0)
                                .putInt(0)
                                .array()),
                archive(
                        "its central directory is not where its end record says",
                        zip -> zip.comment = new ZipBytes().toByteArray()),
                archive("it announces 2 entries and has 1", zip -> zip.countOff = 1),
                archive("it announces 0 entries and has 1", zip -> zip.countOff = -1),
                archive("record 2 of its central directory is damaged", zip -> zip.inDirectory = new byte[60]),
                archive("record 2 of its central directory is damaged", zip -> zip.inDirectory = new byte[4]),
                archive(
                        "9 bytes before its central directory belong to no entry",
                        zip -> zip.beforeDirectory = new byte[9]),
                archive(
                        "its central directory is not where its end record says",
                        zip -> zip.behindDirectory = new byte[9]),
                archive("its two end records contradict each other", zip -> {
                    zip.zip64 = true;
                    zip.zip64CountOff = 1;
                }));
    }

    @Test
    void aFileThatIsNoArchiveIsRefused() throws IOException {
        for (String content : List.of("", "PK", "<!DOCTYPE html><title>404</title>")) {
            Path file = Files.writeString(directory.resolve("page.whl"), content);
            assertThatThrownBy(() -> ZipArchive.open(file, "page.whl", LIMITS))
                    .hasMessage("The file is not a zip archive that can be trusted.\n"
                            + "  where  page.whl\n  why    it has no end record");
        }
    }

    /** Whatever one byte becomes: it is refused or read, and never another kind of fault. */
    @Test
    void noChangedByteEndsInAnotherException() throws IOException {
        ZipBytes zip = new ZipBytes()
                .stored("a", "1")
                .deflated("b", RandomContent.of(new Random(2), 100))
                .stored("c/", "", entry -> entry.mode(040755));
        zip.zip64 = true;
        byte[] bytes = zip.toByteArray();
        for (int i = 0; i < bytes.length; i++) {
            for (int value : new int[] {bytes[i] ^ 1, bytes[i] ^ 0x80}) {
                byte[] changed = bytes.clone();
                changed[i] = (byte) value;
                Path file = Files.write(directory.resolve("changed.whl"), changed);
                try (ZipArchive archive = ZipArchive.open(file, "changed.whl", LIMITS)) {
                    for (ZipMember member : archive.members()) {
                        archive.read(member, 1000);
                    }
                } catch (BuildRefused refused) {
                    assertThat(refused).hasMessageContaining("changed.whl");
                }
            }
        }
    }

    @Test
    void limitsAreKept() {
        ZipBytes zip = new ZipBytes().stored("a", "12345").stored("b", "12345");

        assertThatThrownBy(() -> open(zip, new ZipLimits(1, 100, 10)))
                .hasMessageStartingWith("The archive has too many entries.\n  where  demo-1.0-py3-none-any.whl\n"
                        + "  why    2 entries in a directory of 94 bytes; the limit is 1 entries");
        assertThatThrownBy(() -> open(zip, new ZipLimits(2, 9, 10)))
                .hasMessage("The archive is too large when unpacked.\n  where  demo-1.0-py3-none-any.whl\n"
                        + "  why    with the 5 bytes of \"b\" it exceeds the limit of 9 bytes");
    }

    @Test
    void aBombIsRefusedBeforeItIsUnpacked() {
        ZipBytes zip = new ZipBytes().deflated("zeros", new byte[1], entry -> {
            entry.size = 70 << 20;
            entry.localSize = 70 << 20;
        });
        long size = zip.toByteArray().length;

        assertThatThrownBy(() -> open(zip))
                .hasMessage("The archive is suspiciously small for what it unpacks to.\n"
                        + "  where  demo-1.0-py3-none-any.whl\n  why    " + size
                        + " bytes become 73400320; the limit is 200 times");
    }

    @ParameterizedTest
    @MethodSource
    void aDamagedMemberIsRefusedWhenItIsRead(ZipBytes zip, String message) throws IOException {
        try (ZipArchive archive = open(zip)) {
            assertThatThrownBy(() -> archive.read(archive.members().get(0), 1000))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessage(message);
        }
    }

    static Stream<Arguments> aDamagedMemberIsRefusedWhenItIsRead() {
        String damaged = "A compressed file is damaged.\n  where  demo-1.0-py3-none-any.whl: pkg/a\n  why    ";
        byte[] content = "hello hello".getBytes(UTF_8);
        return Stream.of(
                arguments(
                        new ZipBytes().deflated("pkg/a", content, entry -> {
                            entry.crc = 1;
                            entry.localCrc = 1;
                        }),
                        damaged + "its CRC-32 is 012da640 instead of 00000001"),
                arguments(
                        new ZipBytes().deflated("pkg/a", content, entry -> {
                            entry.size = 10;
                            entry.localSize = 10;
                        }),
                        damaged + "it is longer than the 10 bytes of the archive's directory"),
                arguments(
                        new ZipBytes().deflated("pkg/a", content, entry -> {
                            entry.size = 12;
                            entry.localSize = 12;
                        }),
                        damaged + "it has 11 bytes instead of 12"),
                arguments(
                        new ZipBytes().stream("pkg/a", new byte[] {3, 0, 0}, new byte[0]),
                        damaged + "other bytes follow the end of its deflate stream"),
                arguments(
                        new ZipBytes().deflated("pkg/a", new byte[1001]),
                        "A file of 1001 bytes is too large to be read.\n"
                                + "  where  demo-1.0-py3-none-any.whl: pkg/a\n  why    the limit for it is 1000 bytes"));
    }

    private static Arguments named(String why, String name) {
        return named(why, name, name);
    }

    private static Arguments named(String why, String printed, String name) {
        return arguments(why, printed, new ZipBytes().stored(name, ""));
    }

    private static Arguments hostile(String why, String name, Consumer<ZipBytes.Entry> change) {
        return hostile(why, name, change, name);
    }

    private static Arguments hostile(String why, String printed, Consumer<ZipBytes.Entry> change, String name) {
        return arguments(why, printed, new ZipBytes().stored(name, "hello", change));
    }

    private static Arguments hostile(String why, String name, ZipBytes zip) {
        return arguments(why, name, zip);
    }

    private static Arguments archive(String why, Consumer<ZipBytes> change) {
        ZipBytes zip = new ZipBytes().stored("a", "hello");
        change.accept(zip);
        return arguments(why, zip);
    }

    private static byte[] descriptor(ZipBytes.Entry entry, boolean signed, boolean large) {
        byte[] descriptor = new byte[(signed ? 4 : 0) + (large ? 20 : 12)];
        ByteBuffer fields = ByteBuffer.wrap(descriptor).order(ByteOrder.LITTLE_ENDIAN);
        if (signed) {
            fields.putInt(0x08074b50);
        }
        fields.putInt((int) entry.crc);
        for (long size : new long[] {entry.compressedSize, entry.size}) {
            if (large) {
                fields.putLong(size);
            } else {
                fields.putInt((int) size);
            }
        }
        return descriptor;
    }

    private ZipArchive open(ZipBytes zip) throws IOException {
        return open(zip, LIMITS);
    }

    private ZipArchive open(ZipBytes zip, ZipLimits limits) throws IOException {
        return ZipArchive.open(zip.writeTo(directory.resolve("demo.whl")), "demo-1.0-py3-none-any.whl", limits);
    }
}

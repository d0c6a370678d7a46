package dev.pycontainer.archive;

import static dev.pycontainer.testkit.ZipBytes.fields;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.testkit.ZipBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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

    /** APPNOTE 4.3.12 gives the directory no order. */
    @Test
    void theDirectoryMayHaveAnotherOrderThanTheData() throws IOException {
        ZipBytes zip = new ZipBytes().stored("a", "1").stored("b", "2");
        zip.patch = bytes -> {
            byte[] swapped = bytes.clone();
            System.arraycopy(bytes, 64, swapped, 111, 47);
            System.arraycopy(bytes, 111, swapped, 64, 47);
            return swapped;
        };
        try (ZipArchive archive = open(zip)) {
            assertThat(archive.members()).extracting(ZipMember::path).containsExactly("b", "a");
            assertThat(archive.read(archive.members().get(0), 1)).isEqualTo("2".getBytes(UTF_8));
        }
    }

    @Test
    void aLargeArchiveMayUnpackToALotMore() throws IOException {
        ZipBytes zip = new ZipBytes().deflated("a", RandomContent.of(new Random(3), 2_000_000), entry -> {
            entry.size = 70 << 20;
            entry.localSize = 70 << 20;
        });
        try (ZipArchive archive = open(zip)) {
            assertThat(archive.members().get(0).size()).isEqualTo(70 << 20);
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
    void aMemberLargerThanItsReaderWantsIsRefused() throws IOException {
        try (ZipArchive archive = open(new ZipBytes().deflated("pkg/a", new byte[1001]))) {
            assertThatThrownBy(() -> archive.read(archive.members().get(0), 1000))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessage("A file of 1001 bytes is too large to be read.\n"
                            + "  where  demo-1.0-py3-none-any.whl: pkg/a\n  why    the limit for it is 1000 bytes");
        }
    }

    @Test
    void aMemberIsReadOnlyIfItHasItsCrc() throws IOException {
        try (ZipArchive archive = open(new ZipBytes().stored("pkg/a", "hello", entry -> {
            entry.crc = 1;
            entry.localCrc = 1;
        }))) {
            assertThatThrownBy(() -> archive.read(archive.members().get(0), 1000))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessage("A compressed file is damaged.\n  where  demo-1.0-py3-none-any.whl: pkg/a\n"
                            + "  why    its CRC-32 is 3610a686 instead of 00000001");
        }
    }

    @Test
    void limitsAreKept() throws IOException {
        ZipBytes zip = new ZipBytes().stored("a", "12345").stored("b", "12345");
        open(zip, new ZipLimits(2, 10, 10)).close();

        assertThatThrownBy(() -> open(zip, new ZipLimits(1, 100, 10)))
                .hasMessageStartingWith("The archive has too many entries.\n  where  demo-1.0-py3-none-any.whl\n"
                        + "  why    2 entries in a directory of 94 bytes; the limit is 1 entries");
        assertThatThrownBy(() -> open(zip, new ZipLimits(2, 9, 10)))
                .hasMessage("The archive is too large when unpacked.\n  where  demo-1.0-py3-none-any.whl\n"
                        + "  why    with the 5 bytes of \"b\" it exceeds the limit of 9 bytes");
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

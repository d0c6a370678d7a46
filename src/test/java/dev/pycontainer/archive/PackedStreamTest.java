package dev.pycontainer.archive;

import static dev.pycontainer.testkit.DebBytes.gzip;
import static dev.pycontainer.testkit.DebBytes.packed;
import static dev.pycontainer.testkit.DebBytes.utf8;
import static dev.pycontainer.testkit.DebBytes.xz;
import static dev.pycontainer.testkit.DebBytes.zstd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.testkit.DebBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class PackedStreamTest {

    private static final byte[] CONTENT = utf8("content ".repeat(40_000));

    @Test
    void theSuffixTellsTheForm() throws IOException {
        assertThat(unpacked("data.tar", CONTENT)).isEqualTo(CONTENT);
        assertThat(unpacked("data.tar.gz", gzip(CONTENT))).isEqualTo(CONTENT);
        assertThat(unpacked("data.tar.xz", xz(CONTENT))).isEqualTo(CONTENT);
        assertThat(unpacked("data.tar.zst", zstd(CONTENT))).isEqualTo(CONTENT);
    }

    // dpkg reads every member of a gzip file, as zlib does.
    @Test
    void everyMemberOfAGzipFileIsRead() throws IOException {
        assertThat(unpacked("data.tar.gz", joined(gzip(utf8("a")), gzip(utf8("b")))))
                .isEqualTo(utf8("ab"));
    }

    static Stream<Arguments> damaged() {
        return Stream.of(
                Arguments.of("data.tar.gz", gzip(CONTENT)),
                Arguments.of("data.tar.xz", xz(CONTENT)),
                Arguments.of("data.tar.zst", zstd(CONTENT)));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void damageIsARefusalThatNamesTheFile(String name, byte[] packed) {
        byte[] flipped = packed.clone();
        flipped[packed.length / 2] ^= 0x55;
        // what a form's beginning holds
        byte[] foreign = packed.clone();
        foreign[1] ^= 1;

        for (byte[] bad : new byte[][] {
            flipped, foreign, new byte[0], Arrays.copyOf(packed, packed.length - 1), Arrays.copyOf(packed, 7)
        }) {
            assertThatThrownBy(() -> unpacked(name, bad))
                    .as("%d bytes", bad.length)
                    .isInstanceOf(BuildRefused.class)
                    .hasMessageStartingWith(name + " cannot be unpacked.");
        }
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void nothingMayFollowTheEnd(String name, byte[] packed) {
        assertThatThrownBy(() -> unpacked(name, joined(packed, utf8("x")))).isInstanceOf(BuildRefused.class);
        assertThatThrownBy(() -> unpacked(name, joined(packed, utf8("garbage behind it"))))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(name);
    }

    @Test
    void aSecondXzStreamIsRefusedSinceDpkgWouldNotSeeIt() {
        assertThatThrownBy(() -> unpacked("data.tar.xz", joined(xz(CONTENT), xz(CONTENT))))
                .hasMessage("data.tar.xz goes on after its end.\n"
                        + "  why    readers that stop there and readers that do not would see different files");
    }

    @Test
    void aDictionaryThatFillsTheMemoryIsRefused() {
        // given: a dictionary of 256 MiB, told in the header of a file of a few bytes
        byte[] bomb = xz(CONTENT);
        byte[] header = Arrays.copyOfRange(bomb, 12, 24);
        // "LZMA2": filter id 0x21, one byte of properties, the dictionary's size as (2 | (bits & 1)) << (bits / 2 + 11)
        assertThat(header[2]).isEqualTo((byte) 0x21);
        bomb[12 + 4] = 32;
        crc32(bomb, 12, 8);

        assertThatThrownBy(() -> unpacked("data.tar.xz", bomb))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("data.tar.xz cannot be unpacked.")
                .hasMessageContaining("of memory would be needed; limit was 81920 KiB");
    }

    @Test
    void theLargestDictionaryOfXzsOwnLevelsIsRead() throws IOException {
        assertThat(unpacked("data.tar.xz", packed(CONTENT, out -> new XZOutputStream(out, new LZMA2Options(9)))))
                .isEqualTo(CONTENT);
    }

    // RFC 8878, 3.1.1.1.2: Window_Descriptor, exponent in five bits, mantissa in three
    @Test
    void aWindowThatFillsTheMemoryIsRefused() {
        byte[] bomb = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x00, (byte) (21 << 3), 0x01, 0x00, 0x00};
        byte[] within = bomb.clone();
        within[5] = (byte) (17 << 3);

        assertThatThrownBy(() -> unpacked("data.tar.zst", bomb))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("data.tar.zst cannot be unpacked.")
                .hasMessageContaining("requires too much memory");
        assertThatCode(() -> unpacked("data.tar.zst", within)).doesNotThrowAnyException();
    }

    static Stream<Arguments> bombs() {
        return Stream.of(
                Arguments.of("data.tar.gz", (DebBytes.Packing) GzipCompressorOutputStream::new),
                Arguments.of("data.tar.xz", (DebBytes.Packing) out -> new XZOutputStream(out, new LZMA2Options(0))),
                Arguments.of("data.tar.zst", (DebBytes.Packing) ZstdOutputStream::new));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void whatUnpacksToMoreThanItCouldHoldIsRefused(String name, DebBytes.Packing packing) throws IOException {
        byte[] bomb = packed(new byte[0], out -> {
            OutputStream packer = packing.over(out);
            for (int i = 0; i < 257; i++) {
                packer.write(new byte[1 << 20]);
            }
            return packer;
        });

        InputStream in = PackedStream.open(new ByteArrayInputStream(bomb), name, bomb.length);
        assertThatThrownBy(() -> in.transferTo(OutputStream.nullOutputStream()))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(name + ", unpacked, is larger than 268435456 bytes, the limit for it.");
        // 2 MiB may hold 400 MiB
        InputStream larger = PackedStream.open(new ByteArrayInputStream(bomb), name, 2 << 20);
        assertThat(larger.transferTo(OutputStream.nullOutputStream())).isEqualTo(257L << 20);
    }

    @Test
    void anUnknownSuffixIsRefusedBeforeAByteIsRead() {
        assertThatThrownBy(() -> unpacked("data.tar.bz2", new byte[0]))
                .hasMessage("data.tar.bz2 has a form that is not read here.\n"
                        + "  why    read are .gz, .xz, .zst, and .tar alone");
    }

    private static byte[] unpacked(String name, byte[] packed) throws IOException {
        try (InputStream in = PackedStream.open(new ByteArrayInputStream(packed), name, packed.length)) {
            return in.readAllBytes();
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(first);
        bytes.writeBytes(second);
        return bytes.toByteArray();
    }

    /** Writes the CRC-32 of {@code length} bytes behind them. */
    private static void crc32(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(offset + length, (int) crc.getValue());
    }
}

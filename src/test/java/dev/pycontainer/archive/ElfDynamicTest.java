package dev.pycontainer.archive;

import static dev.pycontainer.testkit.DynamicElf.ADDRESS;
import static dev.pycontainer.testkit.DynamicElf.four;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.testkit.DynamicElf;
import dev.pycontainer.testkit.MinimalElf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElfDynamicTest {

    private static final int NEEDED = 1;
    private static final int STRTAB = 5;
    private static final int STRSZ = 10;
    private static final int SONAME = 14;
    private static final int RPATH = 15;
    private static final int RUNPATH = 29;
    private static final long VERDEF = 0x6ffffffcL;
    private static final long VERNEED = 0x6ffffffeL;

    // The two libraries are gcc's: see make-tiny-libraries beside them.
    @Test
    void aRealLibraryTellsItsNameWhatItNeedsAndWhatItDefines() throws IOException {
        ElfDynamic one = ElfDynamic.read(real("libtinyone.so.1.2")).orElseThrow();

        assertThat(one)
                .isEqualTo(new ElfDynamic(
                        new ElfFile(64, true, MinimalElf.X86_64, Optional.empty()),
                        3,
                        true,
                        Optional.of("libtinyone.so.1"),
                        List.of("libc.so.6"),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("libc.so.6", List.of("GLIBC_2.34", "GLIBC_2.2.5")),
                        List.of("ONE_1.0", "ONE_2.0")));
        assertThat(one.isSharedObject()).isTrue();
    }

    @Test
    void aRealLibraryTellsWhereItLooksForOthers(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("two"), real("libtinytwo.so.2"));
        try (FileChannel channel = FileChannel.open(file)) {
            ElfDynamic two = ElfDynamic.read(channel).orElseThrow();

            assertThat(two.soname()).contains("libtinytwo.so.2");
            assertThat(two.needed()).containsExactly("libtinyone.so.1");
            assertThat(two.runpath()).contains("$ORIGIN/../lib:/opt/lib");
            assertThat(two.rpath()).isEmpty();
            assertThat(two.versionNeeds()).isEqualTo(Map.of("libtinyone.so.1", List.of("ONE_2.0")));
            assertThat(two.versionDefinitions()).isEmpty();
            assertThat(channel.isOpen()).isTrue();
        }
    }

    // "File Class", "Data Encoding": the same fields, narrower or the other way round
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void everyClassAndByteOrderIsRead(boolean wide, boolean little) throws IOException {
        DynamicElf elf = new DynamicElf(wide, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN, 22);
        elf.text(NEEDED, "libc.so.6").text(NEEDED, "libm.so.6").text(SONAME, "libx.so.1");
        elf.text(RPATH, "/old").text(RUNPATH, "$ORIGIN");
        versions(elf);

        ElfDynamic read = ElfDynamic.read(elf.bytes()).orElseThrow();

        assertThat(read.file()).isEqualTo(new ElfFile(wide ? 64 : 32, little, 22, Optional.empty()));
        assertThat(read.needed()).containsExactly("libc.so.6", "libm.so.6");
        assertThat(read.soname()).contains("libx.so.1");
        assertThat(read.rpath()).contains("/old");
        assertThat(read.runpath()).contains("$ORIGIN");
        assertThat(read.versionNeeds())
                .isEqualTo(Map.of("libc.so.6", List.of("GLIBC_2.34"), "libm.so.6", List.of("GLIBC_2.29")));
        assertThat(List.copyOf(read.versionNeeds().keySet())).containsExactly("libm.so.6", "libc.so.6");
        assertThat(read.versionDefinitions()).containsExactly("X_1.0", "X_1.1");
    }

    /** Two needed libraries, one with a weak version; a base definition and two others, the last of which has a parent. */
    private static void versions(DynamicElf elf) {
        long libc = four(elf.string("libc.so.6"));
        long libm = four(elf.string("libm.so.6"));
        long strong = four(elf.string("GLIBC_2.34"));
        long weak = four(elf.string("GLIBC_ABI_DT_RELR"));
        long other = four(elf.string("GLIBC_2.29"));
        elf.words(
                VERNEED, //
                1, 1, libm, four(16), four(32), // vn_version, vn_cnt, vn_file, vn_aux, vn_next
                four(0), 0, 2, other, four(0), // vna_hash, vna_flags, vna_other, vna_name, vna_next
                1, 2, libc, four(16), four(0), //
                four(0), 0, 3, strong, four(16), //
                four(0), 2, 4, weak, four(0));
        long base = four(elf.string("libx.so.1"));
        long first = four(elf.string("X_1.0"));
        long second = four(elf.string("X_1.1"));
        elf.words(
                VERDEF, //
                1, 1, 1, 1, four(0), four(20), four(28), // vd_version, _flags, _ndx, _cnt, _hash, _aux, _next
                base, four(0), // vda_name, vda_next
                1, 0, 2, 1, four(0), four(20), four(28), first, four(0), //
                1, 0, 3, 2, four(0), four(20), four(0), second, four(8), first, four(0));
    }

    @Test
    void whatHasNoDynamicSectionAsksForNothing() throws IOException {
        ElfDynamic program = ElfDynamic.read(MinimalElf.executable(MinimalElf.X86_64, "/lib/ld-musl-x86_64.so.1"))
                .orElseThrow();
        byte[] debugInformation = DynamicElf.library(MinimalElf.AARCH64, "libx.so.1");
        ByteBuffer.wrap(debugInformation)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(64 + 56 + 8, 1 << 20)
                .putLong(64 + 56 + 32, 0);

        assertThat(program.file().interpreter()).contains("/lib/ld-musl-x86_64.so.1");
        assertThat(program.needed()).isEmpty();
        assertThat(program.soname()).isEmpty();
        assertThat(program.dynamic()).isFalse();
        assertThat(ElfDynamic.read(debugInformation).orElseThrow().soname()).isEmpty();
        assertThat(ElfDynamic.read(debugInformation).orElseThrow().isSharedObject())
                .isFalse();
    }

    @Test
    void whatIsNoElfFileIsNone() throws IOException {
        assertThat(ElfDynamic.read(new byte[0])).isEmpty();
        assertThat(ElfDynamic.read("/* GNU ld script */ GROUP ( /lib/libc.so.6 )".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                row("a name beyond the table", elf -> elf.entry(NEEDED, 9000)),
                row("a name before it", elf -> elf.entry(NEEDED, -1)),
                row("a name far beyond", elf -> elf.entry(SONAME, Long.MAX_VALUE)),
                row("a name without an end", elf -> elf.text(RUNPATH, "x".repeat(4096))),
                row("needed versions at no address", elf -> elf.entry(VERNEED, 1)),
                row("needed versions at the greatest address", elf -> elf.entry(VERNEED, -1)),
                row("needed versions of an unknown form", elf -> elf.words(VERNEED, 2, 0, four(0), four(0), four(0))),
                row(
                        "needed versions whose chain leaves the file",
                        elf -> elf.words(VERNEED, 1, 0, four(0), four(0), four(0xffffffffL))),
                row(
                        "needed versions whose second is nothing",
                        elf -> elf.words(VERNEED, 1, 0, four(0), four(0), four(16))),
                row("a needed version outside", elf -> elf.words(VERNEED, 1, 1, four(0), four(0xfffffff0L), four(0))),
                row(
                        "a needed version with a name outside",
                        elf -> elf.words(
                                VERNEED, 1, 1, four(0), four(16), four(0), four(0), 0, 0, four(0xffffffffL), four(0))),
                row("definitions at no address", elf -> elf.entry(VERDEF, 1)),
                row(
                        "a definition whose name is outside",
                        elf -> elf.words(VERDEF, 1, 0, 0, 1, four(0), four(0xffff0000L), four(0))),
                row(
                        "definitions whose chain leaves the file",
                        elf -> elf.words(VERDEF, 1, 0, 0, 1, four(0), four(20), four(0xffffffffL), four(0), four(0))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void whatDoesNotHoldTogetherIsNoneAndNeverAnException(String rule, Consumer<DynamicElf> change) throws IOException {
        for (boolean wide : new boolean[] {true, false}) {
            for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                DynamicElf elf = new DynamicElf(wide, order, 62);
                change.accept(elf);
                assertThat(ElfDynamic.read(elf.bytes()))
                        .as("%s %s", wide, order)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"300, true", "400, false"})
    void namesCostSomethingHoweverOftenTheyAreThere(int times, boolean read) throws IOException {
        DynamicElf elf = DynamicElf.of(62);
        int name = elf.string("x".repeat(3000));
        for (int i = 0; i < times; i++) {
            elf.entry(NEEDED, name);
        }

        assertThat(ElfDynamic.read(elf.bytes()).isPresent()).isEqualTo(read);
    }

    private static Arguments row(String rule, Consumer<DynamicElf> change) {
        return Arguments.of(rule, change);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, 24576})
    void aSectionOutsideTheFileIsNone(long value) throws IOException {
        int second = 64 + 56;
        byte[] offset = DynamicElf.library(62, "libx.so.1");
        ByteBuffer.wrap(offset).order(ByteOrder.LITTLE_ENDIAN).putLong(second + 8, value);
        byte[] address = DynamicElf.of(62).text(SONAME, "libx.so.1").bytes();
        // the first entry is the name, the second the string table
        ByteBuffer.wrap(address).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 2 * 56 + 16 + 8, value);
        byte[] unmapped = DynamicElf.library(62, "libx.so.1");
        ByteBuffer.wrap(unmapped).order(ByteOrder.LITTLE_ENDIAN).putInt(64, 6);

        assertThat(ElfDynamic.read(offset)).isEmpty();
        assertThat(ElfDynamic.read(address)).isEmpty();
        assertThat(ElfDynamic.read(unmapped)).isEmpty();
    }

    @Test
    void aDynamicSectionThatSaysItIsEndlessIsReadToItsEnd() throws IOException {
        byte[] file = DynamicElf.library(62, "libx.so.1");
        // behind the three entries and DT_NULL
        int behind = 64 + 2 * 56 + 4 * 16;
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(64 + 56 + 32, -1)
                .putLong(behind, SONAME)
                .putLong(behind + 8, 9000);

        assertThat(ElfDynamic.read(file).orElseThrow().soname()).contains("libx.so.1");
    }

    @Test
    void aDynamicSectionMayEndWithItsBytes() throws IOException {
        byte[] file = DynamicElf.library(62, "libx.so.1");
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 56 + 32, 3 * 16);

        assertThat(ElfDynamic.read(file).orElseThrow().soname()).contains("libx.so.1");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE - 100_000, 24_000})
    void aSegmentThatIsNotInTheFileHoldsNothing(long offset) throws IOException {
        for (long tag : new long[] {VERNEED, VERDEF}) {
            byte[] file = DynamicElf.of(62).words(tag, 1, 0).bytes();
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 8, offset);

            assertThat(ElfDynamic.read(file)).isEmpty();
        }
    }

    @Test
    void aDynamicSectionWithoutEndIsNone() throws IOException {
        byte[] file = Arrays.copyOf(DynamicElf.library(62, "libx.so.1"), 3 << 20);
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(64 + 56 + 8, 1 << 20)
                .putLong(64 + 56 + 32, 2 << 20);
        Arrays.fill(file, 1 << 20, file.length, (byte) 1);

        assertThat(ElfDynamic.read(file)).isEmpty();
    }

    @Test
    void theLoaderTakesTheLastOfTwoEntriesOfOneKind() throws IOException {
        byte[] file = DynamicElf.of(62)
                .entry(STRTAB, ADDRESS)
                .entry(STRSZ, 0)
                .text(SONAME, "libx.so.1")
                .text(SONAME, "liby.so.1")
                .bytes();

        assertThat(ElfDynamic.read(file).orElseThrow().soname()).contains("liby.so.1");
    }

    @Test
    void noTruncationAndNoChangedByteIsAnException() throws IOException {
        Random random = new Random(5);
        for (String name : List.of("libtinyone.so.1.2", "libtinytwo.so.2")) {
            byte[] whole = real(name);
            for (int length = 0; length < whole.length; length += 7) {
                assertThat(ElfDynamic.read(Arrays.copyOf(whole, length))).isNotNull();
            }
            for (int i = 0; i < 20_000; i++) {
                byte[] changed = whole.clone();
                for (int n = 0; n < 3; n++) {
                    // the headers, the string table and the versions, then the dynamic section
                    int at = random.nextBoolean() ? random.nextInt(0x360) : 0xe80 + random.nextInt(0x140);
                    changed[at] = (byte) random.nextInt(256);
                }
                assertThat(ElfDynamic.read(changed)).isNotNull();
            }
        }
    }

    private static byte[] real(String name) throws IOException {
        try (InputStream in = ElfDynamicTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}

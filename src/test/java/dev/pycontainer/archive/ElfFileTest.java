package dev.pycontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.testkit.MinimalElf;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElfFileTest {

    private static final String LOADER = "/lib64/ld-linux-x86-64.so.2";

    @Test
    void anExecutableTellsItsMachineAndItsLoader() throws IOException {
        Optional<ElfFile> elf = read(MinimalElf.executable(MinimalElf.X86_64, LOADER, "3.11.2"));

        assertThat(elf).contains(new ElfFile(64, true, MinimalElf.X86_64, Optional.of(LOADER)));
        assertThat(elf.orElseThrow().machine()).isEqualTo("x86_64");
    }

    @Test
    void aLibraryOrAStaticProgramNamesNoLoader() throws IOException {
        assertThat(read(MinimalElf.library(MinimalElf.AARCH64)))
                .contains(new ElfFile(64, true, MinimalElf.AARCH64, Optional.empty()));
    }

    @Test
    void aPathThatWasPatchedShorterEndsAtItsFirstNul() throws IOException {
        assertThat(read(MinimalElf.executable(MinimalElf.X86_64, "/lib/ld-musl-x86_64.so.1\0\0"))
                        .orElseThrow()
                        .interpreter())
                .contains("/lib/ld-musl-x86_64.so.1");
    }

    @Test
    void anEmptyPathIsNoneAsPatchelfLeavesItInLibraries() throws IOException {
        byte[] elf = MinimalElf.executable(MinimalElf.X86_64, "");

        assertThat(read(elf)).contains(new ElfFile(64, true, MinimalElf.X86_64, Optional.empty()));
    }

    @Test
    void whatLiesBeyondTheWindowIsReadForwards() throws IOException {
        // given: tools such as patchelf move the loader's path to the end of the file
        byte[] elf = MinimalElf.executable(MinimalElf.X86_64, LOADER);
        int far = 5 << 20;
        byte[] moved = Arrays.copyOf(elf, far + LOADER.length() + 1);
        System.arraycopy(elf, 64 + 56, moved, far, LOADER.length() + 1);
        ByteBuffer.wrap(moved).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 8, far);

        assertThat(read(moved).orElseThrow().interpreter()).contains(LOADER);
    }

    // "ELF Header", e_ident: EI_CLASS 1 is 32-bit, EI_DATA 2 is big-endian; machines from the ABI's table
    @ParameterizedTest
    @CsvSource({
        "1, 1, 3, i686",
        "1, 1, 40, armv7l",
        "2, 1, 183, aarch64",
        "2, 2, 22, s390x",
        "2, 1, 21, ppc64le",
        "2, 2, 21, ppc64",
        "2, 1, 243, riscv64",
        "1, 1, 62, x32",
        "2, 1, 258, loongarch64",
        "2, 1, 9999, 9999"
    })
    void machinesAreNamedAsUnameNamesThem(int elfClass, int data, int machine, String name) throws IOException {
        byte[] elf = new byte[64];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', (byte) elfClass, (byte) data}, 0, elf, 0, 6);
        ByteBuffer.wrap(elf)
                .order(data == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .putShort(18, (short) machine);

        assertThat(read(elf).orElseThrow().machine()).isEqualTo(name);
    }

    @Test
    void whatIsNotElfIsNone() throws IOException {
        assertThat(read("#!/bin/sh\nexec pyenv python\n".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(read(new byte[0])).isEmpty();
    }

    @Test
    void everyTruncationIsNoneAndNeverAnException() throws IOException {
        byte[] whole = MinimalElf.executable(MinimalElf.X86_64, LOADER);
        for (int length = 0; length < whole.length - 1; length++) {
            assertThat(read(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40})
    void offsetsThatLeadOutOfTheFileAreNone(long offset) throws IOException {
        byte[] table = MinimalElf.executable(MinimalElf.X86_64, LOADER);
        ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN).putLong(32, offset);
        byte[] path = MinimalElf.executable(MinimalElf.X86_64, LOADER);
        ByteBuffer.wrap(path).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 8, offset);
        byte[] length = MinimalElf.executable(MinimalElf.X86_64, LOADER);
        ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 32, offset);

        assertThat(read(table)).isEmpty();
        assertThat(read(path)).isEmpty();
        assertThat(read(length)).isEmpty();
    }

    private static Optional<ElfFile> read(byte[] bytes) throws IOException {
        return ElfFile.read(new ByteArrayInputStream(bytes));
    }
}

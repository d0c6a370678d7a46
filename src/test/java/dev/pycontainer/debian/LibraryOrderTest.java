package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryOrderTest {

    @ParameterizedTest
    @CsvSource({
        "libx.so.1, libx.so.1, 0",
        "libx.so.9, libx.so.10, -1",
        "libx.so.1.9, libx.so.1.10, -1",
        "libx.so.010, libx.so.10, 0",
        "libx.so, libx.so.1, -1",
        "libx2.so, libx.so, 1",
        "libx0.so, libx.so, 1",
        "libX.so, libx.so, -1",
        "'', a, -1",
        "'', '', 0",
        "a, '', 1",
        // 2^32 + 1 is 1 for the loader, whose numbers have 32 bits
        "libx.so.4294967297, libx.so.1, 0",
        "libx.so.20260101120000, libx.so.20260101120001, -1"
    })
    void namesAreComparedAsTheLoaderComparesThem(String left, String right, int sign) {
        assertThat(Integer.signum(LibraryOrder.compare(left, right))).isEqualTo(sign);
        assertThat(Integer.signum(LibraryOrder.compare(right, left))).isEqualTo(-sign);
    }
}

package dev.pycontainer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheSizeTest {

    @ParameterizedTest
    @CsvSource({
        "20GB, 20000000000, 20.0 GB",
        "20gb, 20000000000, 20.0 GB",
        "20 GB, 20000000000, 20.0 GB",
        "1.5GiB, 1610612736, 1.6 GB",
        "800M, 800000000, 800.0 MB",
        "512k, 512000, 512.0 kB",
        "2TiB, 2199023255552, 2.2 TB",
        "12B, 12, 12 B",
        "0, 0, 0 B",
        "unlimited, 9223372036854775807, unlimited"
    })
    void sizesAreNumbersWithAUnit(String text, long bytes, String shown) {
        assertThat(CacheSize.parse(text).bytes()).isEqualTo(bytes);
        assertThat(CacheSize.parse(text)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GB",
                "-1GB",
                "1.55GB",
                "20 GBit",
                "1e9",
                "1000000000000GB",
                "12345678901234567",
                "all",
                "i",
                "3ib"
            })
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> CacheSize.parse(text))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                "%s" is not a size.
                  do     write a number with a unit, such as 20GB or 500MiB, or the word unlimited""".formatted(text));
    }

    @Test
    void theGreatestSizeFits() {
        assertThat(CacheSize.parse("8000TiB").bytes()).isPositive();
    }
}

package dev.pycontainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesModificationTimeTest {

    @ParameterizedTest
    @CsvSource({
        // 315532800 is 1980-01-01T00:00:00Z; 2^29 is 0x20000000
        "0000000000000000, 315532800",
        "0000000000000001, 315532801",
        "000000001fffffff, 852403711",
        "0000000020000000, 315532800",
        // unsigned
        "ffffffffffffffff, 852403711",
        "8000000000000005, 315532805",
    })
    void theDefaultDerivesTheTimeOfAFileFromItsContent(String head, long seconds) {
        Digest digest = new Digest(head + "ab".repeat(24));

        assertThat(FilesModificationTime.FROM_CONTENT.ofFile(digest)).isEqualTo(seconds);
        assertThat(FilesModificationTime.FROM_CONTENT.ofOthers()).isEqualTo(315532800);
    }

    @Test
    void aFixedTimeIsThatOfEverything() {
        FilesModificationTime time = FilesModificationTime.parse("2026-01-31T12:00:00+02:00");

        assertThat(time.ofFile(Digest.of("x"))).isEqualTo(1769853600);
        assertThat(time.ofOthers()).isEqualTo(1769853600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-01-31", "2026-01-31T12:00:00", "1769853600"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> FilesModificationTime.parse(text))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("\"" + text + "\" is not a time with an offset.\n"
                        + "  do     write it as 2026-01-31T12:00:00Z");
    }
}

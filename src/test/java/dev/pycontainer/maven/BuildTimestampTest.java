package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes {@code created}: the parameter, Maven's property, the environment variable, the epoch. */
class BuildTimestampTest {

    private static final Instant NOW = Instant.parse("2026-05-05T05:05:05Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // parameter, project.build.outputTimestamp, SOURCE_DATE_EPOCH, created
                "-, -, -, 1970-01-01T00:00:00Z",
                "-, -, 1700000000, 2023-11-14T22:13:20Z",
                "-, 2025-01-02T03:04:05Z, 1700000000, 2025-01-02T03:04:05Z",
                "-, 2025-01-02T03:04:05+02:00, -, 2025-01-02T01:04:05Z",
                "-, 1700000001, -, 2023-11-14T22:13:21Z",
                "-, x, 1700000000, 2023-11-14T22:13:20Z",
                "EPOCH, 2025-01-02T03:04:05Z, -, 1970-01-01T00:00:00Z",
                "2024-02-29T12:00:00Z, 2025-01-02T03:04:05Z, -, 2024-02-29T12:00:00Z",
                "USE_CURRENT_TIMESTAMP, -, -, 2026-05-05T05:05:05Z",
            })
    void theStrongestPlaceThatSpeaksWins(String parameter, String property, String variable, String created) {
        assertThat(BuildTimestamp.of(Optional.ofNullable(parameter), property, variable, CLOCK))
                .isEqualTo(Instant.parse(created));
    }

    @Test
    void aTimeThatCannotBeReadIsRefusedWhereItStands() {
        assertThatThrownBy(() -> BuildTimestamp.of(Optional.of("yesterday"), null, null, CLOCK))
                .hasMessageStartingWith("container.creationTime is \"yesterday\".");
        assertThatThrownBy(() -> BuildTimestamp.of(Optional.empty(), "yesterday", null, CLOCK))
                .hasMessageStartingWith("project.build.outputTimestamp is \"yesterday\".");
        assertThatThrownBy(() -> BuildTimestamp.of(Optional.empty(), "1970-01-01T00:00:00Z", null, CLOCK))
                .hasMessageContaining("it must lie between 1980-01-01T00:00:02Z");
        assertThatThrownBy(() -> BuildTimestamp.of(Optional.empty(), null, "soon", CLOCK))
                .hasMessageStartingWith("SOURCE_DATE_EPOCH is \"soon\".");
    }
}

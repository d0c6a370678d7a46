package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one time that enters config and history: {@code created}.
 *
 * <p>It is {@code container.creationTime} where written, else {@code project.build.outputTimestamp}, else {@code
 * SOURCE_DATE_EPOCH}, else the epoch: same inputs, same bytes.
 */
final class BuildTimestamp {

    /** As in Maven's guide to reproducible builds: what the zip format can hold. */
    private static final Instant EARLIEST = Instant.parse("1980-01-01T00:00:02Z");

    private static final Instant LATEST = Instant.parse("2099-12-31T23:59:59Z");

    private BuildTimestamp() {}

    /**
     * @param creationTime the parameter: ISO 8601, {@code EPOCH} or {@code USE_CURRENT_TIMESTAMP}
     * @param outputTimestamp Maven's property: ISO 8601 or seconds since the epoch; one character alone turns it off
     * @param sourceDateEpoch the environment variable: seconds since the epoch
     * @param clock asked only where the user writes {@code USE_CURRENT_TIMESTAMP}
     */
    static Instant of(
            Optional<String> creationTime,
            @Nullable String outputTimestamp,
            @Nullable String sourceDateEpoch,
            InstantSource clock) {
        if (creationTime.isPresent()) {
            return switch (creationTime.get()) {
                case "EPOCH" -> Instant.EPOCH;
                case "USE_CURRENT_TIMESTAMP" -> clock.instant();
                default ->
                    iso(creationTime.get(), "container.creationTime", "ISO 8601, EPOCH or USE_CURRENT_TIMESTAMP");
            };
        }
        if (outputTimestamp != null && isOn(outputTimestamp)) {
            return ofMaven(outputTimestamp);
        }
        if (sourceDateEpoch != null) {
            if (!isNumber(sourceDateEpoch)) {
                throw BuildRefused.because("SOURCE_DATE_EPOCH is \"" + sourceDateEpoch + "\".")
                        .why("it takes seconds since 1970-01-01T00:00:00Z");
            }
            return Instant.ofEpochSecond(Long.parseLong(sourceDateEpoch));
        }
        return Instant.EPOCH;
    }

    /** Maven's rule: one character that is not a digit, such as {@code x}, turns an inherited timestamp off. */
    private static boolean isOn(String outputTimestamp) {
        return outputTimestamp.length() > 1 || isNumber(outputTimestamp);
    }

    private static Instant ofMaven(String text) {
        String name = "project.build.outputTimestamp";
        Instant instant = isNumber(text)
                ? Instant.ofEpochSecond(Long.parseLong(text))
                : iso(text, name, "ISO 8601 or seconds since 1970-01-01T00:00:00Z");
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw BuildRefused.because(name + " is \"" + text + "\".")
                    .why("it must lie between " + EARLIEST + " and " + LATEST);
        }
        return instant;
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,12}");
    }

    private static Instant iso(String text, String name, String form) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw BuildRefused.because(name + " is \"" + text + "\".")
                    .why("it takes " + form + ", such as 2026-01-31T12:00:00Z")
                    .causedBy(e);
        }
    }
}

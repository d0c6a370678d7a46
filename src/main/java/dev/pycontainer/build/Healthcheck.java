package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a runtime asks whether the service is well: {@code Healthcheck} of Docker's image configuration, which the OCI
 * specification reserves for the same use.
 *
 * @param command exec form; {@code CMD-SHELL} or {@code NONE} may stand first
 */
public record Healthcheck(
        List<String> command,
        Optional<Duration> interval,
        Optional<Duration> timeout,
        Optional<Duration> startPeriod,
        Optional<Integer> retries) {

    /** The fields are nanoseconds in 64 bits. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    public Healthcheck {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw BuildRefused.because("The health check has no command.").todo("set container.healthcheck.command");
        }
        retries.filter(count -> count < 0).ifPresent(count -> {
            throw BuildRefused.because("container.healthcheck.retries is " + count + ".")
                    .why("it must not be negative");
        });
    }

    /** Reads a duration such as {@code 30s}, {@code 500ms}, {@code 2m} or {@code 1h}. */
    public static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (parts.matches()) {
            long amount = Long.parseLong(parts.group(1));
            Duration duration = switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
            if (duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        throw BuildRefused.because("\"" + text + "\" is not a duration.")
                .todo("write a whole number and ms, s, m or h, such as 30s");
    }
}

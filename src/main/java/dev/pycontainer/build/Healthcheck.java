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

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    public Healthcheck {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw BuildRefused.because("The health check has no command.").todo("set container.healthcheck.command");
        }
    }

    /** Reads a duration such as {@code 30s}, {@code 500ms}, {@code 2m} or {@code 1h}. */
    public static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw BuildRefused.because("\"" + text + "\" is not a duration.")
                    .todo("write a whole number and ms, s, m or h, such as 30s");
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}

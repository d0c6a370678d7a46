package dev.pycontainer.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Which failures may pass if one waits, and how long: twice as long each time, or as long as the server asks.
 *
 * <p>Only GET and HEAD are sent again: what an upload has already done at the server, only its sender can tell.
 */
public final class Retry {

    private static final Duration FIRST = Duration.ofSeconds(1);

    /** A server that asks for more is not waited for: a build that stands still helps nobody. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Every request is sent once. */
    public static final Retry NEVER = new Retry(1, Pause.ASLEEP, InstantSource.system());

    private final int attempts;
    private final Pause pause;
    private final InstantSource clock;

    /**
     * @param attempts how often a request is sent at most
     * @param clock tells how far off a date in {@code Retry-After} is
     */
    public Retry(int attempts, Pause pause, InstantSource clock) {
        this.attempts = attempts;
        this.pause = pause;
        this.clock = clock;
    }

    /** Four attempts: some seconds for a server that starts anew, and up to three minutes for one that asks for them. */
    public static Retry standard() {
        return new Retry(4, Pause.ASLEEP, InstantSource.system());
    }

    int attempts() {
        return attempts;
    }

    static boolean isRepeatable(Request request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    /** How long to wait after this answer before the request is sent again; nothing where it should not be. */
    Optional<Duration> waitAfter(Response response, int attempt) {
        if (attempt >= attempts || !isRepeatable(response.request()) || !mayPass(response.code())) {
            return Optional.empty();
        }
        return asked(response)
                .map(Optional::of)
                .orElseGet(() -> Optional.of(waitAfterFault(attempt)))
                .filter(wait -> wait.compareTo(LONGEST) <= 0);
    }

    Duration waitAfterFault(int attempt) {
        return FIRST.multipliedBy(1L << Math.min(attempt - 1, 5));
    }

    void wait(Duration wait) {
        pause.of(wait);
    }

    // 501 says that the server does not know how, which no time will teach it.
    private static boolean mayPass(int status) {
        return status == 408 || status == 429 || (status >= 500 && status != 501);
    }

    // RFC 9110, 10.2.3: "The Retry-After field value can be either an HTTP-date or a number of seconds".
    private Optional<Duration> asked(Response response) {
        String text = response.header("Retry-After", "").strip();
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        Instant date = response.headers().getInstant("Retry-After");
        if (date == null) {
            return Optional.empty();
        }
        Duration until = Duration.between(clock.instant(), date);
        return Optional.of(until.isNegative() ? Duration.ZERO : until);
    }
}

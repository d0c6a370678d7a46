package dev.pycontainer.http;

import dev.pycontainer.content.BuildRefused;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits before a request is sent again; whoever wants to know how long instead of waiting writes it down. */
@FunctionalInterface
public interface Pause {

    /**
     * Sleeps, up to a quarter longer than it was told: many builds that a server has sent away together should not come
     * back together.
     */
    Pause ASLEEP = wait -> {
        try {
            Thread.sleep(wait.toMillis() + ThreadLocalRandom.current().nextLong(wait.toMillis() / 4 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BuildRefused.because("The build was interrupted.").causedBy(e);
        }
    };

    void of(Duration wait);
}

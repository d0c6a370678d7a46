package dev.pycontainer.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Keeps a cache within its bound. It is listed once a day at most, unless what was added takes it over the bound. */
final class KeepBound {

    /** Removed besides, so that not every build after it has to list the cache again. */
    private static final int SLACK_PERCENT = 10;

    /** Killed builds do not say what they have added. */
    private static final Duration TRUSTED = Duration.ofDays(1);

    private final Path cache;
    private final CacheSize maximum;
    private final Clock clock;
    private final CacheEvents events;

    KeepBound(Path cache, CacheSize maximum, Clock clock, CacheEvents events) {
        this.cache = cache;
        this.maximum = maximum;
        this.clock = clock;
        this.events = events;
    }

    /** @param added bytes that the run that just ended has added; nothing is done where it added nothing */
    void after(long added) throws IOException {
        if (added == 0 || maximum.equals(CacheSize.UNLIMITED)) {
            return;
        }
        boolean isUnknown = Run.gate(cache, new LockWords(cache, CacheEvents.SILENT))
                .holding("prune", () -> {
                    CacheTotal total = new CacheTotal(cache);
                    Optional<CacheTotal.Known> known = total.read();
                    if (known.isEmpty()) {
                        return true;
                    }
                    Instant listed = known.get().listed();
                    long bytes = known.get().bytes() + added;
                    total.write(bytes, listed);
                    return bytes > maximum.bytes() || listed.plus(TRUSTED).isBefore(clock.instant());
                });
        if (isUnknown) {
            new PruneCache(cache, clock, events).within(maximum, SLACK_PERCENT);
        }
    }
}

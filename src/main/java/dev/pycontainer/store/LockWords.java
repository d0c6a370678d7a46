package dev.pycontainer.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the locks of one cache have to say; that there are none is said once. */
final class LockWords {

    private final Path cache;
    private final CacheEvents events;
    private final AtomicBoolean withoutLocks = new AtomicBoolean();

    LockWords(Path cache, CacheEvents events) {
        this.cache = cache;
        this.events = events;
    }

    void withoutLocks(IOException why) {
        if (withoutLocks.compareAndSet(false, true)) {
            events.withoutLocks(cache, String.valueOf(why.getMessage()));
        }
    }

    boolean areWithoutLocks() {
        return withoutLocks.get();
    }

    void waits(String what) {
        events.waits(what);
    }
}

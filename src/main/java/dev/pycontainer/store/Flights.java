package dev.pycontainer.store;

import dev.pycontainer.content.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that what the cache lacks is made once, however many builds want it at the same time: modules of one reactor,
 * class realms of one process, processes. Who comes second waits, and finds it in the cache.
 *
 * <p>Each kind has 256 files to be locked, chosen by the first byte of the key. They stay, empty, and are all that is left
 * of a flight, however it ended.
 */
public final class Flights {

    /** What is made, in the order in which one may be made for another: a layer, and for it a file is fetched. */
    public enum Kind {
        /** A layer, by its inputs. */
        LAYER,
        /** What a base, a layer or a package tells, by its digest. */
        READING,
        /** A file that is fetched, by its digest. */
        FILE
    }

    /** Finds or makes; what is found proves that it is there. */
    @FunctionalInterface
    public interface Way<T> {
        T get() throws IOException;
    }

    private final Cache cache;
    private final Map<Thread, Kind> within = new ConcurrentHashMap<>();

    Flights(Cache cache) {
        this.cache = cache;
    }

    /**
     * What is in the cache, or is made and put there by whoever comes first.
     *
     * @param find asked before and, where that was in vain, again when it is this thread's turn
     * @param make must put what it makes where {@code find} finds it
     */
    public <T> T once(Kind kind, Digest key, Way<Optional<T>> find, Way<T> make) throws IOException {
        Optional<T> found = find.get();
        if (found.isPresent()) {
            return found.get();
        }
        Thread here = Thread.currentThread();
        Kind outer = within.get(here);
        if (outer != null && outer.compareTo(kind) >= 0) {
            throw new IllegalStateException("a " + kind + " cannot be made within a " + outer);
        }
        return fileOf(kind, key).holding(kind.name().toLowerCase(Locale.ROOT), () -> {
            within.put(here, kind);
            try {
                Optional<T> made = find.get();
                return made.isPresent() ? made.get() : make.get();
            } finally {
                leave(here, outer);
            }
        });
    }

    private void leave(Thread here, @Nullable Kind outer) {
        if (outer == null) {
            within.remove(here);
        } else {
            within.put(here, outer);
        }
    }

    private LockFile fileOf(Kind kind, Digest key) throws IOException {
        Run run = cache.run();
        Path directory = Places.directory(
                run.cache().resolve("locks").resolve(kind.name().toLowerCase(Locale.ROOT)));
        return new LockFile(directory.resolve(key.hex().substring(0, 2)), run.words());
    }
}

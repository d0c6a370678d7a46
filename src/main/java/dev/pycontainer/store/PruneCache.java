package dev.pycontainer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Removes from a cache what has not been used for the longest time, and nothing that a running build uses.
 *
 * <p>A build notes each use whose last note is older than {@link Cache#GRAIN}; so what a build that began at S uses bears a
 * note that is at most so much older than S. None begins while this has the gate.
 */
public final class PruneCache {

    private final Path directory;
    private final Clock clock;
    private final CacheEvents events;

    public PruneCache(Path directory, CacheEvents events) {
        this(directory, Clock.systemUTC(), events);
    }

    PruneCache(Path directory, Clock clock, CacheEvents events) {
        this.directory = directory;
        this.clock = clock;
        this.events = events;
    }

    /**
     * What went, and what is left.
     *
     * @param entries how many files were removed
     * @param bytes that they had
     * @param left bytes of those that stay
     */
    public record Pruned(long entries, long bytes, long left) {}

    /** Removes the least recently used entries until those left have no more bytes than this. */
    public Pruned to(CacheSize size) throws IOException {
        return prune(size.bytes(), size.bytes(), entry -> true);
    }

    /** Removes what has not been used for so long. */
    public Pruned unusedFor(Duration age) throws IOException {
        Instant oldest = clock.instant().minus(age);
        return prune(0, 0, entry -> entry.used().isBefore(oldest));
    }

    /** Where there is more than the bound, removes more than has to go, so that not every build after it has to. */
    Pruned within(CacheSize bound, int slackPercent) throws IOException {
        return prune(bound.bytes(), bound.bytes() / 100 * (100 - slackPercent), entry -> true);
    }

    /**
     * Removes entries, the least recently used first, until no more than {@code bytes} are left.
     *
     * @param bound nothing is removed where there are no more bytes than this
     * @param mayGo asked of each entry just before it goes
     */
    Pruned prune(long bound, long bytes, Predicate<CacheEntry> mayGo) throws IOException {
        if (!Files.isDirectory(directory)) {
            return new Pruned(0, 0, 0);
        }
        Path cache = directory.toRealPath();
        LockWords words = new LockWords(cache, events);
        return Run.gate(cache, words).holding("prune", () -> {
            Instant now = clock.instant();
            List<Instant> alive = Run.alive(cache, now, words);
            List<CacheEntry> entries = CacheEntry.all(cache).stream()
                    .sorted(Comparator.comparing(CacheEntry::used))
                    .toList();
            long left = entries.stream().mapToLong(CacheEntry::size).sum();
            if (left <= bound || words.areWithoutLocks()) {
                // Without locks nobody can tell which builds are running.
                new CacheTotal(cache).write(left, now);
                return new Pruned(0, 0, left);
            }
            // Without a running build, what bears a time of the future may go as well.
            Instant inUse = alive.stream()
                    .min(Comparator.naturalOrder())
                    .map(oldest -> oldest.minus(Cache.GRAIN))
                    .orElse(Instant.MAX);
            Path aside = Places.directory(cache.resolve("running")).resolve("prune");
            Pruned pruned = new Pruned(0, 0, left);
            for (CacheEntry entry : entries) {
                if (pruned.left() > bytes
                        && entry.used().isBefore(inUse)
                        && mayGo.test(entry)
                        && isRemoved(entry, aside)) {
                    pruned = new Pruned(
                            pruned.entries() + 1, pruned.bytes() + entry.size(), pruned.left() - entry.size());
                }
            }
            new CacheTotal(cache).write(pruned.left(), now);
            return pruned;
        });
    }

    /** A file that was used since it was listed is put back: whoever notes a use looks whether the file is there after it. */
    private static boolean isRemoved(CacheEntry entry, Path aside) throws IOException {
        try {
            Files.move(entry.file(), aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (!Files.getLastModifiedTime(aside).toInstant().equals(entry.used())) {
                Files.move(aside, entry.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return false;
            }
            Places.remove(aside);
            return true;
        } catch (NoSuchFileException removed) {
            return false;
        }
    }
}

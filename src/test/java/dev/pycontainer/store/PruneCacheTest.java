package dev.pycontainer.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneCacheTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();

    @Test
    void theLeastRecentlyUsedGoFirst() throws IOException {
        keep("a", 1000, 3);
        keep("b", 1000, 9);
        remember("c", 968, 6);

        assertThat(prune().to(new CacheSize(2000))).isEqualTo(new PruneCache.Pruned(1, 1000, 2000));
        assertThat(isThere("b", 1000)).isFalse();
        assertThat(prune().to(new CacheSize(1500))).isEqualTo(new PruneCache.Pruned(1, 1000, 1000));
        assertThat(isThere("a", 1000)).isTrue();
        assertThat(prune().to(new CacheSize(0))).isEqualTo(new PruneCache.Pruned(1, 1000, 0));
    }

    @Test
    void whatWasNotUsedForSomeTimeGoes() throws IOException {
        keep("a", 1000, 24);
        keep("b", 1000, 24 * 40);

        assertThat(prune().unusedFor(Duration.ofDays(30))).isEqualTo(new PruneCache.Pruned(1, 1000, 1000));
        assertThat(isThere("a", 1000)).isTrue();
    }

    @Test
    void whatARunningBuildHasFoundStaysHoweverLittleIsAllowed() throws IOException {
        keep("old", 1000, 500);
        keep("fresh", 1000, 0);
        keep("unused", 1000, 2);
        try (Cache build = cache(NOW, CacheSize.UNLIMITED)) {
            // The one is noted as used now, of the other the last note is not old enough to be renewed.
            assertThat(found(build, "old", 1000)).isPresent();
            assertThat(found(build, "fresh", 1000)).isPresent();

            assertThat(prune(Duration.ofHours(30)).to(new CacheSize(0)))
                    .isEqualTo(new PruneCache.Pruned(1, 1000, 2000));
        }
        assertThat(prune().to(new CacheSize(0)).left()).isZero();
    }

    @Test
    void whatIsUsedJustBeforeItGoesIsPutBack() throws IOException {
        Path old = keep("old", 1000, 500);
        keep("other", 1000, 400);

        PruneCache.Pruned pruned = prune().prune(0, 0, entry -> {
            if (entry.file().endsWith(old.getFileName())) {
                assertThat(old.toFile().setLastModified(NOW.toEpochMilli())).isTrue();
            }
            return true;
        });

        assertThat(pruned).isEqualTo(new PruneCache.Pruned(1, 1000, 1000));
        assertThat(isThere("old", 1000)).isTrue();
        assertThat(Files.getLastModifiedTime(old).toInstant()).isEqualTo(NOW);
    }

    @Test
    void aBuildThatAddsMoreThanThereMayBeRemovesWhatIsOldest() throws IOException {
        keep("a", 1000, 3);
        keep("b", 1000, 9);

        keep("c", 1000, 0, new CacheSize(2500));

        assertThat(isThere("a", 1000)).isTrue();
        assertThat(isThere("b", 1000)).isFalse();
        assertThat(total()).isEqualTo("2000 bytes, listed at " + NOW.getEpochSecond() + "\n");
    }

    @Test
    void aBuildThatAddsLessOnlyCountsIt() throws IOException {
        keep("a", 1000, 3, new CacheSize(1_000_000));
        Files.delete(keep("b", 1000, 3));
        keep("c", 500, 0, new CacheSize(1_000_000));

        // Had the cache been listed, there were no more than it has.
        assertThat(total()).startsWith("1500 bytes");
    }

    @Test
    void aBuildThatAddsNothingListsNothing() throws IOException {
        keep("a", 1000, 3);
        try (Cache build = cache(NOW, new CacheSize(1))) {
            assertThat(found(build, "a", 1000)).isPresent();
        }
        assertThat(isThere("a", 1000)).isTrue();
        assertThat(directory.resolve("total")).doesNotExist();
    }

    @Test
    void aCountThatIsADayOldOrDamagedIsMadeAnew() throws IOException {
        keep("a", 1000, 3);
        for (String old : List.of("nothing", "7 bytes, listed at " + (NOW.getEpochSecond() - 90_000) + "\n")) {
            Files.writeString(directory.resolve("total"), old);
            keep("b", 500, 0, new CacheSize(1_000_000));
            assertThat(total()).startsWith("1500 bytes, listed at " + NOW.getEpochSecond());
        }
    }

    @Test
    void thereMayBeNoCache() throws IOException {
        assertThat(new PruneCache(directory.resolve("absent"), CacheEvents.SILENT).to(new CacheSize(0)))
                .isEqualTo(new PruneCache.Pruned(0, 0, 0));
    }

    private Path keep(String name, int size, int hoursAgo) throws IOException {
        return keep(name, size, hoursAgo, CacheSize.UNLIMITED);
    }

    private Path keep(String name, int size, int hoursAgo, CacheSize bound) throws IOException {
        try (Cache cache = cache(NOW, bound)) {
            byte[] bytes = bytes(name, size);
            Path file = cache.blobs(new Tally())
                    .keep(new ByteArrayInputStream(bytes), Digest.of(bytes), size, name)
                    .file();
            used(file, hoursAgo);
            return file;
        }
    }

    private void remember(String name, int size, int hoursAgo) throws IOException {
        try (Cache cache = cache(NOW, CacheSize.UNLIMITED)) {
            cache.remembered().keep("kind", Digest.of(name), bytes(name, size));
        }
        used(directory.resolve("remembered/kind").resolve(Digest.of(name).hex()), hoursAgo);
    }

    private static void used(Path file, int hoursAgo) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofHours(hoursAgo))));
    }

    private boolean isThere(String name, int size) throws IOException {
        String hex = Digest.of(bytes(name, size)).hex();
        return Files.exists(
                directory.resolve("blobs/sha256").resolve(hex.substring(0, 2)).resolve(hex));
    }

    private static Optional<Blob> found(Cache cache, String name, int size) throws IOException {
        return cache.blobs(new Tally()).find(Digest.of(bytes(name, size)));
    }

    private static byte[] bytes(String name, int size) {
        byte[] bytes = new byte[size];
        bytes[0] = (byte) name.hashCode();
        return bytes;
    }

    private String total() throws IOException {
        return Files.readString(directory.resolve("total"));
    }

    private PruneCache prune() {
        return prune(Duration.ZERO);
    }

    private PruneCache prune(Duration later) {
        return new PruneCache(directory, Clock.fixed(NOW.plus(later), ZoneOffset.UTC), new HeardOfCache(said));
    }

    private Cache cache(Instant now, CacheSize bound) {
        return new Cache(directory, Optional.empty(), bound, new HeardOfCache(said), Clock.fixed(now, ZoneOffset.UTC));
    }
}

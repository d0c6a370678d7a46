package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.store.Cache;
import dev.pycontainer.store.CacheContent;
import dev.pycontainer.store.CacheEvents;
import dev.pycontainer.store.CacheSize;
import dev.pycontainer.store.PruneCache;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadCacheTest {

    @TempDir
    Path directory;

    @Test
    void twentyGigabytesRemainWhereNothingIsSaid() {
        assertThat(read(new GivenParameters(directory)).maximum()).hasToString("20.0 GB");
        assertThat(read(new GivenParameters(directory)).pruning()).isEmpty();
    }

    @Test
    void thePlaceAndTheBoundCanBeSet() {
        ReadCache read = read(
                new GivenParameters(directory).with("cache.directory", "kept").with("cache.maximumSize", "1.5 GB"));
        assertThat(read.directory()).isEqualTo(directory.resolve("kept"));
        assertThat(read.maximum()).isEqualTo(new CacheSize(1_500_000_000));
    }

    @Test
    void aBoundThatIsNoSizeIsToldWithItsPlace() {
        assertThatThrownBy(() -> read(new GivenParameters(directory).with("cache.maximumSize", "much"))
                        .maximum())
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        "much" is not a size.
                          where  -Dpycontainer.cache.maximumSize
                          do     write a number with a unit, such as 20GB or 500MiB, or the word unlimited""");
    }

    /** Of four files of 1000 bytes, used 0, 2, 20 and 40 days ago. */
    @ParameterizedTest
    @CsvSource({
        "true, 2000",
        "3kB, 3000",
        "unlimited, 4000",
        "0, 0",
        "all, 0",
        "30d, 3000",
        "1w, 2000",
        "30h, 1000",
        "9999d, 4000"
    })
    void whatIsToGoIsASizeOrAnAge(String asked, long left) throws IOException {
        for (int days : new int[] {0, 2, 20, 40}) {
            keepUsed(Duration.ofDays(days));
        }
        ReadCache read =
                read(new GivenParameters(directory).with("cache.prune", asked).with("cache.maximumSize", "2kB"));

        PruneCache.Pruned pruned =
                read.pruning().orElseThrow().of(new PruneCache(directory.resolve("cache"), CacheEvents.SILENT));

        assertThat(pruned).isEqualTo(new PruneCache.Pruned((4000 - left) / 1000, 4000 - left, left));
        assertThat(CacheContent.of(directory.resolve("cache"))
                        .all()
                        .map(CacheContent.Kind::bytes)
                        .orElse(0L))
                .isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "5y", "10m3", "everything"})
    void anotherWordIsRefused(String asked) {
        assertThatThrownBy(() -> read(new GivenParameters(directory).with("cache.prune", asked))
                        .pruning())
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        "%s" does not say what of the cache is to go.
                          where  -Dpycontainer.cache.prune
                          do     write true for what is above cache.maximumSize, a size such as 5GB, an age such as 30d, or the word all""".formatted(asked));
    }

    private void keepUsed(Duration ago) throws IOException {
        byte[] bytes = new byte[1000];
        bytes[0] = (byte) ago.toDays();
        try (Cache cache = new Cache(directory.resolve("cache"), directory, CacheSize.UNLIMITED, CacheEvents.SILENT)) {
            Path file = cache.blobs(new Tally())
                    .keep(new ByteArrayInputStream(bytes), Digest.of(bytes), -1, "The file")
                    .file();
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
        }
    }

    private static ReadCache read(GivenParameters given) {
        return new ReadCache(given.invocation());
    }
}

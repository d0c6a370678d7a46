package dev.pycontainer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.testkit.CacheFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

    private static final byte[] BYTES = "a layer".getBytes(UTF_8);
    private static final Digest DIGEST = Digest.of(BYTES);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();

    // What is used

    @Test
    void aUseIsNotedOnceAnHourAndNothingIsWrittenInBetween() throws IOException {
        Path blob = kept();
        Path result = result();

        for (int minutes : new int[] {0, 5, 55}) {
            use(NOW.plus(Duration.ofMinutes(minutes)));
            assertThat(List.of(usedAt(blob), usedAt(result))).containsOnly(NOW);
        }
        Instant later = NOW.plus(Duration.ofMinutes(61));
        use(later);
        assertThat(List.of(usedAt(blob), usedAt(result))).containsOnly(later);
    }

    @Test
    void aTimeOfTheFutureIsPutRight() throws IOException {
        Path blob = kept();
        result();
        Files.setLastModifiedTime(blob, FileTime.from(NOW.plus(Duration.ofDays(400))));
        use(NOW);
        assertThat(usedAt(blob)).isEqualTo(NOW);
    }

    @Test
    void aCopyOnAnotherMachineIsAsGood() throws IOException {
        Path copy = directory.resolveSibling(directory.getFileName() + "-copy");
        for (Path file : List.of(kept(), result())) {
            Path to = copy.resolve(directory.relativize(file).toString());
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-rw----"));
            Files.setLastModifiedTime(to, FileTime.from(Instant.EPOCH));
        }
        try (Cache cache = Cache.plain(copy)) {
            assertThat(read(cache)).isEqualTo(BYTES);
            assertThat(cache.remembered().recall("kind", DIGEST)).contains(BYTES);
        }
    }

    // What is damaged

    @Test
    void aDirectoryInTheirPlaceIsReplacedAndSaid() throws IOException {
        for (Path file : List.of(kept(), result())) {
            Files.delete(file);
            Files.createDirectories(file.resolve("within"));
        }
        assertEachIsFoundAbsentAndSaidOnce("it is no file");
    }

    @Test
    void aFileInPlaceOfTheirDirectoryIsReplacedAndSaid() throws IOException {
        for (Path file : List.of(kept(), result())) {
            Files.delete(file);
            Files.delete(file.getParent());
            Files.writeString(file.getParent(), "a file");
        }
        assertEachIsFoundAbsentAndSaidOnce("it is no directory");
    }

    @Test
    void aFileOfOtherSizeOrBytesIsReplacedAndSaid() throws IOException {
        overwrite(kept(), new byte[3]);
        overwrite(result(), new byte[BYTES.length + 32]);
        assertEachIsFoundAbsentAndSaidOnce("it has 3 bytes instead of 7", "its bytes are not those that were written");
    }

    @Test
    void aBlobThatIsGoneWhenItIsReadIsToldAsSuch() throws IOException {
        kept();
        try (Cache cache = cache(NOW)) {
            Blob blob = cache.blobs(new Tally()).find(DIGEST).orElseThrow();
            Files.delete(blob.file());
            assertThatThrownBy(blob::open).isInstanceOf(DamagedBlob.class).hasMessage("""
                            The cache's copy of %s is no longer there.
                              why    something removed it during the build
                              do     run the build again; it is fetched or made anew""".formatted(DIGEST));
        }
    }

    // What is left behind

    @Test
    void anEndedRunLeavesItsLocksAlone() throws IOException {
        kept();
        assertThat(directory.resolve("running")).isEmptyDirectory();
        new CacheFiles(directory).assertSound();
    }

    @Test
    void whatAKilledRunLeftGoesWithTheNext() throws IOException {
        Path killed = Files.createDirectories(directory.resolve("running/4711-1700000000000-1700000000001-0a-b"));
        Files.writeString(killed.resolve("lock"), "");
        Files.writeString(killed.resolve("draft"), "half a layer");
        Files.createDirectories(directory.resolve("running/4712-1700000000000-1700000000001-0a-b"));
        Files.writeString(directory.resolve("running/prune"), "put aside");

        try (Cache cache = cache(NOW)) {
            cache.run();
            assertThat(directory.resolve("running"))
                    .isDirectoryNotContaining(run -> !run.getFileName()
                            .toString()
                            .startsWith(ProcessHandle.current().pid() + "-"));
        }
    }

    @Test
    void runsOfTheSameProcessLeaveEachOtherAlone() throws IOException {
        try (Cache first = cache(NOW);
                BlobDraft draft = first.blobs(new Tally()).draft()) {
            draft.out().write(BYTES);
            try (Cache second = cache(NOW.plus(Duration.ofDays(3)))) {
                second.run();
            }
            assertThat(draft.commit().digest()).isEqualTo(DIGEST);
        }
    }

    private void use(Instant at) throws IOException {
        try (Cache cache = cache(at)) {
            assertThat(cache.blobs(new Tally()).find(DIGEST)).isPresent();
            assertThat(cache.remembered().recall("kind", DIGEST)).isPresent();
        }
    }

    private void assertEachIsFoundAbsentAndSaidOnce(String... reasons) throws IOException {
        try (Cache cache = cache(NOW)) {
            assertThat(cache.blobs(new Tally()).find(DIGEST, BYTES.length)).isEmpty();
            assertThat(cache.remembered().recall("kind", DIGEST)).isEmpty();
        }
        assertThat(said).hasSize(2).allMatch(word -> List.of(reasons).contains(word));
        kept();
        result();
        use(NOW);
        assertThat(said).hasSize(2);
    }

    private Path kept() throws IOException {
        try (Cache cache = cache(NOW)) {
            Blob blob = cache.blobs(new Tally()).keep(new ByteArrayInputStream(BYTES), DIGEST, -1, "The layer");
            return asOf(NOW, blob.file());
        }
    }

    private Path result() throws IOException {
        try (Cache cache = cache(NOW)) {
            cache.remembered().keep("kind", DIGEST, BYTES);
            return asOf(NOW, directory.toRealPath().resolve("remembered/kind").resolve(DIGEST.hex()));
        }
    }

    private static Path asOf(Instant time, Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(time));
        return file;
    }

    private static Instant usedAt(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    private static void overwrite(Path file, byte[] bytes) throws IOException {
        Files.delete(file);
        Files.write(file, bytes);
    }

    private static byte[] read(Cache cache) throws IOException {
        try (InputStream in =
                cache.blobs(new Tally()).find(DIGEST).orElseThrow().open()) {
            return in.readAllBytes();
        }
    }

    private Cache cache(Instant now) {
        return new Cache(
                directory,
                Optional.empty(),
                CacheSize.UNLIMITED,
                new HeardOfCache(said),
                Clock.fixed(now, ZoneOffset.UTC));
    }
}

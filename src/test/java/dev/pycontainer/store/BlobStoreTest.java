package dev.pycontainer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.testkit.CacheFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {

    private static final byte[] BYTES = "a wheel".getBytes(UTF_8);
    private static final Digest DIGEST = Digest.of(BYTES);

    @TempDir
    Path cache;

    private final Tally tally = new Tally();

    @Test
    void aKeptBlobIsFoundReadAndCounted() throws IOException {
        keep(BYTES);

        Blob found = store().find(DIGEST).orElseThrow();

        assertThat(found.size()).isEqualTo(BYTES.length);
        assertThat(tally.of(Work.BLOBS_READ)).isZero();
        assertThat(read(found)).isEqualTo(BYTES);
        assertThat(tally.of(Work.BLOBS_READ)).isEqualTo(1);
        assertThat(tally.of(Work.BLOB_BYTES_READ)).isEqualTo(BYTES.length);
    }

    @Test
    void wrongBytesLeaveNothingBehind() throws IOException {
        assertThatThrownBy(() -> keep("another".getBytes(UTF_8))).isInstanceOf(ContentMismatch.class);

        assertThat(store().find(DIGEST)).isEmpty();
        assertThat(filesIn(cache)).isEmpty();
    }

    @Test
    void anAbandonedDraftLeavesNothingBehind() throws IOException {
        try (BlobDraft draft = store().draft()) {
            draft.out().write(BYTES);
        }

        assertThat(filesIn(cache)).isEmpty();
    }

    @Test
    void aDraftLearnsItsDigestFromTheBytesThatPass() throws IOException {
        try (BlobDraft draft = store().draft()) {
            draft.out().write(BYTES);
            Blob blob = draft.commit();

            assertThat(blob.digest()).isEqualTo(DIGEST);
            assertThat(blob.size()).isEqualTo(BYTES.length);
        }
        assertThat(filesIn(cache)).hasSize(1);
    }

    @Test
    void aBlobsFileIsReadOnly() throws IOException {
        Blob blob = keep(BYTES);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(blob.file())))
                .isEqualTo("r--r--r--");
    }

    @Test
    void aTruncatedFileIsAsGoodAsNone() throws IOException {
        overwrite(keep(BYTES).file(), "a wh");

        assertThat(store().find(DIGEST, BYTES.length)).isEmpty();
        keep(BYTES);
        assertThat(read(store().find(DIGEST, BYTES.length).orElseThrow())).isEqualTo(BYTES);
    }

    @Test
    void aFlippedByteIsNoticedWhenItIsReadAndTheFileGoes() throws IOException {
        Blob blob = keep(BYTES);
        overwrite(blob.file(), "a wheeL");

        assertThatThrownBy(() -> read(blob))
                .isInstanceOf(DamagedBlob.class)
                .hasMessageStartingWith("The cache's copy of " + DIGEST + " was damaged and has been removed.")
                .hasMessageContaining("run the build again");
        assertThat(store().find(DIGEST)).isEmpty();
    }

    @Test
    void aFlippedByteIsNoticedBeforeRandomAccess() throws IOException {
        Blob blob = keep(BYTES);
        overwrite(blob.file(), "a wheeL");

        assertThatThrownBy(blob::proven).isInstanceOf(DamagedBlob.class);
    }

    @Test
    void aLinkReadsNothing() throws IOException {
        Blob blob = keep(BYTES);
        Path target = cache.resolve("layout-blob");

        blob.linkTo(target);
        blob.linkTo(target);

        assertThat(Files.readAllBytes(target)).isEqualTo(BYTES);
        assertThat(Files.isSameFile(target, blob.file())).isTrue();
        assertThat(tally.of(Work.BLOBS_READ)).isZero();
    }

    @Test
    void writersOfTheSameBlobDoNotDisturbEachOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Blob>> writers = IntStream.range(0, 64)
                    .mapToObj(i -> threads.submit(() -> keep(BYTES)))
                    .toList();
            for (Future<Blob> writer : writers) {
                assertThat(read(writer.get())).isEqualTo(BYTES);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(filesIn(cache)).hasSize(1);
    }

    @Test
    void whatIsRememberedIsRecalledByItsInputsAlone() throws IOException {
        Remembered remembered = new Remembered(cache);
        remembered.keep("wheel-layer", DIGEST, "result".getBytes(UTF_8));

        assertThat(new Remembered(cache).recall("wheel-layer", DIGEST)).contains("result".getBytes(UTF_8));
        assertThat(remembered.recall("wheel-layer", Digest.of("other inputs"))).isEmpty();
        assertThat(remembered.recall("project-layer", DIGEST)).isEmpty();
    }

    @Test
    void aDamagedEntryIsNotRecalled() throws IOException {
        Remembered remembered = new Remembered(cache);
        remembered.keep("wheel-layer", DIGEST, "result".getBytes(UTF_8));
        Path entry = filesIn(cache).get(0);
        byte[] bytes = Files.readAllBytes(entry);

        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= 1;
            Files.deleteIfExists(entry);
            Files.write(entry, flipped);
            assertThat(remembered.recall("wheel-layer", DIGEST)).isEmpty();
            assertThat(entry).doesNotExist();
        }
        Files.write(entry, new byte[3]);
        assertThat(remembered.recall("wheel-layer", DIGEST)).isEmpty();
    }

    @Test
    void aSourceThatFailedIsNotReadAgain() {
        InputStream source = new InputStream() {
            private int reads;

            @Override
            public int read() throws IOException {
                throw new IOException("unused");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (++reads > 1) {
                    throw new IOException("broken at read " + reads);
                }
                return length;
            }
        };

        assertThatThrownBy(() -> store().keep(source, DIGEST, -1, "The wheel"))
                .isInstanceOf(IOException.class)
                .hasMessage("broken at read 2")
                .hasNoSuppressedExceptions();
    }

    private BlobStore store() {
        return new BlobStore(cache, tally);
    }

    private Blob keep(byte[] bytes) throws IOException {
        return store().keep(new ByteArrayInputStream(bytes), DIGEST, BYTES.length, "The wheel");
    }

    private static byte[] read(Blob blob) throws IOException {
        try (InputStream in = blob.open()) {
            return in.readAllBytes();
        }
    }

    private static void overwrite(Path file, String text) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(file, text);
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        return new CacheFiles(directory).entries();
    }
}

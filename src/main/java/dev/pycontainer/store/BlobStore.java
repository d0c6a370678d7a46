package dev.pycontainer.store;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.VerifiedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Blobs by digest in one directory, {@code blobs/sha256/ab/abcd…}, safe for any number of threads and processes.
 *
 * <p>A blob's file appears whole, by rename, and is never changed; two writers of one digest write the same bytes, so
 * that the later rename changes nothing.
 */
public final class BlobStore {

    private final Path root;
    private final Tally tally;

    /** @param cache the cache directory; it is made when the first blob is written */
    public BlobStore(Path cache, Tally tally) {
        this.root = cache.resolve("blobs").resolve("sha256");
        this.tally = tally;
    }

    /** The blob if the store holds it; its bytes are not read. */
    public Optional<Blob> find(Digest digest) throws IOException {
        Path file = fileOf(digest);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Blob(digest, attributes.size(), file, tally));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** The blob if the store holds it in the expected size; a file of another size is damaged, and removed. */
    public Optional<Blob> find(Digest digest, long size) throws IOException {
        Optional<Blob> found = find(digest);
        if (found.isPresent() && found.get().size() != size) {
            Files.deleteIfExists(found.get().file());
            return Optional.empty();
        }
        return found;
    }

    /**
     * Takes in a blob whose digest is known beforehand; its bytes are verified while they stream, and nothing is kept
     * of wrong ones.
     *
     * @param size in bytes, or -1 where nobody knows it beforehand
     * @param name what the bytes are, for the refusal's first sentence
     */
    public Blob keep(InputStream in, Digest digest, long size, String name) throws IOException {
        VerifiedInputStream verified = new VerifiedInputStream(in, digest, size, name);
        try (BlobDraft draft = draft()) {
            verified.transferTo(draft.out());
            return draft.commit();
        } finally {
            // Where the disk is full, the rest of a download need not be read to know it.
            verified.abandon();
        }
    }

    /** Keeps a few bytes, such as a manifest or a config; what the store has already is not written again. */
    public Blob keep(byte[] bytes) throws IOException {
        Optional<Blob> held = find(Digest.of(bytes), bytes.length);
        if (held.isPresent()) {
            return held.get();
        }
        try (BlobDraft draft = draft()) {
            draft.out().write(bytes);
            return draft.commit();
        }
    }

    /** A blob to be written whose digest is known only at its end. */
    public BlobDraft draft() throws IOException {
        Path temporary = AtomicFile.temporaryIn(root);
        AtomicFile.sweep(root);
        return new BlobDraft(this, temporary);
    }

    /** A place for bytes that are no blob, and gone when it is closed. */
    public Spool spool() throws IOException {
        Path temporary = AtomicFile.temporaryIn(root);
        AtomicFile.sweep(root);
        return new Spool(temporary);
    }

    Blob publish(Path temporary, Digest digest, long size) throws IOException {
        Path file = fileOf(digest);
        Files.createDirectories(AtomicFile.parentOf(file));
        AtomicFile.publish(temporary, file, true);
        return new Blob(digest, size, file, tally);
    }

    private Path fileOf(Digest digest) {
        return root.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }
}

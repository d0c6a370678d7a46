package dev.pycontainer.store;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.VerifiedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Blobs by digest in one directory, {@code blobs/sha256/ab/abcd…}, safe for any number of threads and processes.
 *
 * <p>A blob's file appears whole, by rename, and is never changed; two writers of one digest write the same bytes, so
 * that the later rename changes nothing.
 */
public final class BlobStore {

    private final Cache cache;
    private final Tally tally;

    /** @param cache the directory of a cache without bounds */
    public BlobStore(Path cache, Tally tally) {
        this(Cache.plain(cache), tally);
    }

    BlobStore(Cache cache, Tally tally) {
        this.cache = cache;
        this.tally = tally;
    }

    /** Where what the store lacks is made once. */
    public Flights flights() {
        return cache.flights();
    }

    /** The blob if the store holds it; its bytes are not read. */
    public Optional<Blob> find(Digest digest) throws IOException {
        return find(digest, -1);
    }

    /**
     * The blob if the store holds it in the expected size; a file of another size is damaged, and removed.
     *
     * @param size in bytes, or -1 where nobody knows it
     */
    public Optional<Blob> find(Digest digest, long size) throws IOException {
        for (Path root : cache.roots()) {
            Optional<Cache.Found> found = cache.find(root, nameOf(digest));
            if (found.isPresent()) {
                if (size < 0 || found.get().size() == size) {
                    return Optional.of(
                            new Blob(digest, found.get().size(), found.get().file(), cache, tally));
                }
                cache.distrust(found.get().file(), "it has " + found.get().size() + " bytes instead of " + size);
            }
        }
        return Optional.empty();
    }

    /** The blob that the store has, or else whatever {@code fetch} puts there, which is done once at a time. */
    public Blob findOrFetch(Digest digest, long size, Flights.Way<Blob> fetch) throws IOException {
        return flights().once(Flights.Kind.FILE, digest, () -> find(digest, size), fetch);
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
        Run run = cache.run();
        return new BlobDraft(this, run.cache(), run.temporary());
    }

    /** A place for bytes that are no blob, and gone when it is closed. */
    public Spool spool() throws IOException {
        return new Spool(cache.run().temporary());
    }

    Blob publish(Path temporary, Digest digest, long size) throws IOException {
        return new Blob(digest, size, cache.publish(temporary, nameOf(digest)), cache, tally);
    }

    private static String nameOf(Digest digest) {
        return "blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex();
    }
}

package dev.pycontainer.store;

import dev.pycontainer.content.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Results by their inputs: what was once worked out from inputs with this digest, as a few bytes.
 *
 * <p>Entries never go stale, since whatever a result depends on is in its key. Each file begins with the SHA-256 of the
 * rest: a damaged entry is as good as none, and is written again.
 */
public final class Remembered {

    private static final int HASH_BYTES = 32;

    private final Path root;

    /** @param cache the cache directory; it is made when the first result is kept */
    public Remembered(Path cache) {
        this.root = cache.resolve("remembered");
    }

    /**
     * @param kind what sort of result, a plain word such as {@code wheel-layer}
     * @param inputs the digest of everything that the result depends on
     */
    public Optional<byte[]> recall(String kind, Digest inputs) throws IOException {
        byte[] entry;
        try {
            entry = Files.readAllBytes(fileOf(kind, inputs));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
        if (entry.length < HASH_BYTES) {
            return Optional.empty();
        }
        byte[] result = Arrays.copyOfRange(entry, HASH_BYTES, entry.length);
        byte[] hash = Digest.sha256().digest(result);
        return Arrays.equals(entry, 0, HASH_BYTES, hash, 0, HASH_BYTES) ? Optional.of(result) : Optional.empty();
    }

    /** Keeps a result for the next run; an entry for the same inputs is replaced. */
    public void keep(String kind, Digest inputs, byte[] result) throws IOException {
        byte[] hash = Digest.sha256().digest(result);
        byte[] entry = Arrays.copyOf(hash, HASH_BYTES + result.length);
        System.arraycopy(result, 0, entry, HASH_BYTES, result.length);
        AtomicFile.write(fileOf(kind, inputs), root, entry);
        AtomicFile.sweep(root);
    }

    private Path fileOf(String kind, Digest inputs) {
        return root.resolve(kind).resolve(inputs.hex());
    }
}

package dev.pycontainer.store;

import dev.pycontainer.content.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Results by their inputs: what was once worked out from inputs with this digest, as a few bytes.
 *
 * <p>Entries never go stale, since whatever a result depends on is in its key. Each file begins with the SHA-256 of the
 * rest: a damaged entry is as good as none, and is written again.
 */
public final class Remembered {

    private static final int HASH_BYTES = 32;

    private final Cache cache;
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    /** @param cache the directory of a cache without bounds */
    public Remembered(Path cache) {
        this(Cache.plain(cache));
    }

    Remembered(Cache cache) {
        this.cache = cache;
    }

    /** Where what is not remembered is found out once. */
    public Flights flights() {
        return cache.flights();
    }

    /**
     * @param kind what sort of result, a plain word such as {@code wheel-layer}
     * @param inputs the digest of everything that the result depends on
     */
    public Optional<byte[]> recall(String kind, Digest inputs) throws IOException {
        for (Path root : cache.roots()) {
            Optional<Cache.Found> found = cache.find(root, nameOf(kind, inputs));
            Optional<byte[]> result =
                    found.isEmpty() ? Optional.empty() : proven(found.get().file());
            if (result.isPresent()) {
                used.add(nameOf(kind, inputs));
                return result;
            }
        }
        return Optional.empty();
    }

    /** The names of all entries that were recalled or kept by this value, in their order. */
    public List<String> used() {
        return used.stream().sorted().toList();
    }

    /**
     * Notes entries as used, so that they do not go before what they belong to.
     *
     * @param names as {@link #used} gave them; those that are not there are passed over
     */
    public void use(List<String> names) throws IOException {
        for (Path root : cache.roots()) {
            for (String name : names) {
                cache.find(root, name);
            }
        }
    }

    private Optional<byte[]> proven(Path file) throws IOException {
        byte[] hash;
        byte[] result;
        // It may be large, and so is read to where it stays.
        try (InputStream in = Files.newInputStream(file)) {
            hash = in.readNBytes(HASH_BYTES);
            result = new byte[(int) Math.max(0, Files.size(file) - HASH_BYTES)];
            in.readNBytes(result, 0, result.length);
        } catch (NoSuchFileException removed) {
            return Optional.empty();
        } catch (ClosedChannelException interrupted) {
            throw interrupted;
        } catch (IOException fault) {
            cache.distrust(file, "it cannot be read: " + fault.getMessage());
            return Optional.empty();
        }
        if (Arrays.equals(hash, Digest.sha256().digest(result))) {
            return Optional.of(result);
        }
        cache.distrust(file, "its bytes are not those that were written");
        return Optional.empty();
    }

    /** Keeps a result for the next run; an entry for the same inputs is replaced. */
    public void keep(String kind, Digest inputs, byte[] result) throws IOException {
        keep(kind, inputs, out -> out.write(result));
    }

    /** @param result which is written twice, so that it need not be held in memory: the hash of its bytes comes before them */
    public void keep(String kind, Digest inputs, AtomicFile.Content result) throws IOException {
        MessageDigest hash = Digest.sha256();
        result.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), hash));
        byte[] head = hash.digest();
        used.add(nameOf(kind, inputs));
        cache.write(nameOf(kind, inputs), out -> {
            out.write(head);
            result.writeTo(out);
        });
    }

    private static String nameOf(String kind, Digest inputs) {
        return "remembered/" + kind + "/" + inputs.hex();
    }
}

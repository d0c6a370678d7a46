package dev.pycontainer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The files of a cache, and what each must be. */
public record CacheFiles(Path cache) {

    /** All but the empty files that serve as locks, and the count of bytes: what a test has put there, and litter. */
    public List<Path> entries() throws IOException {
        return all().filter(file -> !isLock(file) && !nameOf(file).equals("total"))
                .toList();
    }

    /** Every file is a blob with its digest, a result with its hash, or an empty lock: there is no litter. */
    public void assertSound() throws IOException {
        assertThat(all().filter(file -> !isSound(file))).isEmpty();
    }

    /** Bytes of all files. */
    public long size() throws IOException {
        return all().mapToLong(CacheFiles::sizeOf).sum();
    }

    private boolean isSound(Path file) {
        String name = nameOf(file);
        try {
            if (name.matches("blobs/sha256/[0-9a-f]{2}/[0-9a-f]{64}")) {
                return Digest.of(Files.readAllBytes(file))
                        .hex()
                        .equals(file.getFileName().toString());
            }
            if (name.matches("remembered/[a-z-]+/[0-9a-f]{64}")) {
                byte[] bytes = Files.readAllBytes(file);
                MessageDigest hash = Digest.sha256();
                hash.update(bytes, 32, bytes.length - 32);
                return Arrays.equals(hash.digest(), Arrays.copyOf(bytes, 32));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name.equals("total") || (name.startsWith("locks/") && isLock(file));
    }

    private boolean isLock(Path file) {
        return nameOf(file).matches("locks/runs|locks/(layer|reading|file)/[0-9a-f]{2}|running/[0-9a-f-]+/lock")
                && sizeOf(file) == 0;
    }

    private String nameOf(Path file) {
        return cache.relativize(file).toString();
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file there is. */
    public Stream<Path> all() throws IOException {
        if (!Files.exists(cache)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }
}

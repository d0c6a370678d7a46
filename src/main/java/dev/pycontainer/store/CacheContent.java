package dev.pycontainer.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a cache holds at a moment, by kind: {@code blobs}, then the kinds of results that are remembered, by name. */
public record CacheContent(List<Kind> kinds) {

    /**
     * The files of one kind.
     *
     * @param bytes of all of them
     * @param oldest when the least recently used one was last noted to be used
     */
    public record Kind(String name, long files, long bytes, Instant oldest) {

        private Kind with(CacheEntry entry) {
            return new Kind(
                    name, files + 1, bytes + entry.size(), entry.used().isBefore(oldest) ? entry.used() : oldest);
        }
    }

    /** @param cache a cache's directory, which need not be there */
    public static CacheContent of(Path cache) throws IOException {
        Map<String, Kind> kinds = new TreeMap<>();
        for (CacheEntry entry : CacheEntry.all(cache)) {
            kinds.merge(
                    entry.kind(),
                    new Kind(entry.kind(), 1, entry.size(), entry.used()),
                    (known, one) -> known.with(entry));
        }
        return new CacheContent(List.copyOf(kinds.values()));
    }

    /** All kinds together, where there is anything. */
    public Optional<Kind> all() {
        return kinds.stream()
                .reduce((one, other) -> new Kind(
                        "in all",
                        one.files() + other.files(),
                        one.bytes() + other.bytes(),
                        one.oldest().isBefore(other.oldest()) ? one.oldest() : other.oldest()));
    }
}

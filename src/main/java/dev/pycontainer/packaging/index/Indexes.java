package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.RedactedUrl;
import dev.pycontainer.packaging.lock.LockedPackage;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Which indexes are asked for a package: those that the lock names, else the default one, and in the place of each the
 * one that stands in for it.
 *
 * <p>No index is asked that neither the lock nor the configuration means for this very package: what a stranger uploads
 * under the name of an internal package is never looked at ("dependency confusion").
 */
public final class Indexes {

    /** What mirrors and settings call the index that is asked where a lock names none. */
    public static final String DEFAULT_ID = "pypi";

    private static final Index DEFAULT =
            new Index(DEFAULT_ID, HttpUrl.get(DefaultIndex.URL), List.of(), Optional.empty(), Optional.empty());

    private final List<Index> configured;

    /** @param configured the first that stands in for another does so */
    public Indexes(List<Index> configured) {
        this.configured = List.copyOf(configured);
    }

    /**
     * The indexes to ask, the first first.
     *
     * @param named the URLs that the lock names, if any
     */
    List<Index> forPackage(List<String> named) {
        return originals(named).stream().map(this::standIn).distinct().toList();
    }

    /** Whether one of these is not asked itself, but another in its place. */
    boolean isMirrored(List<String> named) {
        return originals(named).stream().anyMatch(original -> !standIn(original).equals(original));
    }

    /** Whether it is this one that is asked where a lock names none. */
    public boolean asksInDefaultPlace(Index index) {
        return standIn(DEFAULT).equals(index);
    }

    List<Index> configured() {
        return configured;
    }

    private List<Index> originals(List<String> named) {
        return named.isEmpty()
                ? List.of(DEFAULT)
                : named.stream().map(this::original).toList();
    }

    private Index original(String url) {
        if (url.equals(LockedPackage.CONFIGURED_INDEX)) {
            return DEFAULT;
        }
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null) {
            throw BuildRefused.because("The index's URL " + RedactedUrl.of(url) + " is not an HTTP or HTTPS URL.")
                    .why("the lock names it")
                    .todo("lock again from an index that is served over HTTPS");
        }
        Index index = Index.named(parsed);
        if (index.url().equals(DEFAULT.url())) {
            return DEFAULT;
        }
        return configured.stream()
                .filter(known -> known.url().equals(index.url()))
                .findFirst()
                .orElse(index);
    }

    private Index standIn(Index original) {
        return configured.stream()
                .filter(candidate -> candidate.standsInFor(original))
                .findFirst()
                .orElse(original);
    }
}

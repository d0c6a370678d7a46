package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.store.Cache;
import dev.pycontainer.store.CacheSize;
import dev.pycontainer.store.PruneCache;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from the resolved parameters where the cache is, and how much may remain of it. */
final class ReadCache {

    private static final String PRUNE = "cache.prune";
    private static final CacheSize DEFAULT_MAXIMUM = CacheSize.parse("20GB");
    private static final Pattern AGE = Pattern.compile("([0-9]{1,4})([hdw])");

    private final Invocation invocation;

    ReadCache(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The cache of one run of a goal; what it cannot take in goes beside the layout. */
    Cache cache() {
        return new Cache(directory(), invocation.outputDirectory().resolve("cache"), maximum(), invocation.events());
    }

    Path directory() {
        return invocation
                .parameters()
                .text("cache.directory")
                .map(invocation::resolve)
                .orElseGet(() -> CacheDirectory.of(
                        System.getProperty("os.name", ""),
                        System.getenv(),
                        Path.of(System.getProperty("user.home", ""))));
    }

    CacheSize maximum() {
        return invocation
                .parameters()
                .text("cache.maximumSize", CacheSize::parse)
                .orElse(DEFAULT_MAXIMUM);
    }

    /** What of a cache is to go. */
    @FunctionalInterface
    interface Pruning {
        PruneCache.Pruned of(PruneCache prune) throws IOException;
    }

    /** What the goal {@code cache} is to remove, if anything. */
    Optional<Pruning> pruning() {
        return invocation.parameters().text(PRUNE, this::pruning).flatMap(pruning -> pruning);
    }

    private Optional<Pruning> pruning(String text) {
        Matcher age = AGE.matcher(text);
        if (age.matches()) {
            Duration unused = Duration.ofHours(Long.parseLong(age.group(1))
                    * switch (age.group(2)) {
                        case "h" -> 1;
                        case "d" -> 24;
                        default -> 7 * 24;
                    });
            return Optional.of(prune -> prune.unusedFor(unused));
        }
        if (text.equals("false")) {
            return Optional.empty();
        }
        CacheSize size = text.equals("true") ? maximum() : size(text);
        return Optional.of(prune -> prune.to(size));
    }

    private static CacheSize size(String text) {
        try {
            return text.equals("all") ? CacheSize.parse("0") : CacheSize.parse(text);
        } catch (BuildRefused refused) {
            throw BuildRefused.because("\"" + text + "\" does not say what of the cache is to go.")
                    .todo("write true for what is above cache.maximumSize, a size such as 5GB, an age such as 30d,"
                            + " or the word all");
        }
    }
}

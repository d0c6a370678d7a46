package dev.pycontainer.maven;

import dev.pycontainer.store.CacheContent;
import dev.pycontainer.store.PruneCache;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Shows what the cache holds, and with {@code -Dpycontainer.cache.prune} removes from it what has not been used for the
 * longest time: {@code true} what is above {@code cache.maximumSize}, {@code 5GB} what is above that, {@code 30d} what was
 * not used for so long, {@code all} everything. What a running build uses stays.
 * Every parameter is also a property, such as {@code -Dpycontainer.cache.directory}.
 *
 * @since 0.1.0
 */
@Mojo(name = "cache", threadSafe = true, requiresProject = false, aggregator = true)
public final class CacheMojo extends AbstractGoal {

    @Override
    void run(Invocation invocation) throws IOException {
        ReadCache read = new ReadCache(invocation);
        Path directory = read.directory();
        LogEvents events = invocation.events();
        if (read.pruning().isPresent()) {
            PruneCache.Pruned pruned = read.pruning().get().of(new PruneCache(directory, events));
            events.pruned(pruned);
        }
        events.cached(directory, CacheContent.of(directory), read.maximum());
    }
}

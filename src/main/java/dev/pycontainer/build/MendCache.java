package dev.pycontainer.build;

import dev.pycontainer.content.Digest;
import dev.pycontainer.store.DamagedBlob;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Begins again whenever damage is found in the cache, until there is none: what was damaged is fetched or made anew. */
final class MendCache {

    /** Something that reads the cache, and may be done several times. */
    @FunctionalInterface
    interface Attempt<T> {
        T get() throws IOException;
    }

    /** Done before each further attempt. */
    @FunctionalInterface
    interface Preparation {
        void run() throws IOException;
    }

    private final BuildEvents events;

    MendCache(BuildEvents events) {
        this.events = events;
    }

    /** What the attempt without damage gives; a blob that is damaged twice is not mended by a third attempt. */
    <T> T during(Attempt<T> attempt, Preparation preparation) throws IOException {
        Set<Digest> mended = new HashSet<>();
        while (true) {
            try {
                return attempt.get();
            } catch (DamagedBlob damaged) {
                if (!mended.add(damaged.digest())) {
                    throw damaged;
                }
                events.mending(damaged);
                preparation.run();
            }
        }
    }
}

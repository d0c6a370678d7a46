package dev.pycontainer.store;

import java.io.IOException;
import java.nio.file.Path;

/** What a cache has to say beside its entries, told once as it happens; how it looks is the listener's business. */
public interface CacheEvents {

    /** For those who do not listen. */
    CacheEvents SILENT = new CacheEvents() {
        @Override
        public void healed(Path entry, String why) {}

        @Override
        public void unwritable(Path cache, Path instead) {}

        @Override
        public void withoutLocks(Path cache, String why) {}

        @Override
        public void waits(String what) {}

        @Override
        public void unbounded(Path cache, IOException fault) {}
    };

    /**
     * A file was found damaged and is passed over: what was in it is fetched or made anew.
     *
     * @param why a clause
     */
    void healed(Path entry, String why);

    /** The cache can be read and not written. */
    void unwritable(Path cache, Path instead);

    /** The file system knows no locks, so that builds at the same time may do the same work twice. */
    void withoutLocks(Path cache, String why);

    /** @param what another build does at this moment, such as {@code layer} */
    void waits(String what);

    /** Entries that should have gone could not be removed. */
    void unbounded(Path cache, IOException fault);
}

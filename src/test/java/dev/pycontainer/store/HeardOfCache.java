package dev.pycontainer.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes down what a cache says. */
record HeardOfCache(List<String> said) implements CacheEvents {

    @Override
    public void healed(Path entry, String why) {
        said.add(why);
    }

    @Override
    public void unwritable(Path cache, Path instead) {
        said.add("unwritable");
    }

    @Override
    public void withoutLocks(Path cache, String why) {
        said.add("without locks: " + why);
    }

    @Override
    public void waits(String what) {
        said.add("waits for a " + what);
    }

    @Override
    public void unbounded(Path cache, IOException fault) {
        said.add("unbounded: " + fault.getMessage());
    }
}

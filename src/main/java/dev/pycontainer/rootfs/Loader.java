package dev.pycontainer.rootfs;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A dynamic loader's way of finding the libraries that a file needs. */
interface Loader {

    /**
     * The paths at which it looks for a library that is not loaded yet, in their order.
     *
     * @param name as {@code DT_NEEDED} has it
     * @param program what was started
     */
    List<String> places(String name, Loaded needer, Optional<Loaded> program);

    /** The names under which a file that it has loaded is known when another one needs it. */
    Set<String> namesOf(Loaded file);

    /** Whether the loader is itself what a file needs by this name. */
    boolean isItself(String name);

    /** Whether it refuses a library that lacks a version which is needed of it. */
    boolean asksForVersions();
}

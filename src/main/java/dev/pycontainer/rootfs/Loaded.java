package dev.pycontainer.rootfs;

import dev.pycontainer.archive.ElfDynamic;
import org.jspecify.annotations.Nullable;

/**
 * A file as a loader has mapped it.
 *
 * @param place the path by which it was found, links and all: {@code $ORIGIN} is its directory
 * @param by what loaded it; nothing for a program, and for what the program asked for while it ran
 */
record Loaded(NativeFile file, String place, @Nullable Loaded by) {

    ElfDynamic elf() {
        return file.elf();
    }

    String origin() {
        return place.substring(0, place.lastIndexOf('/'));
    }
}

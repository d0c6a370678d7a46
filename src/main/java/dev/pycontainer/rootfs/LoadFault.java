package dev.pycontainer.rootfs;

import java.util.List;

/**
 * Why a file cannot be loaded.
 *
 * @param kind of the fault
 * @param file which cannot be loaded
 * @param library what it needs; for a file of another machine that machine's name
 * @param versions those that the library lacks; else empty
 */
public record LoadFault(Kind kind, NativeFile file, String library, List<String> versions) {

    /** What is wrong. */
    public enum Kind {
        /** The file is made for another machine. */
        MACHINE,
        /** The loader that a program names is not there. */
        LOADER,
        /** A library is not found. */
        LIBRARY,
        /** The library that is found lacks versions of its symbols. */
        VERSION,
        /** The file is made for another C library. */
        LIBC
    }

    public LoadFault {
        versions = List.copyOf(versions);
    }
}

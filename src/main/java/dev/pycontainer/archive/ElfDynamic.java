package dev.pycontainer.archive;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * What an ELF file asks of the dynamic loader, and gives to other files: the System V ABI, chapter 5, "Dynamic Section", and the
 * Linux Standard Base, "Symbol Versioning".
 *
 * <p>Read as the loader reads it, by program headers alone: section headers may be stripped or lie.
 *
 * @param file class, byte order, machine and loader
 * @param type {@code e_type}: 2 a program at a fixed address, 3 a library or a program that can lie anywhere
 * @param dynamic whether there is a dynamic section with its string table: not in static programs, nor where only debug information is
 * @param soname {@code DT_SONAME}
 * @param needed {@code DT_NEEDED}, in the order of the file
 * @param rpath {@code DT_RPATH}, directories with colons between them; it means nothing where there is a {@code runpath}
 * @param runpath {@code DT_RUNPATH}, likewise
 * @param versionNeeds the versions that must be defined in a needed library, by that library's name, in the order of the file;
 *     without the weak ones, whose absence the loader only mentions
 * @param versionDefinitions the versions that the file defines, without the one that only repeats the file's name
 */
public record ElfDynamic(
        ElfFile file,
        int type,
        boolean dynamic,
        Optional<String> soname,
        List<String> needed,
        Optional<String> rpath,
        Optional<String> runpath,
        Map<String, List<String>> versionNeeds,
        List<String> versionDefinitions) {

    private static final int SHARED_OBJECT = 3;

    /**
     * Reads a few parts of a file, together less than 100 MiB whatever it says, and keeps less than 1 MiB of it.
     *
     * @param file from its beginning on; its position is somewhere afterwards, and it stays open
     * @return empty if it is not an ELF file, or one whose parts do not hold together, so that no loader would take it
     */
    public static Optional<ElfDynamic> read(SeekableByteChannel file) throws IOException {
        return ReadElfDynamic.of(file);
    }

    /** The same of a file that is held in memory. */
    public static Optional<ElfDynamic> read(byte[] file) throws IOException {
        try (SeekableByteChannel channel = new SeekableInMemoryByteChannel(file)) {
            return read(channel);
        }
    }

    /** Whether the loader can load it at any address, as libraries are. */
    public boolean isSharedObject() {
        return dynamic && type == SHARED_OBJECT;
    }
}

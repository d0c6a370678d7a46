package dev.pycontainer.debian;

import dev.pycontainer.archive.ElfDynamic;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What ldconfig(8) of glibc 2.36 to 2.41 would write for a root file system: {@code /etc/ld.so.cache} in the format
 * {@code glibc-ld.so.cache1.1}, and the links by which libraries are found.
 *
 * <p>Bytes are ldconfig's own up to the section behind them that tells who wrote the file. Left out are, since the loader then searches
 * its directories as it does without a cache: libraries of other machines, such as i386 on amd64; those for newer processors
 * in {@code glibc-hwcaps}, in whose place it takes the ordinary ones; and names that are not ASCII.
 */
public final class LoaderCache {

    /** Each is compared with the ones before it. */
    private static final int MOST_LIBRARIES = 10_000;

    private final byte[] bytes;
    private final SortedMap<String, String> links;

    private LoaderCache(byte[] bytes, SortedMap<String, String> links) {
        this.bytes = bytes;
        this.links = Collections.unmodifiableSortedMap(links);
    }

    /**
     * @param machine the base's, as {@code uname -m} has it
     * @throws BuildRefused for a machine of which nothing is known here, and for a configuration that cannot be followed
     */
    public static LoaderCache of(LoaderFiles files, String machine) throws IOException {
        Machine known = Machine.of(machine);
        List<LoaderCacheEntry> entries = new ArrayList<>();
        SortedMap<String, String> links = new TreeMap<>(Utf8Order.INSTANCE);
        for (Map.Entry<String, String> directory :
                LoaderDirectories.of(files, known.triplet()).entrySet()) {
            for (Library library : libraries(files, directory.getKey(), known).values()) {
                insert(
                        new LoaderCacheEntry(library.key(), directory.getValue() + "/" + library.key(), known.flags()),
                        entries);
                missingLink(files, directory.getKey(), library).ifPresent(link -> links.put(link, library.name()));
            }
        }
        return new LoaderCache(LoaderCacheEntry.file(entries), links);
    }

    /** Whether ldconfig would open a file of this name: {@code lib*.so*}, {@code ld-*.so*}, and the names of old loaders. */
    public static boolean mayBeLibrary(String name) {
        boolean library = ((name.startsWith("lib") || name.startsWith("ld-")) && name.contains(".so"))
                || name.startsWith("ld.so.")
                || name.startsWith("ld64.so.");
        // What prelink and dpkg leave for moments; the second since glibc 2.39.
        boolean passing = name.endsWith(".#prelink#")
                || name.matches("(?s).*\\.#prelink#\\.[^/]{6}")
                || name.endsWith(".dpkg-new")
                || name.endsWith(".dpkg-tmp");
        return library && !passing && name.chars().allMatch(c -> c < 0x80);
    }

    /** The file's content. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The links that must be there for the cache to be true: absolute paths, none through a link, and the names in the same directory
     * that they point to. Empty for packages that keep Debian's policy, which bring them.
     */
    public SortedMap<String, String> links() {
        return links;
    }

    private record Machine(int code, int bits, int flags, String triplet) {

        /** {@code FLAG_X8664_LIB64} and {@code FLAG_AARCH64_LIB64} of glibc, each with {@code FLAG_ELF_LIBC6}. */
        static Machine of(String name) {
            return switch (name) {
                case "x86_64" -> new Machine(62, 64, 0x0303, "x86_64-linux-gnu");
                case "aarch64" -> new Machine(183, 64, 0x0a03, "aarch64-linux-gnu");
                default ->
                    throw BuildRefused.because("The loader's cache of a base for " + name + " cannot be written.")
                            .why("known here are x86_64 and aarch64");
            };
        }

        boolean runs(ElfDynamic library) {
            return library.isSharedObject()
                    && library.file().machineCode() == code
                    && library.file().bits() == bits
                    && library.file().littleEndian();
        }
    }

    /**
     * @param key the name that the loader searches for
     * @param name the file's or link's
     */
    private record Library(String key, String name, boolean isLink) {

        /** "Prefer a file to a link, otherwise check which one is newer." */
        boolean isBetterThan(Library other) {
            return isLink == other.isLink ? LibraryOrder.compare(other.name, name) < 0 : other.isLink;
        }
    }

    /** One for each name that the loader could search for in this directory. */
    private static Map<String, Library> libraries(LoaderFiles files, String directory, Machine machine)
            throws IOException {
        Map<String, Library> libraries = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(files.names(directory));
        names.sort(Utf8Order.INSTANCE);
        for (String name : names) {
            Optional<String> real = mayBeLibrary(name) ? files.realPath(directory + "/" + name) : Optional.empty();
            Optional<ElfDynamic> elf = real.isEmpty() ? Optional.empty() : files.library(real.get());
            if (real.isEmpty() || elf.isEmpty() || !machine.runs(elf.get())) {
                continue;
            }
            String soname = elf.get().soname().orElse(name);
            if (!isFindable(soname)) {
                continue;
            }
            // A link counts as one where it has the library's name, or that name up to .so, by which a linker finds it.
            boolean link = !real.get().equals(directory + "/" + name)
                    && (name.equals(soname) || (name.endsWith(".so") && soname.startsWith(name)));
            Library library = new Library(link ? name : soname, name, link);
            libraries.merge(library.key(), library, (old, other) -> other.isBetterThan(old) ? other : old);
        }
        return libraries;
    }

    /** A name with a slash is a path to the loader, which searches nothing for it. */
    private static boolean isFindable(String soname) {
        return !soname.isEmpty() && soname.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/');
    }

    /** None for a link that counts as one, which is its own place; and a file that has the library's name stays, whatever it is. */
    private static Optional<String> missingLink(LoaderFiles files, String directory, Library library) {
        String path = directory + "/" + library.key();
        Optional<String> there = files.realPath(path);
        boolean right =
                there.equals(files.realPath(directory + "/" + library.name())) || there.equals(Optional.of(path));
        return right ? Optional.empty() : Optional.of(path);
    }

    /** The greatest name first, of equal ones the first directory's; inserted one by one, as {@link LibraryOrder} needs it. */
    private static void insert(LoaderCacheEntry entry, List<LoaderCacheEntry> entries) {
        if (entries.size() == MOST_LIBRARIES) {
            throw BuildRefused.because(
                    "There are more than " + MOST_LIBRARIES + " libraries in the loader's directories.");
        }
        int at = 0;
        while (at < entries.size()
                && LibraryOrder.compare(entry.key(), entries.get(at).key()) <= 0) {
            at++;
        }
        entries.add(at, entry);
    }
}

package dev.pycontainer.debian;

import dev.pycontainer.archive.TarEntry;
import dev.pycontainer.archive.TarReader;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.debian.PackageEntry.Kind;
import dev.pycontainer.store.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a package puts on disk, as dpkg unpacks it into a system with a merged {@code /usr}, less {@link LeftOutFiles}.
 *
 * <p>There are entries for directories that are empty, or not of mode 0755 and owner root: whoever unpacks makes the others,
 * and leaves those alone that are there.
 */
public final class PackageTree implements PackageContent {

    private static final int DEFAULT_MODE = 0755;
    private static final long MOST_OWNERS = 1 << 16;

    private final Spool spool;
    private final NavigableMap<String, PackageEntry> entries = new TreeMap<>(Utf8Order.INSTANCE);
    private final Map<PackageEntry, List<String>> otherNames = new HashMap<>();
    private final Set<String> parents = new HashSet<>();
    private final List<String> listed = new ArrayList<>();

    private PackageTree(Spool spool) {
        this.spool = spool;
    }

    /**
     * Unpacks a package; what no package may hold is refused: devices, links that lead out of the root, a path twice.
     *
     * @param spool keeps the files' bytes, as long as the tree is used
     */
    public static PackageTree of(DebFile deb, Spool spool) throws IOException {
        PackageTree tree = new PackageTree(spool);
        try (TarReader tar = deb.data()) {
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                tree.add(entry.get(), tar);
            }
            tree.linkNames();
        } catch (BuildRefused refused) {
            throw refused.in(deb.name());
        }
        tree.leaveOut();
        return tree;
    }

    /** In the order of their paths' UTF-8 bytes. */
    public Collection<PackageEntry> entries() {
        return entries.values();
    }

    /** The bytes of a file of this tree; the stream need not be closed. */
    public InputStream open(PackageEntry file) {
        return spool.open(file.begin(), file.size());
    }

    @Override
    public Collection<String> files() {
        return entries.values().stream()
                .filter(entry -> entry.kind() == Kind.FILE)
                .map(PackageEntry::path)
                .toList();
    }

    @Override
    public byte[] read(String file) throws IOException {
        PackageEntry entry = entries.get(file);
        if (entry == null || entry.kind() != Kind.FILE) {
            throw new NoSuchFileException(file);
        }
        return open(entry).readAllBytes();
    }

    /**
     * The lines of the file {@code list} by which dpkg knows whose a path is: every entry under the name that it has in the
     * package, in the package's order, the root first. What is left out is not there, and so in no list.
     */
    public List<String> listed() {
        return List.copyOf(listed);
    }

    /** The file {@code md5sums} as dpkg writes it for a package that has none. */
    public String sums() throws IOException {
        StringBuilder sums = new StringBuilder();
        for (String name : listed) {
            PackageEntry entry = entries.get(UsrMerge.path(name.substring(1)));
            PackageEntry file = entry != null && entry.kind() == Kind.HARD_LINK ? entries.get(entry.target()) : entry;
            if (file != null && file.kind() == Kind.FILE) {
                sums.append(Md5.of(open(file)))
                        .append("  ")
                        .append(name.substring(1))
                        .append('\n');
            }
        }
        return sums.toString();
    }

    /** What every path is that the package has in an image, its directories and those above them among them. */
    public NavigableMap<String, InstalledFiles.Kind> kinds() {
        NavigableMap<String, InstalledFiles.Kind> kinds = new TreeMap<>(Utf8Order.INSTANCE);
        entries.forEach((path, entry) -> {
            kinds.put(
                    path,
                    switch (entry.kind()) {
                        case DIRECTORY -> InstalledFiles.Kind.DIRECTORY;
                        case FILE, HARD_LINK -> InstalledFiles.Kind.FILE;
                        case SYMBOLIC_LINK -> InstalledFiles.Kind.LINK;
                    });
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                kinds.putIfAbsent(path.substring(0, slash), InstalledFiles.Kind.DIRECTORY);
            }
        });
        return kinds;
    }

    private void add(TarEntry entry, TarReader tar) throws IOException {
        String path = UsrMerge.path(entry.path());
        if (!LeftOutFiles.hold(path)) {
            listed.add(entry.path().isEmpty() ? "/." : "/" + entry.path());
        }
        if (entry.path().isEmpty() || UsrMerge.isLink(path)) {
            return;
        }
        if (entry.uid() >= MOST_OWNERS || entry.gid() >= MOST_OWNERS) {
            throw BuildRefused.because("The entry \"" + entry.path() + "\" has an owner that no system has.")
                    .why("uid " + entry.uid() + ", gid " + entry.gid());
        }
        switch (entry.type()) {
            case FILE -> put(entry, path, Kind.FILE, "", spool.add(tar.content()));
            case DIRECTORY -> put(entry, path, Kind.DIRECTORY, "", 0);
            case SYMBOLIC_LINK -> put(entry, path, Kind.SYMBOLIC_LINK, withinRoot(path, entry.linkTarget()), 0);
            case HARD_LINK -> put(entry, path, Kind.HARD_LINK, UsrMerge.path(entry.linkTarget()), 0);
            case OTHER ->
                throw BuildRefused.because(
                                "The entry \"" + entry.path() + "\" is a device, a pipe or of no known kind.")
                        .why(
                                "Debian Policy, section 10.6: packages make device files in scripts, which are never run here");
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            parents.add(path.substring(0, slash));
        }
    }

    private void put(TarEntry entry, String path, Kind kind, String target, long begin) {
        PackageEntry made = new PackageEntry(
                path, kind, entry.mode(), (int) entry.uid(), (int) entry.gid(), target, begin, entry.size());
        PackageEntry other = entries.putIfAbsent(path, made);
        if (other != null && !other.equals(made)) {
            throw BuildRefused.because("The package has two entries \"" + path + "\".");
        }
    }

    private static String withinRoot(String path, String target) {
        int depth = target.startsWith("/") ? 0 : path.split("/", -1).length - 1;
        for (String step : target.split("/", -1)) {
            depth += step.isEmpty() || step.equals(".") ? 0 : step.equals("..") ? -1 : 1;
            if (depth < 0) {
                throw BuildRefused.because("The link \"" + path + "\" leads out of the root, to \"" + target + "\".");
            }
        }
        return target;
    }

    /** Gives each file with several names its content under the first of them, to which the others are links. */
    private void linkNames() {
        for (PackageEntry entry : List.copyOf(entries.values())) {
            if (entry.kind() == Kind.HARD_LINK) {
                PackageEntry file = entries.get(entry.target());
                if (file == null || file.kind() != Kind.FILE) {
                    throw BuildRefused.because("The entry \"" + entry.path() + "\" is another name of \""
                            + entry.target() + "\", which is no file of the package.");
                }
                otherNames.computeIfAbsent(file, named -> new ArrayList<>()).add(entry.path());
            }
        }
    }

    private void leaveOut() {
        otherNames.forEach((file, names) -> {
            names.add(file.path());
            names.forEach(entries::remove);
            names.removeIf(LeftOutFiles::hold);
            names.sort(Utf8Order.INSTANCE);
            for (String name : names) {
                boolean first = name.equals(names.get(0));
                entries.put(
                        name,
                        new PackageEntry(
                                name,
                                first ? Kind.FILE : Kind.HARD_LINK,
                                file.mode(),
                                file.uid(),
                                file.gid(),
                                first ? "" : names.get(0),
                                first ? file.begin() : 0,
                                first ? file.size() : 0));
            }
        });
        entries.values().removeIf(entry -> LeftOutFiles.hold(entry.path()) || isUnneeded(entry));
    }

    private boolean isUnneeded(PackageEntry entry) {
        return entry.kind() == Kind.DIRECTORY
                && parents.contains(entry.path())
                && entry.mode() == DEFAULT_MODE
                && entry.uid() == 0
                && entry.gid() == 0;
    }
}

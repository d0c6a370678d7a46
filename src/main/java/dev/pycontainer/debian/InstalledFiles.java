package dev.pycontainer.debian;

import dev.pycontainer.content.Utf8Order;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What lies in a root file system, and which of its installed packages it belongs to: what dpkg looks at before it unpacks
 * another package there.
 *
 * <p>Paths are those of a system with a merged {@code /usr}, without a slash at either end.
 */
public final class InstalledFiles {

    /** What has a path. */
    public enum Kind {
        DIRECTORY('d'),
        FILE('f'),
        LINK('l'),
        /** Nothing, though a package's list has the path: whoever made the image has removed it. */
        ABSENT('-');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        char letter() {
            return letter;
        }

        static Kind of(char letter) {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind " + letter);
        }
    }

    /** A path, and the packages whose it is; none for a directory, which several may have. */
    record Entry(Kind kind, List<String> packages) {

        Entry {
            packages = List.copyOf(packages);
        }
    }

    private final NavigableMap<String, Entry> entries;
    private final NavigableMap<String, String> diversions;
    private final NavigableMap<String, NavigableSet<String>> interests;

    InstalledFiles(
            NavigableMap<String, Entry> entries,
            NavigableMap<String, String> diversions,
            NavigableMap<String, NavigableSet<String>> interests) {
        this.entries = entries;
        this.diversions = diversions;
        this.interests = interests;
    }

    /** What has the path; empty where nothing has it, nor says so. */
    public Optional<Kind> kind(String path) {
        return Optional.ofNullable(entries.get(path)).map(Entry::kind);
    }

    /** Whether something lies at the path. */
    public boolean has(String path) {
        return kind(path).filter(kind -> kind != Kind.ABSENT).isPresent();
    }

    /** The names of the installed packages that have the path as a file or link. */
    public List<String> packages(String path) {
        return Optional.ofNullable(entries.get(path)).map(Entry::packages).orElse(List.of());
    }

    /** Who diverts the path, or diverts another one to it: a package, or {@code :} for whoever administers the system. */
    public Optional<String> diverter(String path) {
        return Optional.ofNullable(diversions.get(path));
    }

    /** The installed packages that are interested in triggers; what their own files triggered is done. */
    public List<TriggeringPackage> interested() {
        return interests.entrySet().stream()
                .map(each -> new TriggeringPackage(
                        each.getKey(), "interest " + String.join("\ninterest ", each.getValue()), List.of()))
                .toList();
    }

    NavigableMap<String, Entry> entries() {
        return entries;
    }

    NavigableMap<String, String> diversions() {
        return diversions;
    }

    NavigableMap<String, NavigableSet<String>> interests() {
        return interests;
    }

    /** Takes in what is read of a system, in any order. */
    public static final class Collecting {

        private final NavigableMap<String, Kind> kinds = new TreeMap<>(Utf8Order.INSTANCE);
        private final NavigableMap<String, NavigableSet<String>> packages = new TreeMap<>(Utf8Order.INSTANCE);
        private final NavigableMap<String, String> diversions = new TreeMap<>(Utf8Order.INSTANCE);
        private final NavigableMap<String, NavigableSet<String>> interests = new TreeMap<>(Utf8Order.INSTANCE);

        /** @param path the real one: no link is above it */
        public void lies(String path, Kind kind) {
            kinds.put(path, kind);
        }

        /** @param path as a package's list has it, with or without a slash before it */
        public void belongs(String path, String packageName) {
            add(packages, merged(path), packageName);
        }

        public void diverts(String path, String packageName) {
            diversions.put(merged(path), packageName);
        }

        /** @param triggers a package's file of this name */
        public void triggers(String packageName, String triggers) {
            new TriggeringPackage(packageName, triggers, List.of())
                    .interests()
                    .forEach(trigger -> interested(packageName, trigger));
        }

        public void interested(String packageName, String trigger) {
            add(interests, packageName, trigger);
        }

        public InstalledFiles done() {
            NavigableMap<String, Entry> entries = new TreeMap<>(Utf8Order.INSTANCE);
            kinds.forEach((path, kind) -> entries.put(path, new Entry(kind, List.of())));
            packages.forEach((path, names) -> {
                Kind kind = kinds.getOrDefault(path, Kind.ABSENT);
                if (kind != Kind.DIRECTORY && !(kind == Kind.ABSENT && isParent(path))) {
                    entries.put(path, new Entry(kind, List.copyOf(names)));
                }
            });
            return new InstalledFiles(entries, diversions, interests);
        }

        /** A list does not tell directories from files; one that is gone is known by what was in it. */
        private boolean isParent(String path) {
            String next = packages.higherKey(path + "/");
            return next != null && next.startsWith(path + "/");
        }

        private static String merged(String path) {
            return UsrMerge.path(path.startsWith("/") ? path.substring(1) : path);
        }

        private static void add(Map<String, NavigableSet<String>> map, String key, String value) {
            Collection<String> values = map.computeIfAbsent(key, it -> new TreeSet<>(Utf8Order.INSTANCE));
            values.add(value);
        }
    }
}

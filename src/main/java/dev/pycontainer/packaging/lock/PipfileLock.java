package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code Pipfile.lock} of pipenv, {@code pipfile-spec} 6. Its categories are what other formats call groups: {@code
 * default} always counts, {@code develop} and those of the project's own only where they are asked for.
 */
final class PipfileLock implements Lock {

    private static final String AGAIN = "run `pipenv lock` again";
    private static final String META = "_meta";
    private static final String DEFAULT = "default";
    private static final String DEVELOP = "develop";

    private final Disk disk;
    private final LockFile file;
    private final TomlTable meta;
    private final PipfileSources sources;
    private final SortedMap<String, List<PipfilePackage>> categories = new TreeMap<>(Utf8Order.INSTANCE);

    private PipfileLock(Disk disk, LockFile file, TomlTable top, Map<String, String> environment) {
        this.disk = disk;
        this.file = file;
        this.meta = top.requiredTable(META);
        checkVersion(meta);
        this.sources = new PipfileSources(meta.tables("sources"), environment);
        if (!top.has(DEFAULT)) {
            throw top.refusedAt(DEFAULT, "\"" + DEFAULT + "\" is missing.");
        }
        for (String category : top.keys()) {
            if (!category.equals(META)) {
                TomlTable entries = top.table(category);
                List<PipfilePackage> packages = categories.computeIfAbsent(
                        top.read(category, () -> Extra.of(category)), name -> new ArrayList<>());
                entries.keys().forEach(key -> packages.add(PipfilePackage.of(entries, key)));
            }
        }
    }

    static PipfileLock read(Disk disk, LockFile file, byte[] content, Map<String, String> environment) {
        try {
            return new PipfileLock(
                    disk,
                    file,
                    TomlTable.ofJson(Json.readObject(content, "The lock file")).advising(AGAIN),
                    environment);
        } catch (BuildRefused refused) {
            throw refused.orTodo(AGAIN);
        }
    }

    private static void checkVersion(TomlTable meta) {
        OptionalLong version = meta.count("pipfile-spec");
        if (version.isEmpty() || version.getAsLong() != 6) {
            throw meta.refusedAt(
                            "pipfile-spec",
                            version.isEmpty()
                                    ? "The lock does not say its format's version."
                                    : "The lock has version " + version.getAsLong() + ".")
                    .why("version 6 of Pipfile.lock can be read")
                    .todo("lock again with a version of pipenv that writes version 6");
        }
    }

    /** The category of a lock that a section of a Pipfile, or the user, means by this name. */
    static String categoryOf(String name) {
        return switch (name) {
            case "packages" -> DEFAULT;
            case "dev-packages" -> DEVELOP;
            default -> Extra.normalized(name);
        };
    }

    @Override
    public LockFile file() {
        return file;
    }

    @Override
    public List<LockCredentials> credentials() {
        return sources.credentials();
    }

    @Override
    public Needed select(Wanted wanted) {
        Pipfile.pythons(meta.table("requires"))
                .forEach((key, allowed) -> LockedPython.check(allowed, wanted.target(), "[requires] in the Pipfile"));
        AskedNames.check(
                "extra", wanted.extras(), new TreeSet<>(), "name the category that holds it as one of python.groups");
        Set<String> asked = asked(wanted);
        AskedNames.check(
                "group",
                asked,
                new TreeSet<>(categories.keySet()),
                "add the category to the Pipfile and run `pipenv lock`");
        MarkerEnvironment environment = wanted.target().markers();
        Map<PackageName, LockedPackage> needed = new LinkedHashMap<>();
        List<Omitted> omitted = new ArrayList<>();
        categories.forEach((category, entries) -> {
            for (PipfilePackage entry : entries) {
                Optional<String> reason = asked.contains(category)
                        ? whyNot(entry, environment)
                        : Optional.of("of the group \"" + category + "\"");
                if (reason.isPresent()) {
                    omitted.add(new Omitted(entry.name(), entry.versionIfAny(), reason.get()));
                } else if (!entry.isDirectory(file, wanted.directory())) {
                    needed.merge(entry.name(), entry.locked(file, sources), PipfileLock::same);
                }
            }
        });
        omitted.removeIf(other -> needed.containsKey(other.name()));
        return SortNeeded.of(needed.values(), omitted);
    }

    private static Optional<String> whyNot(PipfilePackage entry, MarkerEnvironment environment) {
        try {
            return entry.marker()
                    .filter(marker -> !marker.evaluate(environment))
                    .map(marker -> "its marker `" + marker + "` does not hold");
        } catch (BuildRefused refused) {
            throw refused.orTodo(AGAIN).in(entry.place());
        }
    }

    private static Set<String> asked(Wanted wanted) {
        NavigableSet<String> asked = new TreeSet<>(Utf8Order.INSTANCE);
        asked.add(DEFAULT);
        wanted.groups().forEach(group -> asked.add(categoryOf(group)));
        return asked;
    }

    /** Categories are locked one after the other, so that they may disagree. */
    private static LockedPackage same(LockedPackage first, LockedPackage second) {
        boolean sameKind = first.files().getClass().equals(second.files().getClass());
        boolean ofIndex = first.files() instanceof LockedFiles.Hashed || first.files() instanceof LockedFiles.Unhashed;
        if (!first.version().equals(second.version()) || !sameKind) {
            throw BuildRefused.because("Package \"" + first.name() + "\" is locked twice for the target.")
                    .why(first.place() + " and " + second.place() + " are both needed, by different groups")
                    .todo("pin the same version in the Pipfile's categories, and run `pipenv lock`");
        }
        if (!ofIndex && !first.files().equals(second.files())) {
            throw BuildRefused.because("Package \"" + first.name() + "\" is locked twice for the target.")
                    .why(first.place() + " is needed by different groups, from different places")
                    .todo("name one place of it in the Pipfile's categories, and run `pipenv lock`");
        }
        NavigableSet<String> extras = new TreeSet<>(Utf8Order.INSTANCE);
        extras.addAll(first.extras());
        extras.addAll(second.extras());
        return new LockedPackage(
                first.name(), first.version(), first.files(), first.indexes(), List.copyOf(extras), first.requiredBy());
    }

    /** By the hash that pipenv keeps of the Pipfile; where it differs, by each requirement that counts. */
    @Override
    public List<StaleEntry> stale(Wanted wanted) {
        return Pipfile.beside(disk, file)
                .filter(pipfile -> hash().filter(
                                hash -> pipfile.hasHash(hash, meta.tree().path("sources")))
                        .isEmpty())
                .map(pipfile -> stale(wanted, pipfile))
                .orElseGet(List::of);
    }

    private Optional<Digest> hash() {
        return meta.table("hash").text("sha256", Digest::new);
    }

    private List<StaleEntry> stale(Wanted wanted, Pipfile pipfile) {
        List<StaleEntry> stale = new ArrayList<>(pipfile.forbidden(wanted.target(), meta.table("requires")));
        stale.addAll(new MetByLock(select(wanted).packages(), Set.of(), true)
                .unmet(pipfile.requirements(wanted, asked(wanted))));
        return stale;
    }
}

package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.layer.KeptLayers;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.lock.LearnedHash;
import dev.pycontainer.store.AtomicFile;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code pycontainer.lock} in the project's directory, meant to be committed: what a build would otherwise learn anew
 * from registries and indexes. Fields that are not known here stay as they are.
 */
public final class PycontainerLock {

    /** The file's name. */
    public static final String FILE = "pycontainer.lock";

    private static final int LIMIT = 16 << 20;

    private final ObjectNode tree;
    private final Optional<String> reference;
    private final Map<String, Digest> platforms;
    private final Optional<String> python;
    private final List<LearnedHash> hashes;
    private final List<DebianPins> debian;
    private final Map<Platform, KeptLayers> layers;

    private PycontainerLock(ObjectNode tree) {
        this.tree = tree;
        this.reference = LockForm.reference(tree);
        this.platforms = LockForm.platforms(tree);
        this.python = LockForm.python(tree);
        this.hashes = LockForm.hashes(tree);
        this.debian = LockForm.debian(tree);
        this.layers = LockForm.layers(tree);
    }

    /** The project's file; one without a word where there is none. */
    public static PycontainerLock in(Disk disk, Path project) {
        Path file = project.resolve(FILE);
        if (disk.isAbsent(file, LinkOption.NOFOLLOW_LINKS)) {
            return new PycontainerLock(Json.object().put("formatVersion", LockForm.VERSION));
        }
        try {
            if (disk.size(file) > LIMIT) {
                throw BuildRefused.because(FILE + " is larger than " + LIMIT + " bytes, the limit for it.")
                        .todo(LockForm.AGAIN);
            }
            return parse(disk.bytes(file));
        } catch (IOException e) {
            throw BuildRefused.because(FILE + " cannot be read.")
                    .why(e.toString())
                    .causedBy(e);
        }
    }

    static PycontainerLock parse(byte[] content) {
        return new PycontainerLock(LockForm.read(content));
    }

    /** The manifest of this base for the platform; refused where the file was written for another base. */
    Optional<Digest> baseFor(String wanted, Platform platform) {
        requireBase(wanted);
        return Optional.ofNullable(platforms.get(platform.toString()));
    }

    /** Refuses a file that was written for another base. */
    void requireBase(String wanted) {
        if (reference.filter(other -> !other.equals(wanted)).isPresent()) {
            throw BuildRefused.because(FILE + " was written for another base.")
                    .why("it names " + reference.get() + ", from.image is " + wanted)
                    .todo("run mvn pycontainer:lock, or set from.image to what it names")
                    .in(FILE);
        }
    }

    /** The packages that a base of Debian packages is made of. */
    Optional<DebianPins> packagesOfBase(String suite, String architecture) {
        return packages(suite, architecture).filter(DebianPins::isOfBase).findFirst();
    }

    /** The packages that are added to the base. */
    Optional<DebianPins> packagesAdded(String suite, String architecture) {
        return packages(suite, architecture).filter(pins -> !pins.isOfBase()).findFirst();
    }

    private Stream<DebianPins> packages(String suite, String architecture) {
        return debian.stream()
                .filter(pins ->
                        pins.suite().equals(suite) && pins.architecture().equals(architecture));
    }

    /** The minor version of the base's Python, such as {@code 3.12}; none where nothing was locked yet. */
    public Optional<String> python() {
        return python;
    }

    /** What was learned for pins without a hash. */
    List<LearnedHash> hashes() {
        return hashes;
    }

    /** The layers that the platform's wheels had; nothing where none were locked. */
    KeptLayers layers(Platform platform) {
        return layers.getOrDefault(platform, KeptLayers.NONE);
    }

    /**
     * The same with the base and its manifest for the platform; what is said of another base is forgotten.
     *
     * @param manifest none where no registry has the base
     */
    PycontainerLock withBase(String wanted, Platform platform, Optional<Digest> manifest) {
        ObjectNode other = copy();
        boolean same = reference.filter(wanted::equals).isPresent();
        if (!same) {
            other.remove("debian");
        }
        ObjectNode base = same && other.get("base") instanceof ObjectNode known ? known : other.putObject("base");
        base.put("reference", wanted);
        if (manifest.isEmpty()) {
            return new PycontainerLock(other);
        }
        String digest = manifest.get().toString();
        ArrayNode entries = base.get("platforms") instanceof ArrayNode known ? known : base.putArray("platforms");
        for (JsonNode entry : entries) {
            if (entry instanceof ObjectNode known
                    && known.path("platform").asString("").equals(platform.toString())) {
                known.put("digest", digest);
                return new PycontainerLock(other);
            }
        }
        entries.addObject().put("platform", platform.toString()).put("digest", digest);
        return new PycontainerLock(other);
    }

    /** The same with these packages, and no others for the architecture. */
    PycontainerLock withPackages(String architecture, List<DebianPins> wanted) {
        List<DebianPins> all = new ArrayList<>(wanted);
        debian.stream()
                .filter(pins -> !pins.architecture().equals(architecture))
                .forEach(all::add);
        all.sort(Comparator.comparing(PycontainerLock::order, Utf8Order.INSTANCE));
        ObjectNode other = copy();
        other.remove("debian");
        if (!all.isEmpty()) {
            ArrayNode entries = other.putArray("debian");
            all.forEach(pins -> entries.add(DebianPinsForm.write(pins)));
        }
        return new PycontainerLock(other);
    }

    private static String order(DebianPins pins) {
        return pins.suite() + "\0" + pins.architecture() + "\0" + (pins.isOfBase() ? 0 : 1);
    }

    PycontainerLock withPython(String minor) {
        return new PycontainerLock(copy().put("python", minor));
    }

    /** The same with these hashes alone, in the order of their names. */
    PycontainerLock withHashes(List<LearnedHash> wanted) {
        Set<LearnedHash> missing = new HashSet<>(wanted);
        List<JsonNode> entries = new ArrayList<>();
        for (JsonNode entry : tree.path("hashes")) {
            if (missing.remove(LockForm.hash(entry))) {
                entries.add(entry);
            }
        }
        for (LearnedHash hash : missing) {
            entries.add(Json.object()
                    .put("name", hash.name().value())
                    .put("version", hash.version().toString())
                    .put("file", hash.file().fileName())
                    .put("sha256", hash.sha256().hex()));
        }
        ObjectNode other = copy();
        if (!entries.isEmpty() || other.has("hashes")) {
            entries.sort(Comparator.comparing(PycontainerLock::order, Utf8Order.INSTANCE));
            ArrayNode array = other.putArray("hashes");
            entries.forEach(array::add);
        }
        return new PycontainerLock(other);
    }

    /** The same with these layers for the platform; those of other platforms stay. */
    PycontainerLock withLayers(Platform platform, KeptLayers wanted) {
        if (wanted.equals(layers(platform))) {
            return this;
        }
        ObjectNode other = copy();
        ArrayNode entries = other.get("layers") instanceof ArrayNode known ? known : other.putArray("layers");
        JsonNode entry = KeptLayersForm.write(platform, wanted);
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).path("platform").asString("").equals(platform.toString())) {
                entries.set(i, entry);
                return new PycontainerLock(other);
            }
        }
        entries.add(entry);
        return new PycontainerLock(other);
    }

    private static String order(JsonNode entry) {
        return entry.path("name").asString("") + "\0" + entry.path("version").asString("") + "\0"
                + entry.path("file").asString("");
    }

    private ObjectNode copy() {
        return tree.deepCopy();
    }

    /** What is other than before, a line each; none where nothing is. */
    List<String> changesSince(PycontainerLock before) {
        List<String> changes = new ArrayList<>();
        Map<String, Digest> known = reference.equals(before.reference) ? before.platforms : Map.of();
        platforms.forEach((platform, digest) -> {
            if (!digest.equals(known.get(platform))) {
                changes.add("base " + reference.orElse("") + " for " + platform + ": " + digest);
            }
        });
        if (!python.equals(before.python)) {
            changes.add("python " + python.orElse("")
                    + before.python.map(old -> ", was " + old).orElse(""));
        }
        hashes.stream().filter(hash -> !before.hashes.contains(hash)).forEach(hash -> changes.add(hash.requirement()));
        before.hashes.stream()
                .filter(hash -> !hashes.contains(hash))
                .forEach(hash -> changes.add("no longer " + hash.requirement()));
        Set<String> held = lines(before.debian);
        Set<String> now = lines(debian);
        now.stream().filter(line -> !held.contains(line)).forEach(changes::add);
        held.stream().filter(line -> !now.contains(line)).forEach(line -> changes.add("no longer " + line));
        layers.forEach((platform, kept) -> {
            if (!kept.equals(before.layers(platform))) {
                int wheels = kept.shared().size();
                changes.add("layers of " + wheels + (wheels == 1 ? " wheel for " : " wheels for ") + platform);
            }
        });
        return changes;
    }

    private static Set<String> lines(List<DebianPins> debian) {
        return debian.stream()
                .flatMap(pins -> pins.packages().stream()
                        .map(each -> each + " of " + pins.suite() + " for " + pins.architecture()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Writes the file, unless it says the same already. */
    void writeTo(Path project) throws IOException {
        Path file = project.resolve(FILE);
        Disk disk = new Disk();
        if (disk.isAbsent(file) || !in(disk, project).tree.equals(tree)) {
            AtomicFile.write(file, content());
        }
    }

    /** The file's content. */
    byte[] content() {
        return Json.pretty(tree);
    }
}

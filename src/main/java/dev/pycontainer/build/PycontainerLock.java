package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.lock.LearnedHash;
import dev.pycontainer.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
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

    private static final int FORMAT_VERSION = 1;
    private static final int LIMIT = 16 << 20;

    private final ObjectNode tree;

    private PycontainerLock(ObjectNode tree) {
        this.tree = tree;
    }

    /** The project's file; one without a word where there is none. */
    public static PycontainerLock in(Path project) throws IOException {
        Path file = project.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return new PycontainerLock(Json.object());
        }
        if (Files.size(file) > LIMIT) {
            throw BuildRefused.because(FILE + " is larger than " + LIMIT + " bytes, the limit for it.");
        }
        return parse(Files.readAllBytes(file));
    }

    static PycontainerLock parse(byte[] content) {
        PycontainerLock lock = new PycontainerLock(Json.readObject(content, FILE));
        JsonNode version = lock.tree.path("formatVersion");
        if (!version.isIntegralNumber() || version.asInt(0) != FORMAT_VERSION) {
            throw BuildRefused.because(FILE + " is of format " + version + ".")
                    .why("format " + FORMAT_VERSION + " can be read")
                    .todo("delete it and run mvn pycontainer:lock, or use the version of this plugin that wrote it");
        }
        lock.digests();
        lock.hashes();
        lock.python();
        return lock;
    }

    /** The manifest of this base for the platform; refused where the file was written for another base. */
    public Optional<Digest> baseFor(String reference, Platform platform) {
        Optional<String> written = reference();
        if (written.filter(other -> !other.equals(reference)).isPresent()) {
            throw BuildRefused.because(FILE + " was written for another base.")
                    .why("it names " + written.get() + ", from.image is " + reference)
                    .todo("run mvn pycontainer:lock, or set from.image to what it names")
                    .in(FILE);
        }
        return digests().stream()
                .filter(entry -> entry.platform().equals(platform.toString()))
                .map(PlatformDigest::digest)
                .findFirst();
    }

    /** The base's reference in canonical form. */
    Optional<String> reference() {
        return text(tree.path("base"), "base", "reference");
    }

    /** The Python that was chosen, such as {@code 3.12}. */
    public Optional<String> python() {
        Optional<String> python = text(tree, "", "python");
        python.filter(minor -> !minor.matches("[0-9]+\\.[0-9]+")).ifPresent(other -> {
            throw BuildRefused.because("\"" + other + "\" is no Python version of two numbers.")
                    .in("python")
                    .in(FILE);
        });
        return python;
    }

    record PlatformDigest(String platform, Digest digest) {}

    List<PlatformDigest> digests() {
        return entries(
                tree.path("base").path("platforms"),
                "base.platforms",
                entry -> new PlatformDigest(needed(entry, "platform"), Digest.parse(needed(entry, "digest"))));
    }

    /** What was learned for pins without a hash. */
    public List<LearnedHash> hashes() {
        return entries(tree.path("hashes"), "hashes", PycontainerLock::hash);
    }

    private static LearnedHash hash(JsonNode entry) {
        return new LearnedHash(
                PackageName.of(needed(entry, "name")),
                Version.parse(needed(entry, "version")),
                WheelFileName.parse(needed(entry, "file")),
                new Digest(needed(entry, "sha256")));
    }

    private static <T> List<T> entries(JsonNode array, String place, Function<JsonNode, T> reader) {
        if (!array.isMissingNode() && !array.isArray()) {
            throw wrong(place, "an array");
        }
        List<T> entries = new ArrayList<>();
        for (JsonNode entry : array) {
            String where = place + "[" + entries.size() + "]";
            entries.add(at(where, () -> reader.apply(entry)));
        }
        return entries;
    }

    private static <T> T at(String place, Supplier<T> value) {
        try {
            return value.get();
        } catch (BuildRefused refused) {
            throw refused.in(place).in(FILE);
        }
    }

    private static String needed(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (!value.isString()) {
            throw BuildRefused.because("\"" + key + "\" is not a text.");
        }
        return value.stringValue();
    }

    private static Optional<String> text(JsonNode object, String place, String key) {
        JsonNode value = object.path(key);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw wrong(place.isEmpty() ? key : place + "." + key, "a text");
        }
        return Optional.of(value.stringValue());
    }

    private static BuildRefused wrong(String place, String kind) {
        return BuildRefused.because("\"" + place + "\" is not " + kind + ".").in(FILE);
    }

    /** The same with the base's manifest for the platform; what is said of another base is forgotten. */
    PycontainerLock withBase(String reference, Platform platform, Digest manifest) {
        PycontainerLock other = copy();
        boolean same = reference().filter(reference::equals).isPresent();
        ObjectNode base = same ? (ObjectNode) other.tree.get("base") : other.tree.putObject("base");
        base.put("reference", reference);
        ArrayNode platforms = base.get("platforms") instanceof ArrayNode known ? known : base.putArray("platforms");
        for (JsonNode entry : platforms) {
            if (entry.path("platform").asString("").equals(platform.toString())) {
                ((ObjectNode) entry).put("digest", manifest.toString());
                return other;
            }
        }
        platforms.addObject().put("platform", platform.toString()).put("digest", manifest.toString());
        return other;
    }

    PycontainerLock withPython(String minor) {
        PycontainerLock other = copy();
        other.tree.put("python", minor);
        return other;
    }

    /** The same with these hashes alone. */
    PycontainerLock withHashes(List<LearnedHash> hashes) {
        PycontainerLock other = copy();
        Set<LearnedHash> missing = new HashSet<>(hashes);
        List<JsonNode> entries = new ArrayList<>();
        for (JsonNode entry : other.tree.path("hashes")) {
            if (missing.remove(hash(entry))) {
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
        if (entries.isEmpty() && !other.tree.has("hashes")) {
            return other;
        }
        entries.sort(Comparator.comparing(PycontainerLock::order, Utf8Order.INSTANCE));
        ArrayNode array = Json.object().putArray("hashes");
        entries.forEach(array::add);
        other.tree.set("hashes", array);
        return other;
    }

    private static String order(JsonNode entry) {
        return entry.path("name").asString("") + "\0" + entry.path("version").asString("") + "\0"
                + entry.path("file").asString("");
    }

    private PycontainerLock copy() {
        PycontainerLock copy = new PycontainerLock(tree.deepCopy());
        copy.tree.put("formatVersion", FORMAT_VERSION);
        return copy;
    }

    /** What is other than before, a line each; none where nothing is. */
    List<String> changesSince(PycontainerLock before) {
        List<String> changes = new ArrayList<>();
        List<PlatformDigest> known = reference().equals(before.reference()) ? before.digests() : List.of();
        for (PlatformDigest entry : digests()) {
            if (!known.contains(entry)) {
                changes.add("base " + reference().orElse("") + " for " + entry.platform() + ": " + entry.digest());
            }
        }
        if (!python().equals(before.python())) {
            changes.add("python " + python().orElse("")
                    + before.python().map(old -> ", was " + old).orElse(""));
        }
        for (LearnedHash hash : hashes()) {
            if (!before.hashes().contains(hash)) {
                changes.add(hash.requirement());
            }
        }
        for (LearnedHash hash : before.hashes()) {
            if (!hashes().contains(hash)) {
                changes.add("no longer " + hash.requirement());
            }
        }
        return changes;
    }

    /** Writes the file, unless it says the same already. */
    void writeTo(Path project) throws IOException {
        Path file = project.resolve(FILE);
        if (!Files.isRegularFile(file) || !parse(Files.readAllBytes(file)).tree.equals(tree)) {
            AtomicFile.write(file, Json.pretty(tree));
        }
    }
}

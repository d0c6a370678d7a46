package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.layer.KeptLayers;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.lock.LearnedHash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the fields of {@code pycontainer.lock} mean; one that is wrong is refused with its place. */
final class LockForm {

    static final int VERSION = 1;

    static final String AGAIN = "restore it from version control, or delete it and run mvn pycontainer:lock";

    private LockForm() {}

    /** The file as a tree, in a format that is known. */
    static ObjectNode read(byte[] content) {
        ObjectNode tree;
        try {
            tree = Json.readObject(content, PycontainerLock.FILE);
        } catch (BuildRefused refused) {
            throw refused.orTodo(AGAIN);
        }
        JsonNode version = tree.path("formatVersion");
        if (!version.isIntegralNumber() || version.asInt(0) != VERSION) {
            throw BuildRefused.because(PycontainerLock.FILE + " is of "
                            + (version.isMissingNode() ? "no format" : "format " + version) + ".")
                    .why("format " + VERSION + " can be read")
                    .todo("delete it and run mvn pycontainer:lock, or use the version of this plugin that wrote it");
        }
        return tree;
    }

    /** The base's reference; none where no base is locked. */
    static Optional<String> reference(ObjectNode tree) {
        return base(tree).map(base -> at("base", () -> text(base, "reference")));
    }

    /** The manifest that the base has for each platform. */
    static Map<String, Digest> platforms(ObjectNode tree) {
        Map<String, Digest> platforms = new TreeMap<>();
        base(tree)
                .ifPresent(base -> each(base, "base.platforms", "platforms", entry -> {
                    String platform = Platform.parse(text(entry, "platform")).toString();
                    if (platforms.put(platform, Digest.parse(text(entry, "digest"))) != null) {
                        throw BuildRefused.because("The platform " + platform + " stands there twice.");
                    }
                }));
        return platforms;
    }

    private static Optional<ObjectNode> base(ObjectNode tree) {
        JsonNode base = tree.path("base");
        if (base.isMissingNode()) {
            return Optional.empty();
        }
        if (base instanceof ObjectNode object) {
            return Optional.of(object);
        }
        throw wrong("base", "an object");
    }

    /** The minor version of Python, such as {@code 3.12}. */
    static Optional<String> python(ObjectNode tree) {
        if (!tree.has("python")) {
            return Optional.empty();
        }
        String python = at("python", () -> text(tree, "python"));
        if (!python.matches("[1-9][0-9]?\\.(?:0|[1-9][0-9]{0,3})")) {
            throw placed("python", BuildRefused.because("\"" + python + "\" is no Python version of two numbers."));
        }
        return Optional.of(python);
    }

    /** The wheels that were chosen for pins without a hash, as they stand there. */
    static List<LearnedHash> hashes(ObjectNode tree) {
        List<LearnedHash> hashes = new ArrayList<>();
        Set<String> files = new HashSet<>();
        each(tree, "hashes", "hashes", entry -> {
            LearnedHash hash = hash(entry);
            if (!files.add(hash.file().fileName())) {
                throw BuildRefused.because("The file " + hash.file().fileName() + " stands there twice.");
            }
            hashes.add(hash);
        });
        return hashes;
    }

    /** The Debian packages of the base, and those that are added to it. */
    static List<DebianPins> debian(ObjectNode tree) {
        List<DebianPins> debian = new ArrayList<>();
        Set<String> entries = new HashSet<>();
        each(tree, "debian", "debian", entry -> {
            DebianPins pins = DebianPinsForm.read(entry);
            if (!entries.add(pins.suite() + " " + pins.architecture() + " " + pins.isOfBase())) {
                throw BuildRefused.because(
                        "The packages of " + pins.suite() + " for " + pins.architecture() + " stand there twice.");
            }
            debian.add(pins);
        });
        return debian;
    }

    /** By platform the layers that its wheels had. */
    static Map<Platform, KeptLayers> layers(ObjectNode tree) {
        Map<Platform, KeptLayers> layers = new LinkedHashMap<>();
        each(tree, "layers", "layers", entry -> {
            Platform platform = Platform.parse(text(entry, "platform"));
            if (layers.put(platform, KeptLayersForm.read(entry)) != null) {
                throw BuildRefused.because("The platform " + platform + " stands there twice.");
            }
        });
        return layers;
    }

    static LearnedHash hash(JsonNode entry) {
        LearnedHash hash = new LearnedHash(
                PackageName.of(text(entry, "name")),
                Version.parse(text(entry, "version")),
                WheelFileName.parse(text(entry, "file")),
                new Digest(text(entry, "sha256")));
        if (!hash.isOfItsFile()) {
            throw BuildRefused.because(
                    "The wheel " + hash.file().fileName() + " is not of " + hash.name() + " " + hash.version() + ".");
        }
        return hash;
    }

    private static void each(ObjectNode object, String place, String key, Consumer<JsonNode> reader) {
        JsonNode array = object.path(key);
        if (!array.isMissingNode() && !array.isArray()) {
            throw wrong(place, "an array");
        }
        int number = 0;
        for (JsonNode entry : array) {
            at(place + "[" + number + "]", () -> {
                reader.accept(entry);
                return entry;
            });
            number++;
        }
    }

    private static <T> T at(String place, Supplier<T> value) {
        try {
            return value.get();
        } catch (BuildRefused refused) {
            throw placed(place, refused);
        }
    }

    private static String text(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (!value.isString()) {
            throw BuildRefused.because("\"" + key + "\" is " + (value.isMissingNode() ? "missing." : "not a text."));
        }
        return value.stringValue();
    }

    private static BuildRefused wrong(String place, String kind) {
        return BuildRefused.because("\"" + place + "\" is not " + kind + ".")
                .todo(AGAIN)
                .in(PycontainerLock.FILE);
    }

    private static BuildRefused placed(String place, BuildRefused refused) {
        return refused.orTodo(AGAIN).in(place).in(PycontainerLock.FILE);
    }
}

package dev.pycontainer.oci;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An image's configuration, as in the image specification, "Image Configuration".
 *
 * <p>It is kept as a tree: fields that nobody here knows survive from the base to the image.
 */
public final class ImageConfig {

    private static final String OURS = "pycontainer";

    private final ObjectNode json;

    private ImageConfig(ObjectNode json) {
        this.json = json;
    }

    /** @param name where it comes from, for refusals */
    public static ImageConfig parse(byte[] bytes, String name) {
        return new ImageConfig(Json.readObject(bytes, "The configuration of " + name));
    }

    public static ImageConfig of(ObjectNode json) {
        return new ImageConfig(json.deepCopy());
    }

    /** A copy of the tree. */
    public ObjectNode json() {
        return json.deepCopy();
    }

    /** The bytes that are digested and pushed. */
    public byte[] bytes() {
        return Json.compact(json);
    }

    /** A layer put above the others. */
    public record AddedLayer(Digest diffId, String comment) {}

    /**
     * The same with more layers, in their order from below.
     *
     * @param created for the entries of the history, where it is known
     */
    public ImageConfig withLayers(List<AddedLayer> added, Optional<String> created) {
        ObjectNode copy = json.deepCopy();
        ObjectNode rootfs = copy.path("rootfs") instanceof ObjectNode present ? present : copy.putObject("rootfs");
        List<Digest> held = diffIds();
        rootfs.put("type", "layers");
        ArrayNode diffIds = rootfs.putArray("diff_ids");
        held.forEach(diffId -> diffIds.add(diffId.toString()));
        ArrayNode history = copy.path("history") instanceof ArrayNode present ? present : copy.putArray("history");
        long told = toldLayers(history);
        // In the wild: bases whose history is short, absent, or of other layers, as after a squash. Readers pair
        // entries and layers by position, and some refuse an image where they are not as many.
        if (told > held.size()) {
            history.removeAll();
            told = 0;
        }
        for (long i = told; i < held.size(); i++) {
            entry(history, created).put("comment", "a layer of the base");
        }
        for (AddedLayer layer : added) {
            diffIds.add(layer.diffId().toString());
            entry(history, created).put("created_by", OURS).put("comment", layer.comment());
        }
        return new ImageConfig(copy);
    }

    private static ObjectNode entry(ArrayNode history, Optional<String> created) {
        ObjectNode entry = history.addObject();
        created.ifPresent(time -> entry.put("created", time));
        return entry;
    }

    private static long toldLayers(ArrayNode history) {
        return history.valueStream()
                .filter(entry -> !entry.path("empty_layer").asBoolean(false))
                .count();
    }

    /** The platform; a configuration without one is taken for linux/amd64, as the older tools that wrote such meant. */
    public Platform platform() {
        JsonNode variant = json.path("variant");
        return new Platform(
                json.path("os").asString("linux"),
                json.path("architecture").asString("amd64"),
                variant.isString() && !variant.stringValue().isEmpty() ? variant.stringValue() : null);
    }

    /** {@code rootfs.diff_ids}, the lowest layer's first. */
    public List<Digest> diffIds() {
        return json.path("rootfs")
                .path("diff_ids")
                .valueStream()
                .map(id -> Digest.parse(id.asString("")))
                .toList();
    }

    /** The environment in its own order; of a repeated name the last value counts, as in runtimes. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String entry : strings("Env")) {
            int equals = entry.indexOf('=');
            environment.put(
                    equals < 0 ? entry : entry.substring(0, equals), equals < 0 ? "" : entry.substring(equals + 1));
        }
        return environment;
    }

    public List<String> entrypoint() {
        return strings("Entrypoint");
    }

    public List<String> cmd() {
        return strings("Cmd");
    }

    /** {@code config.User} if it is set: {@code user}, {@code uid}, {@code user:group} or {@code uid:gid}. */
    public Optional<String> user() {
        return Optional.of(json.path("config").path("User").asString("")).filter(user -> !user.isEmpty());
    }

    public Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        json.path("config")
                .path("Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        return labels;
    }

    private List<String> strings(String field) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : json.path("config").path(field)) {
            if (!value.isString()) {
                throw BuildRefused.because("The configuration's " + field + " holds " + value + ", which is not text.");
            }
            values.add(value.stringValue());
        }
        return values;
    }
}

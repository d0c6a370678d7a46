package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Json;
import dev.pycontainer.layer.KeptLayers;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.PackageName;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An entry of {@code layers} in {@code pycontainer.lock}. */
final class KeptLayersForm {

    /** Runtimes stack no more layers. */
    private static final int MOST = 127;

    private KeptLayersForm() {}

    static ObjectNode write(Platform platform, KeptLayers kept) {
        ObjectNode json = Json.object().put("platform", platform.toString());
        ArrayNode own = json.putArray("own");
        NavigableMap<Integer, ArrayNode> shared = new TreeMap<>();
        kept.shared().forEach((name, number) -> {
            ArrayNode packages =
                    number.isPresent() ? shared.computeIfAbsent(number.getAsInt(), none -> Json.array()) : own;
            packages.add(name.value());
        });
        ArrayNode numbered = json.putArray("shared");
        shared.forEach(
                (number, packages) -> numbered.addObject().put("number", number).set("packages", packages));
        return json;
    }

    static KeptLayers read(JsonNode json) {
        NavigableMap<PackageName, OptionalInt> layers = new TreeMap<>();
        names(json, "own", OptionalInt.empty(), layers);
        for (JsonNode entry : array(json, "shared")) {
            JsonNode number = entry.path("number");
            if (!number.isIntegralNumber() || number.asInt(0) < 1 || number.asInt(0) > MOST) {
                throw BuildRefused.because(
                        "\"number\" is " + (number.isMissingNode() ? "missing." : "not between 1 and " + MOST + "."));
            }
            names(entry, "packages", OptionalInt.of(number.intValue()), layers);
        }
        return new KeptLayers(layers);
    }

    private static void names(
            JsonNode json, String key, OptionalInt layer, NavigableMap<PackageName, OptionalInt> layers) {
        for (JsonNode value : array(json, key)) {
            if (!value.isString()) {
                throw BuildRefused.because("\"" + key + "\" holds " + value + ", which is no name of a package.");
            }
            PackageName name = PackageName.of(value.stringValue());
            if (layers.put(name, layer) != null) {
                throw BuildRefused.because("The package " + name + " has two layers.");
            }
        }
    }

    private static Iterable<JsonNode> array(JsonNode json, String key) {
        JsonNode array = json.path(key);
        if (!array.isMissingNode() && !array.isArray()) {
            throw BuildRefused.because("\"" + key + "\" is not an array.");
        }
        return array;
    }
}

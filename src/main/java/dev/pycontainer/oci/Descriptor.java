package dev.pycontainer.oci;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Utf8Order;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a piece of content is, its digest and its size, as in the image specification, "OCI Content Descriptors".
 *
 * @param size in bytes
 * @param others fields beyond these three, such as {@code annotations}, kept as they were read
 */
public record Descriptor(String mediaType, Digest digest, long size, Map<String, JsonNode> others) {

    public Descriptor {
        others = Map.copyOf(others);
    }

    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, Map.of());
    }

    /** Reads a descriptor; one without media type, digest or size is refused. */
    public static Descriptor parse(JsonNode json) {
        JsonNode size = json.path("size");
        if (!json.path("mediaType").isString()
                || !json.path("digest").isString()
                || !size.canConvertToLong()
                || size.longValue() < 0) {
            throw BuildRefused.because("A descriptor lacks its media type, digest or size.")
                    .why("it is " + json);
        }
        Map<String, JsonNode> others = new LinkedHashMap<>();
        json.properties().forEach(field -> others.put(field.getKey(), field.getValue()));
        others.keySet().removeAll(Set.of("mediaType", "digest", "size"));
        return new Descriptor(
                json.path("mediaType").stringValue(),
                Digest.parse(json.path("digest").stringValue()),
                size.longValue(),
                others);
    }

    /** The same content under another media type, for a manifest of the other format. */
    public Descriptor as(String otherMediaType) {
        return new Descriptor(otherMediaType, digest, size, others);
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("mediaType", mediaType);
        json.put("digest", digest.toString());
        json.put("size", size);
        others.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Utf8Order.INSTANCE))
                .forEach(field -> json.set(field.getKey(), field.getValue()));
        return json;
    }
}

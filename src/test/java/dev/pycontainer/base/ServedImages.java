package dev.pycontainer.base;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.oci.MediaTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A registry with one repository, {@code team/base}, for images that a real one would not take. */
final class ServedImages implements AutoCloseable {

    private final MockWebServer server = new MockWebServer();
    private final Map<String, byte[]> contents = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final List<String> requests = new ArrayList<>();

    ServedImages() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request.getMethod(), request.getUrl().encodedPath());
            }
        });
        server.start();
    }

    /** {@code host:port/team/base} and what is added to it. */
    String name(String tagOrDigest) {
        return "127.0.0.1:" + server.getPort() + "/team/base" + tagOrDigest;
    }

    /** The requests so far, without {@code /v2/team/base} and without probes of {@code /v2/}; they are forgotten. */
    synchronized List<String> requests() {
        List<String> sofar = List.copyOf(requests);
        requests.clear();
        return sofar;
    }

    synchronized Descriptor blob(String mediaType, byte[] content) {
        Digest digest = Digest.of(content);
        contents.put("/blobs/" + digest, content);
        return Descriptor.of(mediaType, digest, content.length);
    }

    /** Serves other bytes than the digest's. */
    synchronized void damage(Digest digest, byte[] content) {
        contents.put("/blobs/" + digest, content);
    }

    /** Serves a document as it is, by its digest, and by tags. */
    synchronized Descriptor manifest(ObjectNode json, String... tags) {
        byte[] bytes = Json.compact(json);
        String mediaType = json.path("mediaType").asString("");
        Digest digest = Digest.of(bytes);
        List<String> names = new ArrayList<>(List.of(tags));
        names.add(digest.toString());
        for (String name : names) {
            contents.put("/manifests/" + name, bytes);
            types.put("/manifests/" + name, mediaType);
        }
        return Descriptor.of(mediaType, digest, bytes.length);
    }

    /** A whole image with these layers, whose configuration names this architecture. */
    Descriptor image(String architecture, List<Descriptor> layers, int diffIds, String... tags) {
        ObjectNode config = Json.object();
        config.put("os", "linux").put("architecture", architecture);
        ArrayNode ids = config.putObject("rootfs").putArray("diff_ids");
        for (int i = 0; i < diffIds; i++) {
            ids.add(Digest.of("layer " + i).toString());
        }
        ObjectNode json = Json.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        json.set("config", blob(MediaTypes.OCI_CONFIG, Json.compact(config)).toJson());
        ArrayNode array = json.putArray("layers");
        layers.forEach(layer -> array.add(layer.toJson()));
        return manifest(json, tags);
    }

    /** An index of entries, each with its platform {@code os/architecture[/variant]}, or none where that is empty. */
    Descriptor index(Map<String, Descriptor> entries, String... tags) {
        ObjectNode json = Json.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode manifests = json.putArray("manifests");
        entries.forEach((platform, descriptor) -> {
            ObjectNode entry = descriptor.toJson();
            if (!platform.isEmpty()) {
                String[] parts = platform.split("/", -1);
                ObjectNode fields = entry.putObject("platform")
                        .put("architecture", parts[1])
                        .put("os", parts[0]);
                if (parts.length > 2) {
                    fields.put("variant", parts[2]);
                }
            }
            manifests.add(entry);
        });
        return manifest(json, tags);
    }

    Manifest served(String tagOrDigest) {
        byte[] bytes = contents.get("/manifests/" + tagOrDigest);
        if (bytes == null) {
            throw new IllegalArgumentException(tagOrDigest);
        }
        return Manifest.parse(bytes, tagOrDigest);
    }

    private synchronized MockResponse answer(String method, String path) {
        if (path.equals("/v2/")) {
            // whether a loopback host speaks http or https is asked once for each client
            return new MockResponse.Builder().code(200).build();
        }
        String place = path.replace("/v2/team/base", "");
        requests.add(method + " " + place);
        byte[] content = contents.get(place);
        if (content == null) {
            return new MockResponse.Builder().code(404).build();
        }
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", types.getOrDefault(place, "application/octet-stream"))
                .body(new Buffer().write(content))
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}

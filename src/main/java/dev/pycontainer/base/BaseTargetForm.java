package dev.pycontainer.base;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The form in which a target is remembered. Its kind's rules version changes with it. */
final class BaseTargetForm {

    private BaseTargetForm() {}

    static byte[] write(BaseTarget base) {
        Target target = base.target();
        ObjectNode json = Json.object();
        json.put("implementation", target.implementation());
        json.put("python", target.python().toString());
        json.put("abi", target.abi());
        json.put("libc", target.libc().name());
        json.put("libcVersion", target.libcVersion());
        json.put("machine", target.machine());
        json.put("interpreter", target.interpreter());
        json.put("sitePackages", target.sitePackages());
        ArrayNode facts = json.putArray("facts");
        for (Fact fact : base.facts()) {
            facts.addObject()
                    .put("name", fact.name())
                    .put("value", fact.value())
                    .put("file", fact.file())
                    .put("layer", fact.layer().toString());
        }
        base.passwd().ifPresent(bytes -> json.put("passwd", bytes));
        base.group().ifPresent(bytes -> json.put("group", bytes));
        return Json.compact(json);
    }

    static BaseTarget read(byte[] bytes) {
        ObjectNode json = Json.readObject(bytes, "The remembered target");
        List<Fact> facts = new ArrayList<>();
        for (JsonNode fact : json.path("facts")) {
            facts.add(new Fact(
                    text(fact, "name"), text(fact, "value"), text(fact, "file"), Digest.parse(text(fact, "layer"))));
        }
        Target target = new Target(
                text(json, "implementation"),
                Version.parse(text(json, "python")),
                text(json, "abi"),
                Libc.valueOf(text(json, "libc")),
                text(json, "libcVersion"),
                text(json, "machine"),
                text(json, "interpreter"),
                text(json, "sitePackages"));
        return new BaseTarget(target, facts, binary(json, "passwd"), binary(json, "group"));
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).stringValue();
    }

    private static Optional<byte[]> binary(JsonNode json, String field) {
        return json.has(field) ? Optional.of(json.path(field).binaryValue()) : Optional.empty();
    }
}

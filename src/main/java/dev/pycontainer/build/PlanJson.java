package dev.pycontainer.build;

import dev.pycontainer.content.Json;
import dev.pycontainer.packaging.Version;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The form of {@code plan.json}. What is not known is left out; fields are added, never renamed. */
final class PlanJson {

    private static final int FORMAT_VERSION = 1;

    private PlanJson() {}

    static ObjectNode of(ImagePlan plan) {
        ObjectNode json = Json.object();
        json.put("formatVersion", FORMAT_VERSION);
        json.set("lock", ImageRecords.lock(plan.project().directory(), plan.lock()));
        plan.base()
                .ifPresent(base -> json.putObject("base")
                        .put("reference", base.reference())
                        .put("digest", base.digest().toString()));
        ObjectNode platform = json.putArray("platforms").addObject();
        platform.put("platform", plan.platform().toString());
        platform.set("target", target(plan));
        platform.set("command", command(plan.command()));
        ArrayNode packages = platform.putArray("packages");
        plan.packages().forEach(one -> packages.add(packaged(one)));
        ArrayNode omitted = platform.putArray("omitted");
        plan.omitted().forEach(one -> {
            ObjectNode node = omitted.addObject().put("name", one.name().value());
            one.version().map(Version::toString).ifPresent(version -> node.put("version", version));
            node.put("reason", one.reason());
        });
        plan.unusualCompression().ifPresent(compression -> platform.put("compression", compression));
        ArrayNode layers = platform.putArray("layers");
        plan.layers().forEach(layer -> layers.add(layer(layer)));
        return json;
    }

    private static ObjectNode target(ImagePlan plan) {
        ObjectNode json = ImageRecords.target(plan.target());
        if (plan.base().isEmpty()) {
            json.remove("interpreter");
        }
        ArrayNode facts = json.putArray("facts");
        plan.facts()
                .forEach(fact -> facts.addObject()
                        .put("name", fact.name())
                        .put("value", fact.value())
                        .put("file", fact.file())
                        .put("layer", fact.layer().toString()));
        return json;
    }

    private static ObjectNode command(ImagePlan.Command command) {
        ObjectNode json = Json.object();
        command.entrypoint().forEach(json.putArray("entrypoint")::add);
        command.cmd().ifPresent(cmd -> cmd.forEach(json.putArray("cmd")::add));
        return json.put("why", command.why());
    }

    private static ObjectNode packaged(PlannedPackage one) {
        ObjectNode json = Json.object().put("name", one.name().value());
        one.version().map(Version::toString).ifPresent(version -> json.put("version", version));
        json.put("kind", word(one.kind())).put("source", word(one.source()));
        one.wheel().ifPresent(wheel -> {
            json.put("file", wheel.file()).put("sha256", wheel.sha256().hex()).put("size", wheel.size());
            wheel.url().ifPresent(url -> json.put("url", url));
        });
        one.extras().forEach(json.putArray("extras")::add);
        one.groups().forEach(json.putArray("groups")::add);
        ArrayNode requiredBy = json.putArray("requiredBy");
        one.requiredBy().forEach(requirer -> requiredBy.add(requirer.toString()));
        return json.put("layer", one.layer());
    }

    private static ObjectNode layer(ImagePlan.PlannedLayer layer) {
        ObjectNode json = Json.object().put("kind", layer.kind().word());
        layer.size().ifPresent(size -> json.put("size", size));
        if (!layer.packages().isEmpty()) {
            layer.packages().forEach(json.putArray("packages")::add);
        }
        layer.why().ifPresent(why -> json.put("why", why));
        return json;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

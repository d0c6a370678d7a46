package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.layer.ImageUser;
import dev.pycontainer.oci.ImageConfig;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the image's configuration from the base's, as in the image specification, "Image Configuration".
 *
 * <p>The base's tree is patched, so that what nobody here knows survives. Nothing enters that is not an input: no clock,
 * no host, no version of this plugin.
 */
final class ConfigureImage {

    /** What a runtime takes where the base sets no PATH. */
    static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    static final String BASE_NAME = "org.opencontainers.image.base.name";
    static final String BASE_DIGEST = "org.opencontainers.image.base.digest";

    /** Labels that say of the base what is not true of the image. */
    private static final Set<String> OF_THE_BASE_ALONE = Set.of(
            "org.opencontainers.image.title",
            "org.opencontainers.image.version",
            "org.opencontainers.image.revision",
            "org.opencontainers.image.source",
            "org.opencontainers.image.created",
            "org.opencontainers.image.ref.name");

    /**
     * What the image is besides its container settings.
     *
     * @param baseLabels what the base is called in its registry; empty for one that is in none
     */
    record Facts(
            Map<String, String> baseLabels,
            String prefix,
            Map<String, String> projectLabels,
            Launch launch,
            ImageUser user,
            Instant created,
            List<ImageConfig.AddedLayer> layers) {}

    ImageConfig from(ImageConfig base, ContainerSettings settings, Facts facts) {
        String created = DateTimeFormatter.ISO_INSTANT.format(facts.created());
        ObjectNode json = base.withLayers(facts.layers(), Optional.of(created)).json();
        json.put("created", created);
        // Both are required, and left out by some of the tools that make bases.
        json.put("architecture", base.platform().architecture());
        json.put("os", base.platform().os());
        ObjectNode config = json.path("config") instanceof ObjectNode present ? present : json.putObject("config");
        config.put("User", facts.user().toString());
        config.put("WorkingDir", settings.workingDirectory().orElse(settings.appRoot()));
        environment(config, base, settings, facts.prefix());
        config.remove("ArgsEscaped");
        strings(config, "Entrypoint", facts.launch().entrypoint());
        strings(config, "Cmd", facts.launch().cmd());
        labels(config, base, settings, facts);
        keys(
                config,
                "ExposedPorts",
                settings.ports().stream().map(ExposedPort::toString).toList());
        keys(config, "Volumes", settings.volumes());
        settings.stopSignal().ifPresent(signal -> config.put("StopSignal", signal));
        settings.healthcheck().ifPresent(check -> healthcheck(config, check));
        return ImageConfig.of(json);
    }

    private static void environment(ObjectNode config, ImageConfig base, ContainerSettings settings, String prefix) {
        Map<String, String> environment = new LinkedHashMap<>(base.environment());
        String path = environment.getOrDefault("PATH", DEFAULT_PATH);
        // An empty entry would be the working directory.
        environment.put("PATH", prefix + "/bin" + (path.isEmpty() ? "" : ":" + path));
        environment.put("VIRTUAL_ENV", prefix);
        environment.put("PYTHONUNBUFFERED", "1");
        settings.environment().forEach((name, value) -> {
            if (name.isEmpty() || name.contains("=")) {
                throw BuildRefused.because("\"" + name + "\" is not the name of an environment variable.")
                        .in("container.environment");
            }
            environment.put(name, value);
        });
        ArrayNode entries = config.putArray("Env");
        environment.forEach((name, value) -> entries.add(name + "=" + value));
    }

    private static void labels(ObjectNode config, ImageConfig base, ContainerSettings settings, Facts facts) {
        Map<String, String> labels = new TreeMap<>(Utf8Order.INSTANCE);
        labels.putAll(base.labels());
        labels.keySet().removeAll(OF_THE_BASE_ALONE);
        // A base that is in no registry itself may stand on one that was.
        labels.keySet().removeAll(List.of(BASE_NAME, BASE_DIGEST));
        labels.putAll(facts.baseLabels());
        labels.putAll(facts.projectLabels());
        labels.putAll(settings.labels());
        ObjectNode entries = config.putObject("Labels");
        labels.forEach(entries::put);
    }

    private static void healthcheck(ObjectNode config, Healthcheck check) {
        ObjectNode json = config.putObject("Healthcheck");
        ArrayNode test = json.putArray("Test");
        String first = check.command().get(0);
        if (!first.equals("CMD") && !first.equals("CMD-SHELL") && !first.equals("NONE")) {
            test.add("CMD");
        }
        check.command().forEach(test::add);
        check.interval().ifPresent(time -> json.put("Interval", time.toNanos()));
        check.timeout().ifPresent(time -> json.put("Timeout", time.toNanos()));
        check.startPeriod().ifPresent(time -> json.put("StartPeriod", time.toNanos()));
        check.retries().ifPresent(count -> json.put("Retries", count));
    }

    private static void strings(ObjectNode config, String field, List<String> values) {
        config.remove(field);
        if (!values.isEmpty()) {
            ArrayNode array = config.putArray(field);
            values.forEach(array::add);
        }
    }

    private static void keys(ObjectNode config, String field, List<String> names) {
        if (names.isEmpty()) {
            // Go's null for an empty map is not what the specification's schema has.
            if (config.path(field).isNull()) {
                config.remove(field);
            }
            return;
        }
        Map<String, JsonNode> all = new TreeMap<>(Utf8Order.INSTANCE);
        config.path(field).properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        names.forEach(name -> all.put(name, Json.object()));
        ObjectNode entries = config.putObject(field);
        all.forEach(entries::set);
    }
}

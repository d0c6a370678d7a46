package dev.pycontainer.layer;

import dev.pycontainer.content.Json;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.wheel.InstallScheme;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the packages of a layer hold that a command can name, remembered with the layer so that its wheels stay closed.
 *
 * @param scripts names in the environment's {@code bin}
 * @param modules names that can be imported, those at the top alone
 */
public record Runnables(NavigableSet<String> scripts, NavigableSet<String> modules) {

    /** Of a layer without packages. */
    static final Runnables NONE = new Runnables(new TreeSet<>(), new TreeSet<>());

    public Runnables {
        scripts = Collections.unmodifiableNavigableSet(scripts);
        modules = Collections.unmodifiableNavigableSet(modules);
    }

    /** @param installed paths below the scheme's prefix */
    public static Runnables of(InstallScheme scheme, Stream<String> installed) {
        NavigableSet<String> scripts = new TreeSet<>(Utf8Order.INSTANCE);
        NavigableSet<String> modules = new TreeSet<>(Utf8Order.INSTANCE);
        String bin = "bin/";
        String sitePackages = scheme.sitePackages() + "/";
        installed.forEach(path -> {
            if (path.startsWith(bin) && path.indexOf('/', bin.length()) < 0) {
                scripts.add(path.substring(bin.length()));
            } else if (path.startsWith(sitePackages) && path.endsWith(".py")) {
                String module = path.substring(sitePackages.length());
                int slash = module.indexOf('/');
                modules.add(
                        slash < 0 ? module.substring(0, module.length() - ".py".length()) : module.substring(0, slash));
            }
        });
        return new Runnables(scripts, modules);
    }

    static Runnables read(JsonNode json) {
        NavigableSet<String> scripts = new TreeSet<>(Utf8Order.INSTANCE);
        NavigableSet<String> modules = new TreeSet<>(Utf8Order.INSTANCE);
        json.path("scripts").forEach(name -> scripts.add(name.stringValue()));
        json.path("modules").forEach(name -> modules.add(name.stringValue()));
        return new Runnables(scripts, modules);
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        scripts.forEach(json.putArray("scripts")::add);
        modules.forEach(json.putArray("modules")::add);
        return json;
    }

    /** All that several layers hold. */
    public static Runnables union(List<LayerBlob> layers) {
        NavigableSet<String> scripts = new TreeSet<>(Utf8Order.INSTANCE);
        NavigableSet<String> modules = new TreeSet<>(Utf8Order.INSTANCE);
        for (LayerBlob layer : layers) {
            scripts.addAll(layer.runnables().scripts());
            modules.addAll(layer.runnables().modules());
        }
        return new Runnables(scripts, modules);
    }
}

package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.debian.PackageFile;
import dev.pycontainer.layer.SystemPackage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An entry of {@code debian} in {@code pycontainer.lock}. */
final class DebianPinsForm {

    private DebianPinsForm() {}

    static ObjectNode write(DebianPins pins) {
        ObjectNode json = Json.object().put("suite", pins.suite()).put("architecture", pins.architecture());
        if (!pins.isOfBase()) {
            pins.asked().forEach(json.putArray("asked")::add);
        }
        ArrayNode packages = json.putArray("packages");
        for (SystemPackage each : pins.packages()) {
            packages.addObject()
                    .put("name", each.name())
                    .put("version", each.version())
                    .put("architecture", each.architecture())
                    .put("path", each.file().path())
                    .put("size", each.file().size())
                    .put("sha256", each.file().sha256().hex());
        }
        return json;
    }

    static DebianPins read(JsonNode json) {
        List<String> asked = new ArrayList<>();
        array(json, "asked").forEach(name -> asked.add(text(name, "asked")));
        if (json.has("asked") && asked.isEmpty()) {
            throw BuildRefused.because("\"asked\" names no package.");
        }
        List<SystemPackage> packages = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode entry : array(json, "packages")) {
            SystemPackage each = one(entry);
            if (!names.add(each.name())) {
                throw BuildRefused.because("The package " + each.name() + " stands there twice.");
            }
            packages.add(each);
        }
        return new DebianPins(
                text(json.path("suite"), "suite"), text(json.path("architecture"), "architecture"), asked, packages);
    }

    private static SystemPackage one(JsonNode entry) {
        JsonNode size = entry.path("size");
        if (!size.isIntegralNumber() || !size.canConvertToLong()) {
            throw BuildRefused.because("\"size\" is " + (size.isMissingNode() ? "missing." : "not a number of bytes."));
        }
        return new SystemPackage(
                text(entry.path("name"), "name"),
                text(entry.path("version"), "version"),
                text(entry.path("architecture"), "architecture"),
                new PackageFile(
                        text(entry.path("path"), "path"),
                        size.longValue(),
                        new Digest(text(entry.path("sha256"), "sha256"))));
    }

    private static Iterable<JsonNode> array(JsonNode json, String key) {
        JsonNode array = json.path(key);
        if (!array.isMissingNode() && !array.isArray()) {
            throw BuildRefused.because("\"" + key + "\" is not an array.");
        }
        return array;
    }

    private static String text(JsonNode value, String key) {
        if (!value.isString()) {
            throw BuildRefused.because("\"" + key + "\" is " + (value.isMissingNode() ? "missing." : "not a text."));
        }
        return value.stringValue();
    }
}

package dev.pycontainer.base;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.debian.DebianPackage;
import dev.pycontainer.debian.DebianSuite;
import dev.pycontainer.debian.InstalledPackages;
import dev.pycontainer.debian.RecordForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** The form in which a base's system is remembered: its record without what nobody asks for. Its kind's rules version changes with it. */
final class BaseSystemForm {

    private BaseSystemForm() {}

    static byte[] write(BaseSystem system) {
        ObjectNode json = Json.object();
        json.put("suite", system.suite().codename());
        json.put("architecture", system.architecture());
        json.put("form", system.form().name());
        StringBuilder record = new StringBuilder();
        for (DebianPackage each : system.installed()) {
            record.append(each.paragraph()).append('\n');
        }
        json.put("installed", record.toString());
        return Json.compact(json);
    }

    static BaseSystem read(Digest config, byte[] bytes) throws IOException {
        ObjectNode json = Json.readObject(bytes, "The remembered system");
        byte[] record = json.path("installed").stringValue().getBytes(StandardCharsets.UTF_8);
        return new BaseSystem(
                config,
                DebianSuite.named(json.path("suite").stringValue()),
                json.path("architecture").stringValue(),
                RecordForm.valueOf(json.path("form").stringValue()),
                InstalledPackages.of(new ByteArrayInputStream(record), "the remembered system"));
    }

    static byte[] write(SortedMap<String, byte[]> records) {
        ObjectNode json = Json.object();
        records.forEach(json::put);
        return Json.compact(json);
    }

    static SortedMap<String, byte[]> readRecords(byte[] bytes) {
        SortedMap<String, byte[]> records = new TreeMap<>(Utf8Order.INSTANCE);
        Json.readObject(bytes, "The remembered records")
                .properties()
                .forEach(
                        record -> records.put(record.getKey(), record.getValue().binaryValue()));
        return records;
    }
}

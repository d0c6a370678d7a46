package dev.pycontainer.debian;

import dev.pycontainer.content.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is known of a package, written as {@code name version}, its fields, and its paths: {@code f usr/bin/x}. */
final class TinyFacts {

    private final ObjectNode json = Json.object();
    private final StringBuilder control = new StringBuilder();
    private final ArrayNode paths = json.putArray("paths");
    private final ArrayNode conffiles = json.putArray("conffiles");

    private TinyFacts(String nameAndVersion) {
        String[] words = nameAndVersion.split(" ", 2);
        control.append("Package: %s\nVersion: %s\n".formatted(words[0], words[1]));
        json.put("triggers", "");
    }

    static TinyFacts of(String nameAndVersion) {
        return new TinyFacts(nameAndVersion);
    }

    TinyFacts field(String line) {
        control.append(line).append('\n');
        return this;
    }

    TinyFacts triggers(String text) {
        json.put("triggers", text);
        return this;
    }

    TinyFacts path(String letterAndPath) {
        paths.add(letterAndPath.replaceFirst(" ", ""));
        return this;
    }

    TinyFacts conffile(String path, String hash) {
        conffiles.addObject().put("path", path).put("hash", hash).put("removedOnUpgrade", hash.equals("newconffile"));
        return this;
    }

    PackageFacts facts() {
        json.put("control", control + (control.indexOf("Architecture:") < 0 ? "Architecture: amd64\n" : ""));
        try {
            return PackageFacts.read(Json.compact(json), "test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.pycontainer.packaging;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Tags in the order of pypa/packaging, for every Python and every platform, each of them with some of the other. An entry of a Python's list that ends with a
 * star stands for each of the platform's.
 */
class TargetTagsGoldensTest {

    /** Prime to the number of machines, so that a Python meets them all. */
    private static final int STEP = 7;

    @Test
    void tagsStandInTheOrderOfPackaging() {
        Goldens goldens = new Goldens();
        List<JsonNode> platforms = Goldens.rows("platforms.jsonl");
        List<JsonNode> pythons = Goldens.rows("pythons.jsonl");
        for (int i = 0; i < pythons.size(); i++) {
            JsonNode python = pythons.get(i);
            List<String> entries = Goldens.texts(python.get(3));
            for (int j = i % STEP; j < platforms.size(); j += STEP) {
                JsonNode platform = platforms.get(j);
                Target target = target(python, platform);
                String theirs =
                        expanded(entries, Goldens.texts(platform.get(3))).toString();
                goldens.compare(target.description(), theirs, target.tags().toString());
            }
        }
        goldens.allAreKnown();
    }

    private static Target target(JsonNode python, JsonNode platform) {
        return new Target(
                python.get(0).stringValue(),
                Version.parse(python.get(1).stringValue()),
                python.get(2).stringValue(),
                platform.get(0).stringValue().equals("musl") ? Libc.MUSL : Libc.GLIBC,
                platform.get(1).stringValue(),
                platform.get(2).stringValue(),
                "/usr/bin/python3",
                "lib/python3/site-packages",
                Version.parse("1"));
    }

    private static List<String> expanded(List<String> entries, List<String> platforms) {
        List<String> tags = new ArrayList<>();
        for (String entry : entries) {
            if (entry.endsWith("*")) {
                String prefix = entry.substring(0, entry.length() - 1);
                platforms.forEach(platform -> tags.add(prefix + platform));
            } else {
                tags.add(entry);
            }
        }
        return tags;
    }
}

package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Markers as pypa/packaging reads and evaluates them, in environments that know all or only what an image knows. */
class MarkerGoldensTest {

    @Test
    void markersAreReadAsPackagingReadsThem() {
        Goldens goldens = new Goldens();
        for (JsonNode row : cases()) {
            String text = row.get(0).stringValue();
            String theirs = row.get(1).isNull() ? Goldens.REFUSED : ours(row.get(1).stringValue());
            goldens.compare(text, theirs, ours(text));
        }
        goldens.allAreKnown();
    }

    // Their text keeps parentheses that change nothing; what it says is the same where ours of it is the same.
    static String ours(String text) {
        return Goldens.orRefused(() -> Marker.parse(text).toString());
    }

    @Test
    void markersHoldWherePackagingSaysTheyHold() {
        List<MarkerEnvironment> environments = environments(Goldens.rows("markers.jsonl").get(0));
        Goldens goldens = new Goldens();
        for (JsonNode row : cases()) {
            String text = row.get(0).stringValue();
            if (row.get(1).isNull() || ours(text).equals(Goldens.REFUSED)) {
                continue;
            }
            for (int i = 0; i < environments.size(); i++) {
                String theirs = row.get(2).stringValue().substring(i, i + 1);
                goldens.compare(text, theirs, value(Marker.parse(text), environments.get(i), theirs));
            }
        }
        goldens.allAreKnown();
    }

    /** As the goldens write it; a value that holds whatever the unknown fields may be may also be refused by name. */
    private static String value(Marker marker, MarkerEnvironment environment, String theirs) {
        boolean unknownFields = "tf?".contains(theirs);
        try {
            boolean value = marker.evaluate(environment);
            return unknownFields ? (value ? "t" : "f") : value ? "1" : "0";
        } catch (BuildRefused e) {
            return unknownFields && e.what().contains("which is not known here") ? theirs : "u";
        }
    }

    private static List<MarkerEnvironment> environments(JsonNode row) {
        List<MarkerEnvironment> environments = new ArrayList<>();
        for (JsonNode it : row) {
            Map<String, String> values = new LinkedHashMap<>();
            it.get("values").properties().forEach(field -> values.put(field.getKey(), field.getValue().stringValue()));
            MarkerEnvironment environment = MarkerEnvironment.of(values);
            environments.add(
                    it.has("extras")
                            ? environment
                                    .withExtras(Goldens.texts(it.get("extras")))
                                    .withDependencyGroups(Goldens.texts(it.get("groups")))
                            : environment);
        }
        return environments;
    }

    private static List<JsonNode> cases() {
        List<JsonNode> rows = Goldens.rows("markers.jsonl");
        return rows.subList(1, rows.size());
    }
}

package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Markers as pypa/packaging reads and evaluates them, in environments that know all or only what an image knows. */
class MarkerGoldensTest {

    @Test
    void markersAreReadAsPackagingReadsThem() {
        Goldens goldens = new Goldens()
                .knowing(
                        "a backslash has no defined meaning: \"Backslash escapes are not specified\"",
                        it -> it.ours().equals(Goldens.REFUSED) && it.text().contains("\\"))
                .knowing(
                        "a field is compared with a constant: \"Tools MAY emit an error if no marker field is referenced\"",
                        it -> it.theirs().startsWith("accepted: "));
        for (JsonNode row : cases()) {
            String text = row.get(0).stringValue();
            String theirs =
                    row.get(1).isNull() ? Goldens.REFUSED : theirs(row.get(1).stringValue());
            goldens.compare(text, theirs, ours(text));
        }
        goldens.allAreKnown();
    }

    // Their text keeps parentheses that change nothing; what it says is the same where ours of it is the same.
    static String theirs(String normal) {
        String ours = ours(normal);
        return ours.equals(Goldens.REFUSED) ? "accepted: " + normal : ours;
    }

    static String ours(String text) {
        return Goldens.orRefused(() -> Marker.parse(text).toString());
    }

    @Test
    void markersHoldWherePackagingSaysTheyHold() {
        List<MarkerEnvironment> environments =
                environments(Goldens.rows("markers.jsonl").get(0));
        Goldens goldens = new Goldens()
                .knowing(
                        "of a set field \"SHOULD treat such operations as always being False\"",
                        it -> isFalseHere(it) && matches(it, SETS + "\\s*[<>=!~in]|[<>=!~]\\s*" + SETS))
                .knowing(
                        "of extra other comparisons \"SHOULD evaluate them as False\"",
                        it -> isFalseHere(it) && matches(it, "extra\\s*" + OTHERS + "|" + OTHERS + "\\s*extra\\b"))
                .knowing(
                        "no extra is asked for, which packaging writes as an extra without a name",
                        it -> matches(it, "extra\\s*[!=]=\\s*(''|\"\")|(''|\"\")\\s*[!=]=\\s*extra"))
                .knowing(
                        "`===` of strings: \"MAY instead interpret them as equivalent to ==\"",
                        it -> it.theirs().equals("u") && it.text().contains("==="))
                .knowing(
                        "\"Version | String\": \"SHOULD fall back to processing the field as a String\", and only then",
                        it -> matches(it, "platform[._](version|release)"));
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

    private static final String OTHERS = "(~=|===|[<>]=?|(not\\s+)?in)";
    private static final String SETS = "\\b(extras|dependency_groups)\\b";

    // On our side false, or part of a marker that another part decides.
    private static boolean isFalseHere(Goldens.Answer answer) {
        return answer.ours().equals("0") || answer.theirs().equals("u");
    }

    private static boolean matches(Goldens.Answer answer, String pattern) {
        return Pattern.compile(pattern).matcher(answer.text()).find();
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
            it.get("values")
                    .properties()
                    .forEach(
                            field -> values.put(field.getKey(), field.getValue().stringValue()));
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

package dev.pycontainer.packaging;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Requirements and wheel file names as pypa/packaging takes them apart. */
class RequirementGoldensTest {

    @Test
    void requirementsAreReadAsPackagingReadsThem() {
        Goldens goldens = new Goldens();
        for (JsonNode row : Goldens.rows("requirements.jsonl")) {
            String text = row.get(0).stringValue();
            goldens.compare(text, theirs(row), Goldens.orRefused(() -> ours(Requirement.parse(text))));
        }
        goldens.allAreKnown();
    }

    private static String theirs(JsonNode row) {
        return row.get(1).isNull()
                ? Goldens.REFUSED
                : row.get(1).stringValue() + " " + new TreeSet<>(Goldens.texts(row.get(2))) + " "
                        + new TreeSet<>(Goldens.texts(row.get(3))) + " "
                        + (row.get(4).isNull() ? "-" : row.get(4).stringValue()) + " "
                        + (row.get(5).isNull() ? "-" : MarkerGoldensTest.ours(row.get(5).stringValue()));
    }

    private static String ours(Requirement requirement) {
        return requirement.name() + " " + requirement.extras() + " "
                + SpecifierGoldensTest.clauses(requirement.specifiers()) + " "
                + requirement.url().orElse("-") + " "
                + requirement.marker().map(Marker::toString).orElse("-");
    }

    @Test
    void wheelFileNamesAreReadAsPackagingReadsThem() {
        Goldens goldens = new Goldens();
        for (JsonNode row : Goldens.rows("wheels.jsonl")) {
            String text = row.get(0).stringValue();
            String theirs = row.get(1).isNull()
                    ? Goldens.REFUSED
                    : row.get(1).stringValue() + " " + row.get(2).stringValue() + " " + row.get(3).stringValue() + " "
                            + Goldens.texts(row.get(4));
            goldens.compare(text, theirs, Goldens.orRefused(() -> ours(WheelFileName.parse(text))));
        }
        goldens.allAreKnown();
    }

    private static String ours(WheelFileName wheel) {
        TreeSet<String> tags = new TreeSet<>();
        wheel.tags().forEach(tag -> tags.add(tag.toString()));
        return wheel.name() + " " + wheel.version() + " "
                + wheel.build().map(BuildTag::toString).orElse("") + " " + tags;
    }
}

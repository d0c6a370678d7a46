package dev.pycontainer.packaging;

import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Requirements and wheel file names as pypa/packaging takes them apart. */
class RequirementGoldensTest {

    @Test
    void requirementsAreReadAsPackagingReadsThem() {
        Goldens goldens = new Goldens()
                .knowing(
                        "white space is that of the grammar: space and \\t",
                        it -> Goldens.hasOtherWhiteSpace(it)
                                || (it.ours().equals(Goldens.REFUSED)
                                        && it.text().matches("(?s).*[=<>~][ \t]*[\\n\\x0B\\f].*")))
                .knowing(
                        "a name ends with a letter or digit: \"identifier_end\"",
                        it -> it.ours().equals(Goldens.REFUSED) && it.theirs().matches("(?s)[^ ]*- .*"))
                .knowing(
                        "a comma ends the version after `===` too: \"version_many\"",
                        it -> it.theirs().equals(Goldens.REFUSED) && it.text().matches("(?s).*===[^;)]*,.*"))
                .knowing("`===` wants a text to compare with", it -> it.theirs().matches(".*===[,\\]].*"));
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
                        + (row.get(5).isNull()
                                ? "-"
                                : MarkerGoldensTest.theirs(row.get(5).stringValue()));
    }

    private static String ours(Requirement requirement) {
        return requirement.name() + " " + requirement.extras() + " "
                + SpecifierGoldensTest.clauses(requirement.specifiers()) + " "
                + requirement.url().orElse("-") + " "
                + requirement.marker().map(Marker::toString).orElse("-");
    }

    private static final Pattern VALID_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._]*[A-Za-z0-9])?-");
    private static final Pattern STRANGE_TAG =
            Pattern.compile("[^-]+-[^-]+(-[0-9][^-]*)?(?=-)(?s:.*[^A-Za-z0-9_.-].*)\\.whl");

    @Test
    void wheelFileNamesAreReadAsPackagingReadsThem() {
        Goldens goldens = new Goldens()
                .knowing(
                        "a distribution has a valid name",
                        it -> it.ours().equals(Goldens.REFUSED)
                                && !VALID_NAME.matcher(it.text()).lookingAt())
                .knowing(
                        "a build tag is one line",
                        it -> it.ours().equals(Goldens.REFUSED)
                                && it.text().matches("[^-]+-[^-]+-[0-9][^-]*[\\n\\r\\x{85}\\x{2028}](?s:.*)"))
                .knowing(
                        "a tag is made of letters, digits and _",
                        it -> it.ours().equals(Goldens.REFUSED)
                                && STRANGE_TAG.matcher(it.text()).matches())
                .knowing(
                        "older tools wrote an underscore for the hyphen of a version, such as 1.0_1 for 1.0-1",
                        it -> it.theirs().equals(Goldens.REFUSED) && it.text().matches("[^-]+-[^-]*_[^-]*-.*"));
        for (JsonNode row : Goldens.rows("wheels.jsonl")) {
            String text = row.get(0).stringValue();
            String theirs = row.get(1).isNull()
                    ? Goldens.REFUSED
                    : row.get(1).stringValue() + " " + row.get(2).stringValue() + " "
                            + row.get(3).stringValue() + " " + Goldens.texts(row.get(4));
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

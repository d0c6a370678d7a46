package dev.pycontainer.packaging;

import java.math.BigInteger;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Specifier sets as pypa/packaging reads them, and the versions that they hold. */
class SpecifierGoldensTest {

    @Test
    void specifiersAreReadAsPackagingReadsThem() {
        Goldens goldens = new Goldens()
                .knowing("white space is that of the specification", Goldens::hasOtherWhiteSpace)
                .knowing(
                        "`===` wants a text to compare with",
                        it -> it.theirs().contains("===]") || it.theirs().contains("===,"))
                .knowing(
                        "a control character is part of nobody's version",
                        it -> it.ours().equals(Goldens.REFUSED)
                                && it.theirs().chars().anyMatch(Character::isISOControl));
        for (JsonNode row : cases()) {
            String text = row.get(0).stringValue();
            String theirs = row.get(1).isNull() ? Goldens.REFUSED : new TreeSet<>(Goldens.texts(row.get(1))).toString();
            goldens.compare(text, theirs, Goldens.orRefused(() -> clauses(SpecifierSet.parse(text))));
        }
        goldens.allAreKnown();
    }

    static String clauses(SpecifierSet set) {
        return set.clauses().stream()
                .map(Specifier::toString)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }

    @Test
    void setsHoldTheVersionsThatPackagingSaysTheyHold() {
        List<Version> candidates = versions(Goldens.rows("specifiers.jsonl").get(0));
        Goldens goldens = new Goldens();
        for (JsonNode row : cases()) {
            String text = row.get(0).stringValue();
            if (row.get(1).isNull()
                    || Goldens.orRefused(() -> clauses(SpecifierSet.parse(text)))
                            .equals(Goldens.REFUSED)) {
                continue;
            }
            SpecifierSet set = SpecifierSet.parse(text);
            List<Version> near = versions(row.get(4));
            compare(goldens, set, candidates, true, row.get(2));
            compare(goldens, set, candidates, false, row.get(3));
            compare(goldens, set, near, true, row.get(5));
            compare(goldens, set, near, false, row.get(6));
        }
        goldens.allAreKnown();
    }

    private static List<JsonNode> cases() {
        List<JsonNode> rows = Goldens.rows("specifiers.jsonl");
        return rows.subList(1, rows.size());
    }

    private static List<Version> versions(JsonNode texts) {
        return Goldens.texts(texts).stream().map(Version::parse).toList();
    }

    // One bit a version behind a leading one, in hexadecimal digits.
    private static void compare(
            Goldens goldens, SpecifierSet set, List<Version> versions, boolean prereleases, JsonNode bits) {
        StringBuilder held = new StringBuilder("1");
        versions.forEach(version -> held.append(set.contains(version, prereleases) ? '1' : '0'));
        String theirs = new BigInteger(bits.stringValue(), 16).toString(2);
        if (!theirs.contentEquals(held)) {
            goldens.compare(set + " of " + versions + (prereleases ? "" : ", not alone"), theirs, held.toString());
        }
    }
}

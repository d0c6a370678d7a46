package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Versions and names as pypa/packaging reads, writes and sorts them. */
class VersionGoldensTest {

    @Test
    void versionsAreReadAsPackagingReadsThem() {
        Goldens goldens = new Goldens()
                .knowing(
                        "white space is that of the specification: space, \\t, \\n, \\r, \\f and \\v",
                        Goldens::hasOtherWhiteSpace);
        for (JsonNode row : Goldens.rows("versions.jsonl")) {
            String text = row.get(0).stringValue();
            goldens.compare(
                    text,
                    theirs(row),
                    Version.tryParse(text).map(VersionGoldensTest::ours).orElse(Goldens.REFUSED));
        }
        goldens.allAreKnown();
    }

    private static String theirs(JsonNode row) {
        return row.get(1).isNull()
                ? Goldens.REFUSED
                : row.get(1).stringValue() + " " + row.get(2).stringValue() + " " + row.get(3) + " " + row.get(4) + " "
                        + row.get(5) + " " + row.get(6);
    }

    private static String ours(Version version) {
        return version + " " + version.publicVersion() + " " + (version.epoch().signum() != 0) + " "
                + version.isPrerelease() + " " + version.isPostrelease() + " "
                + version.dev().isPresent();
    }

    // A line holds the spellings of one version; the lines go up.
    @Test
    void versionsStandInTheOrderOfPackaging() {
        List<List<Version>> lines = new ArrayList<>();
        for (JsonNode row : Goldens.rows("order.jsonl")) {
            lines.add(Goldens.texts(row).stream().map(Version::parse).toList());
        }
        for (int i = 0; i < lines.size(); i++) {
            Version first = lines.get(i).get(0);
            assertThat(lines.get(i))
                    .allSatisfy(it -> assertThat(it).isEqualTo(first).hasSameHashCodeAs(first));
            for (int j = 0; j < i; j++) {
                Version lower = lines.get(j).get(0);
                if (lower.compareTo(first) >= 0 || first.compareTo(lower) <= 0 || lower.equals(first)) {
                    throw new AssertionError(lower + " must stand before " + first);
                }
            }
        }
        List<Version> shuffled =
                new ArrayList<>(lines.stream().map(it -> it.get(0)).toList());
        Collections.shuffle(shuffled, new Random(440));
        assertThat(shuffled.stream().sorted().toList())
                .containsExactlyElementsOf(lines.stream().map(it -> it.get(0)).toList());
    }

    @Test
    void namesAreNormalizedAsPackagingDoes() {
        Goldens goldens = new Goldens();
        for (JsonNode row : Goldens.rows("names.jsonl")) {
            String text = row.get(0).stringValue();
            String theirs = (row.get(1).booleanValue() ? row.get(3).stringValue() : Goldens.REFUSED) + " " + row.get(2)
                    + " " + row.get(3).stringValue();
            String ours = Goldens.orRefused(() -> PackageName.of(text).value()) + " "
                    + !Goldens.orRefused(() -> new PackageName(text).value()).equals(Goldens.REFUSED) + " "
                    + Extra.normalized(text);
            goldens.compare(text, theirs, ours);
        }
        goldens.allAreKnown();
    }
}

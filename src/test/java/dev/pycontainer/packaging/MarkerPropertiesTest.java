package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.BuildRefused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds for all markers and requirements, tried with generated ones. */
class MarkerPropertiesTest {

    private static final Map<String, String> KNOWN = Map.of(
            "os_name", "posix",
            "sys_platform", "linux",
            "python_version", "3.11",
            "python_full_version", "3.11.2");

    private final RandomTexts random = new RandomTexts();
    private final List<String> texts = RandomTexts.of(1500, () -> random.marker(random.below(4)));

    @Test
    void aMarkersTextIsItsOwnText() {
        for (String text : texts) {
            String normal = Marker.parse(text).toString();
            Marker again = Marker.parse(normal);
            assertThat(again).hasToString(normal).isEqualTo(Marker.parse(again.toString()));
            assertThat(Requirement.parse("a[x] >=1,!=2 ; " + text)).hasToString("a[x]>=1,!=2 ; " + normal);
        }
    }

    @Test
    void aMarkersTextMeansTheSame() {
        for (String text : texts) {
            Marker marker = Marker.parse(text);
            for (MarkerEnvironment environment : List.of(with("6.1", "#1 SMP"), MarkerEnvironment.of(KNOWN))) {
                assertThat(value(Marker.parse(marker.toString()), environment))
                        .as(text)
                        .isEqualTo(value(marker, environment));
            }
        }
    }

    // What is decided without the machine that will run the image holds on every machine.
    @Test
    void anAnswerWithoutAFieldIsTheAnswerWithEachOfItsValues() {
        int decided = 0;
        for (String text : texts) {
            Marker marker = Marker.parse(text);
            Optional<Boolean> value = value(marker, MarkerEnvironment.of(KNOWN));
            for (String release : List.of("4.19", "5", "6.1.0-18-amd64", "6.1", "7.2")) {
                for (String version : List.of("#1 SMP Debian", "13")) {
                    Optional<Boolean> there = value(marker, with(release, version));
                    assertThat(value.isEmpty() || value.equals(there)).as(text).isTrue();
                }
            }
            decided += value.isPresent() ? 1 : 0;
        }
        assertThat(decided).isBetween(100, texts.size() - 100);
    }

    private static MarkerEnvironment with(String release, String version) {
        Map<String, String> values = new LinkedHashMap<>(KNOWN);
        values.put("platform_release", release);
        values.put("platform_version", version);
        return MarkerEnvironment.of(values).withExtras(List.of("dev"));
    }

    private static Optional<Boolean> value(Marker marker, MarkerEnvironment environment) {
        try {
            return Optional.of(marker.evaluate(environment.withExtras(List.of("dev"))));
        } catch (BuildRefused e) {
            return Optional.empty();
        }
    }
}

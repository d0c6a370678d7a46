package dev.pycontainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.WheelFileName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanLayersTest {

    private static PlannedWheel wheel(String name, int kib) {
        return wheel(name, "1.0", kib);
    }

    private static PlannedWheel wheel(String name, String version, int kib) {
        return new PlannedWheel(
                WheelFileName.parse(name.replace('-', '_') + "-" + version + "-py3-none-any.whl"),
                Digest.of(name + version),
                kib * 1024L,
                Optional.empty());
    }

    private static Plan plan(int free, KeptLayers kept, List<PlannedWheel> wheels) {
        return new PlanLayers(free, kept).of(wheels);
    }

    private static List<String> planned(int free, List<PlannedWheel> wheels) {
        return told(plan(free, KeptLayers.NONE, wheels));
    }

    /** The layers from the lowest up, with the numbers of the shared ones. */
    private static List<String> told(Plan plan) {
        return plan.groups().stream()
                .map(group -> (group.shared().isPresent() ? group.shared().getAsInt() + ":" : "")
                        + String.join(
                                "+",
                                group.wheels().stream()
                                        .map(wheel -> wheel.fileName().name().value())
                                        .toList()))
                .toList();
    }

    private static final List<PlannedWheel> SEVEN = List.of(
            wheel("numpy", 500),
            wheel("anyio", 90),
            wheel("six", 10),
            wheel("Zope", 64),
            wheel("click", 63),
            wheel("redis", 20),
            wheel("click-plugins", 9));

    @Test
    void largeWheelsHaveTheirOwnLayersAndTheOthersShareSome() {
        assertThat(planned(40, SEVEN))
                .containsExactly("numpy", "anyio", "zope", "8:redis", "3:six", "2:click+click-plugins");
        assertThat(planned(12, SEVEN))
                .containsExactly("numpy", "anyio", "zope", "1:redis", "3:six", "2:click+click-plugins");
    }

    @Test
    void theLargestHaveThemWhereThereAreTooFew() {
        assertThat(planned(4, SEVEN)).containsExactly("numpy", "anyio", "2:click+click-plugins+zope", "1:redis+six");
        assertThat(planned(2, SEVEN)).containsExactly("numpy", "1:anyio+click+click-plugins+redis+six+zope");
        assertThat(planned(1, SEVEN)).containsExactly("1:anyio+click+click-plugins+numpy+redis+six+zope");
    }

    @Test
    void neverAreThereMoreLayersThanThereMayBe() {
        List<PlannedWheel> wheels =
                IntStream.range(0, 300).mapToObj(i -> wheel("w" + i, i)).toList();

        for (int free = 1; free < 127; free++) {
            assertThat(plan(free, KeptLayers.NONE, wheels).groups()).hasSizeLessThanOrEqualTo(free);
        }
    }

    @Test
    void packagesWhoseNamesBeginWithTheSameWordShareALayer() {
        List<PlannedWheel> wheels = Stream.of("api", "sdk", "proto", "exporter", "semantic-conventions")
                .map(name -> wheel("opentelemetry-" + name, 20))
                .toList();

        assertThat(planned(60, wheels)).hasSize(1);
    }

    @Test
    void whatChangesLeastForItsSizeLiesLowest() {
        assertThat(planned(
                        60,
                        List.of(
                                wheel("boto", "1.34.144", 200),
                                wheel("certifi", "2024.6.2", 200),
                                wheel("nightly", "1.0.dev3", 200),
                                wheel("six", "1.16.0", 200),
                                wheel("slow", "1.0", 200),
                                wheel("torch", "2.3.0", 200_000),
                                wheel("tiny-a", "1.0", 1),
                                wheel("tiny-b", "1.0", 1))))
                .containsExactly("torch", "slow", "six", "boto", "certifi", "nightly", "10:tiny-a+tiny-b");
    }

    @Test
    void theOrderInWhichTheyComeDoesNotMatter() {
        List<PlannedWheel> reversed = new ArrayList<>(SEVEN);
        Collections.reverse(reversed);

        assertThat(planned(3, reversed)).isEqualTo(planned(3, SEVEN));
    }

    @Test
    void oneWheelMoreDoesNotMoveTheOthers() {
        List<PlannedWheel> more =
                Stream.concat(SEVEN.stream(), Stream.of(wheel("django", 99))).toList();

        List<String> layers = new ArrayList<>(planned(40, more));
        assertThat(layers.remove("django")).isTrue();
        assertThat(layers).isEqualTo(planned(40, SEVEN));
    }

    @Test
    void whatIsKeptStaysWhateverBecomesOfItsSizeAndOfOthers() {
        KeptLayers kept = KeptLayers.of(plan(8, KeptLayers.NONE, SEVEN));
        List<PlannedWheel> later = List.of(
                wheel("numpy", 500),
                wheel("anyio", 20),
                wheel("six", 700),
                wheel("zope", 64),
                wheel("click", 63),
                wheel("scipy", 900),
                wheel("pandas", 800),
                wheel("polars", 600),
                wheel("pyarrow", 650),
                wheel("click-plugins", 9));

        assertThat(told(plan(8, KeptLayers.NONE, later)))
                .containsExactly(
                        "scipy", "pandas", "six", "pyarrow", "polars", "numpy", "2:anyio+click+click-plugins+zope");
        assertThat(told(plan(8, kept, later)))
                .containsExactly(
                        "scipy",
                        "pandas",
                        "pyarrow",
                        "numpy",
                        "zope",
                        "anyio",
                        "1:polars+six",
                        "2:click+click-plugins");
    }

    @Test
    void moreThanThereIsRoomForIsNotKept() {
        KeptLayers kept = KeptLayers.of(plan(40, KeptLayers.NONE, SEVEN));

        assertThat(told(plan(2, kept, SEVEN))).isEqualTo(planned(2, SEVEN));
        assertThat(told(plan(12, kept, SEVEN)))
                .containsExactly("numpy", "anyio", "zope", "1:redis", "3:six", "2:click+click-plugins");
    }

    @Test
    void keptLayersAreTakenApartAndPutTogether() {
        KeptLayers kept = KeptLayers.of(plan(40, KeptLayers.NONE, SEVEN));

        KeptLayers some = kept.of(name -> name.value().startsWith("click"));

        assertThat(some.shared()).hasSize(2);
        assertThat(some.or(kept)).isEqualTo(kept);
        assertThat(kept.of(name -> false)).isEqualTo(KeptLayers.NONE);
    }

    private static List<String> reasons(Plan plan) {
        return plan.groups().stream().map(WheelGroup::why).toList();
    }

    @Test
    void itIsToldWhyALayerIsThere() {
        List<PlannedWheel> three = List.of(wheel("numpy", 500), wheel("six", 10), wheel("redis", 9));

        assertThat(reasons(plan(12, KeptLayers.NONE, three)))
                .containsExactly(
                        "its own layer: 64 KiB or more",
                        "shared layer 3 of 3: below 64 KiB, chosen by the first word of the name",
                        "shared layer 1 of 3: below 64 KiB, chosen by the first word of the name");
        assertThat(reasons(plan(2, KeptLayers.NONE, SEVEN)))
                .containsExactly(
                        "its own layer: one of the 1 largest wheels",
                        "shared layer 1 of 1: not among the 1 largest wheels, chosen by the first word of the name");
        KeptLayers kept = KeptLayers.of(plan(12, KeptLayers.NONE, three));
        assertThat(reasons(plan(12, kept, List.of(wheel("numpy", 5), wheel("six", 100), wheel("redis", 9)))))
                .containsExactly(
                        "shared layer 3 of 3: below 64 KiB, chosen by the first word of the name; kept there by pycontainer.lock: six",
                        "shared layer 1 of 3: below 64 KiB, chosen by the first word of the name",
                        "its own layer, kept by pycontainer.lock");
    }

    @Test
    void noWheelNeedsNoLayer() {
        assertThat(planned(0, List.of())).isEmpty();
    }

    @Test
    void wheelsWithoutAnyLayerAreRefused() {
        assertThatThrownBy(() -> planned(0, SEVEN))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        No layer is left for the 7 wheels.
                          why    the base's layers and those of the environment and of local projects already take all of layers.maximum
                          do     raise layers.maximum""");
    }
}

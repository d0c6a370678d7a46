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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanLayersTest {

    private static PlannedWheel wheel(String name, long size) {
        return new PlannedWheel(
                WheelFileName.parse(name + "-1.0-py3-none-any.whl"), Digest.of(name), size, Optional.empty());
    }

    private static List<String> planned(int free, List<PlannedWheel> wheels) {
        return new PlanLayers(free)
                .of(wheels).groups().stream()
                        .map(group -> String.join(
                                "+",
                                group.wheels().stream()
                                        .map(wheel -> wheel.fileName().name().value())
                                        .toList()))
                        .toList();
    }

    private static final List<PlannedWheel> FIVE =
            List.of(wheel("numpy", 500), wheel("anyio", 20), wheel("h11", 10), wheel("Zope", 30), wheel("click", 20));

    @Test
    void everyWheelHasItsLayerInTheOrderOfNames() {
        assertThat(planned(5, FIVE)).containsExactly("anyio", "click", "h11", "numpy", "zope");
    }

    @Test
    void theSmallestShareTheLastLayerWhereThereAreTooFew() {
        assertThat(planned(4, FIVE)).containsExactly("click", "numpy", "zope", "anyio+h11");
        assertThat(planned(2, FIVE)).containsExactly("numpy", "anyio+click+h11+zope");
        assertThat(planned(1, FIVE)).containsExactly("anyio+click+h11+numpy+zope");
    }

    @Test
    void theOrderInWhichTheyComeDoesNotMatter() {
        List<PlannedWheel> reversed = new ArrayList<>(FIVE);
        Collections.reverse(reversed);

        assertThat(planned(3, reversed)).isEqualTo(planned(3, FIVE));
    }

    @Test
    void oneWheelMoreDoesNotMoveTheOthers() {
        List<PlannedWheel> six =
                Stream.concat(FIVE.stream(), Stream.of(wheel("django", 90))).toList();

        assertThat(planned(9, six)).containsExactly("anyio", "click", "django", "h11", "numpy", "zope");
    }

    @Test
    void noWheelNeedsNoLayer() {
        assertThat(planned(0, List.of())).isEmpty();
    }

    @Test
    void wheelsWithoutAnyLayerAreRefused() {
        assertThatThrownBy(() -> planned(0, FIVE))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        No layer is left for the 5 wheels.
                          why    the base's layers and those of the environment and of local projects already take all of layers.maximum
                          do     raise layers.maximum""");
    }
}

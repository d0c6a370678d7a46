package dev.pycontainer.layer;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which wheels share a layer: none, as long as there are layers enough; else the smallest ones.
 *
 * <p>Layers stand in the order of their packages' names, so that a wheel that comes or goes does not move the others; the
 * shared layer, which changes most often, is the last.
 */
public final class PlanLayers {

    /** The order in which wheels cover one another, whether they share a layer or not. */
    static final Comparator<PlannedWheel> BY_NAME = Comparator.<PlannedWheel, String>comparing(
                    wheel -> wheel.fileName().name().value())
            .thenComparing(PlannedWheel::sha256);

    private static final Comparator<PlannedWheel> BY_SIZE =
            Comparator.comparingLong(PlannedWheel::size).thenComparing(BY_NAME);

    private final int free;

    /** @param free how many layers the wheels may take: the image's maximum less all the others */
    public PlanLayers(int free) {
        this.free = free;
    }

    public Plan of(List<PlannedWheel> wheels) {
        if (wheels.isEmpty()) {
            return new Plan(List.of());
        }
        if (free < 1) {
            throw BuildRefused.because("No layer is left for the " + wheels.size() + " wheels.")
                    .why("the base's layers and those of the environment and of local projects already take all of"
                            + " layers.maximum")
                    .todo("raise layers.maximum");
        }
        int shared = wheels.size() <= free ? 0 : wheels.size() - free + 1;
        List<PlannedWheel> bySize = wheels.stream().sorted(BY_SIZE).toList();
        List<WheelGroup> groups = new ArrayList<>();
        bySize.stream().skip(shared).sorted(BY_NAME).forEach(wheel -> groups.add(WheelGroup.of(List.of(wheel))));
        if (shared > 0) {
            groups.add(
                    WheelGroup.of(bySize.stream().limit(shared).sorted(BY_NAME).toList()));
        }
        return new Plan(groups);
    }
}

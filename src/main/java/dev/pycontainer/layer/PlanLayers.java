package dev.pycontainer.layer;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.PackageName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Decides which wheels share a layer and in which order the layers stand, such that a wheel that comes, goes or changes
 * leaves the layers of the others as they are.
 *
 * <p>The lowest layer is the one of which the fewest bytes are expected to change: what lies above a layer that changed has
 * to be unpacked again, and by some engines fetched. Where a layer stands depends on its own wheels alone.
 */
public final class PlanLayers {

    /** The order in which wheels cover one another, whichever layers they have. */
    static final Comparator<PlannedWheel> BY_NAME = Comparator.<PlannedWheel, String>comparing(
                    wheel -> wheel.fileName().name().value())
            .thenComparing(PlannedWheel::sha256);

    // A layer of several wheels lies above all of one: it can leave out what one below it wins.
    private static final Comparator<WheelGroup> LOWEST_FIRST = Comparator.comparing(WheelGroup::isOfSeveral)
            .thenComparing(PlanLayers::bytesPerChange, Comparator.reverseOrder())
            .thenComparing(group -> group.wheels().get(0), BY_NAME);

    private final int free;
    private final KeptLayers kept;

    /**
     * @param free how many layers the wheels may take: the image's maximum less all the others
     * @param kept by which wheels stay in the layers that they had
     */
    public PlanLayers(int free, KeptLayers kept) {
        this.free = free;
        this.kept = kept;
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
        PlaceWheels place = new PlaceWheels(free);
        Map<PackageName, OptionalInt> places = place.of(wheels, kept);
        WhyLayers why = new WhyLayers(place, wheels, places, kept);
        List<WheelGroup> groups = new ArrayList<>();
        Map<Integer, List<PlannedWheel>> shared = new TreeMap<>();
        for (PlannedWheel wheel : wheels.stream().sorted(BY_NAME).toList()) {
            OptionalInt number = places.getOrDefault(wheel.fileName().name(), OptionalInt.empty());
            if (number.isPresent()) {
                shared.computeIfAbsent(number.getAsInt(), none -> new ArrayList<>())
                        .add(wheel);
            } else {
                groups.add(WheelGroup.of(List.of(wheel)).because(why.own(wheel)));
            }
        }
        shared.forEach((number, sharing) ->
                groups.add(WheelGroup.of(sharing).sharing(number).because(why.shared(number, sharing))));
        return new Plan(groups.stream().sorted(LOWEST_FIRST).toList());
    }

    private static double bytesPerChange(WheelGroup group) {
        return group.size()
                / group.wheels().stream()
                        .mapToDouble(wheel -> ExpectedChange.of(wheel.fileName().version()))
                        .sum();
    }
}

package dev.pycontainer.layer;

import dev.pycontainer.packaging.PackageName;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Tells in a clause why wheels have the layer that they have. */
final class WhyLayers {

    private final PlaceWheels place;
    private final boolean isCrowded;
    private final Map<PackageName, OptionalInt> places;
    private final Map<PackageName, OptionalInt> unkept;

    /** @param places which were given to the wheels, where these were kept */
    WhyLayers(PlaceWheels place, List<PlannedWheel> wheels, Map<PackageName, OptionalInt> places, KeptLayers kept) {
        this.place = place;
        this.isCrowded = wheels.stream()
                        .filter(wheel -> wheel.size() >= PlaceWheels.LARGE)
                        .count()
                > place.own();
        this.places = places;
        this.unkept = kept.shared().isEmpty() ? places : place.of(wheels, KeptLayers.NONE);
    }

    String own(PlannedWheel wheel) {
        if (isElsewhere(wheel)) {
            return "its own layer, kept by pycontainer.lock";
        }
        return "its own layer: " + (isCrowded ? "one of the " + place.own() + " largest wheels" : "64 KiB or more");
    }

    String shared(int number, List<PlannedWheel> wheels) {
        String layer = "shared layer " + number + " of " + place.shared() + ": ";
        String kept = wheels.stream()
                .filter(this::isElsewhere)
                .map(wheel -> wheel.fileName().name().value())
                .collect(Collectors.joining(", "));
        return layer
                + (isCrowded ? "not among the " + place.own() + " largest wheels" : "below 64 KiB")
                + ", chosen by the first word of the name"
                + (kept.isEmpty() ? "" : "; kept there by pycontainer.lock: " + kept);
    }

    /** Whether the wheel would be in another layer, were nothing kept. */
    private boolean isElsewhere(PlannedWheel wheel) {
        PackageName name = wheel.fileName().name();
        return !places.getOrDefault(name, OptionalInt.empty()).equals(unkept.getOrDefault(name, OptionalInt.empty()));
    }
}

package dev.pycontainer.layer;

import dev.pycontainer.content.Utf8Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts layers of one wheel each such that of any two wheels that want one place the later by name lies above. Layers whose
 * wheels want nothing of one another keep their order.
 */
final class StackByName {

    private record Claimed(PlannedWheel wheel, FileClaim claim) {}

    private final List<WheelFiles> files;

    /** @param files of all wheels, in the order of their names */
    StackByName(List<WheelFiles> files) {
        this.files = files;
    }

    /** @param layers from the lowest up */
    List<WheelGroup> of(List<WheelGroup> layers) {
        Map<PlannedWheel, WheelGroup> byWheel = new HashMap<>();
        layers.forEach(layer -> byWheel.put(layer.wheels().get(0), layer));
        List<WheelFiles> alone = files.stream()
                .filter(wheel -> byWheel.containsKey(wheel.wheel()))
                .toList();
        FileOwners owners = new FileOwners();
        alone.forEach(owners::add);
        if (owners.covered().isEmpty()) {
            return layers;
        }
        Map<PlannedWheel, Set<PlannedWheel>> below = below(alone);
        Set<PlannedWheel> stacked = new LinkedHashSet<>();
        layers.forEach(layer -> stack(layer.wheels().get(0), below, stacked));
        return stacked.stream().map(byWheel::get).toList();
    }

    // Each loser is earlier by name than its winner, so that this ends.
    private static void stack(
            PlannedWheel wheel, Map<PlannedWheel, Set<PlannedWheel>> below, Set<PlannedWheel> stacked) {
        if (!stacked.contains(wheel)) {
            below.getOrDefault(wheel, Set.of()).forEach(loser -> stack(loser, below, stacked));
            stacked.add(wheel);
        }
    }

    /** By wheel the earlier ones with which it disagrees, also where a third wins against both. */
    private static Map<PlannedWheel, Set<PlannedWheel>> below(List<WheelFiles> alone) {
        NavigableMap<String, List<Claimed>> claims = new TreeMap<>(Utf8Order.INSTANCE);
        Map<PlannedWheel, Set<PlannedWheel>> below = new HashMap<>();
        for (WheelFiles wheel : alone) {
            for (FileClaim claim : wheel.claims()) {
                claims.computeIfAbsent(claim.path(), path -> new ArrayList<>()).add(new Claimed(wheel.wheel(), claim));
            }
        }
        claims.forEach((path, here) -> {
            disagree(here, here, below);
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                disagree(claims.getOrDefault(path.substring(0, slash), List.of()), here, below);
            }
        });
        return below;
    }

    private static void disagree(List<Claimed> some, List<Claimed> others, Map<PlannedWheel, Set<PlannedWheel>> below) {
        for (Claimed one : some) {
            for (Claimed other : others) {
                int order = PlanLayers.BY_NAME.compare(one.wheel(), other.wheel());
                boolean isSame = one.claim().path().equals(other.claim().path())
                        && one.claim().isSameAs(other.claim());
                if (!isSame && order != 0) {
                    below.computeIfAbsent(order < 0 ? other.wheel() : one.wheel(), winner -> new LinkedHashSet<>())
                            .add(order < 0 ? one.wheel() : other.wheel());
                }
            }
        }
    }
}

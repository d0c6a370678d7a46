package dev.pycontainer.layer;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.PackageName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Gives each wheel a layer of its own or one of the shared ones, by what the wheel is itself and not by what others are.
 *
 * <p>A quarter of the layers are shared ones. Which of them a small wheel goes to is decided by the first word of its
 * package's name: packages of one project, which are released together, mostly have that in common. Only where there are
 * more large wheels than layers the largest of them are chosen, and so one that comes may take another's place.
 */
final class PlaceWheels {

    /** In bytes: a smaller wheel costs less than a layer does. */
    static final long LARGE = 64 << 10;

    private static final Comparator<PlannedWheel> LARGEST_FIRST =
            Comparator.comparingLong(PlannedWheel::size).reversed().thenComparing(PlanLayers.BY_NAME);

    private final int shared;
    private final int own;

    /** @param free how many layers there are, one at least */
    PlaceWheels(int free) {
        this.shared = free < 4 ? 1 : Math.max(2, (free + 3) / 4);
        this.own = free - shared;
    }

    /** How many shared layers there are. */
    int shared() {
        return shared;
    }

    /** How many wheels can have a layer of their own. */
    int own() {
        return own;
    }

    /** By package the number of its shared layer, from 1, or nothing for a layer of its own. */
    Map<PackageName, OptionalInt> of(List<PlannedWheel> wheels, KeptLayers kept) {
        Set<PlannedWheel> alone = new HashSet<>();
        wheels.stream()
                .filter(wheel -> kept.isOwn(name(wheel)))
                .sorted(LARGEST_FIRST)
                .limit(own)
                .forEach(alone::add);
        wheels.stream()
                .filter(wheel -> wheel.size() >= LARGE && !isKept(wheel, kept))
                .sorted(LARGEST_FIRST)
                .limit(own - alone.size())
                .forEach(alone::add);
        Map<PackageName, OptionalInt> places = new HashMap<>();
        Map<String, Integer> ofWords = new HashMap<>();
        for (PlannedWheel wheel : wheels) {
            places.put(
                    name(wheel),
                    alone.contains(wheel)
                            ? OptionalInt.empty()
                            : OptionalInt.of(kept.sharedOf(name(wheel), shared)
                                    .orElseGet(() -> ofWords.computeIfAbsent(firstWord(wheel), this::sharedOf))));
        }
        return places;
    }

    private boolean isKept(PlannedWheel wheel, KeptLayers kept) {
        return kept.isOwn(name(wheel)) || kept.sharedOf(name(wheel), shared).isPresent();
    }

    /** Rendezvous hashing: with one shared layer more or less, only the packages of that one move. */
    private int sharedOf(String word) {
        long seed = Long.parseUnsignedLong(Digest.of(word).hex().substring(0, 16), 16);
        int best = 1;
        for (int number = 2; number <= shared; number++) {
            if (Long.compareUnsigned(weight(seed, number), weight(seed, best)) > 0) {
                best = number;
            }
        }
        return best;
    }

    /** The mixing function of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long weight(long seed, int number) {
        long mixed = seed + number * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private static String firstWord(PlannedWheel wheel) {
        String name = name(wheel).value();
        int hyphen = name.indexOf('-');
        return hyphen < 0 ? name : name.substring(0, hyphen);
    }

    private static PackageName name(PlannedWheel wheel) {
        return wheel.fileName().name();
    }
}

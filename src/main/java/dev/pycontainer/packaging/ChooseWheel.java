package dev.pycontainer.packaging;

import dev.pycontainer.content.Utf8Order;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses the wheel that an installer would: of those that fit the target the one whose best tag stands first in the
 * target's order, and among these the one with the highest build tag.
 */
public final class ChooseWheel {

    private final Target target;
    private final Map<WheelTag, Integer> ranks = new HashMap<>();

    public ChooseWheel(Target target) {
        this.target = target;
        List<WheelTag> tags = target.tags();
        for (int rank = 0; rank < tags.size(); rank++) {
            ranks.putIfAbsent(tags.get(rank), rank);
        }
    }

    /** The best of the wheels, or nothing where none fits. */
    public <T> Optional<T> best(Collection<T> wheels, Function<? super T, WheelFileName> fileName) {
        record Ranked<T>(T wheel, int rank, WheelFileName name) {}
        // The file name decides last, so that the choice never rests on the order of the candidates.
        Comparator<Ranked<T>> order = Comparator.<Ranked<T>>comparingInt(Ranked::rank)
                .thenComparing(ranked -> ranked.name().build(), ChooseWheel::highestFirst)
                .thenComparing(ranked -> ranked.name().fileName(), Utf8Order.INSTANCE);
        List<Ranked<T>> fitting = new ArrayList<>();
        for (T wheel : wheels) {
            WheelFileName name = fileName.apply(wheel);
            int rank = rank(name);
            if (rank < Integer.MAX_VALUE) {
                fitting.add(new Ranked<>(wheel, rank, name));
            }
        }
        return fitting.stream().min(order).map(Ranked::wheel);
    }

    private int rank(WheelFileName wheel) {
        int best = Integer.MAX_VALUE;
        for (WheelTag tag : wheel.tags()) {
            best = Math.min(best, ranks.getOrDefault(tag, Integer.MAX_VALUE));
        }
        return best;
    }

    // "Sort as an empty tuple if unspecified": below every build tag.
    private static int highestFirst(Optional<BuildTag> left, Optional<BuildTag> right) {
        return left.isPresent() && right.isPresent()
                ? right.get().compareTo(left.get())
                : Boolean.compare(right.isPresent(), left.isPresent());
    }

    /** Why each of these wheels, none of which fits, does not: those that get the furthest first. */
    public List<Misfit> misfits(Collection<WheelFileName> wheels) {
        record Ranked(WheelFileName wheel, WheelMismatch mismatch) {}
        return wheels.stream()
                .map(wheel -> new Ranked(wheel, WheelMismatch.of(wheel, target)))
                .sorted(Comparator.comparing(Ranked::mismatch)
                        .thenComparing(ranked -> ranked.wheel().fileName(), Utf8Order.INSTANCE))
                .map(ranked -> new Misfit(
                        ranked.wheel(),
                        ranked.mismatch().foundInWords(),
                        ranked.mismatch().wantedInWords()))
                .toList();
    }
}

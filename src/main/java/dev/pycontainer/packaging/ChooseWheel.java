package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
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

    /**
     * The best of one version's wheels, or a refusal that names the nearest one and why it does not fit.
     *
     * @param wheels anything that stands for a wheel of this name and version
     */
    public <T> T from(
            PackageName name, Version version, Collection<T> wheels, Function<? super T, WheelFileName> fileName) {
        return best(wheels, fileName)
                .orElseThrow(() -> refused(
                        name,
                        version,
                        wheels.stream().<WheelFileName>map(fileName).toList()));
    }

    /** The best of the wheels, or nothing where none fits. */
    public <T> Optional<T> best(Collection<T> wheels, Function<? super T, WheelFileName> fileName) {
        // The file name decides last, so that the choice never rests on the order of the candidates.
        Comparator<WheelFileName> order = Comparator.<WheelFileName>comparingInt(this::rank)
                .thenComparing(WheelFileName::build, ChooseWheel::highestFirst)
                .thenComparing(WheelFileName::fileName, Utf8Order.INSTANCE);
        return wheels.stream()
                .filter(wheel -> rank(fileName.apply(wheel)) < Integer.MAX_VALUE)
                .min((left, right) -> order.compare(fileName.apply(left), fileName.apply(right)));
    }

    private int rank(WheelFileName wheel) {
        return wheel.tags().stream()
                .mapToInt(tag -> ranks.getOrDefault(tag, Integer.MAX_VALUE))
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    // "Sort as an empty tuple if unspecified": below every build tag.
    private static int highestFirst(Optional<BuildTag> left, Optional<BuildTag> right) {
        return left.isPresent() && right.isPresent()
                ? right.get().compareTo(left.get())
                : Boolean.compare(right.isPresent(), left.isPresent());
    }

    private BuildRefused refused(PackageName name, Version version, List<WheelFileName> wheels) {
        BuildRefused refused = BuildRefused.because("No wheel of " + name + " " + version + " fits the base.");
        Optional<WheelFileName> nearest = wheels.stream()
                .min(Comparator.<WheelFileName, WheelMismatch>comparing(wheel -> WheelMismatch.of(wheel, target))
                        .thenComparing(WheelFileName::fileName, Utf8Order.INSTANCE));
        String elsewhere = "lock a version of " + name + " that has a wheel for this base";
        if (nearest.isEmpty()) {
            return refused.why("it has no wheel at all").todo(elsewhere);
        }
        WheelMismatch mismatch = WheelMismatch.of(nearest.get(), target);
        String which = wheels.size() == 1 ? "its only wheel, " : "the nearest of its " + wheels.size() + " wheels, ";
        return refused.why("the base has " + target.description() + "; " + which + nearest.get() + ", is for "
                        + mismatch.foundInWords())
                .todo(mismatch.wantedInWords()
                        .map(wanted -> "use a base with " + wanted + ", or " + elsewhere)
                        .orElse(elsewhere));
    }
}

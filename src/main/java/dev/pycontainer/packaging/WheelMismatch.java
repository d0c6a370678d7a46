package dev.pycontainer.packaging;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why one wheel does not fit a target: what it is for instead, by its nearest tag.
 *
 * @param found what the wheel is for, in words, where the target differs
 * @param wanted what another base would have to have; lacks what no other base could change
 * @param distance how far the wheel's Python and C library are away, to choose between equal reasons
 */
record WheelMismatch(Map<Reason, String> found, Map<Reason, String> wanted, long distance)
        implements Comparable<WheelMismatch> {

    /** In the order in which they are told; each is worse than all with a smaller weight together. */
    enum Reason {
        IMPLEMENTATION(16),
        PYTHON(4),
        ABI(2),
        LIBC(8),
        LIBC_VERSION(1),
        MACHINE(32),
        SYSTEM(64);

        private final int weight;

        Reason(int weight) {
            this.weight = weight;
        }
    }

    /** The mismatch of the wheel's tag that is the least far away. */
    static WheelMismatch of(WheelFileName wheel, Target target) {
        return wheel.tags().stream()
                .map(tag -> new CompareTag(tag, target).mismatch())
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException("every wheel has a tag"));
    }

    private int weight() {
        return found.keySet().stream().mapToInt(reason -> reason.weight).sum();
    }

    @Override
    public int compareTo(WheelMismatch other) {
        return Comparator.comparingInt(WheelMismatch::weight)
                .thenComparingLong(WheelMismatch::distance)
                .compare(this, other);
    }

    /** Such as {@code Python 3.12 and glibc 2.17}. */
    String foundInWords() {
        return String.join(" and ", found.values());
    }

    /** What another base would have to have for this wheel; nothing where no base could. */
    Optional<String> wantedInWords() {
        return wanted.keySet().containsAll(found.keySet())
                ? Optional.of(wanted.values().stream().distinct().collect(Collectors.joining(" and ")))
                : Optional.empty();
    }
}

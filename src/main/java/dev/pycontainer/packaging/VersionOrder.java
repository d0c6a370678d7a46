package dev.pycontainer.packaging;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The one order of versions: version specifiers specification (PEP 440), "Summary of permitted suffixes and relative
 * ordering".
 */
final class VersionOrder implements Comparator<Version> {

    static final Comparator<Version> INSTANCE = new VersionOrder();

    private static final Comparator<Version.PreRelease> BY_PHASE_AND_NUMBER =
            Comparator.comparing(Version.PreRelease::phase).thenComparing(Version.PreRelease::number);

    // ".devN, aN, bN, rcN, <no suffix>, .postN": a developmental release of the final version stands before its alphas,
    // all else without a pre-release segment after its candidates.
    private static final Comparator<Version> ORDER = Comparator.comparing(Version::epoch)
            .thenComparing(Version::release, VersionOrder::compareReleases)
            .thenComparing(version -> version.pre().isEmpty()
                            && version.post().isEmpty()
                            && version.dev().isPresent()
                    ? 0
                    : version.pre().isPresent() ? 1 : 2)
            .thenComparing(Version::pre, absentFirst(BY_PHASE_AND_NUMBER))
            .thenComparing(Version::post, absentFirst(Comparator.<BigInteger>naturalOrder()))
            .thenComparing(version -> version.dev().isPresent() ? 0 : 1)
            .thenComparing(Version::dev, absentFirst(Comparator.<BigInteger>naturalOrder()))
            .thenComparing(Version::localSegments, VersionOrder::compareLocals);

    private VersionOrder() {}

    @Override
    public int compare(Version left, Version right) {
        return ORDER.compare(left, right);
    }

    // "All release segments involved in the comparison MUST be converted to a consistent length by padding shorter
    // segments with zeros as needed."
    private static int compareReleases(List<BigInteger> left, List<BigInteger> right) {
        int length = Math.max(left.size(), right.size());
        for (int i = 0; i < length; i++) {
            int order = at(left, i).compareTo(at(right, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The release segment's number at an index, zero beyond its end. */
    static BigInteger at(List<BigInteger> release, int index) {
        return index < release.size() ? release.get(index) : BigInteger.ZERO;
    }

    static List<BigInteger> withoutTrailingZeros(List<BigInteger> release) {
        int length = release.size();
        while (length > 0 && release.get(length - 1).signum() == 0) {
            length--;
        }
        return release.subList(0, length);
    }

    // "Local version identifiers": numbers by value, letters by text, a number above letters, and the longer label
    // above its own beginning.
    private static int compareLocals(List<String> left, List<String> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = compareSegments(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int compareSegments(String left, String right) {
        boolean leftIsNumber = Version.isNumber(left);
        boolean rightIsNumber = Version.isNumber(right);
        if (leftIsNumber && rightIsNumber) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return leftIsNumber == rightIsNumber ? left.compareTo(right) : Boolean.compare(leftIsNumber, rightIsNumber);
    }

    private static <T> Comparator<Optional<T>> absentFirst(Comparator<T> order) {
        return (left, right) -> left.isPresent() && right.isPresent()
                ? order.compare(left.get(), right.get())
                : Boolean.compare(left.isPresent(), right.isPresent());
    }
}

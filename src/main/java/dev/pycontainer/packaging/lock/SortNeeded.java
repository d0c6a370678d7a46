package dev.pycontainer.packaging.lock;

import java.util.Collection;
import java.util.Comparator;

/** Brings what a lock says into the order in which it is told. */
final class SortNeeded {

    private static final Comparator<Omitted> BY_NAME_AND_VERSION = Comparator.comparing(Omitted::name)
            .thenComparing(omitted -> omitted.version().orElse(null), Comparator.nullsFirst(Comparator.naturalOrder()));

    private SortNeeded() {}

    static Needed of(Collection<LockedPackage> packages, Collection<Omitted> omitted) {
        return new Needed(
                packages.stream()
                        .sorted(Comparator.comparing(LockedPackage::name))
                        .toList(),
                omitted.stream().sorted(BY_NAME_AND_VERSION).toList());
    }
}

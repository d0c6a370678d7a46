package dev.pycontainer.layer;

import dev.pycontainer.packaging.PackageName;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which layers an earlier plan gave to packages: with it none of them moves, whatever becomes of its size and its
 * neighbours.
 *
 * @param shared by the package's name the number of its shared layer, from 1; nothing for a layer of its own
 */
public record KeptLayers(NavigableMap<PackageName, OptionalInt> shared) {

    /** Nothing is kept: each package is placed by what it is itself. */
    public static final KeptLayers NONE = new KeptLayers(Collections.emptyNavigableMap());

    public KeptLayers {
        shared = Collections.unmodifiableNavigableMap(new TreeMap<>(shared));
    }

    /** The layers that this plan gives. */
    public static KeptLayers of(Plan plan) {
        NavigableMap<PackageName, OptionalInt> shared = new TreeMap<>();
        plan.groups()
                .forEach(group -> group.wheels()
                        .forEach(wheel -> shared.put(wheel.fileName().name(), group.shared())));
        return new KeptLayers(shared);
    }

    /** Those of some of the packages. */
    public KeptLayers of(Predicate<PackageName> some) {
        NavigableMap<PackageName, OptionalInt> left = new TreeMap<>(shared);
        left.keySet().removeIf(some.negate());
        return new KeptLayers(left);
    }

    /** These, and of other packages the others. */
    public KeptLayers or(KeptLayers others) {
        NavigableMap<PackageName, OptionalInt> all = new TreeMap<>(others.shared);
        all.putAll(shared);
        return new KeptLayers(all);
    }

    boolean isOwn(PackageName name) {
        OptionalInt layer = shared.get(name);
        return layer != null && layer.isEmpty();
    }

    /** The package's shared layer, if it has one of so many. */
    OptionalInt sharedOf(PackageName name, int layers) {
        OptionalInt layer = shared.get(name);
        return layer != null && layer.isPresent() && layer.getAsInt() <= layers ? layer : OptionalInt.empty();
    }
}

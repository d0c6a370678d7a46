package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether requirements are met by the packages that a lock selects: the way to find out that a lock is stale where
 * its format does not say what it was made from.
 *
 * <p>It never raises a false alarm: a requirement by URL is met by any package of its name, a package whose version
 * nobody tells meets every specifier, and what the project lets its tool override is not compared.
 */
final class MetByLock {

    private final Map<PackageName, LockedPackage> locked = new HashMap<>();
    private final Set<PackageName> overridden;
    private final boolean extrasAreTold;

    /**
     * @param overridden the packages whose version, or presence, the project leaves to its tool's settings
     * @param extrasAreTold whether the format records the extras of packages
     */
    MetByLock(Collection<LockedPackage> locked, Set<PackageName> overridden, boolean extrasAreTold) {
        locked.forEach(entry -> this.locked.put(entry.name(), entry));
        this.overridden = Set.copyOf(overridden);
        this.extrasAreTold = extrasAreTold;
    }

    /** The requirements that are not met. */
    List<StaleEntry> unmet(Collection<ConsumedRequirement> requirements) {
        List<StaleEntry> unmet = new ArrayList<>();
        for (ConsumedRequirement consumed : requirements) {
            why(consumed.requirement())
                    .ifPresent(why -> unmet.add(new StaleEntry(
                            consumed.place(), consumed.requirement().toString(), why)));
        }
        return unmet;
    }

    private Optional<String> why(Requirement requirement) {
        PackageName name = requirement.name();
        if (overridden.contains(name)) {
            return Optional.empty();
        }
        LockedPackage entry = locked.get(name);
        if (entry == null) {
            return Optional.of("the lock holds no package \"" + name + "\" for the target");
        }
        Optional<Version> other =
                entry.version().filter(version -> !requirement.specifiers().contains(version));
        if (other.isPresent()) {
            return Optional.of("the lock holds " + name + " " + other.get());
        }
        return requirement.extras().stream()
                .filter(extra -> extrasAreTold && !entry.extras().contains(extra))
                .findFirst()
                .map(extra -> "the lock holds " + name + " without the extra \"" + extra + "\"");
    }
}

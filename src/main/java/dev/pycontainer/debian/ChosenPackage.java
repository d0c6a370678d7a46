package dev.pycontainer.debian;

import dev.pycontainer.content.Utf8Order;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** A package that a closure has chosen, and for whom. */
final class ChosenPackage {

    // A chain of more names shows its ends.
    private static final int SHOWN = 20;

    private final IndexedPackage found;
    private final Optional<ChosenPackage> by;
    private final NavigableSet<String> requiredBy = new TreeSet<>(Utf8Order.INSTANCE);

    /** @param by the first that needed it, or nobody where it was asked for */
    ChosenPackage(IndexedPackage found, Optional<ChosenPackage> by) {
        this.found = found;
        this.by = by;
    }

    String name() {
        return found.name();
    }

    DebianPackage description() {
        return found.description();
    }

    void noteRequiredBy(ChosenPackage other) {
        requiredBy.add(other.name());
    }

    /** Who needs the package and who needs that one, from what was asked for: {@code libgl1 → libglx0 → libx11-6}. */
    String chain() {
        Deque<String> names = new ArrayDeque<>();
        for (Optional<ChosenPackage> link = Optional.of(this); link.isPresent(); link = link.get().by) {
            names.push(link.get().name());
        }
        List<String> all = new ArrayList<>(names);
        if (all.size() > SHOWN) {
            all.subList(SHOWN / 2, all.size() - SHOWN / 2).clear();
            all.add(SHOWN / 2, "…");
        }
        return String.join(" → ", all);
    }

    /** Why the package is there, a clause. */
    String reason() {
        return by.map(it -> name() + " is needed by " + it.chain()).orElse(name() + " is asked for");
    }

    ResolvedPackage resolved() {
        return new ResolvedPackage(found, by.isEmpty(), List.copyOf(requiredBy));
    }
}

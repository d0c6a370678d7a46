package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.lock.UvConflicts.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One walk through {@code uv.lock}, breadth first from the project over pairs of package and extra, with a given set of
 * what is active among the lock's {@linkplain UvConflicts conflicts}.
 */
final class UvWalk {

    private final UvPackages packages;
    private final UvConflicts conflicts;
    private final UvPackage root;
    private final MarkerEnvironment plain;
    private final MarkerEnvironment environment;
    private final Set<Item> active;
    private final IdentityHashMap<Marker, Boolean> answers = new IdentityHashMap<>();
    private final SortedMap<PackageName, Reached> reached = new TreeMap<>();
    private final Set<Step> seen = new HashSet<>();
    private final Deque<Step> open = new ArrayDeque<>();
    private final List<Refrained> refrained = new ArrayList<>();

    private UvWalk(
            UvPackages packages,
            UvConflicts conflicts,
            UvPackage root,
            MarkerEnvironment environment,
            Set<Item> active) {
        this.packages = packages;
        this.conflicts = conflicts;
        this.root = root;
        this.plain = environment;
        this.environment = within(environment, active);
        this.active = active;
    }

    /** A package's own dependencies (extra is empty text) or those of one of its extras. */
    record Step(UvPackage from, String extra) {
        List<UvDependency> edges() {
            return extra.isEmpty() ? from.dependencies() : from.ofExtra(extra);
        }

        String label() {
            return from.name().value() + (extra.isEmpty() ? "" : "[" + extra + "]");
        }
    }

    /** A package that is needed, with those of its extras that are, and who needs it. */
    record Reached(UvPackage locked, SortedSet<String> extras, SortedSet<String> requiredBy) {}

    /** An edge that was not followed, since its marker does not hold. */
    record Refrained(UvDependency edge, Marker marker) {}

    /**
     * Walks until nothing new of the conflicts becomes active: an extra that a dependency asks for counts on every edge,
     * those behind which the walk has been already included.
     */
    static UvWalk through(
            UvPackages packages,
            UvConflicts conflicts,
            UvPackage root,
            MarkerEnvironment environment,
            Collection<String> extras,
            Collection<String> groups) {
        Set<Item> active = new LinkedHashSet<>();
        active.add(Item.ofProject(root.name()));
        extras.forEach(extra -> active.add(Item.ofExtra(root.name(), extra)));
        groups.forEach(group -> active.add(Item.ofGroup(root.name(), group)));
        while (true) {
            conflicts.check(active);
            UvWalk walk = new UvWalk(packages, conflicts, root, environment, active);
            Set<Item> more = walk.walk(extras, groups);
            if (!active.addAll(more)) {
                return walk;
            }
        }
    }

    private static MarkerEnvironment within(MarkerEnvironment environment, Collection<Item> active) {
        return environment.withExtras(active.stream().map(Item::encoded).toList());
    }

    UvPackage root() {
        return root;
    }

    /** What is needed by name, the project itself left out. */
    SortedMap<PackageName, Reached> reached() {
        return reached;
    }

    /** Where the walk has been. */
    boolean passed(Step step) {
        return seen.contains(step);
    }

    /** The edges that were not followed, in the order of the walk. */
    List<Refrained> refrained() {
        return refrained;
    }

    /** What became active on the way, at once where it is new: the walk is over then, and begins again with it. */
    private Set<Item> walk(Collection<String> extras, Collection<String> groups) {
        open(new Step(root, ""));
        extras.forEach(extra -> open(new Step(root, extra)));
        Set<Item> more = new LinkedHashSet<>();
        for (String group : groups) {
            follow(root, root.ofGroup(group), root.name() + " (group " + group + ")", more);
        }
        for (Step step = open.poll(); step != null && more.isEmpty(); step = open.poll()) {
            follow(step.from(), step.edges(), step.label(), more);
        }
        return more;
    }

    private void open(Step step) {
        if (seen.add(step)) {
            open.add(step);
        }
    }

    private void follow(UvPackage from, List<UvDependency> edges, String requiredBy, Set<Item> more) {
        for (UvDependency edge : edges) {
            List<Item> activated = activatedBy(edge);
            if (!holds(edge, activated, from)) {
                refrained.add(new Refrained(edge, edge.marker().orElseThrow()));
                continue;
            }
            if (!activated.isEmpty()) {
                more.addAll(activated);
                return;
            }
            UvPackage to = packages.meantBy(edge, requiredBy, environment);
            if (!to.equals(root)) {
                reach(to, edge, requiredBy);
            }
            open(new Step(to, ""));
            edge.extras().forEach(extra -> open(new Step(to, extra)));
        }
    }

    /** The extras that conflict with something and that nothing has asked for yet. */
    private List<Item> activatedBy(UvDependency edge) {
        if (edge.extras().isEmpty() || conflicts.sets().isEmpty()) {
            return List.of();
        }
        return edge.extras().stream()
                .map(extra -> Item.ofExtra(edge.name(), extra))
                .filter(item -> !active.contains(item) && conflicts.mentions(item))
                .toList();
    }

    private boolean holds(UvDependency edge, List<Item> activated, UvPackage from) {
        Optional<Marker> marker = edge.marker();
        if (marker.isEmpty()) {
            return true;
        }
        try {
            if (!activated.isEmpty()) {
                Set<Item> with = new LinkedHashSet<>(active);
                with.addAll(activated);
                return marker.get().evaluate(within(plain, with));
            }
            Boolean known = answers.get(marker.get());
            if (known == null) {
                known = marker.get().evaluate(environment);
                answers.put(marker.get(), known);
            }
            return known;
        } catch (BuildRefused refused) {
            throw refused.in(from.place() + ": dependency \"" + edge.name() + "\"");
        }
    }

    private void reach(UvPackage to, UvDependency edge, String requiredBy) {
        Reached entry = reached.computeIfAbsent(
                to.name(),
                name -> new Reached(to, new TreeSet<>(Utf8Order.INSTANCE), new TreeSet<>(Utf8Order.INSTANCE)));
        if (!entry.locked().equals(to)) {
            throw BuildRefused.because("Package \"" + to.name() + "\" is needed in two versions.")
                    .why(entry.locked().place() + " is required by " + String.join(", ", entry.requiredBy()) + "; "
                            + to.place() + " by " + requiredBy)
                    .todo(UvLock.AGAIN);
        }
        entry.extras().addAll(edge.extras());
        entry.requiredBy().add(requiredBy);
    }
}

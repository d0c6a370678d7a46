package dev.pycontainer.build;

import dev.pycontainer.content.InParallel;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.index.ReadRequiresDist;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.packaging.lock.Selection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who requires what, where a lock lists packages alone: asked of the wheels, none of which is fetched for it. */
public final class FindRequirers {

    /** Requests for metadata wait for the network alone. */
    private static final int AT_ONCE = 8;

    private final ReadRequiresDist read;

    public FindRequirers(ReadRequiresDist read) {
        this.read = read;
    }

    /**
     * What was found.
     *
     * @param requirers by the package that they require, in the order of their names
     * @param silent packages whose wheel and index do not tell what they require
     */
    record Found(Map<PackageName, List<Requirer>> requirers, List<PackageName> silent) {
        static final Found NOTHING = new Found(Map.of(), List.of());
    }

    /** Nothing where the lock has told it already. */
    Found of(Selection selection, Target target) {
        List<SelectedWheel> wheels = selection.wheels();
        if (wheels.stream().anyMatch(wheel -> !wheel.requiredBy().isEmpty())) {
            return Found.NOTHING;
        }
        List<Optional<List<Requirement>>> told = InParallel.map(wheels, AT_ONCE, read::of);
        Map<PackageName, List<Requirement>> requirements = new HashMap<>();
        List<PackageName> silent = new ArrayList<>();
        for (int i = 0; i < wheels.size(); i++) {
            PackageName name = wheels.get(i).name();
            requirements.put(name, told.get(i).orElse(List.of()));
            if (told.get(i).isEmpty()) {
                silent.add(name);
            }
        }
        return new Found(new Walk(requirements, target.markers()).from(wheels), silent);
    }

    /** A package, or one of its extras. */
    private record Step(PackageName name, Optional<String> extra) {}

    /** From what is installed along what it requires, for the extras of which nobody but a requirer tells. */
    private static final class Walk {
        private final Map<PackageName, List<Requirement>> requirements;
        private final MarkerEnvironment environment;
        private final Set<Step> seen = new HashSet<>();
        private final Deque<Step> open = new ArrayDeque<>();
        private final Map<PackageName, SortedMap<PackageName, Requirer>> requirers = new HashMap<>();

        Walk(Map<PackageName, List<Requirement>> requirements, MarkerEnvironment environment) {
            this.requirements = requirements;
            this.environment = environment;
        }

        Map<PackageName, List<Requirer>> from(List<SelectedWheel> wheels) {
            // Packages go before their extras: what is required anyhow is not told for an extra.
            wheels.forEach(wheel -> open(wheel.name(), Optional.empty()));
            wheels.forEach(wheel -> wheel.extras().forEach(extra -> open(wheel.name(), Optional.of(extra))));
            while (!open.isEmpty()) {
                follow(open.remove());
            }
            return requirers.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            entry -> List.copyOf(entry.getValue().values())));
        }

        private void open(PackageName name, Optional<String> extra) {
            Step step = new Step(name, extra);
            if (seen.add(step)) {
                open.add(step);
            }
        }

        private void follow(Step step) {
            MarkerEnvironment with =
                    environment.withExtras(step.extra().stream().toList());
            for (Requirement requirement : requirements.getOrDefault(step.name(), List.of())) {
                PackageName required = requirement.name();
                if (requirement.appliesIn(with) && requirements.containsKey(required)) {
                    requirement.extras().forEach(extra -> open(required, Optional.of(extra)));
                    // An extra may require others of its own package.
                    if (!required.equals(step.name())) {
                        requirers
                                .computeIfAbsent(required, name -> new TreeMap<>())
                                .putIfAbsent(
                                        step.name(), new Requirer(step.name().value(), step.extra(), Optional.empty()));
                    }
                }
            }
        }
    }
}

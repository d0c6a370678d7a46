package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows what wheels require of each other, for the extras too of which a requirer alone tells.
 *
 * <p>A requirement whose marker only a running system can answer is passed over: nobody knows whether it holds.
 */
public final class FollowRequirements {

    private final MarkerEnvironment environment;

    public FollowRequirements(Target target) {
        this.environment = target.markers();
    }

    /**
     * A requirement that holds.
     *
     * @param extra of the wheel that requires, where it does so for this extra alone
     */
    public record Edge(SelectedWheel by, Optional<String> extra, Requirement requirement) {}

    /**
     * Each requirement that holds once, in the order of the wheels.
     *
     * @param required what each wheel's metadata requires
     */
    public List<Edge> from(Map<SelectedWheel, List<Requirement>> required) {
        Walk walk = new Walk(required);
        walk.run();
        return walk.edges();
    }

    /**
     * A line for each requirement that is not met, as {@code pip check} finds them. It never raises a false alarm: what is
     * required by URL is met by any package of its name.
     *
     * @param locals the packages that are there without a wheel, in whichever version
     */
    public List<String> unmet(Map<SelectedWheel, List<Requirement>> required, Collection<PackageName> locals) {
        Map<PackageName, SelectedWheel> wheels = new HashMap<>();
        required.keySet().forEach(wheel -> wheels.put(wheel.name(), wheel));
        List<String> unmet = new ArrayList<>();
        for (Edge edge : from(required)) {
            if (!locals.contains(edge.requirement().name())) {
                Optional<SelectedWheel> there =
                        Optional.ofNullable(wheels.get(edge.requirement().name()));
                why(edge.requirement(), there)
                        .ifPresent(why -> unmet.add(edge.by().name() + " "
                                + edge.by().version() + " requires " + withoutMarker(edge.requirement()) + ", " + why));
            }
        }
        return unmet;
    }

    private static Optional<String> why(Requirement requirement, Optional<SelectedWheel> there) {
        if (there.isEmpty()) {
            return Optional.of("which is not there");
        }
        return requirement.url().isPresent()
                        || requirement.specifiers().contains(there.get().version())
                ? Optional.empty()
                : Optional.of("and there is " + there.get().version());
    }

    private static String withoutMarker(Requirement requirement) {
        return requirement.name()
                + (requirement.extras().isEmpty() ? "" : "[" + String.join(",", requirement.extras()) + "]")
                + requirement.specifiers();
    }

    /** A wheel, or one of its extras. */
    private record Step(SelectedWheel wheel, Optional<String> extra) {}

    private final class Walk {
        private final Map<SelectedWheel, List<Requirement>> required;
        private final Map<PackageName, SelectedWheel> wheels = new HashMap<>();
        private final Map<SelectedWheel, Integer> places = new HashMap<>();
        private final Set<Step> seen = new HashSet<>();
        private final Deque<Step> open = new ArrayDeque<>();

        /** By wheel and requirement, however often the wheel writes it. */
        private final Set<List<Object>> told = new HashSet<>();

        private final List<Edge> edges = new ArrayList<>();

        Walk(Map<SelectedWheel, List<Requirement>> required) {
            this.required = required;
            required.keySet().forEach(wheel -> {
                places.put(wheel, places.size());
                wheels.put(wheel.name(), wheel);
            });
        }

        void run() {
            // Wheels go before their extras: what is required anyhow is not told for an extra.
            required.keySet().forEach(wheel -> open(wheel, Optional.empty()));
            required.keySet().forEach(wheel -> wheel.extras().forEach(extra -> open(wheel, Optional.of(extra))));
            while (!open.isEmpty()) {
                follow(open.remove());
            }
        }

        List<Edge> edges() {
            return edges.stream()
                    .sorted(Comparator.comparing(edge -> places.getOrDefault(edge.by(), 0)))
                    .toList();
        }

        private void open(SelectedWheel wheel, Optional<String> extra) {
            Step step = new Step(wheel, extra);
            if (seen.add(step)) {
                open.add(step);
            }
        }

        private void follow(Step step) {
            MarkerEnvironment with =
                    environment.withExtras(step.extra().stream().toList());
            for (Requirement requirement : required.getOrDefault(step.wheel(), List.of())) {
                if (holds(requirement, with) && told.add(List.of(step.wheel(), requirement))) {
                    edges.add(new Edge(step.wheel(), step.extra(), requirement));
                    Optional.ofNullable(wheels.get(requirement.name()))
                            .ifPresent(wheel -> requirement.extras().forEach(extra -> open(wheel, Optional.of(extra))));
                }
            }
        }

        private boolean holds(Requirement requirement, MarkerEnvironment with) {
            try {
                return requirement.appliesIn(with);
            } catch (BuildRefused onlyARunningSystemKnows) {
                return false;
            }
        }
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A walk through a {@code pdm.lock} that does not say which package belongs to which group: from what the project
 * requires, over the dependencies that the lock repeats.
 */
final class PdmWalk {

    private static final String AGAIN = "run `pdm lock` again";

    private final Map<PackageName, List<PdmPackage>> packages;
    private final Set<PackageName> excluded;
    private final Target target;
    private final MarkerEnvironment environment;
    private final Set<PdmPackage> reached = new LinkedHashSet<>();
    private final Deque<PdmPackage> open = new ArrayDeque<>();

    PdmWalk(Map<PackageName, List<PdmPackage>> packages, Set<PackageName> excluded, Target target) {
        this.packages = packages;
        this.excluded = excluded;
        this.target = target;
        this.environment = target.markers();
    }

    Set<PdmPackage> from(List<ConsumedRequirement> roots) {
        roots.forEach(root -> follow(root.requirement(), "the project"));
        for (PdmPackage next = open.poll(); next != null; next = open.poll()) {
            String requiredBy = next.label();
            for (Requirement requirement : next.dependencies()) {
                if (applies(requirement, next)) {
                    follow(requirement, requiredBy);
                }
            }
        }
        return reached;
    }

    private boolean applies(Requirement requirement, PdmPackage from) {
        try {
            return requirement.appliesIn(environment);
        } catch (BuildRefused refused) {
            throw refused.in(from.place());
        }
    }

    private void follow(Requirement requirement, String requiredBy) {
        if (!excluded.contains(requirement.name())) {
            PdmPackage found = resolve(requirement, requiredBy);
            if (reached.add(found)) {
                open.add(found);
            }
        }
    }

    // Which version is meant is asked only where there are several: pdm's own overrides may outrule a specifier.
    private PdmPackage resolve(Requirement requirement, String requiredBy) {
        List<PdmPackage> candidates = packages.getOrDefault(requirement.name(), List.of()).stream()
                .filter(candidate -> candidate.extras().equals(requirement.extras()))
                .toList();
        candidates = narrowed(
                candidates,
                candidate -> candidate
                        .version()
                        .filter(version -> !requirement.specifiers().contains(version))
                        .isEmpty());
        candidates = narrowed(candidates, candidate -> candidate.allows(target.python()));
        candidates = narrowed(
                candidates,
                candidate -> candidate
                        .marker()
                        .filter(marker -> !marker.evaluate(environment))
                        .isEmpty());
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        throw BuildRefused.because(
                        "The lock does not say which package " + requiredBy + " means by \"" + requirement + "\".")
                .why(
                        candidates.isEmpty()
                                ? "it holds no such package"
                                : "it holds several: "
                                        + candidates.stream()
                                                .map(PdmPackage::place)
                                                .collect(Collectors.joining(", ")))
                .todo(AGAIN);
    }

    private static List<PdmPackage> narrowed(List<PdmPackage> candidates, Predicate<PdmPackage> condition) {
        return candidates.size() > 1 ? candidates.stream().filter(condition).toList() : candidates;
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what selected wheels require of each other and do not get, as {@code pip check} does.
 *
 * <p>It never raises a false alarm: what is required by URL is met by any package of its name, and a requirement that is
 * not written as the standard says, or whose marker only a running system can answer, is no finding.
 */
public final class FindUnmet {

    private final MarkerEnvironment environment;
    private final Set<PackageName> locals;

    /** @param locals the packages that are there without a wheel, in whichever version */
    public FindUnmet(Target target, Collection<PackageName> locals) {
        this.environment = target.markers();
        this.locals = Set.copyOf(locals);
    }

    /**
     * A line for each requirement that is not met, in the order of the wheels.
     *
     * @param requirements what each wheel's metadata requires, as it is written there
     */
    public List<String> of(Map<SelectedWheel, List<String>> requirements) {
        Map<PackageName, SelectedWheel> wheels = new HashMap<>();
        Map<PackageName, Set<String>> extras = new HashMap<>();
        requirements.keySet().forEach(wheel -> {
            wheels.put(wheel.name(), wheel);
            extras.put(wheel.name(), new TreeSet<>(wheel.extras()));
        });
        while (spread(requirements, extras)) {
            // Each round may ask for extras that require further ones.
        }
        List<String> unmet = new ArrayList<>();
        requirements.forEach((wheel, lines) -> applying(lines, extras.getOrDefault(wheel.name(), Set.of()))
                .forEach(requirement -> why(requirement, wheels)
                        .ifPresent(why -> unmet.add(wheel.name() + " " + wheel.version() + " requires "
                                + without(requirement) + ", " + why))));
        return unmet;
    }

    private boolean spread(Map<SelectedWheel, List<String>> requirements, Map<PackageName, Set<String>> extras) {
        boolean grown = false;
        for (Map.Entry<SelectedWheel, List<String>> entry : requirements.entrySet()) {
            Set<String> own = Set.copyOf(extras.getOrDefault(entry.getKey().name(), Set.of()));
            for (Requirement requirement : applying(entry.getValue(), own)) {
                Set<String> others = extras.get(requirement.name());
                grown |= others != null && others.addAll(requirement.extras());
            }
        }
        return grown;
    }

    private List<Requirement> applying(List<String> lines, Set<String> extras) {
        MarkerEnvironment with = environment.withExtras(extras);
        List<Requirement> applying = new ArrayList<>();
        for (String line : lines) {
            try {
                Requirement requirement = Requirement.parse(line);
                if (requirement.appliesIn(with)) {
                    applying.add(requirement);
                }
            } catch (BuildRefused unreadable) {
                // In the wild: old wheels require "foo (>=1.0.*)". Nobody knows what they mean by it.
            }
        }
        return applying;
    }

    private Optional<String> why(Requirement requirement, Map<PackageName, SelectedWheel> wheels) {
        if (locals.contains(requirement.name())) {
            return Optional.empty();
        }
        SelectedWheel wheel = wheels.get(requirement.name());
        if (wheel == null) {
            return Optional.of("which is not there");
        }
        return requirement.url().isPresent() || requirement.specifiers().contains(wheel.version(), true)
                ? Optional.empty()
                : Optional.of("and there is " + wheel.version());
    }

    private static String without(Requirement requirement) {
        return requirement.name()
                + (requirement.extras().isEmpty() ? "" : "[" + String.join(",", requirement.extras()) + "]")
                + requirement.specifiers();
    }
}

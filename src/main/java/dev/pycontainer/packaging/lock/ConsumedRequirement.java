package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A requirement of the project that the image consumes: its marker holds on the target.
 *
 * @param place where the project says it, such as {@code pyproject.toml: project.dependencies}
 */
record ConsumedRequirement(String place, Requirement requirement) {

    /**
     * The project's own dependencies, and those of these extras and dependency groups as far as its {@code
     * pyproject.toml} has them. A reference to the project itself is replaced by what it stands for.
     */
    static List<ConsumedRequirement> of(
            Pyproject pyproject, MarkerEnvironment target, Collection<String> extras, Collection<String> groups) {
        Reading reading = new Reading(pyproject, target.withExtras(extras));
        reading.take("project.dependencies", pyproject.dependencies());
        extras.forEach(reading::ask);
        reading.takeExtras();
        if (!groups.isEmpty()) {
            Map<String, List<Requirement>> all = pyproject.dependencyGroups();
            groups.forEach(group ->
                    reading.take("dependency-groups." + group, all.getOrDefault(Extra.normalized(group), List.of())));
            reading.takeExtras();
        }
        return List.copyOf(reading.consumed);
    }

    /** One reading of a project, each of whose extras is taken once, whoever asks for it. */
    private static final class Reading {

        private final MarkerEnvironment environment;
        private final Optional<PackageName> project;
        private final Map<String, List<Requirement>> extras;
        private final Set<String> seen = new HashSet<>();
        private final Deque<String> open = new ArrayDeque<>();
        private final List<ConsumedRequirement> consumed = new ArrayList<>();

        Reading(Pyproject pyproject, MarkerEnvironment environment) {
            this.environment = environment;
            this.project = pyproject.name().map(PackageName::of);
            this.extras = pyproject.optionalDependencies();
        }

        void ask(String extra) {
            if (seen.add(extra)) {
                open.add(extra);
            }
        }

        /** Those that were asked for, and those that they ask for themselves. */
        void takeExtras() {
            for (String extra = open.poll(); extra != null; extra = open.poll()) {
                take("project.optional-dependencies." + extra, extras.getOrDefault(extra, List.of()));
            }
        }

        void take(String path, List<Requirement> requirements) {
            for (Requirement requirement : requirements) {
                if (!applies(path, requirement)) {
                    continue;
                }
                if (project.filter(requirement.name()::equals).isPresent()) {
                    requirement.extras().forEach(this::ask);
                } else {
                    consumed.add(new ConsumedRequirement(Pyproject.FILE + ": " + path, requirement));
                }
            }
        }

        private boolean applies(String path, Requirement requirement) {
            try {
                return requirement.appliesIn(environment);
            } catch (BuildRefused refused) {
                throw refused.in(path).in(Pyproject.FILE);
            }
        }
    }
}

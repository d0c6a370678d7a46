package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the dependencies of a project with the pins of its requirements file. */
final class StaleRequirements {

    private static final String DEPENDENCIES = "dependencies";

    private final String fileName;
    private final Map<PackageName, RequirementGroup> pins;

    StaleRequirements(String fileName, Map<PackageName, RequirementGroup> pins) {
        this.fileName = fileName;
        this.pins = pins;
    }

    /** The dependencies that hold for the target and are not met; dynamic ones only the build backend knows. */
    List<StaleEntry> of(Pyproject pyproject, Wanted wanted) {
        List<StaleEntry> stale = new ArrayList<>();
        for (Requirement required : pyproject.dependencies()) {
            boolean own = wanted.project().filter(required.name()::equals).isPresent();
            if (!own && required.appliesIn(wanted.target().markers())) {
                unmet(required)
                        .map(why -> new StaleEntry("pyproject.toml: project." + DEPENDENCIES, required.toString(), why))
                        .ifPresent(stale::add);
            }
        }
        return stale;
    }

    private Optional<String> unmet(Requirement required) {
        RequirementGroup group = pins.get(required.name());
        if (group == null) {
            return Optional.of(fileName + " does not pin " + required.name() + " for the target");
        }
        Optional<Version> version = group.version();
        return version.filter(pinned -> !required.specifiers().contains(pinned, true))
                .map(pinned -> fileName + " pins " + required.name() + " " + pinned);
    }
}

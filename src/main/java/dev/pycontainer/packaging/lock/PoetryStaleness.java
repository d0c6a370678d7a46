package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what the image consumes of a project with what its {@code poetry.lock} holds.
 *
 * <p>Poetry's own {@code content-hash} only tells that something differs, be it in a group that no image holds. Where it
 * differs, each dependency that is consumed must be what the lock holds, and what the lock holds must be asked for by
 * somebody; what cannot be told so is not stale.
 */
final class PoetryStaleness {

    private static final String MAIN = "main";

    private final TomlTable metadata;
    private final TomlTable lockedExtras;
    private final List<PoetryPackage> packages;
    private final boolean hasGroups;
    private final Wanted wanted;
    private final List<StaleEntry> entries = new ArrayList<>();

    PoetryStaleness(
            TomlTable metadata,
            TomlTable lockedExtras,
            List<PoetryPackage> packages,
            boolean hasGroups,
            Wanted wanted) {
        this.metadata = metadata;
        this.lockedExtras = lockedExtras;
        this.packages = packages;
        this.hasGroups = hasGroups;
        this.wanted = wanted;
    }

    /** @param groups those that are asked for beyond the project's own dependencies */
    List<StaleEntry> of(Pyproject pyproject, Set<String> groups) {
        PoetryContentHash hash = new PoetryContentHash(pyproject.tree());
        Set<String> fresh = groups.isEmpty() ? hash.withoutGroups() : hash.complete();
        if (metadata.text("content-hash").filter(fresh::contains).isPresent()) {
            return List.of();
        }
        PoetryProject project = PoetryProject.of(pyproject);
        comparePython(project);
        wanted.extras().forEach(extra -> compareExtra(extra, project));
        compareGroup(MAIN, project.needs(wanted.extras(), Set.of()));
        for (String group : groups) {
            List<PoetryProject.Needs> all = new ArrayList<>(project.needs(Set.of(), Set.of(group)));
            all.removeAll(project.needs(Set.of(), Set.of()));
            compareGroup(group, all);
        }
        if (entries.isEmpty() && hasGroups) {
            findLeftOver(project, groups);
        }
        return entries.stream().distinct().toList();
    }

    /** What comes into the image though neither the project nor a package asks for it: the project did so once. */
    private void findLeftOver(PoetryProject project, Set<String> groups) {
        Set<PackageName> asked = project.names();
        packages.forEach(locked -> asked.addAll(locked.names()));
        for (PoetryPackage locked : packages) {
            Optional<String> needing = Stream.concat(Stream.of(MAIN), groups.stream())
                    .filter(group -> !asked.contains(locked.name()) && isIn(group, locked))
                    .findFirst();
            needing.ifPresent(group -> found(
                    group.equals(MAIN) ? project.dependenciesPlace() : project.placeOf(group),
                    "nothing of " + locked.name(),
                    "the lock holds " + locked.name() + " " + shown(locked) + " for " + group));
        }
    }

    private boolean isIn(String group, PoetryPackage locked) {
        MarkerEnvironment environment = wanted.target().markers().withExtras(wanted.extras());
        try {
            return locked.groups().contains(group)
                    && locked.markerIn(group)
                            .filter(marker -> !marker.evaluate(environment))
                            .isEmpty();
        } catch (BuildRefused refused) {
            throw refused.in(locked.place());
        }
    }

    private void found(String place, String line, String why) {
        entries.add(new StaleEntry(Pyproject.FILE + ": " + place, line, why));
    }

    private void comparePython(PoetryProject project) {
        Optional<String> locked = metadata.text("python-versions");
        String now = project.python().orElse("*");
        if (locked.isPresent() && !isSame(locked.get(), now, project.pythonPlace())) {
            found(project.pythonPlace(), "Python " + now, "the lock was made for Python " + locked.get());
        }
    }

    private static boolean isSame(String locked, String now, String place) {
        PoetryConstraint then = PoetryConstraint.parse(locked);
        try {
            return PoetryPython.isSame(then, PoetryConstraint.parse(now));
        } catch (BuildRefused refused) {
            throw refused.in(place).in(Pyproject.FILE);
        }
    }

    private void compareExtra(String extra, PoetryProject project) {
        Optional<String> written = lockedExtras.keys().stream()
                .filter(key -> Extra.normalized(key).equals(extra))
                .findFirst();
        if (written.isEmpty()) {
            // An extra that the lock does not know is refused where it is asked for.
            return;
        }
        String before = named(extra, lockedExtras.texts(written.get(), PoetryPackage::nameOf));
        String now = project.extras().containsKey(extra)
                ? named(extra, project.extras().get(extra))
                : "no extra \"" + extra + "\"";
        if (!before.equals(now)) {
            found(project.extrasPlace() + "." + extra, now, "the lock was made from " + before);
        }
    }

    private static String named(String extra, List<PackageName> names) {
        return extra + " = [" + String.join(", ", sorted(names)) + "]";
    }

    private static SortedSet<String> sorted(List<PackageName> names) {
        return names.stream().map(PackageName::value).collect(Collectors.toCollection(TreeSet::new));
    }

    private void compareGroup(String group, List<PoetryProject.Needs> needs) {
        MarkerEnvironment environment = wanted.target().markers();
        for (PoetryProject.Needs need : needs) {
            PoetryDependency dependency = need.dependency();
            if (dependency.appliesIn(environment, wanted.extras())) {
                whyNotHeld(dependency, group).ifPresent(why -> found(dependency.place(), dependency.line(), why));
            }
        }
    }

    private Optional<String> whyNotHeld(PoetryDependency dependency, String group) {
        List<PoetryPackage> ofName = packages.stream()
                .filter(locked -> locked.name().equals(dependency.name()))
                .toList();
        if (ofName.isEmpty()) {
            return PoetryChoice.mayBeLeftOut(dependency.name(), hasGroups)
                    ? Optional.empty()
                    : Optional.of("the lock does not hold " + dependency.name());
        }
        List<PoetryPackage> fitting = PoetryMatch.of(dependency).among(ofName);
        if (fitting.isEmpty()) {
            return Optional.of("the lock holds " + dependency.name() + " "
                    + ofName.stream().map(PoetryStaleness::shown).collect(Collectors.joining(" and ")));
        }
        if (fitting.stream().noneMatch(PoetryMatch.of(dependency)::isOfSource)) {
            return Optional.of("the lock holds it from "
                    + fitting.stream().map(PoetryStaleness::sourceOf).collect(Collectors.joining(" and ")));
        }
        boolean inGroup = !hasGroups
                || fitting.stream().anyMatch(locked -> locked.groups().contains(group));
        return inGroup
                ? whyWithout(dependency, fitting)
                : Optional.of("the lock holds " + dependency.name() + " for "
                        + fitting.stream()
                                .flatMap(locked -> locked.groups().stream())
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + " alone");
    }

    private Optional<String> whyWithout(PoetryDependency dependency, List<PoetryPackage> fitting) {
        return dependency.extras().stream()
                .filter(extra -> fitting.stream()
                        .allMatch(locked -> locked.missingFor(extra).stream()
                                .anyMatch(missing -> !PoetryChoice.mayBeLeftOut(missing, hasGroups))))
                .findFirst()
                .map(extra -> "the lock holds " + dependency.name() + " without the extra \"" + extra + "\"");
    }

    private static String shown(PoetryPackage locked) {
        return locked.version() + (locked.isFromIndex() ? "" : " (" + sourceOf(locked) + ")");
    }

    private static String sourceOf(PoetryPackage locked) {
        return locked.sourceType()
                + locked.sourceReference().map(reference -> " " + reference).orElse("");
    }
}

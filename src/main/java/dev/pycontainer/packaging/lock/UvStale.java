package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares what one project of a {@code uv.lock} says now with what it said when the lock was made, as far as it counts
 * for the target: a requirement whose marker does not hold there changes nothing in the image.
 *
 * <p>What is dynamic only a build backend knows, and what it told uv then stands in the metadata: there is nothing to
 * compare it with, and nothing is said of it.
 */
final class UvStale {

    private final UvPackage locked;
    private final Pyproject pyproject;
    private final UvSources sources;
    private final MarkerEnvironment environment;
    private final Path directory;
    private final String file;
    private final SortedSet<String> extras = new TreeSet<>(Utf8Order.INSTANCE);
    private final List<StaleEntry> found = new ArrayList<>();

    /**
     * @param directory of the lock
     * @param file the project's {@code pyproject.toml} as it is named to the user
     */
    UvStale(
            UvPackage locked,
            Pyproject pyproject,
            UvSources sources,
            MarkerEnvironment environment,
            Path directory,
            String file) {
        this.locked = locked;
        this.pyproject = pyproject;
        this.sources = sources;
        this.environment = environment;
        this.directory = directory;
        this.file = file;
    }

    /** A requirement as it stands in the project. */
    private record Said(String place, Requirement requirement, UvRequirement normal) {
        String line() {
            return normal.origin().isEmpty() && normal.index().isEmpty() ? requirement.toString() : normal.shown();
        }
    }

    List<StaleEntry> entries(Set<String> askedExtras, Set<String> groups) {
        // Locks of early and of the newest versions may hold no metadata at all.
        boolean untold =
                locked.metadata().keys().isEmpty() && !locked.dependencies().isEmpty();
        if (untold || !pyproject.hasProject()) {
            return List.of();
        }
        extras.addAll(askedExtras);
        Map<String, List<Requirement>> ofGroups = pyproject.dependencyGroups();
        followOwnExtras(ofGroups, groups);
        compareDependencies();
        groups.forEach(group -> compareGroup(group, ofGroups.getOrDefault(group, List.of())));
        return List.copyOf(found);
    }

    /** An extra, or a group, may ask for further extras of the project itself; some backends write these out. */
    private void followOwnExtras(Map<String, List<Requirement>> ofGroups, Set<String> groups) {
        Map<String, List<Requirement>> ofExtras = pyproject.optionalDependencies();
        int known;
        do {
            known = extras.size();
            List<Requirement> all = new ArrayList<>(pyproject.dependencies());
            List.copyOf(extras).forEach(extra -> all.addAll(ofExtras.getOrDefault(extra, List.of())));
            groups.forEach(group -> all.addAll(ofGroups.getOrDefault(group, List.of())));
            all.stream()
                    .filter(requirement -> requirement.name().equals(locked.name()))
                    .forEach(requirement -> extras.addAll(requirement.extras()));
        } while (extras.size() > known);
    }

    private void compareDependencies() {
        List<Said> said = new ArrayList<>();
        pyproject.dependencies().forEach(requirement -> say("project.dependencies", requirement, "", "", said));
        Map<String, List<Requirement>> ofExtras = pyproject.optionalDependencies();
        for (String extra : extras) {
            ofExtras.getOrDefault(extra, List.of())
                    .forEach(
                            requirement -> say("project.optional-dependencies." + extra, requirement, extra, "", said));
        }
        boolean whole = !pyproject.dynamic().contains("dependencies")
                && !pyproject.dynamic().contains("optional-dependencies");
        List<UvRequirement> lockedThen = locked(locked.metadata(), "requires-dist");
        compare(said, writtenOut(ofExtras), lockedThen, whole, "project.dependencies");
    }

    /**
     * What a build backend, which uv asks where the version is dynamic, makes of an extra that asks for others of the
     * project: their requirements become its own, and a source that is for one extra alone is then not for them.
     */
    private List<UvRequirement> writtenOut(Map<String, List<Requirement>> ofExtras) {
        List<UvRequirement> all = new ArrayList<>();
        for (String asking : extras) {
            boolean asks = ofExtras.getOrDefault(asking, List.of()).stream()
                    .anyMatch(requirement -> requirement.name().equals(locked.name()));
            if (asks) {
                extras.stream()
                        .flatMap(extra -> ofExtras.getOrDefault(extra, List.of()).stream())
                        .forEach(requirement -> all.add(applied(requirement, asking, "")));
            }
        }
        return all;
    }

    private void compareGroup(String group, List<Requirement> requirements) {
        List<Said> said = new ArrayList<>();
        String place = "dependency-groups." + group;
        requirements.forEach(requirement -> say(place, requirement, "", group, said));
        if (group.equals("dev")) {
            // The name that uv had for the group dev before PEP 735.
            String key = "dev-dependencies";
            List<Requirement> legacy =
                    pyproject.read(top -> top.table("tool").table("uv").texts(key, Requirement::parse));
            legacy.forEach(requirement -> say("tool.uv." + key, requirement, "", group, said));
        }
        compare(said, List.of(), locked(locked.requiredByGroup(), group), true, place);
    }

    private void say(String place, Requirement requirement, String extra, String group, List<Said> into) {
        if (requirement.appliesIn(environment) && !requirement.name().equals(locked.name())) {
            into.add(new Said(place, requirement, applied(requirement, extra, group)));
        }
    }

    private UvRequirement applied(Requirement requirement, String extra, String group) {
        return sources.applied(
                requirement,
                environment.withExtras(extras),
                Optional.of(extra).filter(name -> !name.isEmpty()),
                Optional.of(group).filter(name -> !name.isEmpty()));
    }

    /** The entries that count here; those by which the project asks for itself are followed, and none of its needs. */
    private List<UvRequirement> locked(TomlTable of, String key) {
        return UvRequirement.locked(of, key, environment.withExtras(extras), directory).stream()
                .filter(entry -> !entry.name().equals(locked.name()))
                .toList();
    }

    /** @param writtenOut the forms beside those that are said in which the lock may have the same */
    private void compare(
            List<Said> said,
            List<UvRequirement> writtenOut,
            List<UvRequirement> lockedThen,
            boolean whole,
            String place) {
        for (Said now : said) {
            if (lockedThen.stream().noneMatch(now.normal::agreesWith)) {
                add(now.place, now.line(), made(now.normal, lockedThen));
            }
        }
        for (UvRequirement then : lockedThen) {
            boolean agreed = Stream.concat(said.stream().map(Said::normal), writtenOut.stream())
                    .anyMatch(now -> now.agreesWith(then));
            if (whole && !agreed && !isToldOf(said, lockedThen, then)) {
                boolean named = said.stream().anyMatch(now -> now.normal.name().equals(then.name()));
                add(place, named ? "no second " + then.name() : "nothing of " + then.name(), from(then));
            }
        }
    }

    /** Whether a requirement of the same name was told of, for which this one is the reason. */
    private static boolean isToldOf(List<Said> said, List<UvRequirement> lockedThen, UvRequirement then) {
        return said.stream()
                .filter(now -> now.normal.name().equals(then.name()))
                .anyMatch(now -> lockedThen.stream().noneMatch(now.normal::agreesWith));
    }

    private static String made(UvRequirement now, List<UvRequirement> lockedThen) {
        return lockedThen.stream()
                .filter(then -> then.name().equals(now.name()))
                .findFirst()
                .map(UvStale::from)
                .orElse("the lock was made without " + now.name());
    }

    private static String from(UvRequirement then) {
        return "the lock was made from " + then.shown();
    }

    private void add(String place, String line, String why) {
        found.add(new StaleEntry(file + ": " + place, line, why));
    }
}

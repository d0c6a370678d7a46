package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.ChooseWheel;
import dev.pycontainer.packaging.Misfit;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A package of which no wheel fits the target, and why.
 *
 * @param nearest the wheels that there are, those that get the furthest first
 * @param sources what it would have to be built from
 */
record WithoutWheel(LockedPackage needed, List<Misfit> nearest, List<String> sources) {

    /** How many wheels are shown of one package: enough to see the pattern. */
    private static final int MOST_SHOWN = 5;

    static WithoutWheel of(LockedPackage needed, CandidateFiles files, ChooseWheel choose) {
        return new WithoutWheel(needed, files.misfits(choose), files.sources());
    }

    /** One answer for all of them: a user who has to change the base or the lock wants to know the whole of it. */
    static BuildRefused refused(List<WithoutWheel> all, Target target, BuildCommand command) {
        if (all.size() == 1) {
            WithoutWheel one = all.get(0);
            return BuildRefused.because(one.what())
                    .why(one.why(target))
                    .todo(one.todo(command))
                    .in(one.needed.place());
        }
        List<String> why = new ArrayList<>(List.of("the base has " + target.description()));
        all.forEach(one -> why.add(one.name() + ": " + one.inOneLine()));
        return BuildRefused.because(all.size() + " packages have no wheel that fits the base.")
                .why(String.join("\n", why))
                .todo(all.stream().map(one -> one.todo(command)).distinct().collect(Collectors.joining("\n")));
    }

    private String name() {
        return needed.name()
                + needed.version()
                        .map(Version::toString)
                        .map(version -> " " + version)
                        .orElse("");
    }

    private String what() {
        if (!nearest.isEmpty()) {
            return "No wheel of " + name() + " fits the base.";
        }
        return "Package " + name() + " has no wheel" + (sources.isEmpty() ? "." : ", only sources.");
    }

    private String why(Target target) {
        if (nearest.isEmpty()) {
            return withoutAny();
        }
        List<String> lines = new ArrayList<>();
        lines.add("the base has " + target.description() + "; "
                + (nearest.size() == 1
                        ? "its only wheel is for something else:"
                        : "its " + nearest.size() + " wheels are for something else, the nearest:"));
        nearest.stream()
                .limit(MOST_SHOWN)
                .map(misfit -> misfit.wheel() + ": for " + misfit.isFor())
                .forEach(lines::add);
        if (nearest.size() > MOST_SHOWN) {
            lines.add("and " + (nearest.size() - MOST_SHOWN) + " more");
        }
        return String.join("\n", lines);
    }

    private String withoutAny() {
        return sources.isEmpty()
                ? "the lock lists no file of it"
                : String.join(", ", sources) + " would have to be built, which runs its code on this machine";
    }

    private String inOneLine() {
        if (nearest.isEmpty()) {
            return withoutAny();
        }
        Misfit first = nearest.get(0);
        return (nearest.size() == 1 ? "its only wheel, " : "the nearest of its " + nearest.size() + " wheels, ")
                + first.wheel() + ", is for " + first.isFor();
    }

    private String todo(BuildCommand command) {
        List<String> ways = new ArrayList<>();
        Optional<String> base = nearest.stream()
                .limit(1)
                .flatMap(misfit -> misfit.base().stream())
                .findFirst();
        base.ifPresent(wanted -> ways.add("use a base with " + wanted));
        ways.add("lock a version of " + needed.name() + " that has a wheel for this base");
        String wheelhouse = sources.isEmpty()
                ? "put one into a directory that python.wheelhouse names"
                : "build one into a directory that python.wheelhouse names:\n" + command.of(requirement());
        return String.join(", ", ways) + ", or " + wheelhouse;
    }

    /** A source that is an address is what pip is told; a source distribution is known by name and version. */
    private String requirement() {
        String source = sources.get(0);
        return source.contains("://")
                ? needed.name() + " @ " + source
                : needed.name()
                        + needed.version().map(version -> "==" + version).orElse("");
    }
}

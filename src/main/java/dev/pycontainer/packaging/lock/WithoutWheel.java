package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.ChooseWheel;
import dev.pycontainer.packaging.Misfit;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                .todo(todo(all, command));
    }

    /** One command builds the wheels of all packages that come from one index. */
    private static String todo(List<WithoutWheel> all, BuildCommand command) {
        Map<String, List<String>> bases = new LinkedHashMap<>();
        Map<Optional<String>, List<String>> built = new LinkedHashMap<>();
        List<String> put = new ArrayList<>();
        for (WithoutWheel one : all) {
            String name = one.needed.name().value();
            one.base()
                    .ifPresent(base -> bases.computeIfAbsent(base, key -> new ArrayList<>())
                            .add(name));
            if (one.sources.isEmpty()) {
                put.add(name);
            } else {
                built.computeIfAbsent(one.index(), key -> new ArrayList<>()).add(one.requirement());
            }
        }
        List<String> ways = new ArrayList<>();
        bases.forEach((base, names) -> ways.add("use a base with " + base + ", for " + String.join(", ", names)));
        ways.add("lock versions that have wheels for this base");
        if (!put.isEmpty()) {
            ways.add("put wheels of " + String.join(", ", put) + " into a directory that python.wheelhouse names");
        }
        if (!built.isEmpty()) {
            List<String> commands = new ArrayList<>();
            built.forEach((index, requirements) -> commands.add(command.of(requirements, index)));
            ways.add("build wheels into a directory that python.wheelhouse names:\n" + String.join("\n", commands));
        }
        return String.join("\nor ", ways);
    }

    /** What the base would have to have for the nearest wheel. */
    private Optional<String> base() {
        return nearest.stream()
                .limit(1)
                .flatMap(misfit -> misfit.base().stream())
                .findFirst();
    }

    /** The index from which its source distribution comes, where the lock names it by its URL. */
    private Optional<String> index() {
        return isAddress() || needed.indexes().isEmpty()
                ? Optional.empty()
                : Optional.of(needed.indexes().get(0))
                        .filter(index -> LockedPackage.pageOf(index).isEmpty())
                        .filter(index -> !index.equals(LockedPackage.CONFIGURED_INDEX));
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
        base().ifPresent(wanted -> ways.add("use a base with " + wanted));
        ways.add("lock a version of " + needed.name() + " that has a wheel for this base");
        String wheelhouse = sources.isEmpty()
                ? "put one into a directory that python.wheelhouse names"
                : "build one into a directory that python.wheelhouse names:\n"
                        + command.of(List.of(requirement()), index());
        return String.join(", ", ways) + ", or " + wheelhouse;
    }

    /** A source that is an address is what pip is told; a source distribution is known by name and version. */
    private String requirement() {
        return isAddress()
                ? needed.name() + " @ " + sources.get(0)
                : needed.name()
                        + needed.version().map(version -> "==" + version).orElse("");
    }

    private boolean isAddress() {
        return sources.get(0).contains("://");
    }
}

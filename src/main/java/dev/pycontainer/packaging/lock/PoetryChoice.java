package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the packages of a lock before version 2.1, which says of no package whether it is needed: by walking from the
 * project, as Poetry resolves anew within the lock.
 *
 * <p>Where a lock holds a name in several versions, those are dropped that are for another Python or that a dependency
 * forbids, be it one of an extra that nobody asked for: Poetry installs those not, but they have a say. Of what remains
 * the highest is taken, as Poetry takes it, and another one where that leads nowhere.
 */
final class PoetryChoice {

    // Poetry 1 left these out of its locks as "unsafe", and installs what it calls so nowhere.
    private static final Set<String> LEFT_OUT = Set.of("setuptools", "distribute", "pip", "wheel");
    private static final int ATTEMPTS = 500;

    private final Map<PackageName, List<PoetryPackage>> candidates = new LinkedHashMap<>();
    private final Map<PackageName, List<PoetryPackage>> all;
    private final List<PoetryProject.Needs> roots;
    private final Supplier<List<PoetryProject.Needs>> optional;
    private final Optional<PackageName> project;
    private final MarkerEnvironment environment;
    private int attempts;

    /** @param optional what the project's extras need; asked for where a choice is left */
    PoetryChoice(
            Map<PackageName, List<PoetryPackage>> all,
            List<PoetryProject.Needs> roots,
            Supplier<List<PoetryProject.Needs>> optional,
            Optional<PackageName> project,
            Target target) {
        this.all = all;
        this.roots = roots;
        this.optional = optional;
        this.project = project;
        this.environment = target.markers();
        all.forEach((name, packages) -> candidates.put(
                name,
                packages.stream()
                        .filter(one -> one.isFor(target.python()))
                        .sorted(Comparator.comparing(PoetryPackage::version).reversed())
                        .toList()));
    }

    /** Whether Poetry may have left a package out of a lock though something needs it. */
    static boolean mayBeLeftOut(PackageName name, boolean ofPoetry2) {
        return !ofPoetry2 && LEFT_OUT.contains(name.value());
    }

    /** The packages that are needed, by their names. */
    Map<PackageName, PoetryPackage> packages() {
        Attempt first = new Attempt(candidates, roots);
        first.run();
        Optional<Map<PackageName, PoetryPackage>> suiting =
                first.undecided().isPresent() ? search(new Attempt(allowedByExtras(), roots)) : Optional.empty();
        return suiting.or(() -> search(first))
                .orElseThrow(() -> first.conflict.orElseThrow(() -> BuildRefused.because(
                                "The packages of the lock do not fit together for this target.")
                        .why("every version that the lock holds of \""
                                + first.undecided().orElseThrow() + "\" forbids or lacks something else that is needed")
                        .todo("run `poetry lock`")));
    }

    /** Less what a dependency of an extra forbids. That an extra itself cannot be had matters to those who ask for it. */
    private Map<PackageName, List<PoetryPackage>> allowedByExtras() {
        Attempt every = new Attempt(
                candidates,
                Stream.concat(roots.stream(), optional.get().stream()).toList());
        every.run();
        return every.conflict.isPresent() ? candidates : every.left;
    }

    private Optional<Map<PackageName, PoetryPackage>> search(Attempt attempt) {
        if (++attempts > ATTEMPTS) {
            throw BuildRefused.because(
                            "Which packages of the lock fit together was not found in " + ATTEMPTS + " attempts.")
                    .todo("run `poetry lock` with Poetry 2, whose locks say what is needed where");
        }
        attempt.run();
        if (attempt.conflict.isPresent()) {
            return Optional.empty();
        }
        Optional<PackageName> undecided = attempt.undecided();
        if (undecided.isEmpty()) {
            return Optional.of(attempt.decided());
        }
        List<PoetryPackage> versions = attempt.left(undecided.get());
        refuseSame(versions);
        return versions.stream()
                .map(version -> search(attempt.with(version)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static void refuseSame(List<PoetryPackage> versions) {
        PoetryPackage best = versions.get(0);
        if (best.version().equals(versions.get(1).version())) {
            throw BuildRefused.because("The lock holds \"" + best.name() + "\" " + best.version()
                            + " twice, and nothing says which is meant.")
                    .why(versions.stream()
                            .map(one -> one.sourceType()
                                    + one.sourceReference()
                                            .map(name -> " \"" + name + "\"")
                                            .orElse(""))
                            .collect(Collectors.joining(" and ")))
                    .todo("run `poetry lock` with Poetry 2, whose locks say what is needed where");
        }
    }

    /** A package or one of its extras, where the extra is not empty text. */
    private record Step(PoetryPackage from, Set<String> extras) {}

    /** One way to decide; names that have one candidate left are walked through. */
    private final class Attempt {

        private final Map<PackageName, List<PoetryPackage>> left;
        private final List<PoetryProject.Needs> roots;
        private final Set<PackageName> reached = new HashSet<>();
        private Optional<BuildRefused> conflict = Optional.empty();

        Attempt(Map<PackageName, List<PoetryPackage>> left, List<PoetryProject.Needs> roots) {
            this.left = new LinkedHashMap<>(left);
            this.roots = roots;
        }

        Attempt with(PoetryPackage decided) {
            Attempt next = new Attempt(left, roots);
            next.left.put(decided.name(), List.of(decided));
            return next;
        }

        List<PoetryPackage> left(PackageName name) {
            return left.getOrDefault(name, List.of());
        }

        Optional<PackageName> undecided() {
            return left.keySet().stream()
                    .filter(reached::contains)
                    .filter(name -> left(name).size() > 1)
                    .findFirst();
        }

        Map<PackageName, PoetryPackage> decided() {
            Map<PackageName, PoetryPackage> decided = new LinkedHashMap<>();
            left.forEach((name, packages) -> {
                if (reached.contains(name)) {
                    decided.put(name, packages.get(0));
                }
            });
            return decided;
        }

        /** Walks until nothing more is decided by it, or something cannot be had. */
        void run() {
            boolean narrowed = true;
            while (narrowed && conflict.isEmpty()) {
                narrowed = walk();
            }
        }

        private boolean walk() {
            boolean narrowed = false;
            Set<Step> seen = new HashSet<>();
            Deque<Step> open = new ArrayDeque<>();
            for (PoetryProject.Needs need : roots) {
                narrowed |= follow(need.dependency(), need.requiredBy(), seen, open);
            }
            for (Step step = open.poll(); step != null && conflict.isEmpty(); step = open.poll()) {
                for (PoetryDependency dependency : step.from().dependencies(step.extras(), environment)) {
                    narrowed |= follow(dependency, step.from().name().value(), seen, open);
                }
            }
            return narrowed;
        }

        private boolean follow(PoetryDependency dependency, String requiredBy, Set<Step> seen, Deque<Step> open) {
            PackageName name = dependency.name();
            if (conflict.isPresent()
                    || project.equals(Optional.of(name))
                    || (!all.containsKey(name) && mayBeLeftOut(name, false))) {
                return false;
            }
            List<PoetryPackage> before = left(name);
            List<PoetryPackage> after = PoetryMatch.of(dependency).among(before);
            if (after.isEmpty()) {
                conflict = Optional.of(refusal(dependency, requiredBy));
                return false;
            }
            reached.add(name);
            left.put(name, after);
            if (after.size() == 1) {
                open(new Step(after.get(0), Set.of()), seen, open);
                dependency.extras().forEach(extra -> open(new Step(after.get(0), Set.of(extra)), seen, open));
            }
            return after.size() < before.size();
        }

        private static void open(Step step, Set<Step> seen, Deque<Step> open) {
            if (seen.add(step)) {
                open.add(step);
            }
        }
    }

    private BuildRefused refusal(PoetryDependency dependency, String requiredBy) {
        List<PoetryPackage> held = all.getOrDefault(dependency.name(), List.of());
        String versions = held.stream()
                .map(one ->
                        one.version() + (one.pythonVersions().equals("*") ? "" : " for Python " + one.pythonVersions()))
                .collect(Collectors.joining(", "));
        return BuildRefused.because("The lock holds no \"" + dependency.name() + "\" as " + requiredBy + " needs it.")
                .why("needed is " + dependency.line() + "; "
                        + (held.isEmpty() ? "the lock has no package of that name" : "the lock has " + versions))
                .todo("run `poetry lock`");
    }
}

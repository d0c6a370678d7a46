package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.lock.UvWalk.Reached;
import dev.pycontainer.packaging.lock.UvWalk.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** Why a walk did not come to the lock's other packages, each with the nearest reason. */
final class UvOmitted {

    private final UvPackages packages;
    private final UvWalk walk;
    private final Set<UvPackage> reached = new HashSet<>();
    private final Map<UvPackage, Reason> reasons = new HashMap<>();
    private final Deque<LeftOut> open = new ArrayDeque<>();

    /**
     * @param text of the package itself
     * @param behind of what only that package requires
     */
    private record Reason(String text, String behind) {
        static Reason same(String text) {
            return new Reason(text, text);
        }
    }

    private record LeftOut(UvPackage locked, Reason reason) {}

    private UvOmitted(UvPackages packages, UvWalk walk) {
        this.packages = packages;
        this.walk = walk;
        walk.reached().values().forEach(entry -> reached.add(entry.locked()));
    }

    /** What is left out; a virtual project is, since it has nothing to install. */
    static List<Omitted> of(UvPackages packages, UvWalk walk, SortedSet<String> extras, SortedSet<String> groups) {
        UvOmitted omitted = new UvOmitted(packages, walk);
        omitted.byMarkers();
        omitted.byChoice(extras, groups);
        omitted.byMembers();
        omitted.spread();
        return packages.all()
                .filter(candidate -> !candidate.equals(walk.root()))
                .filter(candidate -> !omitted.isReached(candidate) || isVirtual(candidate))
                .map(omitted::toOmitted)
                .distinct() // a version that is locked from several sources
                .toList();
    }

    static boolean isVirtual(UvPackage candidate) {
        return candidate.source().kind() == UvSource.Kind.VIRTUAL;
    }

    private boolean isReached(UvPackage candidate) {
        return reached.contains(candidate);
    }

    private void byMarkers() {
        walk.refrained().forEach(refrained -> {
            String marker = refrained.marker().toString();
            give(List.of(refrained.edge()), new Reason("its marker `" + marker + "` does not hold", ""));
        });
    }

    /** Extras and groups that nobody asked for: of the project, and of what is needed. */
    private void byChoice(SortedSet<String> extras, SortedSet<String> groups) {
        UvPackage root = walk.root();
        root.extras().stream().filter(extra -> !extras.contains(extra)).forEach(extra -> {
            if (!walk.passed(new Step(root, extra))) {
                give(root.ofExtra(extra), Reason.same("of the extra \"" + extra + "\""));
            }
        });
        root.groups().stream()
                .filter(group -> !groups.contains(group))
                .forEach(group -> give(root.ofGroup(group), Reason.same("of the group \"" + group + "\"")));
        walk.reached().values().forEach(reached -> unasked(reached.locked()));
    }

    private void unasked(UvPackage locked) {
        for (String extra : locked.extras()) {
            if (!walk.passed(new Step(locked, extra))) {
                give(locked.ofExtra(extra), Reason.same("of the extra \"" + extra + "\" of " + locked.name()));
            }
        }
        for (String group : locked.groups()) {
            give(locked.ofGroup(group), Reason.same("of the group \"" + group + "\" of " + locked.name()));
        }
    }

    private void byMembers() {
        packages.projects()
                .forEach(member -> give(
                        member,
                        new Reason(
                                "another project, which is not required", "of the project \"" + member.name() + "\"")));
    }

    /** What is left out leaves out what it requires itself. */
    private void spread() {
        while (!open.isEmpty()) {
            LeftOut next = open.remove();
            UvPackage omitted = next.locked;
            Reason reason = next.reason;
            String behind = reason.behind.isEmpty()
                    ? "required only by " + omitted.name() + ", which is left out"
                    : reason.behind;
            Reason inherited = reason.behind.isEmpty() ? new Reason(behind, "") : Reason.same(behind);
            give(omitted.dependencies(), inherited);
            omitted.extras().forEach(extra -> give(omitted.ofExtra(extra), inherited));
            omitted.groups().forEach(group -> give(omitted.ofGroup(group), inherited));
        }
    }

    private void give(List<UvDependency> edges, Reason reason) {
        for (UvDependency edge : edges) {
            packages.named(edge.name()).stream().filter(edge::means).forEach(candidate -> give(candidate, reason));
        }
    }

    private void give(UvPackage candidate, Reason reason) {
        if (!candidate.equals(walk.root()) && !isReached(candidate) && reasons.putIfAbsent(candidate, reason) == null) {
            open.add(new LeftOut(candidate, reason));
        }
    }

    private Omitted toOmitted(UvPackage candidate) {
        return new Omitted(candidate.name(), candidate.version().flatMap(Version::tryParse), reasonOf(candidate));
    }

    private String reasonOf(UvPackage candidate) {
        if (isReached(candidate)) {
            return "a virtual project: what it requires is installed, itself is not";
        }
        Reached other = walk.reached().get(candidate.name());
        if (other != null) {
            return "of another fork of the resolution; "
                    + other.locked()
                            .version()
                            .map(version -> version + " is taken")
                            .orElse("another is taken");
        }
        Reason reason = reasons.get(candidate);
        return reason == null ? "nothing requires it" : reason.text;
    }
}

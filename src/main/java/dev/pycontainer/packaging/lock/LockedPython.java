package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Target;
import java.util.List;
import java.util.Optional;

/** The Python versions for which a lock was made. */
final class LockedPython {

    private LockedPython() {}

    /** Refuses a target whose Python the lock does not allow. */
    static void check(SpecifierSet allowed, Target target) {
        check(allowed, target, "requires-python in " + Pyproject.FILE);
    }

    /** @param source where the project says which Python it wants */
    static void check(SpecifierSet allowed, Target target, String source) {
        if (!target.satisfies(allowed)) {
            throw BuildRefused.because(
                            "The lock is for Python " + allowed + ", but the base has Python " + target.python() + ".")
                    .todo("use a base whose Python fits, or change " + source + " and lock again");
        }
    }

    /** Where the project no longer allows the target's Python, and the lock was made when it still did. */
    static List<StaleEntry> stale(Optional<SpecifierSet> locked, Target target, Pyproject pyproject) {
        return pyproject
                .requiresPython()
                .filter(now -> !target.satisfies(now))
                .flatMap(now -> locked.filter(target::satisfies)
                        .map(then -> new StaleEntry(
                                Pyproject.FILE + ": project.requires-python",
                                now.toString(),
                                "the lock was made for Python " + then)))
                .stream()
                .toList();
    }
}

package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.layer.KeptLayers;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.lock.HashedLock;
import dev.pycontainer.packaging.lock.LearnedHash;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.packaging.lock.Wanted;
import java.util.List;

/** Finds what {@code pycontainer.lock} still says, and base or project no longer do. */
final class CheckKept {

    private final Check staleLock;

    /** @param staleLock what happens where there is something */
    CheckKept(Check staleLock) {
        this.staleLock = staleLock;
    }

    void in(PycontainerLock locked, Target target, HashedLock lock, Wanted wanted) {
        if (staleLock.isOff()) {
            return;
        }
        locked.python()
                .filter(minor -> !minor.equals(target.pythonMinor()))
                .ifPresent(minor -> staleLock.found(
                        finding("it was written for Python " + minor, "the base has Python " + target.python())));
        for (LearnedHash hash : lock.unneeded(wanted)) {
            staleLock.found(finding(
                    "it keeps a hash of " + hash.name() + " " + hash.version(),
                    lock.file().name() + " no longer pins that version without a hash"));
        }
    }

    /** The same for the layers; those of packages that the lock has for others, such as for another group, still hold. */
    void layers(KeptLayers kept, Selection selection) {
        List<String> gone = kept.of(name -> !selection.holds(name)).shared().keySet().stream()
                .map(PackageName::value)
                .toList();
        if (!gone.isEmpty()) {
            staleLock.found(finding(
                    "it keeps layers for " + String.join(", ", gone),
                    selection.lock().name() + " no longer has "
                            + (gone.size() == 1 ? "that package" : "these packages")));
        }
    }

    private BuildRefused finding(String what, String why) {
        return BuildRefused.because(PycontainerLock.FILE + " is stale: " + what + ".")
                .why(why)
                .todo("run mvn pycontainer:lock, or " + staleLock.letPass());
    }
}

package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Compares what the image consumes of a project with what its {@code pdm.lock} holds, where the hash that pdm keeps of the
 * project differs: each requirement must be met, and what the lock holds must be asked for by somebody.
 */
final class PdmStaleness {

    private final PdmProject project;
    private final Wanted wanted;
    private final Collection<PdmPackage> packages;

    /** @param packages all of the lock */
    PdmStaleness(PdmProject project, Wanted wanted, Collection<PdmPackage> packages) {
        this.project = project;
        this.wanted = wanted;
        this.packages = packages;
    }

    /** @param selected what comes into the image */
    List<StaleEntry> of(List<LockedPackage> selected) {
        List<StaleEntry> unmet = new MetByLock(selected, Overridden.in(project.pyproject()), true)
                .unmet(project.requirements(wanted.target().markers(), wanted.extras(), wanted.groups()));
        return unmet.isEmpty() ? leftOver(selected) : unmet;
    }

    /** What comes into the image though neither the project nor a package asks for it: the project did so once. */
    private List<StaleEntry> leftOver(List<LockedPackage> selected) {
        Set<PackageName> asked = project.names();
        for (PdmPackage locked : packages) {
            // An entry with extras requires the package itself.
            locked.dependencies().stream()
                    .map(Requirement::name)
                    .filter(name -> !name.equals(locked.name()))
                    .forEach(asked::add);
        }
        List<StaleEntry> found = new ArrayList<>();
        for (LockedPackage locked : selected) {
            if (!asked.contains(locked.name())) {
                found.add(new StaleEntry(
                        Pyproject.FILE,
                        "nothing of " + locked.name(),
                        "the lock holds " + locked.name()
                                + locked.version()
                                        .map(Version::toString)
                                        .map(version -> " " + version)
                                        .orElse("")));
            }
        }
        return found;
    }
}

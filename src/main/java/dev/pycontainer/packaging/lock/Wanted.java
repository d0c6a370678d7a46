package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Target;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is wanted of a lock: by which project, for which target, and which of its extras and groups. */
public final class Wanted {

    private final Path directory;
    private final Optional<Pyproject> pyproject;
    private final Optional<PackageName> project;
    private final Target target;
    private final SortedSet<String> extras;
    private final SortedSet<String> groups;
    private final DefaultGroups defaultGroups;

    private Wanted(
            Path directory,
            Optional<Pyproject> pyproject,
            Target target,
            SortedSet<String> extras,
            SortedSet<String> groups) {
        this.directory = directory;
        this.pyproject = pyproject;
        this.project = pyproject.flatMap(Pyproject::name).map(PackageName::of);
        this.target = target;
        this.extras = Collections.unmodifiableSortedSet(extras);
        this.groups = Collections.unmodifiableSortedSet(groups);
        this.defaultGroups = DefaultGroups.of(pyproject);
    }

    /**
     * Takes extras and groups as the user wrote them, and the project's name and what its tool installs unasked from
     * its {@code pyproject.toml} where there is one; what that says wrongly is refused.
     *
     * @param directory the project's own
     */
    public static Wanted of(
            Path directory,
            Optional<Pyproject> pyproject,
            Target target,
            Collection<String> extras,
            Collection<String> groups) {
        return new Wanted(
                directory.toAbsolutePath().normalize(), pyproject, target, normalised(extras), normalised(groups));
    }

    /** The project's directory, absolute: a lock may know the project by its path alone, and lie elsewhere. */
    Path directory() {
        return directory;
    }

    Optional<Pyproject> pyproject() {
        return pyproject;
    }

    /** The project's own name, where {@code pyproject.toml} gives one. */
    Optional<PackageName> project() {
        return project;
    }

    Target target() {
        return target;
    }

    /** The project's extras that are asked for, in their normal form. */
    SortedSet<String> extras() {
        return extras;
    }

    /** The dependency groups (PEP 735) that are asked for beyond the project's own dependencies, in their normal form. */
    SortedSet<String> groups() {
        return groups;
    }

    /** What uv adds to the groups; for its own lock alone, since other formats have no such rule. */
    DefaultGroups defaultGroups() {
        return defaultGroups;
    }

    private static SortedSet<String> normalised(Collection<String> names) {
        SortedSet<String> normalised = new TreeSet<>(Utf8Order.INSTANCE);
        names.forEach(name -> normalised.add(Extra.of(name)));
        return normalised;
    }
}

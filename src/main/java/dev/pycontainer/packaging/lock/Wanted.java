package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is wanted of a lock.
 *
 * @param project the project's own name, where {@code pyproject.toml} gives one
 * @param extras the project's extras, normalised as names are
 * @param groups the dependency groups (PEP 735) beyond the project's own dependencies, normalised as names are
 */
public record Wanted(Optional<PackageName> project, Target target, SortedSet<String> extras, SortedSet<String> groups) {

    public Wanted {
        extras = Collections.unmodifiableSortedSet(extras);
        groups = Collections.unmodifiableSortedSet(groups);
    }

    /** Takes extras and groups as the user wrote them. */
    public static Wanted of(
            Optional<PackageName> project, Target target, Collection<String> extras, Collection<String> groups) {
        return new Wanted(project, target, normalised(extras), normalised(groups));
    }

    private static SortedSet<String> normalised(Collection<String> names) {
        SortedSet<String> normalised = new TreeSet<>(Utf8Order.INSTANCE);
        names.forEach(name -> normalised.add(Extra.of(name)));
        return normalised;
    }
}

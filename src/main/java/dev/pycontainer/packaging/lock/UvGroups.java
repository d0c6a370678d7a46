package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.TomlTable;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The dependency groups of a project of uv that an image takes: those that are asked for, and the default ones. */
final class UvGroups {

    private UvGroups() {}

    /** Names that the lock may not know are among them. */
    static SortedSet<String> of(Wanted wanted, UvPackage root) {
        NavigableSet<String> groups = new TreeSet<>(Utf8Order.INSTANCE);
        groups.addAll(wanted.groups());
        groups.addAll(wanted.defaultGroups().among(root.groups()));
        return groups;
    }

    /** A refusal of a group that {@code [tool.uv.dependency-groups]} keeps from the target's Python. */
    static Optional<BuildRefused> notForTarget(Wanted wanted, Collection<String> groups) {
        return wanted.pyproject()
                .flatMap(pyproject -> pyproject.read(file -> {
                    TomlTable settings = file.table("tool").table("uv").table("dependency-groups");
                    return settings.keys().stream()
                            .filter(key -> groups.contains(Extra.normalized(key)))
                            .flatMap(key -> notForTarget(key, settings.table(key), wanted).stream())
                            .findFirst();
                }));
    }

    private static Optional<BuildRefused> notForTarget(String group, TomlTable settings, Wanted wanted) {
        return settings.text("requires-python", SpecifierSet::parse)
                .filter(allowed -> !wanted.target().satisfies(allowed))
                .map(allowed -> BuildRefused.because("The group \"" + group + "\" is for Python " + allowed
                                + ", but the base has Python " + wanted.target().python() + ".")
                        .todo("leave the group out, or use a base whose Python fits")
                        .in(Pyproject.FILE + ": " + settings.pathOf("requires-python")));
    }
}

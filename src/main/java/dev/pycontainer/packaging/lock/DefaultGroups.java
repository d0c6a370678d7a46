package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.TomlTable;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The dependency groups that uv installs unasked: {@code default-groups} of {@code [tool.uv]}, as `uv export --no-dev`
 * takes it. The group {@code dev}, which is also uv's default, is never among them: it is for developing.
 *
 * <p>Read from {@code pyproject.toml}, as uv does, though newer locks repeat it.
 *
 * @param all whether every group of the lock is one, whatever the names
 */
record DefaultGroups(boolean all, SortedSet<String> names) {

    static final String KEY = "default-groups";

    private static final String DEV = "dev";
    private static final String ALL = "all";

    static DefaultGroups of(Optional<Pyproject> pyproject) {
        return pyproject
                .map(present -> present.read(file -> of(file.table("tool").table("uv"))))
                .orElseGet(() -> new DefaultGroups(false, new TreeSet<>()));
    }

    private static DefaultGroups of(TomlTable uv) {
        if (uv.isText(KEY) && uv.text(KEY).filter(ALL::equals).isEmpty()) {
            throw uv.refusedAt(KEY, "\"default-groups\" is neither \"all\" nor an array of strings.");
        }
        return uv.isText(KEY)
                ? new DefaultGroups(true, new TreeSet<>())
                : new DefaultGroups(false, withoutDev(uv.texts(KEY, Extra::of)));
    }

    /** Those of a lock that knows these groups; a name that it does not know stays, so that it can be refused. */
    SortedSet<String> among(SortedSet<String> known) {
        return all ? withoutDev(known) : names;
    }

    private static SortedSet<String> withoutDev(Iterable<String> groups) {
        NavigableSet<String> others = new TreeSet<>(Utf8Order.INSTANCE);
        groups.forEach(others::add);
        others.remove(DEV);
        return others;
    }
}

package dev.pycontainer.layer;

import dev.pycontainer.content.Utf8Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whose file stands at each path when wheels are installed one over the other, as image layers are laid one over the other.
 *
 * <p>A file covers what was there before: another file at its path, a file where it needs a directory, or all that lay
 * below its path (OCI image specification, "Applying Changesets"). Of equal files the first stays and has all who want it
 * as owners.
 */
final class FileOwners {

    /** @param wheels who want the file, in the order in which they came */
    record Owned(List<PlannedWheel> wheels, FileClaim claim) {

        PlannedWheel first() {
            return wheels.get(0);
        }

        PlannedWheel last() {
            return wheels.get(wheels.size() - 1);
        }

        Owned and(PlannedWheel wheel) {
            return new Owned(Stream.concat(wheels.stream(), Stream.of(wheel)).toList(), claim);
        }
    }

    /** A file that was covered, and what covered it. */
    record Covered(Owned lost, Owned by) {}

    private final NavigableMap<String, Owned> files = new TreeMap<>(Utf8Order.INSTANCE);
    private final List<Covered> covered = new ArrayList<>();

    void add(WheelFiles wheel) {
        for (FileClaim claim : wheel.claims()) {
            add(new Owned(List.of(wheel.wheel()), claim));
        }
    }

    private void add(Owned next) {
        String path = next.claim().path();
        Owned other = files.get(path);
        if (other != null && other.claim().isSameAs(next.claim())) {
            files.put(path, other.and(next.first()));
            return;
        }
        if (other != null) {
            covered.add(new Covered(other, next));
        }
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            Owned above = files.remove(path.substring(0, slash));
            if (above != null) {
                covered.add(new Covered(above, next));
            }
        }
        // "0" is the character behind "/".
        NavigableMap<String, Owned> below = files.subMap(path + "/", true, path + "0", false);
        below.values().forEach(lost -> covered.add(new Covered(lost, next)));
        below.clear();
        files.put(path, next);
    }

    /** Every path that has a file, in the order of the paths' UTF-8 bytes. */
    NavigableMap<String, Owned> files() {
        return Collections.unmodifiableNavigableMap(files);
    }

    /** Whether the file that stands at this path is the wheel's, and no earlier one has an equal file there. */
    boolean isFirst(PlannedWheel wheel, String path) {
        Owned owned = files.get(path);
        return owned != null && owned.first().equals(wheel);
    }

    /** What was covered, in the order in which it happened. */
    List<Covered> covered() {
        return List.copyOf(covered);
    }

    /** Whether the file of this claim, or an equal one, stands at its path. */
    boolean has(FileClaim claim) {
        Owned owned = files.get(claim.path());
        return owned != null && owned.claim().isSameAs(claim);
    }
}

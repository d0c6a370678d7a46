package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.PackageName;
import java.util.List;

/**
 * The wheels that a target needs of a lock, in the order of their packages' normalised names, each package once.
 *
 * <p>It can be had only from {@link SelectWheels}, so that every wheel in it fits the target and has its hash from the
 * lock, or is among those {@link #learned}.
 */
public final class Selection {

    private final LockFile lock;
    private final List<SelectedWheel> wheels;
    private final List<SelectedMember> members;
    private final List<Omitted> omitted;
    private final List<LearnedHash> learned;

    Selection(
            LockFile lock,
            List<SelectedWheel> wheels,
            List<SelectedMember> members,
            List<Omitted> omitted,
            List<LearnedHash> learned) {
        this.lock = lock;
        this.wheels = List.copyOf(wheels);
        this.members = List.copyOf(members);
        this.omitted = List.copyOf(omitted);
        this.learned = List.copyOf(learned);
    }

    public LockFile lock() {
        return lock;
    }

    public List<SelectedWheel> wheels() {
        return wheels;
    }

    /** The other local projects that are needed, in the order of their names. */
    public List<SelectedMember> members() {
        return members;
    }

    /** What the lock holds beyond what is needed. */
    public List<Omitted> omitted() {
        return omitted;
    }

    /** Whether the lock has the package, needed or not. */
    public boolean holds(PackageName name) {
        return wheels.stream().anyMatch(wheel -> wheel.name().equals(name))
                || members.stream().anyMatch(member -> member.name().equals(name))
                || omitted.stream().anyMatch(one -> one.name().equals(name));
    }

    /** The hashes that no lock gives: the index told them, of wheels whose version alone is pinned. */
    public List<LearnedHash> learned() {
        return learned;
    }
}

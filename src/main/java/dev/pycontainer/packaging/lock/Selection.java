package dev.pycontainer.packaging.lock;

import java.util.List;

/**
 * The wheels that a target needs of a lock, in the order of their packages' normalised names, each package once.
 *
 * <p>It can be had only from {@link SelectWheels}, so that every wheel in it fits the target and has its hash from the
 * lock.
 */
public final class Selection {

    private final LockFile lock;
    private final List<SelectedWheel> wheels;

    Selection(LockFile lock, List<SelectedWheel> wheels) {
        this.lock = lock;
        this.wheels = List.copyOf(wheels);
    }

    public LockFile lock() {
        return lock;
    }

    public List<SelectedWheel> wheels() {
        return wheels;
    }
}

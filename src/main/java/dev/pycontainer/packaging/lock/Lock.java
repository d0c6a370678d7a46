package dev.pycontainer.packaging.lock;

import java.util.List;

/** A lock file that was read: exact packages, and the rule by which its format says which of them are needed. */
public interface Lock {

    LockFile file();

    /**
     * What the project needs on the target with these extras and groups.
     *
     * <p>Refused: a target whose Python the lock does not allow, an extra or group that the lock does not know, and
     * whatever this format can say but cannot be read without guessing, by name. The place in a refusal lies within the
     * file; the file itself is added by {@link SelectWheels}.
     */
    Needed select(Wanted wanted);

    /**
     * Where the project says something else now than when the lock was made, as far as the image consumes it: its
     * dependencies, the extras and groups that are asked for, {@code requires-python}; not its own version.
     */
    List<StaleEntry> stale(Wanted wanted);

    /** The logins that the lock's URLs take from the environment; none where the format has no such URLs. */
    default List<LockCredentials> credentials() {
        return List.of();
    }
}

package dev.pycontainer.packaging.lock;

import java.util.List;

/** A lock file that was read: exact packages, and the rule by which its format says which of them are needed. */
public interface Lock {

    LockFile file();

    /**
     * The packages that the project needs on the target with these extras and groups, the project itself left out, in
     * the order of their names, each name once.
     *
     * <p>Refused: a target whose Python the lock does not allow, an extra or group that the lock does not know, and
     * whatever this format can say but cannot yet be read, by name. The place in a refusal lies within the file; the
     * file itself is added by {@link SelectWheels}.
     */
    List<LockedPackage> select(Wanted wanted);
}

package dev.pycontainer.packaging.index;

import dev.pycontainer.http.Login;
import java.util.Optional;

/** A place where the credentials for an index, or for a host of its files, may be kept. */
public interface LoginPlace {

    Optional<Login> find(Index index);

    /** Where {@link #find} looks for this index: a phrase for the message that nothing was found; empty for nowhere. */
    String place(Index index);
}

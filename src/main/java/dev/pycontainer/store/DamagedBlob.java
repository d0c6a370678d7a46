package dev.pycontainer.store;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of the store no longer held its blob; it has been removed, so that a second attempt makes it anew. */
public final class DamagedBlob extends BuildRefused {

    private static final long serialVersionUID = 1L;

    DamagedBlob(Digest digest, Throwable cause) {
        this(
                "The cache's copy of " + digest + " was damaged and has been removed.",
                List.of(),
                "its bytes no longer have this digest",
                "run the build again; it is fetched or made anew",
                cause);
    }

    private DamagedBlob(
            String what, List<String> where, @Nullable String why, @Nullable String todo, @Nullable Throwable cause) {
        super(what, where, why, todo, cause);
    }

    @Override
    protected BuildRefused with(
            List<String> where, @Nullable String why, @Nullable String todo, @Nullable Throwable cause) {
        return new DamagedBlob(what(), where, why, todo, cause);
    }
}

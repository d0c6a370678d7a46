package dev.pycontainer.store;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of the store no longer held its blob; it has been removed, so that a second attempt makes it anew. */
public final class DamagedBlob extends BuildRefused {

    private static final long serialVersionUID = 1L;

    private final String digest;

    DamagedBlob(Digest digest, Throwable cause) {
        this(
                digest.toString(),
                "The cache's copy of " + digest
                        + (cause instanceof NoSuchFileException
                                ? " is no longer there."
                                : " was damaged and has been removed."),
                List.of(),
                why(cause),
                "run the build again; it is fetched or made anew",
                cause);
    }

    private DamagedBlob(
            String digest,
            String what,
            List<String> where,
            @Nullable String why,
            @Nullable String todo,
            @Nullable Throwable cause) {
        super(what, where, why, todo, cause);
        this.digest = digest;
    }

    private static String why(Throwable cause) {
        if (cause instanceof NoSuchFileException) {
            return "something removed it during the build";
        }
        return cause instanceof ContentMismatch
                ? "its bytes no longer have this digest"
                : "it cannot be read: " + cause.getMessage();
    }

    /** What the file should have held. */
    public Digest digest() {
        return Digest.parse(digest);
    }

    @Override
    protected BuildRefused with(
            List<String> where, @Nullable String why, @Nullable String todo, @Nullable Throwable cause) {
        return new DamagedBlob(digest, what(), where, why, todo, cause);
    }
}

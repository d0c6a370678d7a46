package dev.pycontainer.content;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes that are not the ones their digest or size promised. */
public final class ContentMismatch extends BuildRefused {

    private static final long serialVersionUID = 1L;

    private ContentMismatch(
            String what, List<String> where, @Nullable String why, @Nullable String todo, @Nullable Throwable cause) {
        super(what, where, why, todo, cause);
    }

    /** @param name what the bytes are, such as {@code numpy-2.3.2….whl} */
    public static BuildRefused of(String name, String why) {
        return new ContentMismatch(name + " is not what was expected.", List.of(), why, null, null);
    }

    @Override
    protected BuildRefused with(
            List<String> where, @Nullable String why, @Nullable String todo, @Nullable Throwable cause) {
        return new ContentMismatch(what(), where, why, todo, cause);
    }
}

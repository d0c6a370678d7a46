package dev.pycontainer.layer;

import java.util.Locale;

/** What a layer is there for, in the words of {@code image.json}. */
public enum LayerKind {
    /** A layer of the image that is built upon. */
    BASE,
    /** Debian packages. */
    SYSTEM,
    /** The virtual environment and the user. */
    ENVIRONMENT,
    /** Wheels. */
    DEPENDENCIES,
    /** Another local project. */
    MEMBER,
    /** The project's own files. */
    PROJECT,
    /** Files from extra directories. */
    EXTRA;

    /** The word that {@code image.json} uses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

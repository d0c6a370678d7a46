package dev.pycontainer.content;

import java.util.Locale;

/** A name without regard to upper and lower case: two names that fold to one are one file where case does not count. */
public final class FoldedCase {

    private FoldedCase() {}

    /** The very name, where it is folded already, as most are: so many folded names need no memory of their own. */
    public static String of(String name) {
        String folded = name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return folded.equals(name) ? name : folded;
    }
}

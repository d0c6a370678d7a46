package dev.pycontainer.debian;

import java.util.regex.Pattern;

/** As much of a hostile text as a reader of a refusal looks at, without what a terminal would obey. */
final class Excerpt {

    private static final int SHOWN = 60;
    private static final Pattern CONTROL = Pattern.compile("\\p{IsControl}");

    private Excerpt() {}

    static String of(String text) {
        String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return CONTROL.matcher(start).replaceAll("?");
    }
}

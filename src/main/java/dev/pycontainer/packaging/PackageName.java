package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a distribution in its normal form, as in "Names and normalization" (PEP 503, PEP 508).
 *
 * @param value lower-case letters and digits, joined by single hyphens
 */
public record PackageName(String value) implements Comparable<PackageName> {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

    public PackageName {
        if (!isNormal(value)) {
            throw BuildRefused.because("\"" + value + "\" is not a normalized package name.");
        }
    }

    /** Reads any valid spelling, such as {@code Flask_SQLAlchemy}; anything else is refused. */
    public static PackageName of(String text) {
        if (isNormal(text)) {
            return new PackageName(text);
        }
        if (!VALID.matcher(text).matches()) {
            throw BuildRefused.because("\"" + text + "\" is not a package name.")
                    .why(
                            "a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit");
        }
        return new PackageName(normalized(text));
    }

    /** Lower-case letters and digits, joined by single hyphens; locks hold thousands of names, nearly all of them so. */
    private static boolean isNormal(String text) {
        boolean isPart = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isJoint = c == '-' && isPart;
            isPart = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!isPart && !isJoint) {
                return false;
            }
        }
        return isPart;
    }

    // "The name should be lowercased with all runs of the characters ., -, or _ replaced with a single - character."
    static String normalized(String text) {
        return SEPARATORS.matcher(text).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(PackageName other) {
        return Utf8Order.INSTANCE.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The build number in a wheel's file name: binary distribution format, "File name convention".
 *
 * <p>"Sort as an empty tuple if unspecified, else sort as a two-item tuple with the first item being the initial digits
 * as an int, and the second item being the remainder of the tag as a str."
 */
public record BuildTag(BigInteger number, String rest) implements Comparable<BuildTag> {

    private static final int MOST_DIGITS = 4300;
    private static final Pattern FORM = Pattern.compile("([0-9]+)(.*)");
    private static final Comparator<BuildTag> ORDER =
            Comparator.comparing(BuildTag::number).thenComparing(BuildTag::rest, Utf8Order.INSTANCE);

    /** Reads a build tag; one that does not begin with a digit is refused. */
    public static BuildTag parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw BuildRefused.because("\"" + text + "\" is not a build tag.").why("a build tag begins with a digit");
        }
        // As for the numbers of a version: the work grows with the square of the length.
        if (parts.group(1).length() > MOST_DIGITS) {
            throw BuildRefused.because("A build tag's number has more than " + MOST_DIGITS + " digits.");
        }
        return new BuildTag(new BigInteger(parts.group(1)), parts.group(2));
    }

    @Override
    public int compareTo(BuildTag other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return number + rest;
    }
}

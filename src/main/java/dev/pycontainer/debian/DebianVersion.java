package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of a Debian package, {@code [epoch:]upstream-version[-debian-revision]}: deb-version(7).
 *
 * <p>Equality follows the order, and the order is dpkg's: {@code 1.0}, {@code 0:1.0} and {@code 1.0-0} are one version.
 */
public final class DebianVersion implements Comparable<DebianVersion> {

    private static final Pattern EPOCH = Pattern.compile("0*+[0-9]{0,10}+(?<=[0-9])");

    private final String text;
    private final int epoch;
    private final int upstreamStart;
    private final int upstreamEnd;

    private DebianVersion(String text, int epoch, int upstreamStart, int upstreamEnd) {
        this.text = text;
        this.epoch = epoch;
        this.upstreamStart = upstreamStart;
        this.upstreamEnd = upstreamEnd;
    }

    /**
     * Reads a version. "The upstream-version [...] should start with a digit": one that does not is read, as dpkg does;
     * all else that the manual page does not allow is refused.
     */
    public static DebianVersion parse(String text) {
        DebianVersion version = recorded(text);
        version.mustHold("upstream version", version.upstream(), ".+-:~");
        if (version.hasRevision()) {
            version.mustHold("revision", version.revision(), "+.~");
        }
        return version;
    }

    /** Reads the version of a package that is installed, whatever marks it holds: dpkg warns of them, and compares it. */
    static DebianVersion recorded(String text) {
        int colon = text.indexOf(':');
        int epoch = colon < 0 ? 0 : epoch(text, text.substring(0, colon));
        // "Dpkg will break the version number apart at the last hyphen in the string (if there is one)"
        int hyphen = text.lastIndexOf('-');
        DebianVersion version = new DebianVersion(text, epoch, colon + 1, hyphen <= colon ? text.length() : hyphen);
        version.mustNotBeEmpty("upstream version", version.upstream());
        if (version.hasRevision()) {
            version.mustNotBeEmpty("revision", version.revision());
        }
        return version;
    }

    private boolean hasRevision() {
        return upstreamEnd < text.length();
    }

    // "This is a single (generally small) unsigned integer."
    private static int epoch(String text, String epoch) {
        if (!EPOCH.matcher(epoch).matches() || Long.parseLong(epoch) > Integer.MAX_VALUE) {
            throw refused(text, "\"" + Excerpt.of(epoch) + "\" is no epoch, a number up to " + Integer.MAX_VALUE);
        }
        return Integer.parseInt(epoch);
    }

    private void mustNotBeEmpty(String what, String part) {
        if (part.isEmpty()) {
            throw refused(text, "its " + what + " is empty");
        }
    }

    private void mustHold(String what, String part, String marks) {
        part.codePoints()
                .filter(c -> !VersionPart.isDigit(c) && !VersionPart.isLetter(c) && marks.indexOf(c) < 0)
                .findFirst()
                .ifPresent(c -> {
                    throw refused(
                            text,
                            String.format(
                                    Locale.ROOT, "its %s holds U+%04X, and may only hold A-Za-z0-9%s", what, c, marks));
                });
    }

    private static BuildRefused refused(String text, String problem) {
        return BuildRefused.because("\"" + Excerpt.of(text) + "\" is not the version of a Debian package.")
                .why(problem);
    }

    /** The number before the colon, zero without one. */
    public int epoch() {
        return epoch;
    }

    public String upstream() {
        return text.substring(upstreamStart, upstreamEnd);
    }

    /** What follows the last hyphen, empty without one. */
    public String revision() {
        return upstreamEnd == text.length() ? "" : text.substring(upstreamEnd + 1);
    }

    private VersionPart upstreamPart() {
        return new VersionPart(upstream());
    }

    private VersionPart revisionPart() {
        return new VersionPart(revision());
    }

    @Override
    public int compareTo(DebianVersion other) {
        int order = Integer.compare(epoch, other.epoch);
        if (order == 0) {
            order = upstreamPart().compareTo(other.upstreamPart());
        }
        return order == 0 ? revisionPart().compareTo(other.revisionPart()) : order;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof DebianVersion version && compareTo(version) == 0);
    }

    @Override
    public int hashCode() {
        return Objects.hash(epoch, upstreamPart().hash(), revisionPart().hash());
    }

    /** The version as written. */
    @Override
    public String toString() {
        return text;
    }
}

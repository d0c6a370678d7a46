package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A version as in the version specifiers specification (PEP 440), "Version scheme".
 *
 * <p>Two spellings of one version are equal ({@code 1.0}, {@code v1.0.0}, {@code 0!1}), and sort as the section "Summary
 * of permitted suffixes and relative ordering" says. Numbers have no upper limit, as in the specification; one of more
 * than 4300 digits is no version here, as in Python.
 */
public final class Version implements Comparable<Version> {

    // Appendix "Parsing version strings with regular expressions". The repetitions are possessive, so that a hostile
    // text of any length is read in a loop and not by recursion.
    private static final Pattern SCHEME = Pattern.compile("""
            \\s*+ v?+
            (?: (?<epoch>[0-9]++) ! )?+
            (?<release> [0-9]++ (?:\\.[0-9]++)*+ )
            (?: [-_.]?+ (?<phase>alpha|a|beta|b|preview|pre|c|rc) [-_.]?+ (?<pre>[0-9]*+) )?+
            (?: -(?<bare>[0-9]++) | [-_.]? (?<postmark>post|rev|r) [-_.]? (?<post>[0-9]*+) )?+
            (?: [-_.]?+ (?<devmark>dev) [-_.]?+ (?<dev>[0-9]*+) )?+
            (?: \\+ (?<local> [a-z0-9]++ (?:[-_.][a-z0-9]++)*+ ) )?+
            \\s*+
            """, Pattern.COMMENTS | Pattern.CASE_INSENSITIVE);

    // Python itself reads no longer number from a text, since the work grows with the square of its length.
    private static final Pattern HUGE_NUMBER = Pattern.compile("[0-9]{4301}");

    private static final Pattern SEPARATOR = Pattern.compile("[-_.]");

    private final BigInteger epoch;
    private final List<BigInteger> release;
    private final @Nullable PreRelease pre;
    private final @Nullable BigInteger post;
    private final @Nullable BigInteger dev;
    private final List<String> local;

    /** The pre-release segment: its phase, in the order of the phases, and its number. */
    public record PreRelease(Phase phase, BigInteger number) {

        @Override
        public String toString() {
            return phase.letters + number;
        }
    }

    /** Alpha, beta and release candidate, in this order. */
    public enum Phase {
        ALPHA("a"),
        BETA("b"),
        CANDIDATE("rc");

        private final String letters;

        Phase(String letters) {
            this.letters = letters;
        }

        // "Pre-release spelling": alpha, beta, c, pre and preview are other spellings of a, b and rc.
        private static Phase spelled(String word) {
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "a", "alpha" -> ALPHA;
                case "b", "beta" -> BETA;
                default -> CANDIDATE;
            };
        }
    }

    private Version(
            BigInteger epoch,
            List<BigInteger> release,
            @Nullable PreRelease pre,
            @Nullable BigInteger post,
            @Nullable BigInteger dev,
            List<String> local) {
        this.epoch = epoch;
        this.release = List.copyOf(release);
        this.pre = pre;
        this.post = post;
        this.dev = dev;
        this.local = List.copyOf(local);
    }

    /** Reads any spelling that section "Normalization" accepts; anything else is refused. */
    public static Version parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> BuildRefused.because("\"" + text + "\" is not a version.")
                        .why("PEP 440 wants [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]"));
    }

    /** The version, or nothing where {@code text} is none. */
    public static Optional<Version> tryParse(String text) {
        Matcher parts = SCHEME.matcher(text);
        if (!parts.matches() || HUGE_NUMBER.matcher(text).find()) {
            return Optional.empty();
        }
        String epoch = parts.group("epoch");
        String phase = parts.group("phase");
        String post = parts.group("bare") == null ? parts.group("post") : parts.group("bare");
        String local = parts.group("local");
        return Optional.of(new Version(
                epoch == null ? BigInteger.ZERO : new BigInteger(epoch),
                Stream.of(parts.group("release").split("\\.", -1))
                        .map(BigInteger::new)
                        .toList(),
                phase == null ? null : new PreRelease(Phase.spelled(phase), implicit(parts.group("pre"))),
                post == null ? null : implicit(post),
                parts.group("devmark") == null ? null : implicit(parts.group("dev")),
                local == null ? List.of() : localSegments(local)));
    }

    // "Implicit pre-release number", and the same for post- and developmental releases: an absent number is 0.
    private static BigInteger implicit(String digits) {
        return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
    }

    // "Local version segments" are separated by a period, "Case sensitivity", "Integer normalization".
    private static List<String> localSegments(String text) {
        return SEPARATOR
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .map(segment -> isNumber(segment) ? new BigInteger(segment).toString() : segment)
                .toList();
    }

    static boolean isNumber(String segment) {
        return segment.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    public BigInteger epoch() {
        return epoch;
    }

    /** The numbers of the release segment as written: {@code 1.0.0} has three. */
    public List<BigInteger> release() {
        return release;
    }

    public Optional<PreRelease> pre() {
        return Optional.ofNullable(pre);
    }

    public Optional<BigInteger> post() {
        return Optional.ofNullable(post);
    }

    public Optional<BigInteger> dev() {
        return Optional.ofNullable(dev);
    }

    /** The local version label in its normal form, without the plus sign. */
    public Optional<String> local() {
        return local.isEmpty() ? Optional.empty() : Optional.of(String.join(".", local));
    }

    List<String> localSegments() {
        return local;
    }

    /** Whether this is an alpha, beta, release candidate or developmental release. */
    public boolean isPrerelease() {
        return pre != null || dev != null;
    }

    public boolean isPostrelease() {
        return post != null;
    }

    /** The same version without its local label. */
    public Version publicVersion() {
        return local.isEmpty() ? this : new Version(epoch, release, pre, post, dev, List.of());
    }

    /** The version that this is a post-release of: without post, developmental and local segments. */
    Version beforePost() {
        return new Version(epoch, release, pre, null, null, List.of());
    }

    /** The first of all pre-releases of this version, {@code .dev0}. */
    Version firstPrerelease() {
        return new Version(epoch, release, pre, post, BigInteger.ZERO, List.of());
    }

    @Override
    public int compareTo(Version other) {
        return VersionOrder.INSTANCE.compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Version version && compareTo(version) == 0);
    }

    @Override
    public int hashCode() {
        return Objects.hash(epoch, VersionOrder.withoutTrailingZeros(release), pre, post, dev, local);
    }

    /** The normal form of section "Normalization"; trailing zeros of the release segment stay as written. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (epoch.signum() != 0) {
            text.append(epoch).append('!');
        }
        text.append(release.stream().map(BigInteger::toString).collect(Collectors.joining(".")));
        if (pre != null) {
            text.append(pre);
        }
        if (post != null) {
            text.append(".post").append(post);
        }
        if (dev != null) {
            text.append(".dev").append(dev);
        }
        local().ifPresent(label -> text.append('+').append(label));
        return text.toString();
    }
}

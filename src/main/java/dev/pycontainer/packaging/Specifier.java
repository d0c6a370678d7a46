package dev.pycontainer.packaging;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One version clause as in the version specifiers specification (PEP 440), "Version specifiers". */
public final class Specifier {

    /** The comparison operators; of two where one begins with the other, the longer stands first. */
    public enum Operator {
        ARBITRARY("==="),
        COMPATIBLE("~="),
        EQUAL("=="),
        NOT_EQUAL("!="),
        AT_MOST("<="),
        AT_LEAST(">="),
        LESS("<"),
        GREATER(">");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        @Override
        public String toString() {
            return symbol;
        }
    }

    private static final String WILDCARD = ".*";

    private final Operator operator;
    private final String version;
    private final Optional<Version> named;

    public Specifier(Operator operator, String version) {
        SpecifierParser.problem(operator, version).ifPresent(problem -> {
            throw new SourceText("version specifier", operator + version).refused(problem);
        });
        this.operator = operator;
        this.version = version;
        this.named = Version.tryParse(
                isPrefixMatch() ? version.substring(0, version.length() - WILDCARD.length()) : version);
    }

    public Operator operator() {
        return operator;
    }

    /** The text after the operator, as written: the only form that {@code ===} compares. */
    public String version() {
        return version;
    }

    /** Whether the version fulfils this clause; whether it is a pre-release does not matter by itself. */
    public boolean contains(Version candidate) {
        // "Arbitrary equality": "simple string equality operations" that "MUST treat ASCII letters case-insensitively".
        if (operator == Operator.ARBITRARY) {
            return candidate.toString().toLowerCase(Locale.ROOT).equals(version.toLowerCase(Locale.ROOT));
        }
        Version wanted = named.orElseThrow(() -> new IllegalStateException("every other operator names a version"));
        return switch (operator) {
            case COMPATIBLE ->
                atLeast(candidate, wanted)
                        && hasPrefix(candidate, wanted, wanted.release().size() - 1);
            case EQUAL -> matches(candidate, wanted);
            case NOT_EQUAL -> !matches(candidate, wanted);
            // "local version labels MUST be ignored entirely when checking if candidate versions match"
            case AT_MOST -> candidate.publicVersion().compareTo(wanted) <= 0;
            case AT_LEAST -> atLeast(candidate, wanted);
            case LESS -> isLess(candidate, wanted);
            case GREATER -> isGreater(candidate, wanted);
            case ARBITRARY -> throw new IllegalStateException("answered above");
        };
    }

    /** Whether the clause names a pre-release itself, and thereby asks for pre-releases. */
    boolean namesPrerelease() {
        return operator != Operator.NOT_EQUAL
                && !isPrefixMatch()
                && named.map(Version::isPrerelease).orElse(false);
    }

    private boolean isPrefixMatch() {
        return operator != Operator.ARBITRARY && version.endsWith(WILDCARD);
    }

    // "Version matching"
    private boolean matches(Version candidate, Version wanted) {
        if (isPrefixMatch()) {
            return hasPrefix(candidate, wanted, wanted.release().size());
        }
        // "If the specified version identifier is a public version identifier (no local version label), then the local
        // version label of any candidate versions MUST be ignored when matching versions."
        Optional<String> label = wanted.local();
        return (label.isPresent() ? candidate : candidate.publicVersion()).equals(wanted);
    }

    // "Prefix matching": "trailing segments will be ignored", "the pre-release segment is considered to have an implied
    // preceding ." and zero padding applies; so that only epoch and the first numbers count.
    private static boolean hasPrefix(Version candidate, Version wanted, int length) {
        List<BigInteger> release = candidate.release();
        if (!candidate.epoch().equals(wanted.epoch())) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!VersionOrder.at(release, i).equals(wanted.release().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean atLeast(Version candidate, Version wanted) {
        return candidate.publicVersion().compareTo(wanted) >= 0;
    }

    // "The exclusive ordered comparison <V MUST NOT allow a pre-release of the specified version unless the specified
    // version is itself a pre-release."
    private static boolean isLess(Version candidate, Version wanted) {
        boolean itsPrerelease = !wanted.isPrerelease()
                && candidate.isPrerelease()
                && candidate.compareTo(wanted.firstPrerelease()) >= 0;
        return candidate.compareTo(wanted) < 0 && !itsPrerelease;
    }

    // "The exclusive ordered comparison >V MUST NOT allow a post-release of the given version unless V itself is a post
    // release", and "MUST NOT match a local version of the specified version."
    private static boolean isGreater(Version candidate, Version wanted) {
        boolean itsPostrelease = !wanted.isPostrelease()
                && candidate.isPostrelease()
                && candidate.beforePost().equals(wanted);
        boolean itsLocal = candidate.publicVersion().equals(wanted);
        return candidate.compareTo(wanted) > 0 && !itsPostrelease && !itsLocal;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Specifier clause && operator == clause.operator && version.equals(clause.version);
    }

    @Override
    public int hashCode() {
        return Objects.hash(operator, version);
    }

    /** The clause without blanks, such as {@code >=3.9}. */
    @Override
    public String toString() {
        return operator + version;
    }
}

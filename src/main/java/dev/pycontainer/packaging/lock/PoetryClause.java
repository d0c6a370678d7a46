package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Version;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One clause of a version constraint: Poetry's page "Dependency specification", "Version constraints".
 *
 * @param excluded whether the range is what is <em>not</em> allowed
 * @param specifier the same in the operators of PEP 440; empty where every version is allowed
 */
record PoetryClause(PoetryRange range, boolean excluded, String specifier) {

    private static final Pattern ANY = Pattern.compile("[vV]?[xX*](?:\\.[xX*])*+");
    private static final Pattern WILDCARD =
            Pattern.compile("(?<op>!=|==?)?+ ?v?(?<version>(?:[0-9]++!)?[0-9]++(?:\\.[0-9]++)*+)(?:\\.\\*)++");
    private static final Pattern CLAUSE = Pattern.compile(
            "(?<op>\\^|~=|~|!=|>=?|<=?|={1,3})?+ ?(?<version>(?:[0-9]++!)?[^\\s*^~=<>!,|]+?)(?:\\.\\*)?+");

    static PoetryClause parse(String text) {
        if (ANY.matcher(text).matches()) {
            return new PoetryClause(PoetryRange.ANY, false, "");
        }
        Matcher wildcard = WILDCARD.matcher(text);
        if (wildcard.matches()) {
            return prefix(wildcard.group("version"), "!=".equals(wildcard.group("op")));
        }
        Matcher clause = CLAUSE.matcher(text);
        if (!clause.matches()) {
            throw unreadable(text);
        }
        String op = clause.group("op") == null ? "" : clause.group("op");
        Version version = Version.tryParse(clause.group("version")).orElseThrow(() -> unreadable(text));
        return switch (op) {
            // "Caret requirements allow SemVer compatible updates": the first number that is not zero stays.
            case "^" -> between(version, next(version, breaking(version.release())));
            case "~" ->
                between(version, next(version, Math.min(1, version.release().size() - 1)));
            // PEP 440, "Compatible release".
            case "~=" ->
                between(version, next(version, Math.max(0, version.release().size() - 2)));
            case ">" -> new PoetryClause(new PoetryRange(version, false, null, false), false, ">" + version);
            case ">=" -> new PoetryClause(new PoetryRange(version, true, null, false), false, ">=" + version);
            case "<" -> new PoetryClause(new PoetryRange(null, false, below(version), false), false, "<" + version);
            case "<=" -> new PoetryClause(new PoetryRange(null, false, version, true), false, "<=" + version);
            case "!=" -> new PoetryClause(PoetryRange.only(version), true, "!=" + version);
            default -> new PoetryClause(PoetryRange.only(version), false, "==" + version);
        };
    }

    private static BuildRefused unreadable(String text) {
        return BuildRefused.because(
                "\"" + text + "\" is not a version constraint: Poetry knows ^, ~, ~=, ==, !=, <, <=,"
                        + " >, >= before a version, and wildcards such as 1.*");
    }

    private static PoetryClause prefix(String text, boolean excluded) {
        Version version = Version.parse(text);
        Version last = next(version, version.release().size() - 1);
        PoetryRange range = new PoetryRange(below(version), true, below(last), false);
        return new PoetryClause(range, excluded, (excluded ? "!=" : "==") + version + ".*");
    }

    private static PoetryClause between(Version version, Version next) {
        return new PoetryClause(
                new PoetryRange(version, true, below(next), false), false, ">=" + version + ",<" + next);
    }

    /** The index of the number that a version which breaks compatibility would raise. */
    private static int breaking(List<BigInteger> release) {
        for (int i = 0; i < Math.min(2, release.size() - 1); i++) {
            if (release.get(i).signum() != 0) {
                return i;
            }
        }
        return Math.min(2, release.size() - 1);
    }

    /** The release where the number at this index is one more, and all behind it are zero. */
    private static Version next(Version version, int index) {
        List<BigInteger> release = new ArrayList<>(version.release());
        release.set(index, release.get(index).add(BigInteger.ONE));
        for (int i = index + 1; i < release.size(); i++) {
            release.set(i, BigInteger.ZERO);
        }
        return Version.parse(version.epoch() + "!"
                + release.stream().map(BigInteger::toString).collect(Collectors.joining(".")));
    }

    // PEP 440, "Exclusive ordered comparison": "<V MUST NOT allow a pre-release of the specified version unless the
    // specified version is itself a pre-release."
    private static Version below(Version version) {
        return version.isPrerelease() ? version : Version.parse(version.publicVersion() + ".dev0");
    }

    boolean allows(Version version) {
        return range.allows(version) != excluded;
    }

    /** The ranges that are allowed: one, or the two around what is excluded. */
    List<PoetryRange> ranges() {
        return excluded ? range.complement() : List.of(range);
    }
}

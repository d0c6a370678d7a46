package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A version constraint as Poetry writes it, such as {@code ^1.2 || >=3.1,<4}: Poetry's page "Dependency specification".
 *
 * <p>Whether a version is a pre-release does not matter by itself: what a lock holds was chosen already.
 */
final class PoetryConstraint {

    private static final Pattern OR = Pattern.compile(" ?\\|\\|? ?");
    // A blank separates too, unless it stands behind an operator or beside a comma.
    private static final Pattern AND = Pattern.compile("(?<![\\^~=>< ,!]) ?[, ] ?(?![, ]|$)");

    private static final int LONGEST = 1024;

    static final PoetryConstraint ANY = parse("*");

    private final String text;
    private final List<List<PoetryClause>> alternatives;

    private PoetryConstraint(String text, List<List<PoetryClause>> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    static PoetryConstraint parse(String text) {
        if (text.length() > LONGEST) {
            throw BuildRefused.because("A version constraint of " + text.length() + " characters is not read.")
                    .why("no constraint that means something is longer than " + LONGEST);
        }
        // In the wild: a constraint in parentheses, as metadata writes them (poetry 1.2's own pyproject.toml).
        String plain = text.strip().replaceAll("\\s++", " ").replaceFirst("^\\((.*)\\)$", "$1");
        List<List<PoetryClause>> alternatives = new ArrayList<>();
        try {
            for (String alternative : OR.split(plain, -1)) {
                alternatives.add(clauses(alternative));
            }
        } catch (BuildRefused refused) {
            throw BuildRefused.because("The version constraint \"" + text + "\" cannot be read.")
                    .why(refused.what())
                    .causedBy(refused);
        }
        return new PoetryConstraint(text.strip(), List.copyOf(alternatives));
    }

    private static List<PoetryClause> clauses(String text) {
        String trimmed = text.replaceFirst("[, ]++$", "");
        return AND.splitAsStream(trimmed)
                .map(String::strip)
                .map(PoetryClause::parse)
                .toList();
    }

    boolean allows(Version version) {
        return alternatives.stream().anyMatch(clauses -> clauses.stream().allMatch(clause -> clause.allows(version)));
    }

    /** What both allow. */
    PoetryConstraint and(PoetryConstraint other) {
        List<List<PoetryClause>> both = new ArrayList<>();
        for (List<PoetryClause> left : alternatives) {
            for (List<PoetryClause> right : other.alternatives) {
                both.add(Stream.concat(left.stream(), right.stream()).toList());
            }
        }
        return new PoetryConstraint(text + " and " + other.text, List.copyOf(both));
    }

    /** Whether every version is allowed. */
    boolean isAny() {
        return alternatives.stream()
                .anyMatch(clauses ->
                        clauses.stream().allMatch(clause -> clause.specifier().isEmpty()));
    }

    /** Its alternatives, each a list of clauses that hold together; one as a rule. */
    List<List<PoetryClause>> alternatives() {
        return alternatives;
    }

    /** As written. */
    @Override
    public String toString() {
        return text;
    }

    /** The clauses of PEP 440 that say the same; an alternative is told by its outer bounds, for which PEP 440 has words. */
    String specifiers() {
        if (alternatives.size() == 1) {
            return alternatives.get(0).stream()
                    .map(PoetryClause::specifier)
                    .filter(specifier -> !specifier.isEmpty())
                    .collect(Collectors.joining(","));
        }
        return PoetryBounds.around(alternatives).specifiers();
    }
}

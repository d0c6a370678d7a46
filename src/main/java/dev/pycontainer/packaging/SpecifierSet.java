package dev.pycontainer.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Version clauses that a version must fulfil together: version specifiers specification (PEP 440), "Version specifiers".
 *
 * @param clauses in the order in which they were written; an empty list holds every version
 */
public record SpecifierSet(List<Specifier> clauses) {

    private static final Pattern LINE_ENDS = Pattern.compile("[\n\r\f\\x0B]");

    private static final SpecifierSet ANY = new SpecifierSet(List.of());

    public SpecifierSet {
        clauses = List.copyOf(clauses);
    }

    /** The set that every version fulfils. */
    public static SpecifierSet any() {
        return ANY;
    }

    /** Reads clauses separated by commas; an empty text is the set of all versions. A refusal shows the place. */
    public static SpecifierSet parse(String text) {
        // White space around operators and commas is that of "Leading and trailing whitespace", line ends included.
        SourceText source = new SourceText(
                "version specifier", LINE_ENDS.matcher(text.strip()).replaceAll(" "));
        List<Specifier> clauses = new ArrayList<>();
        while (!source.atEnd()) {
            // In the wild: Requires-Python with empty clauses (">=2.7,,!=3.0.*"), which pip has always passed over.
            if (source.accept(",")) {
                source.skipBlanks();
                continue;
            }
            clauses.addAll(new SpecifierParser(source).versionMany());
            if (!source.atEnd() && !source.looksAt(",")) {
                throw source.refused("expected a comma or the end");
            }
        }
        return new SpecifierSet(clauses);
    }

    /**
     * Whether the version fulfils every clause. A pre-release counts as any other version: it stands alone here, and
     * "Handling of pre-releases" accepts pre-releases where no final release satisfies the specifier. This is the rule
     * for markers, Requires-Python and pins.
     */
    public boolean contains(Version version) {
        return contains(version, true);
    }

    /**
     * Whether the version fulfils every clause.
     *
     * @param prereleases whether a pre-release may; without it one may only if a clause names a pre-release itself
     */
    public boolean contains(Version version, boolean prereleases) {
        boolean allowed =
                prereleases || !version.isPrerelease() || clauses.stream().anyMatch(Specifier::namesPrerelease);
        return allowed && clauses.stream().allMatch(clause -> clause.contains(version));
    }

    public boolean isEmpty() {
        return clauses.isEmpty();
    }

    /** The clauses as written, without blanks, separated by commas. */
    @Override
    public String toString() {
        return clauses.stream().map(Specifier::toString).collect(Collectors.joining(","));
    }
}

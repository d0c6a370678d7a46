package dev.pycontainer.packaging;

import dev.pycontainer.packaging.Specifier.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The production {@code version_many} of PEP 508's grammar, with the rules of PEP 440 for each operator. */
final class SpecifierParser {

    private final SourceText source;

    SpecifierParser(SourceText source) {
        this.source = source;
    }

    /** version_many = version_one (',' version_one)* (',' wsp*)? */
    List<Specifier> versionMany() {
        List<Specifier> clauses = new ArrayList<>();
        do {
            source.skipBlanks();
            if (!clauses.isEmpty() && !source.looksAt(c -> "<>=!~".indexOf(c) >= 0)) {
                break;
            }
            clauses.add(versionOne());
            source.skipBlanks();
        } while (source.accept(","));
        return clauses;
    }

    /** version_one = version_cmp version wsp* */
    private Specifier versionOne() {
        int start = source.position();
        Operator operator = operator();
        int afterOperator = source.position();
        source.skipBlanks();
        String version = source.readWhile(operator == Operator.ARBITRARY ? this::mayBeArbitrary : this::mayBeVersion);
        if (version.isEmpty()) {
            throw afterOperator == source.position()
                    ? source.refusedSince(start, "expected a version after `" + operator + "`")
                    : source.refused("expected a version after `" + operator + "`");
        }
        Optional<String> problem = problem(operator, version);
        if (problem.isPresent()) {
            throw source.refusedSince(start, problem.get());
        }
        return new Specifier(operator, version);
    }

    /** version_cmp = '===' | '~=' | '==' | '!=' | '<=' | '>=' | '<' | '>' */
    private Operator operator() {
        for (Operator operator : Operator.values()) {
            if (source.accept(operator.toString())) {
                return operator;
            }
        }
        throw source.refused("expected one of ===, ~=, ==, !=, <=, >=, < and > before " + source.next());
    }

    /** version = ( letterOrDigit | '-' | '_' | '.' | '*' | '+' | '!' )+ */
    private boolean mayBeVersion(int c) {
        return SourceText.isLetterOrDigit(c) || "-_.*+!".indexOf(c) >= 0;
    }

    // "Arbitrary equality" compares texts that need not be versions.
    private boolean mayBeArbitrary(int c) {
        return !Character.isISOControl(c)
                && !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && ",;)".indexOf(c) < 0;
    }

    /** Why this operator may not stand before this version; nothing where it may. */
    static Optional<String> problem(Operator operator, String version) {
        if (operator == Operator.ARBITRARY) {
            return version.isEmpty() ? Optional.of("expected a version after `===`") : Optional.empty();
        }
        boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        if (version.endsWith(".*")) {
            if (!equality) {
                return Optional.of("`.*` may follow `==` and `!=` only");
            }
            String prefix = version.substring(0, version.length() - 2);
            return Version.tryParse(prefix).isPresent() && prefix.matches("[vV]?([0-9]+!)?[0-9.]++")
                    ? Optional.empty()
                    : Optional.of("`.*` may follow a release segment only, such as 1.4");
        }
        Optional<Version> parsed = Version.tryParse(version);
        if (parsed.isEmpty()) {
            return Optional.of("`" + version + "` is not a version");
        }
        if (!equality && parsed.get().local().isPresent()) {
            return Optional.of("a local version label may follow `==` and `!=` only");
        }
        // "Compatible release": "This operator MUST NOT be used with a single segment version number such as ~=1."
        if (operator == Operator.COMPATIBLE && parsed.get().release().size() < 2) {
            return Optional.of("`~=` needs a version of at least two segments, such as " + version + ".0");
        }
        return Optional.empty();
    }
}
